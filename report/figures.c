/*
 * Tables laid out for one figure each: the summary and the map, which show
 * every cell.  Read tables.h first, and plots/<figure>.gp beside it.
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

bool
rp_opens_workload(const struct rp_results *r, unsigned cell)
{
	return (cell == 0 || strcmp(r->cells[cell].workload,
	    r->cells[cell - 1].workload) != 0);
}

unsigned
rp_cells_of_workload(const struct rp_results *r, unsigned first)
{
	unsigned n = 1;

	while (first + n < r->ncells && !rp_opens_workload(r, first + n))
		n++;
	return (n);
}

const char *
rp_inner_name(const struct rp_cell *c)
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
		if (rp_opens_workload(r, i)) {
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
			    rp_cells_of_workload(r, first));
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
		rows += rp_compared(&r->cells[i]) && rp_opens_workload(r, i);
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
		bool opens = rp_opens_workload(r, i);
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
				    rp_inner_name(c));
		}
		at.row++;
	}
}
