/*
 * The tables that gnuplot draws from: tab-separated, one header that names
 * the source, what the rows are and the unit of each column.  Read output.h.
 *
 * Figures need their rows numbered (panel, band, row, column); the numbers are
 * given out here, so that the .gp files hold no list of names.
 */
#include "output.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "decide.h"
#include "scaling.h"
#include "tables.h"

#define	THROUGHPUT	"throughput-"	/* prefix of a workload's table */
#define	SCALING		"scaling"	/* of those of a simulated run */

void
rp_tsv_head(FILE *f, const struct rp_results *r, const char *what,
    const char *columns)
{
	fprintf(f, "# source: %s/%s\n# %s\n# NaN: no figure\n# %s\n",
	    r->folder, r->rounds_file, what, columns);
}

/* Numbers for gnuplot, which reads NaN but not -nan. */
void
rp_tsv_number(FILE *f, double v, char end)
{
	if (isnan(v))
		fprintf(f, "NaN%c", end);
	else
		fprintf(f, "%.6g%c", v, end);
}

static void
table_implementations(FILE *f, const struct rp_results *r)
{
	rp_tsv_head(f, r, "implementations in the order of every figure",
	    "index\tname\tcolour\tshown");
	for (unsigned i = 0; i < r->nimpls; i++)
		fprintf(f, "%u\t%s\t%s\t%d\n", i, r->impls[i].reference ?
		    "(reference)" : r->impls[i].name,
		    rp_impl_colour(r, i), rp_shown(r, i));
}

static void
table_lock_types(FILE *f, const struct rp_results *r)
{
	rp_tsv_head(f, r, "types of lock in the order of every figure",
	    "index\tname\tcolour");
	for (unsigned i = 0; i < r->nlock_types; i++)
		fprintf(f, "%u\t%s\t%s\n", i, r->lock_types[i],
		    rp_lock_colour(i));
}

static void
cell_row(FILE *f, const struct rp_results *r, const struct rp_cell *c,
    unsigned impl)
{
	struct rp_estimate e = rp_rate(c, (int)impl);
	const struct rp_contrast *k = rp_contrast(r, c, (int)impl,
	    rp_impl_find(r, RP_BASELINE));

	fprintf(f, "%s\t%s\t%s\t%s\t%u\t%s\t%d\t%s\t%u\t", c->name,
	    c->workload, c->variant, c->sharing, c->threads, c->placement,
	    c->home, r->impls[impl].name, e.n);
	rp_tsv_number(f, e.median, '\t');
	rp_tsv_number(f, e.min, '\t');
	rp_tsv_number(f, e.max, '\t');
	rp_tsv_number(f, exp(k->log_ratio.median), '\t');
	rp_tsv_number(f, exp(k->log_ratio.lo), '\t');
	rp_tsv_number(f, exp(k->log_ratio.hi), '\t');
	rp_tsv_number(f, k->p, '\t');
	rp_tsv_number(f, k->p_holm, '\t');
	rp_tsv_number(f, 100 * expm1(k->floor), '\t');
	rp_tsv_number(f, 100 * k->mde, '\t');
	rp_tsv_number(f, rp_fairness(c, (int)impl), '\t');
	rp_tsv_number(f, rp_jain(c, (int)impl), '\t');
	fprintf(f, "%.4f\t%s\n", k->log_ratio.coverage,
	    rp_verdict_name(k->verdict));
}

static void
table_cells(FILE *f, const struct rp_results *r)
{
	rp_tsv_head(f, r, "every cell and implementation; throughput in "
	    "operations a second, ratio to " RP_BASELINE " of the same block "
	    "with its sign-test interval, p-value before and after Holm's "
	    "correction, A/A floor and minimum detectable effect",
	    "cell\tworkload\tvariant\tsharing\tthreads\tplacement\thome\timpl"
	    "\trounds\tops_per_s_total_median\tops_per_s_total_min"
	    "\tops_per_s_total_max\tratio_median\tratio_lo\tratio_hi"
	    "\tp\tp_holm\tfloor_percent\tmde_percent\tfairness\tjain"
	    "\tcoverage\tverdict");
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++)
			if (rp_compared(&r->cells[i]) && rp_shown(r, j))
				cell_row(f, r, &r->cells[i], j);
}

