/*
 * Tables laid out for the figures of replayed traces and of waiting for locks.
 * Read tables.h first, and plots/<figure>.gp beside it.
 */
#include "tables.h"

#include <math.h>
#include <string.h>

void
rp_table_traces(FILE *f, const struct rp_results *r)
{
	int base = rp_impl_find(r, RP_BASELINE);
	unsigned panel = 0;

	rp_tsv_head(f, r, "replayed traces: operations a second, and ratio to "
	    RP_BASELINE " of the same block; medians and their intervals; a "
	    "panel is a trace on a number of threads", "panel\ttitle"
	    "\timpl_index\timpl\tops_per_s_total_median"
	    "\tops_per_s_total_lo\tops_per_s_total_hi\tratio_median"
	    "\tratio_lo\tratio_hi\tresolved");
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];

		if (strcmp(c->workload, RP_TRACE) != 0)
			continue;
		for (unsigned j = 0; j < r->nimpls; j++) {
			struct rp_estimate e = rp_rate(c, (int)j);
			const struct rp_contrast *k = rp_contrast(r, c,
			    (int)j, base);

			if (!rp_shown(r, j) || e.n == 0)
				continue;
			fprintf(f, "%u\t%s\t%u\t%s\t", panel,
			    rp_inner_name(c), j, r->impls[j].name);
			rp_tsv_number(f, e.median, '\t');
			rp_tsv_number(f, e.lo, '\t');
			rp_tsv_number(f, e.hi, '\t');
			rp_tsv_number(f, exp(k->log_ratio.median), '\t');
			rp_tsv_number(f, exp(k->log_ratio.lo), '\t');
			rp_tsv_number(f, exp(k->log_ratio.hi), '\t');
			fprintf(f, "%d\n", rp_resolved(k->verdict));
		}
		panel++;
	}
}

static void
lock_row(FILE *f, const char *cell, const char *impl, const char *type,
    const char *name, struct rp_waiting w)
{
	if (!w.measured || w.acquired_per_op <= 0)
		return;
	fprintf(f, "%s\t%s\t%s\t", cell, impl, type);
	rp_tsv_number(f, w.acquired_per_op, '\t');
	rp_tsv_number(f, 100 * w.contended, '\t');
	rp_tsv_number(f, w.wait_ns_per_op, '\t');
	rp_tsv_number(f, w.hold_ns_per_op, '\t');
	rp_tsv_number(f, 100 * w.wait_share, '\t');
	fprintf(f, "%s\n", name);
}

static void
lock_rows(FILE *f, const struct rp_results *r, const struct rp_cell *c,
    unsigned impl)
{
	const char *of = r->impls[impl].name;

	for (unsigned t = 0; t < r->nlock_types; t++) {
		const char *type = r->lock_types[t];

		lock_row(f, c->name, of, type, "-",
		    rp_waiting(r, c, (int)impl, (int)t));
		for (unsigned n = 0; n < r->nlock_names; n++)
			if (strcmp(r->lock_names[n].type, type) == 0)
				lock_row(f, c->name, of, type,
				    r->lock_names[n].name,
				    rp_waiting_named(c, impl, n));
	}
}

void
rp_table_locks(FILE *f, const struct rp_results *r)
{
	rp_tsv_head(f, r, "locks by type, from windows of flavour stats; "
	    "wait_percent is the share of the threads' time; of a type whose "
	    "locks have names of their own, each name again", "cell\timpl"
	    "\ttype\tacquired_per_op\tcontended_percent\twait_ns_per_op"
	    "\thold_ns_per_op\twait_percent\tname");
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++)
			if (rp_compared(&r->cells[i]) && rp_shown(r, j))
				lock_rows(f, r, &r->cells[i], j);
}

#define	LOCK_PANELS	6

void
rp_table_locks_most(FILE *f, const struct rp_results *r)
{
	unsigned cells[LOCK_PANELS], n = rp_most_waiting(r, cells, LOCK_PANELS);

	rp_tsv_head(f, r, "the cells that wait most for locks: ns of waiting "
	    "an operation, stacked by type from wait_ns_from to wait_ns_to",
	    "panel\tcell\timpl_index\timpl\ttype_index\twait_ns_from"
	    "\twait_ns_to");
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < r->nimpls; j++) {
			const struct rp_cell *c = &r->cells[cells[i]];
			double from = 0;

			for (unsigned t = 0; rp_shown(r, j) &&
			    t < r->nlock_types; t++) {
				struct rp_waiting w = rp_waiting(r, c, (int)j,
				    (int)t);

				if (!w.measured)
					continue;
				fprintf(f, "%u\t%s\t%u\t%s\t%u\t", i, c->name,
				    j, r->impls[j].name, t);
				rp_tsv_number(f, from, '\t');
				from += w.wait_ns_per_op;
				rp_tsv_number(f, from, '\n');
			}
		}
}
