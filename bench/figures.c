/*
 * What a window found, as fields of its line.  docs/DATA.md has them all.
 */
#include <err.h>
#include <stdlib.h>

#include "figures.h"
#include "units.h"

static json_t *
locks_json(const struct lab_run *run)
{
	json_t *locks = json_array();

	for (unsigned i = 0; i < run->lr_nlocks; i++) {
		const struct lab_lock_stat *s = &run->lr_locks[i];

		/* No name is a null, which json_pack() leaves out. */
		json_array_append_new(locks,
		    json_pack("{s:s,s:s*,s:I,s:I,s:I,s:I}",
		    "type", s->lls_type,
		    "name", s->lls_name[0] != '\0' ? s->lls_name : NULL,
		    "acquired", (json_int_t)s->lls_acquired,
		    "contended", (json_int_t)s->lls_contended,
		    "wait_ns", (json_int_t)s->lls_wait_ns,
		    "hold_ns", (json_int_t)s->lls_hold_ns));
	}
	return (locks);
}

/* All workers' counts; what one of them has not is not in the line. */
static void
add_counts(json_t *line, const struct window *w)
{
	struct counts sum = w->w_workers[0].ww_counts;

	for (unsigned i = 1; i < w->w_cell->c_threads; i++)
		counts_add(&sum, &w->w_workers[i].ww_counts);
	for (unsigned i = 0; i < COUNTERS; i++)
		if (counts_have(&sum, i))
			json_object_set_new(line, counter_names[i],
			    json_integer((json_int_t)sum.c_value[i]));
}

/* All workers' samples together; buckets that hold none are left out. */
static json_t *
latency_json(const struct window *w)
{
	const struct lab_histogram *of = w->w_run->lr_histograms;
	struct lab_histogram *h;
	json_t *counts = json_array();

	h = aligned_alloc(LAB_HIST_ALIGN, sizeof(*h));
	if (h == NULL)
		err(1, "latency");
	lab_histogram_clear(h);
	for (unsigned i = 0; i < w->w_cell->c_threads; i++)
		lab_histogram_merge(h, &of[i]);
	for (unsigned i = 0; i < LAB_HIST_BUCKETS; i++)
		if (h->lh_counts[i] != 0)
			json_array_append_new(counts, json_pack("[I,I]",
			    (json_int_t)i, (json_int_t)h->lh_counts[i]));
	counts = json_pack("{s:i,s:I,s:I,s:o}",
	    "sub_bits", LAB_HIST_SUB_BITS,
	    "sampled", (json_int_t)h->lh_sampled,
	    "max_ns", (json_int_t)h->lh_max, "counts", counts);
	free(h);
	return (counts);
}

void
figures_add(json_t *line, const struct window *w)
{
	json_t *ops = json_array(), *cpus = json_array();
	uint64_t cpu_ns = 0;

	for (unsigned i = 0; i < w->w_cell->c_threads; i++) {
		json_array_append_new(ops,
		    json_integer((json_int_t)w->w_run->lr_slots[i].ls_ops));
		json_array_append_new(cpus,
		    json_integer(w->w_workers[i].ww_cpu));
		cpu_ns += w->w_workers[i].ww_cpu_ns;
	}
	json_object_update_new(line, json_pack(
	    "{s:I,s:I,s:f,s:o,s:f,s:I,s:o,s:I}",
	    "ops", (json_int_t)w->w_ops,
	    "window_ns", (json_int_t)w->w_ns,
	    "ops_per_s_total", (double)w->w_ops / (double)w->w_ns * 1e9,
	    "thread_ops", ops,
	    "overlap", w->w_overlap,
	    "start_skew_ns", (json_int_t)w->w_skew_ns,
	    "cpus", cpus,
	    "cpu_ns", (json_int_t)cpu_ns));
	add_counts(line, w);
	if (w->w_run->lr_histograms != NULL)
		json_object_set_new(line, "latency", latency_json(w));
	if (w->w_retried > 0)
		json_object_set_new(line, "retried",
		    json_integer(w->w_retried));
	if (w->w_planted > 0) {
		json_object_set_new(line, "planted", json_real(w->w_planted));
		json_object_set_new(line, "planted_percent", json_integer(
		    w->w_workload->lw_unit->lu_planted_percent));
	}
	if (unit_is(w->w_workload->lw_unit, "stats"))
		json_object_set_new(line, "locks", locks_json(w->w_run));
}
