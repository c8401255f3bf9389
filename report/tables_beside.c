/*
 * Tables of what is measured beside throughput: quantiles of latency, events.
 * Read tables.h first.
 */
#include <math.h>

#include "tables.h"

void
rp_table_quantiles(FILE *f, const struct rp_results *r)
{
	rp_tsv_head(f, r, "latency of single operations in ns, the timer's "
	    "own cost included", "cell\timpl\tsampled\tp50\tp90\tp99\tp99.9"
	    "\tmax");
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++) {
			struct rp_quantiles q = rp_quantiles(&r->cells[i],
			    (int)j);

			if (!q.measured || !rp_shown(r, j))
				continue;
			fprintf(f, "%s\t%s\t%.0f\t", r->cells[i].name,
			    r->impls[j].name, q.sampled);
			rp_tsv_number(f, q.p50, '\t');
			rp_tsv_number(f, q.p90, '\t');
			rp_tsv_number(f, q.p99, '\t');
			rp_tsv_number(f, q.p999, '\t');
			rp_tsv_number(f, q.max, '\n');
		}
}

static void
events_row(FILE *f, const struct rp_cell *c, const char *impl,
    const struct rp_counters *n)
{
	static const enum rp_event per_op[] = { RP_CPU_NS, RP_CYCLES,
	    RP_INSTRUCTIONS, RP_CACHE_MISSES };
	static const enum rp_event per_s[] = { RP_SWITCHES, RP_MIGRATIONS,
	    RP_FAULTS };

	fprintf(f, "%s\t%s\t", c->name, impl);
	for (unsigned i = 0; i < 4; i++)
		rp_tsv_number(f, n->per_op[per_op[i]], '\t');
	for (unsigned i = 0; i < 3; i++)
		rp_tsv_number(f, n->per_thread_s[per_s[i]],
		    i < 2 ? '\t' : '\n');
}

void
rp_table_events(FILE *f, const struct rp_results *r)
{
	rp_tsv_head(f, r, "events of the workers within their windows, user "
	    "and kernel, of an operation or of a second of one thread",
	    "cell\timpl\tcpu_ns_per_op\tcycles_per_op\tinstructions_per_op"
	    "\tcache_misses_per_op\tswitches_per_s\tmigrations_per_s"
	    "\tfaults_per_s");
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++) {
			const struct rp_cell *c = &r->cells[i];
			struct rp_counters n = rp_counters(c, (int)j);

			if (rp_compared(c) && rp_shown(r, j) &&
			    !isnan(n.per_op[RP_CPU_NS]))
				events_row(f, c, r->impls[j].name, &n);
		}
}
