/*
 * Tables laid out for the figures of attribution and of noise: of which step a
 * gain is, and what a cell could have seen.  Read tables.h first, and
 * plots/attribution.gp and plots/noise.gp beside it.
 */
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the cells that are equal otherwise the one with most threads. */
static bool
most_threads(const struct rp_results *r, unsigned cell)
{
	return (cell + 1 == r->ncells || rp_opens_workload(r, cell + 1) ||
	    !rp_same_panel(&r->cells[cell], &r->cells[cell + 1]));
}

void
rp_table_attribution(FILE *f, const struct rp_results *r)
{
	const char *workload = NULL;
	unsigned row = 0;

	rp_tsv_head(f, r, "steps from " RP_BASELINE " to sxbusy_rlock, in the "
	    "cells with most threads: a step goes from one ratio to "
	    RP_BASELINE " to the next", "row\tcell\tstep\timpl_index\tfrom"
	    "\tto\tresolved\ttotal");
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];
		struct rp_steps s;
		double at = 1;

		if (!rp_compared(c) || !most_threads(r, i) ||
		    !(s = rp_steps(r, c)).complete)
			continue;
		/* A gap between workloads. */
		row += workload != NULL && strcmp(workload, c->workload) != 0;
		workload = c->workload;
		for (unsigned j = 0; j < RP_STEPS; j++) {
			fprintf(f, "%u\t%s\t%u\t%d\t", row, c->name, j,
			    rp_impl_find(r, rp_step_impl(j)));
			rp_tsv_number(f, at, '\t');
			at *= s.ratio[j];
			rp_tsv_number(f, at, '\t');
			fprintf(f, "%d\t", rp_resolved(s.verdict[j]));
			rp_tsv_number(f, s.total, '\n');
		}
		row++;
	}
}

struct noise {
	unsigned	cell;
	double		mde;	/* the largest; HUGE_VAL if there is none */
	double		floor;
};

static int
noise_order(const void *a, const void *b)
{
	const struct noise *x = a, *y = b;

	if (x->mde != y->mde)
		return (x->mde > y->mde ? -1 : 1);
	if (x->floor != y->floor)
		return (x->floor > y->floor ? -1 : 1);
	return (x->cell < y->cell ? -1 : x->cell > y->cell);
}

/* Compared cells by what they could have seen, worst first; how many. */
static unsigned
noise_ranks(const struct rp_results *r, const unsigned *news, unsigned nnews,
    struct noise *ranks)
{
	int base = rp_impl_find(r, RP_BASELINE);
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i++) {
		double mde = 0, floor = 0;

		for (unsigned j = 0; j < nnews; j++) {
			const struct rp_contrast *k = rp_contrast(r,
			    &r->cells[i], (int)news[j], base);

			if (k->log_ratio.n > 0 && !(k->mde <= mde))
				mde = isnan(k->mde) ? HUGE_VAL : k->mde;
			floor = fmax(floor, k->floor);
		}
		if (rp_compared(&r->cells[i]) && mde > 0)
			ranks[n++] = (struct noise){ i, mde, floor };
	}
	qsort(ranks, n, sizeof(*ranks), noise_order);
	return (n);
}

void
rp_table_noise(FILE *f, const struct rp_results *r)
{
	struct noise *ranks = rp_grow(NULL, r->ncells + 1, sizeof(*ranks));
	unsigned *news = rp_grow(NULL, r->nimpls + 1, sizeof(*news));
	unsigned nnews = rp_new_designs(r, news);
	unsigned n = noise_ranks(r, news, nnews, ranks);
	int base = rp_impl_find(r, RP_BASELINE);

	rp_tsv_head(f, r, "what a cell could have seen: minimum detectable "
	    "effect against " RP_BASELINE ", and how far identical code lies "
	    "from 1 (A/A floor), in per cent; worst cell first",
	    "row\tcell\timpl_index\tmde_percent\tfloor_percent");
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < nnews; j++) {
			const struct rp_contrast *k = rp_contrast(r,
			    &r->cells[ranks[i].cell], (int)news[j], base);

			fprintf(f, "%u\t%s\t%u\t", i,
			    r->cells[ranks[i].cell].name, news[j]);
			rp_tsv_number(f, 100 * k->mde, '\t');
			rp_tsv_number(f, 100 * expm1(k->floor), '\n');
		}
	free(ranks);
	free(news);
}