static void
table_steps(FILE *f, const struct rp_results *r)
{
	rp_tsv_head(f, r, "the steps from " RP_BASELINE " to sxbusy_rlock: "
	    "ratios that multiply to the total",
	    "cell\tworkload\trounds\trwlock\tprefault_read\tbusy_word"
	    "\tread_lock\ttotal\trwlock_verdict\tprefault_read_verdict"
	    "\tbusy_word_verdict\tread_lock_verdict");
	for (unsigned i = 0; i < r->ncells; i++) {
		struct rp_steps s = rp_steps(r, &r->cells[i]);

		if (!rp_compared(&r->cells[i]) || !s.complete)
			continue;
		fprintf(f, "%s\t%s\t%u\t", r->cells[i].name,
		    r->cells[i].workload, s.rounds);
		for (unsigned j = 0; j < RP_STEPS; j++)
			rp_tsv_number(f, s.ratio[j], '\t');
		rp_tsv_number(f, s.total, '\t');
		for (unsigned j = 0; j < RP_STEPS; j++)
			fprintf(f, "%s%c", rp_verdict_name(s.verdict[j]),
			    j == RP_STEPS - 1 ? '\n' : '\t');
	}
}

static void
table_primitives(FILE *f, const struct rp_results *r)
{
	unsigned *rows = rp_grow(NULL, r->ncells + 1, sizeof(*rows));
	unsigned n = rp_primitive_rows(r, rows), y = 0;

	rp_tsv_head(f, r, "primitives on one thread, uncontended: ns of one "
	    "operation, a pair where it is one, and its interval; y counts "
	    "bars, with a gap between rows", "y\trow\timpl_index\timpl"
	    "\tns_median\tns_lo\tns_hi\tfirst_of_row");
	for (unsigned i = 0; i < n; i++, y++) {
		const struct rp_cell *c = &r->cells[rows[i]];
		bool first = true;

		for (unsigned j = 0; j < r->nimpls; j++) {
			struct rp_estimate e = rp_ns(c, (int)j);

			if (e.n == 0)
				continue;
			fprintf(f, "%u\t%s\t%u\t%s\t", y++, c->variant, j,
			    r->impls[j].name);
			rp_tsv_number(f, e.median, '\t');
			rp_tsv_number(f, e.lo, '\t');
			rp_tsv_number(f, e.hi, '\t');
			fprintf(f, "%d\n", first);
			first = false;
		}
	}
	free(rows);
}

static const struct {
	const char	*name;
	void		(*write)(FILE *, const struct rp_results *);
} tables[] = {
	{ "implementations.tsv", table_implementations },
	{ "lock_types.tsv", table_lock_types },
	{ "cells.tsv", table_cells },
	{ "steps.tsv", table_steps },
	{ "primitives.tsv", table_primitives },
	{ "summary.tsv", rp_table_summary },
	{ "speedup.tsv", rp_table_speedup },
	{ "traces.tsv", rp_table_traces },
	{ "locks.tsv", rp_table_locks },
	{ "locks_most.tsv", rp_table_locks_most },
	{ "attribution.tsv", rp_table_attribution },
	{ "latency.tsv", rp_table_latency },
	{ "quantiles.tsv", rp_table_quantiles },
	{ "events.tsv", rp_table_events },
	{ "noise.tsv", rp_table_noise },
	{ "transfer.tsv", rp_table_transfer },
	{ "step_cells.tsv", rp_table_step_cells },
	{ "decision.tsv", rp_table_decision },
};

static int
save_table(const char *folder, const char *name, struct rp_text *t,
    char *message)
{
	char path[PATH_MAX], *text = rp_text_close(t);
	int status;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	status = rp_save(path, text, message);
	free(text);
	return (status);
}

/* A workload's name as part of a file's. */
static void
throughput_name(char name[NAME_MAX], const char *workload)
{
	snprintf(name, NAME_MAX, THROUGHPUT "%.200s.tsv", workload);
	for (char *s = name; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && strchr("._-", *s) == NULL)
			*s = '_';
}

