/*
 * What is to be run.  Read plan.h first.
 */
#include "plan.h"
#include "threads.h"

#include <err.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <traces/trace.h>

#define	SHARINGS	3
#define	WINDOW_PAIR_NS	100000	/* of two operations, in turn */
#define	TRACES		"traces/*.vmt.gz"
#define	TRACES_MAX	64

static const struct {
	enum lab_sharing sharing;
	const char	*name;
} sharings[SHARINGS] = {
	{ LAB_PRIVATE, "private" }, { LAB_SHARED, "shared" },
	{ LAB_SAME, "same" }
};

/* Without a cell on the command line. */
static const char *const default_cells[] = {
	"alloc", "fault_cow", "fault_soft", "fault_zero", "grab_hit",
	"grab_miss", "grab_sbusy", "handoff", "io_hold", "trace"
};

static struct lab_trace *traces[TRACES_MAX];

struct list {
	struct job	*jobs;
	unsigned	 n;
	unsigned	 meant;		/* also what was there */
};

const char *
plan_sharing(enum lab_sharing s)
{
	for (unsigned i = 0; i < SHARINGS; i++)
		if (sharings[i].sharing == s)
			return (sharings[i].name);
	return ("?");
}

void
plan_name(const struct sim_run *r, char *name, size_t size)
{
	snprintf(name, size, "%s/%s/%s/t%u", r->sr_workload->lw_name,
	    *r->sr_variant != '\0' ? r->sr_variant : "-",
	    plan_sharing(r->sr_sharing), r->sr_threads);
}

static bool
is_wanted(const struct options *o, const char *impl)
{
	for (unsigned i = 0; i < o->o_nimpls; i++)
		if (strcmp(o->o_impls[i], impl) == 0)
			return (true);
	return (o->o_nimpls == 0);
}

static const struct lab_trace *
trace_of(const char *name)
{
	for (unsigned i = 0; i < TRACES_MAX && traces[i] != NULL; i++)
		if (strcmp(traces[i]->lt_name, name) == 0)
			return (traces[i]);
	return (NULL);
}

/* A cell may be named twice, by itself and as part of another. */
static bool
is_planned(const struct list *l, const struct sim_run *r)
{
	for (unsigned i = 0; i < l->n; i++) {
		const struct sim_run *have = &l->jobs[i].j_run;

		if (have->sr_workload == r->sr_workload &&
		    strcmp(have->sr_variant, r->sr_variant) == 0 &&
		    have->sr_sharing == r->sr_sharing &&
		    have->sr_threads == r->sr_threads)
			return (true);
	}
	return (false);
}

static void
append(struct list *l, struct job j)
{
	l->jobs = realloc(l->jobs, (l->n + 1) * sizeof(*l->jobs));
	if (l->jobs == NULL)
		err(1, "%u runs", l->n);
	l->jobs[l->n++] = j;
}

/* Each transfer by each factor. */
static void
append_settings(struct list *l, struct job j)
{
	static const double factors[] = { 0.5, 1, 2 };

	for (unsigned i = 0; i < 3 * 3 * 3 * 3; i++) {
		for (unsigned k = 0, rest = i; k < SIM_FAR; k++, rest /= 3)
			j.j_run.sr_setting[k] = factors[rest % 3];
		append(l, j);
	}
}

static void
add(struct list *l, const struct options *o, const struct lab_workload *w,
    const char *variant, enum lab_sharing sharing, unsigned threads)
{
	struct job j = { .j_run = { .sr_workload = w, .sr_variant = variant,
	    .sr_sharing = sharing, .sr_threads = threads, .sr_home = o->o_home,
	    .sr_window_ns = o->o_conflicts ? WINDOW_PAIR_NS :
	    o->o_window_ns,
	    .sr_setting = { 1, 1, 1, 1 } } };

	if (threads < w->lw_threads_min ||
	    (w->lw_threads_max != 0 && threads > w->lw_threads_max))
		return;
	l->meant++;
	if (is_planned(l, &j.j_run))
		return;
	if (strcmp(w->lw_name, "trace") == 0)
		j.j_run.sr_trace = trace_of(variant);
	j.j_kind = o->o_conflicts ? JOB_CONFLICT : o->o_sensitivity ?
	    JOB_SENSITIVITY : JOB_WINDOW;
	if (o->o_conflicts)
		j.j_run.sr_settle_ns = WINDOW_PAIR_NS / 2;
	for (unsigned i = 0; i < o->o_rounds; i++) {
		j.j_run.sr_round = i;
		j.j_run.sr_seed = o->o_seed + i;
		if (o->o_sensitivity)
			append_settings(l, j);
		else
			append(l, j);
	}
}

