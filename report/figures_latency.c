/*
 * Tables laid out for the figures of latency and of the transfer matrix.
 * Read tables.h first, and plots/latency.gp and plots/transfer.gp beside it.
 */
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define	LATENCY_POINTS	400	/* of a curve, at most */

/*
 * The slowest of a hundred operations of any implementation, ns, or of fewer
 * the slowest; 0 if none was timed.
 */
static double
longest_p99(const struct rp_results *r, const struct rp_cell *c)
{
	double longest = 0;

	for (unsigned j = 0; j < r->nimpls; j++) {
		struct rp_quantiles q = rp_quantiles(c, (int)j);
		double p99 = isnan(q.p99) ? q.max : q.p99;

		if (rp_shown(r, j) && !r->impls[j].null && q.measured &&
		    p99 > longest)
			longest = p99;
	}
	return (longest);
}

unsigned
rp_latency_cells(const struct rp_results *r, unsigned cells[RP_LATENCY_CELLS])
{
	unsigned n = 0;
	double longest = 0;

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];
		double p99 = rp_compared(c) ? longest_p99(r, c) : 0;
		const struct rp_cell *best = n > 0 ? &r->cells[cells[n - 1]] :
		    NULL;
		bool same = best != NULL &&
		    strcmp(best->workload, c->workload) == 0;

		if (p99 <= 0 || (same && (c->threads < best->threads ||
		    (c->threads == best->threads && p99 <= longest))))
			continue;
		if (!same && n == RP_LATENCY_CELLS)
			break;
		n += !same;
		cells[n - 1] = i;
		longest = p99;
	}
	return (n);
}

void
rp_table_latency(FILE *f, const struct rp_results *r)
{
	double ns[LATENCY_POINTS], share[LATENCY_POINTS];
	unsigned cells[RP_LATENCY_CELLS], n = rp_latency_cells(r, cells);

	rp_tsv_head(f, r, "latency of single operations: share of them that "
	    "took longer; of each workload, of its cells with most threads, "
	    "the one with the longest p99",
	    "panel\tcell\timpl_index\tns\tshare");
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < r->nimpls; j++) {
			const struct rp_cell *c = &r->cells[cells[i]];
			unsigned points = rp_shown(r, j) ? rp_ccdf(c, (int)j,
			    ns, share, LATENCY_POINTS) : 0;

			for (unsigned k = 0; k < points; k++) {
				fprintf(f, "%u\t%s\t%u\t", i, c->name, j);
				rp_tsv_number(f, ns[k], '\t');
				rp_tsv_number(f, share[k], '\n');
			}
		}
}

/* The place of a CPU in the matrix: that of its first pair. */
static unsigned
place_of(json_int_t **cpus, unsigned *n, json_int_t cpu)
{
	for (unsigned i = 0; i < *n; i++)
		if ((*cpus)[i] == cpu)
			return (i);
	*cpus = rp_grow(*cpus, *n + 1, sizeof(**cpus));
	(*cpus)[*n] = cpu;
	return ((*n)++);
}

static void
transfer_row(FILE *f, unsigned x, unsigned y, json_t *pair, bool turned)
{
	const char *level = json_string_value(json_object_get(pair, "level"));

	fprintf(f, "%u\t%u\t", x, y);
	rp_tsv_number(f, json_number_value(json_object_get(pair,
	    "ns_median")), '\t');
	rp_tsv_number(f, json_number_value(json_object_get(pair, "ns_min")),
	    '\t');
	rp_tsv_number(f, json_number_value(json_object_get(pair, "ns_max")),
	    '\t');
	fprintf(f, "%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT
	    "\t%s\n", json_integer_value(json_object_get(pair,
	    turned ? "b" : "a")), json_integer_value(json_object_get(pair,
	    turned ? "a" : "b")), level == NULL ? "-" : level);
}

void
rp_table_transfer(FILE *f, const struct rp_results *r)
{
	json_t *pairs = json_object_get(r->transfer, "pairs"), *pair;
	json_int_t *cpus = NULL;
	unsigned n = 0;
	size_t i;

	fprintf(f, "# source: %s/transfer.json\n# transfer of a cache line "
	    "from one CPU to another, ns one way; x and y are places in "
	    "hwloc's order, each pair both ways\n# NaN: no figure\n# x\ty\t"
	    "ns_median\tns_min\tns_max\tcpu_x\tcpu_y\tlevel\n", r->folder);
	json_array_foreach(pairs, i, pair) {
		unsigned a = place_of(&cpus, &n, json_integer_value(
		    json_object_get(pair, "a")));
		unsigned b = place_of(&cpus, &n, json_integer_value(
		    json_object_get(pair, "b")));

		transfer_row(f, a, b, pair, false);
		transfer_row(f, b, a, pair, true);
	}
	free(cpus);
}
