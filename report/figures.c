/*
 * Tables laid out for one figure each: which panel, band, row or column a
 * number goes to.  Read tables.h first, and plots/<figure>.gp beside it.
 */
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An implementation that is drawn against the baseline. */
static bool
drawn(const struct rp_results *r, unsigned impl)
{
	return (rp_shown(r, impl) &&
	    strcmp(r->impls[impl].name, RP_BASELINE) != 0);
}

/* The first cell of its workload. */
static bool
opens_workload(const struct rp_results *r, unsigned cell)
{
	return (cell == 0 || strcmp(r->cells[cell].workload,
	    r->cells[cell - 1].workload) != 0);
}

static unsigned
cells_of_workload(const struct rp_results *r, unsigned first)
{
	unsigned n = 1;

	while (first + n < r->ncells && !opens_workload(r, first + n))
		n++;
	return (n);
}

/* The name of a cell inside its workload. */
static const char *
inner_name(const struct rp_cell *c)
{
	return (c->name + strlen(c->workload) + 1);
}

void
rp_table_summary(FILE *f, const struct rp_results *r)
{
	int base = rp_impl_find(r, RP_BASELINE);
	unsigned first = 0;
	int band = -1;

	rp_tsv_head(f, r, "ratio to " RP_BASELINE " of every cell; a band is "
	    "a workload, a lane in it an implementation, at is the place in "
	    "the lane from 0 to 1", "band\tworkload\tlane\timpl_index\tat"
	    "\tratio_median\tratio_lo\tratio_hi\tresolved\tthreads\tcell");
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];
		unsigned lane = 0;

		if (!rp_compared(c))
			continue;
		if (opens_workload(r, i)) {
			band++;
			first = i;
		}
		for (unsigned j = 0; j < r->nimpls; j++) {
			const struct rp_contrast *k = rp_contrast(r, c,
			    (int)j, base);

			if (!drawn(r, j))
				continue;
			fprintf(f, "%d\t%s\t%u\t%u\t%.3f\t", band,
			    c->workload, lane++, j, (i - first + 0.5) /
			    cells_of_workload(r, first));
			rp_tsv_number(f, exp(k->log_ratio.median), '\t');
			rp_tsv_number(f, exp(k->log_ratio.lo), '\t');
			rp_tsv_number(f, exp(k->log_ratio.hi), '\t');
			fprintf(f, "%d\t%u\t%s\n", rp_resolved(k->verdict),
			    c->threads, c->name);
		}
	}
}

/*
 * The map is cut into pages that stand side by side; a workload that goes on
 * over a page has its name again at the head of the next.
 */
#define	MAP_ROWS	46	/* at most, of a page */

struct map_place {
	unsigned	page, row;
};

/* Rows of a page, such that all pages are about as long. */
static unsigned
map_rows(const struct rp_results *r)
{
	unsigned rows = rp_compared_cells(r), pages;

	for (unsigned i = 0; i < r->ncells; i++)
		rows += rp_compared(&r->cells[i]) && opens_workload(r, i);
	pages = (rows + MAP_ROWS - 1) / MAP_ROWS;
	/* One more for the heading that is repeated, one for a gap. */
	return (pages < 2 ? rows : (rows + pages - 1) / pages + 2);
}

/* A row of the map that only names a workload. */
static void
map_heading(FILE *f, struct map_place *at, const struct rp_cell *c)
{
	fprintf(f, "%u\t%u\t-1\tNaN\t-1\t-\t%s\n", at->page, at->row,
	    c->workload);
	at->row++;
}

static void
map_square(FILE *f, const struct map_place *at, unsigned column,
    const struct rp_contrast *k, const char *name)
{
	fprintf(f, "%u\t%u\t%u\t", at->page, at->row, column);
	rp_tsv_number(f, k->log_ratio.median / M_LN2, '\t');
	if (k->log_ratio.n > 0)
		fprintf(f, "%d\t%.2f\t%s\n", rp_resolved(k->verdict),
		    exp(k->log_ratio.median), name);
	else
		fprintf(f, "%s\t%s\n", k->verdict == RP_FAILED ?
		    "3\tfailed" : k->verdict == RP_SKIPPED ? "2\tskip" :
		    "2\t-", name);
}

void
rp_table_speedup(FILE *f, const struct rp_results *r)
{
	int base = rp_impl_find(r, RP_BASELINE);
	struct map_place at = { 0, 0 };
	unsigned rows = map_rows(r);

	rp_tsv_head(f, r, "ratio to " RP_BASELINE " of every cell, as a map; "
	    "column -1 names a workload; resolved 2: no figure, 3: failed",
	    "page\trow\tcolumn\tlog2_ratio\tresolved\ttext\tlabel");
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];
		bool opens = opens_workload(r, i);
		unsigned column = 0;

		if (!rp_compared(c))
			continue;
		/* No heading at the foot of a page without a row below. */
		if (at.row + (opens ? 2 : 1) > rows) {
			at = (struct map_place){ at.page + 1, 0 };
			opens = true;
		}
		if (opens)
			map_heading(f, &at, c);
		for (unsigned j = 0; j < r->nimpls; j++) {
			const struct rp_contrast *k = rp_contrast(r, c,
			    (int)j, base);

			if (drawn(r, j))
				map_square(f, &at, column++, k,
				    inner_name(c));
		}
		at.row++;
	}
}

static bool
same_panel(const struct rp_cell *a, const struct rp_cell *b)
{
	return (strcmp(a->variant, b->variant) == 0 &&
	    strcmp(a->sharing, b->sharing) == 0 &&
	    strcmp(a->placement, b->placement) == 0 && a->home == b->home);
}

/*
 * "ro,own · shared · compact": what the cells of a panel have in common.  An
 * asterisk tells of one that starts elsewhere.
 */