/* Every implementation's, for one variant, sharing and number of threads. */
static void
add_impls(struct list *l, const struct options *o, const char *workload,
    const char *variant, enum lab_sharing sharing, unsigned threads)
{
	const struct lab_workload *const *w;

	for (w = __start_set_lab_workloads; w < __stop_set_lab_workloads; w++)
		if (strcmp((*w)->lw_name, workload) == 0 &&
		    is_wanted(o, (*w)->lw_unit->lu_impl))
			add(l, o, *w, variant, sharing, threads);
}

static void
add_threads(struct list *l, const struct options *o, const char *workload,
    const char *variant, enum lab_sharing sharing)
{
	for (unsigned i = 0; i < o->o_nthreads; i++)
		add_impls(l, o, workload, variant, sharing, o->o_threads[i]);
}

static const struct lab_workload *
find(const char *name)
{
	const struct lab_workload *const *w;

	for (w = __start_set_lab_workloads; w < __stop_set_lab_workloads; w++)
		if (strcmp((*w)->lw_name, name) == 0)
			return (*w);
	errx(2, "there is no workload '%s'; build/bench --list has them",
	    name);
}

static void
check_impls(const struct options *o)
{
	const struct lab_unit *const *u;

	for (unsigned i = 0; i < o->o_nimpls; i++) {
		for (u = __start_set_lab_units; u < __stop_set_lab_units; u++)
			if (strcmp((*u)->lu_impl, o->o_impls[i]) == 0)
				break;
		if (u == __stop_set_lab_units)
			errx(2, "there is no implementation '%s'",
			    o->o_impls[i]);
	}
}

/* The traces that there are, as variants; read once. */
static const char *const *
trace_names(void)
{
	static const char *names[TRACES_MAX + 1];
	char why[256];
	glob_t g;

	if (names[0] != NULL || glob(TRACES, 0, NULL, &g) != 0)
		return (names);
	for (size_t i = 0; i < g.gl_pathc && i < TRACES_MAX; i++) {
		traces[i] = trace_read(g.gl_pathv[i], why, sizeof(why));
		if (traces[i] == NULL)
			errx(2, "trace %s", why);
		names[i] = traces[i]->lt_name;
	}
	globfree(&g);
	return (names);
}

static const char *const *
variants_of(const struct lab_workload *w)
{
	static const char *const none[] = { "", NULL };

	if (strcmp(w->lw_name, "trace") == 0)
		return (trace_names());
	return (w->lw_variants != NULL ? w->lw_variants : none);
}

/* Of "WORKLOAD[/VARIANT[/SHARING]]", each part that is not given: all. */
static void
add_cell(struct list *l, const struct options *o, const char *text)
{
	char *copy = strdup(text), *rest = copy;
	char *name = strsep(&rest, "/"), *variant = strsep(&rest, "/");
	const struct lab_workload *w = find(name);
	const char *const *v = variants_of(w);
	unsigned before = l->meant;

	for (; *v != NULL; v++)
		for (unsigned i = 0; i < SHARINGS; i++)
			if ((w->lw_sharing & sharings[i].sharing) != 0 &&
			    (rest == NULL ||
			    strcmp(rest, sharings[i].name) == 0) &&
			    (variant == NULL || strcmp(variant, "-") == 0 ||
			    strcmp(variant, *v) == 0))
				add_threads(l, o, w->lw_name, *v,
				    sharings[i].sharing);
	/* Of all there are, those that can be run are. */
	if (l->meant == before && o->o_ncells > 0)
		errx(2, "%s: no implementation, variant or sharing is meant by "
		    "this, or none for so many threads", text);
	free(copy);
}

struct job *
plan(struct options *o, unsigned *n)
{
	static const char *const pairs[] = { "pair" };
	const char *const *cells = o->o_conflicts ? pairs : default_cells;
	unsigned ncells = o->o_conflicts ? 1 :
	    sizeof(default_cells) / sizeof(*default_cells);
	struct list l = { NULL, 0, 0 };

	check_impls(o);
	if (o->o_conflicts)
		threads_add(o, 2);
	for (unsigned i = 0; i < o->o_nthreads; i++)
		if (o->o_threads[i] > sim_model.mo_ncpus)
			errx(2, "--threads %u: the machine has %u CPUs",
			    o->o_threads[i], sim_model.mo_ncpus);
	if (o->o_home >= sim_model.mo_nnodes)
		errx(2, "--home %u: the machine has %u nodes", o->o_home,
		    sim_model.mo_nnodes);
	if (o->o_nthreads == 0)
		threads_choose(o);
	for (unsigned i = 0; i < o->o_ncells; i++)
		add_cell(&l, o, o->o_cells[i]);
	for (unsigned i = 0; o->o_ncells == 0 && i < ncells; i++)
		add_cell(&l, o, cells[i]);
	if (l.n == 0)
		errx(2, "there is no cell for such implementations and numbers "
		    "of threads");
	*n = l.n;
	return (l.jobs);
}