static int
save_throughputs(const struct rp_results *r, const char *folder,
    char *message)
{
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];
		char name[NAME_MAX];
		struct rp_text t;

		if (!rp_compared(c) || (i > 0 &&
		    strcmp(c->workload, c[-1].workload) == 0))
			continue;
		rp_text_open(&t);
		rp_table_throughput(t.f, r, i);
		throughput_name(name, c->workload);
		if (save_table(folder, name, &t, message) != 0)
			return (-1);
	}
	return (0);
}

/* Those of one simulated run. */
static int
save_scaling(const struct rp_results *s, const char *folder, char *message)
{
	for (unsigned i = 0; i < RP_SCALING_TABLES; i++) {
		char name[NAME_MAX];
		struct rp_text t;

		rp_text_open(&t);
		rp_scaling_tables[i].write(t.f, s);
		rp_machine_file(s, rp_scaling_tables[i].prefix, name);
		strcat(name, ".tsv");
		if (save_table(folder, name, &t, message) != 0)
			return (-1);
	}
	return (0);
}

/* Whether a file is a table of this simulated run. */
static bool
is_of_machine(const struct rp_results *s, const char *file)
{
	char name[NAME_MAX];

	for (unsigned i = 0; i < RP_SCALING_TABLES; i++) {
		rp_machine_file(s, rp_scaling_tables[i].prefix, name);
		strcat(name, ".tsv");
		if (strcmp(name, file) == 0)
			return (true);
	}
	return (false);
}

static bool
is_current(const struct rp_results *r, const char *file)
{
	char name[NAME_MAX];

	if (r->machine != NULL)
		return (is_of_machine(r, file));
	for (unsigned i = 0; i < r->nsims; i++)
		if (is_of_machine(&r->sims[i], file))
			return (true);
	for (unsigned i = 0; i < r->ncells; i++) {
		throughput_name(name, r->cells[i].workload);
		if (rp_compared(&r->cells[i]) && strcmp(name, file) == 0)
			return (true);
	}
	return (false);
}

/* Whether a file's name is that of a table that not every run has. */
static bool
is_particular(const char *file)
{
	return (strncmp(file, THROUGHPUT, strlen(THROUGHPUT)) == 0 ||
	    strncmp(file, SCALING, strlen(SCALING)) == 0);
}

/* Tables that only an earlier run had would be drawn again. */
static void
remove_stale(const struct rp_results *r, const char *folder)
{
	char path[PATH_MAX];
	struct dirent *e;
	DIR *d = opendir(folder);

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (!is_particular(e->d_name) ||
		    is_current(r, e->d_name))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		unlink(path);
	}
	if (d != NULL)
		closedir(d);
}

/*
 * A simulated run has no rounds, so the tables of what is judged over rounds
 * are not written, and those of another run that lie there are removed.
 */
static int
save_simulated(const struct rp_results *s, const char *folder, char *message)
{
	char path[PATH_MAX];
	struct rp_text t;

	for (unsigned i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, tables[i].name);
		unlink(path);
	}
	rp_text_open(&t);
	table_implementations(t.f, s);
	if (save_table(folder, "implementations.tsv", &t, message) != 0 ||
	    save_scaling(s, folder, message) != 0)
		return (-1);
	remove_stale(s, folder);
	return (0);
}

int
rp_write_tables(const struct rp_results *r, const char *folder,
    char message[RP_MESSAGE])
{
	if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
		snprintf(message, RP_MESSAGE, "%.300s: %s; --out needs a "
		    "folder whose parent exists", folder, strerror(errno));
		return (-1);
	}
	if (r->machine != NULL)
		return (save_simulated(r, folder, message));
	for (unsigned i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct rp_text t;

		rp_text_open(&t);
		tables[i].write(t.f, r);
		if (save_table(folder, tables[i].name, &t, message) != 0)
			return (-1);
	}
	if (save_throughputs(r, folder, message) != 0)
		return (-1);
	for (unsigned i = 0; i < r->nsims; i++)
		if (save_scaling(&r->sims[i], folder, message) != 0)
			return (-1);
	remove_stale(r, folder);
	return (0);
}