static void
panel_title(FILE *f, const struct rp_cell *c, bool borrows)
{
	bool homes = strstr(c->name, "/home=") != NULL;

	if (strcmp(c->variant, "-") != 0)
		fprintf(f, "%s · ", c->variant);
	fprintf(f, "%s%s · %s", c->sharing, borrows ? "*" : "", c->placement);
	if (homes)
		fprintf(f, " · home %d", c->home);
}

/*
 * The cell of one thread from which a panel starts although it is another
 * panel's.  One thread shares with nobody, and a placement that would put it
 * where an earlier one did has no cell of its own (docs/DATA.md).  `same' has
 * one page to work on instead of many, so there nothing stands in.
 */
static const struct rp_cell *
borrowed_start(const struct rp_results *r, unsigned first, unsigned n,
    const struct rp_cell *c)
{
	if (c->threads == 1 || strcmp(c->sharing, "same") == 0)
		return (NULL);
	for (unsigned i = first; i < first + n; i++) {
		const struct rp_cell *o = &r->cells[i];

		if (o->threads == 1 && o->home == c->home &&
		    strcmp(o->variant, c->variant) == 0 &&
		    strcmp(o->sharing, "same") != 0)
			return (o);
	}
	return (NULL);
}

/*
 * The figures of cell c as rows of the panel that cell `of' belongs to; of
 * those only that `of' has as well, or null's start would set the scale.
 */
static void
throughput_rows(FILE *f, const struct rp_results *r, unsigned panel,
    const struct rp_cell *of, const struct rp_cell *c,
    const struct rp_cell *start)
{
	double one = rp_rate(start, rp_impl_find(r, RP_BASELINE)).median /
	    start->threads;

	for (unsigned j = 0; j < r->nimpls; j++) {
		struct rp_estimate e = rp_rate(c, (int)j);

		if (!rp_shown(r, j) ||
		    (of != c && rp_rate(of, (int)j).n == 0))
			continue;
		fprintf(f, "%u\t", panel);
		panel_title(f, of, !same_panel(start, of));
		fprintf(f, "\t%u\t%u\t", c->threads, j);
		rp_tsv_number(f, e.median, '\t');
		rp_tsv_number(f, e.min, '\t');
		rp_tsv_number(f, e.max, '\t');
		rp_tsv_number(f, one * c->threads, '\t');
		fprintf(f, "%s\n", c->workload);
	}
}

void
rp_table_throughput(FILE *f, const struct rp_results *r, unsigned first)
{
	unsigned n = cells_of_workload(r, first), panel = 0;
	const struct rp_cell *start = NULL;

	rp_tsv_head(f, r, "throughput in operations a second: median, least "
	    "and greatest round; linear is the baseline's fewest threads, "
	    "scaled; a panel with an asterisk starts from the one thread of "
	    "another", "panel\ttitle\tthreads\timpl_index"
	    "\tops_per_s_total_median\tops_per_s_total_min"
	    "\tops_per_s_total_max\tlinear\tworkload");
	for (unsigned i = first; i < first + n; i++) {
		const struct rp_cell *c = &r->cells[i];

		if (i == first || !same_panel(c, c - 1)) {
			panel += i > first;
			start = borrowed_start(r, first, n, c);
			if (start != NULL)
				throughput_rows(f, r, panel, c, start, start);
			else
				start = c;
		}
		throughput_rows(f, r, panel, c, c, start);
	}
}

void
rp_table_traces(FILE *f, const struct rp_results *r)
{
	unsigned panel = 0;

	rp_tsv_head(f, r, "replayed traces: operations a second, median and "
	    "its interval; a panel is a trace on a number of threads",
	    "panel\ttitle\timpl_index\timpl\tops_per_s_total_median"
	    "\tops_per_s_total_lo\tops_per_s_total_hi");
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];

		if (strcmp(c->workload, RP_TRACE) != 0)
			continue;
		for (unsigned j = 0; j < r->nimpls; j++) {
			struct rp_estimate e = rp_rate(c, (int)j);

			if (!rp_shown(r, j))
				continue;
			fprintf(f, "%u\t%s\t%u\t%s\t", panel, inner_name(c), j,
			    r->impls[j].name);
			rp_tsv_number(f, e.median, '\t');
			rp_tsv_number(f, e.lo, '\t');
			rp_tsv_number(f, e.hi, '\n');
		}
		panel++;
	}
}

static void
lock_rows(FILE *f, const struct rp_results *r, const struct rp_cell *c,
    unsigned impl)
{
	for (unsigned t = 0; t < r->nlock_types; t++) {
		struct rp_waiting w = rp_waiting(r, c, (int)impl, (int)t);

		if (!w.measured || w.acquired_per_op <= 0)
			continue;
		fprintf(f, "%s\t%s\t%s\t", c->name, r->impls[impl].name,
		    r->lock_types[t]);
		rp_tsv_number(f, w.acquired_per_op, '\t');
		rp_tsv_number(f, 100 * w.contended, '\t');
		rp_tsv_number(f, w.wait_ns_per_op, '\t');
		rp_tsv_number(f, w.hold_ns_per_op, '\t');
		rp_tsv_number(f, 100 * w.wait_share, '\n');
	}
}

void
rp_table_locks(FILE *f, const struct rp_results *r)
{
	rp_tsv_head(f, r, "locks by type, from windows of flavour stats; "
	    "wait_percent is the share of the threads' time", "cell\timpl"
	    "\ttype\tacquired_per_op\tcontended_percent\twait_ns_per_op"
	    "\thold_ns_per_op\twait_percent");
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++)
			if (rp_compared(&r->cells[i]))
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

			for (unsigned t = 0; t < r->nlock_types; t++) {
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
