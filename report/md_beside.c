/*
 * RESULTS.md: latency of single operations, events, line transfers.
 * Read output.h first.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

/* "812 ns", "1.25 us": a time in the unit that suits. */
static void
put_ns(FILE *f, double ns)
{
	if (isnan(ns))
		fprintf(f, "-");
	else if (ns < 999.5)
		fprintf(f, "%.0f ns", ns);
	else if (ns < 999500)
		fprintf(f, "%.3g us", ns / 1e3);
	else
		fprintf(f, "%.3g ms", ns / 1e6);
}

/* Of each workload the cell with most threads that shares most: the last. */
static bool
stands_for_workload(const struct rp_results *r, unsigned cell)
{
	const struct rp_cell *c = &r->cells[cell];

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *o = &r->cells[i];

		if (strcmp(o->workload, c->workload) == 0 &&
		    (o->threads > c->threads || (o->threads == c->threads &&
		    i > cell)))
			return (false);
	}
	return (rp_compared(c));
}

static void
latency_cell(FILE *f, const struct rp_results *r, const struct rp_cell *c)
{
	for (unsigned i = 0; i < r->nimpls; i++) {
		struct rp_quantiles q = rp_quantiles(c, (int)i);

		if (!q.measured || !rp_shown(r, i))
			continue;
		fprintf(f, "| `%s` | `%s` | ", c->name, r->impls[i].name);
		put_ns(f, q.p50);
		fprintf(f, " | ");
		put_ns(f, q.p90);
		fprintf(f, " | ");
		put_ns(f, q.p99);
		fprintf(f, " | ");
		put_ns(f, q.p999);
		fprintf(f, " | ");
		put_ns(f, q.max);
		fprintf(f, " | %.0f |\n", q.sampled);
	}
}

static bool
has_latency(const struct rp_results *r)
{
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++)
			if (rp_compared(&r->cells[i]) &&
			    rp_quantiles(&r->cells[i], (int)j).measured)
				return (true);
	return (false);
}

void
rp_md_latency(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	const struct rp_cell *timer = rp_primitive(r, "timer");
	int reference = rp_impl_find(r, RP_REFERENCE);
	unsigned cells[RP_LATENCY_CELLS], n;

	fprintf(f, "## Latency\n\n");
	if (!has_latency(r)) {
		fprintf(f, "Not measured in this run; `build/bench --latency` "
		    "does.\n\n");
		return;
	}
	fprintf(f, "Windows of their own, in which about one operation in "
	    "sixteen is timed. Quantiles are true to 1 %%");
	if (timer != NULL && reference >= 0)
		fprintf(f, ", and hold what the timer itself costs, %.0f ns",
		    rp_ns(timer, reference).median);
	fprintf(f, ". A single window an implementation: the largest values "
	    "are those of one run, a thread that the host took from its "
	    "processor among them. Here, of each "
	    "workload's cells with most threads, the one with the longest "
	    "p99; all are in the data.\n\n"
	    "![Share of operations that took longer](%s/latency.svg)\n\n"
	    "| cell | implementation | p50 | p90 | p99 | p99.9 | max | "
	    "timed |\n|---|---|---:|---:|---:|---:|---:|---:|\n", p->links);
	n = rp_latency_cells(r, cells);
	for (unsigned i = 0; i < n; i++)
		latency_cell(f, r, &r->cells[cells[i]]);
	fprintf(f, "\n");
	rp_md_source(f, r, p, "quantiles.tsv", "latency");
}

/* Three digits, but no exponent: 24500, 675, 0.54. */
static void
put_count(FILE *f, double v)
{
	if (isnan(v))
		fprintf(f, " n/a |");
	else if (v < 999.5)
		fprintf(f, " %.3g |", v);
	else {
		double unit = pow(10, floor(log10(v)) - 2);

		fprintf(f, " %.0f |", round(v / unit) * unit);
	}
}

static void
events_row(FILE *f, const struct rp_results *r, const struct rp_cell *c,
    unsigned impl)
{
	struct rp_counters n = rp_counters(c, (int)impl);

	fprintf(f, "| `%s` | `%s` |", c->name, r->impls[impl].name);
	put_count(f, n.per_op[RP_CPU_NS]);
	put_count(f, n.per_op[RP_CYCLES]);
	put_count(f, n.per_op[RP_INSTRUCTIONS]);
	put_count(f, n.per_op[RP_CACHE_MISSES]);
	put_count(f, n.per_thread_s[RP_SWITCHES]);
	put_count(f, n.per_thread_s[RP_MIGRATIONS]);
	put_count(f, n.per_thread_s[RP_FAULTS]);
	fprintf(f, "\n");
}

void
rp_md_events(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	const char *why = json_string_value(json_object_get(r->environment,
	    "perf_hardware_counters"));

	fprintf(f, "## Events\n\n"
	    "Of the workers within their windows, user and kernel. Hardware "
	    "counters: %s.\n\n"
	    "| cell | implementation | CPU ns/op | cycles/op | "
	    "instructions/op | cache misses/op | switches/s | migrations/s | "
	    "host faults/s |\n|---|---|---:|---:|---:|---:|---:|---:|---:|\n",
	    why == NULL ? "not told" : why);
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++)
			if (stands_for_workload(r, i) && rp_shown(r, j) &&
			    rp_rate(&r->cells[i], (int)j).n > 0)
				events_row(f, r, &r->cells[i], j);
	fprintf(f, "\nPer second is of one thread's time. ");
	rp_md_source(f, r, p, "events.tsv", NULL);
}

void
rp_md_transfer(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	struct rp_transfer t = rp_transfer(r, NULL);

	fprintf(f, "## The price of a cache line\n\n");
	if (t.pairs == 0) {
		fprintf(f, "Not measured in this run.\n\n");
		return;
	}
	fprintf(f, "A line handed from one processor to another takes ");
	put_ns(f, t.ns_median);
	if (t.pairs > 1) {
		fprintf(f, " in the median of %u pairs, ", t.pairs);
		put_ns(f, t.ns_min);
		fprintf(f, " to ");
		put_ns(f, t.ns_max);
	}
	fprintf(f, ". One word that changes hands at every operation, at "
	    "that price, can serve no more than %.3g million operations a "
	    "second, however many threads there are: the ceiling in the "
	    "figures of throughput. A design goes beyond it only where a "
	    "thread gets the word again before another has it.\n\n",
	    1e3 / t.ns_median);
	rp_md_source(f, r, p, "transfer.tsv", t.pairs > 1 ? "transfer" :
	    NULL);
}
