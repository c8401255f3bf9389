/*
 * The tables behind the decisions: every cell of every step, and every
 * criterion.  Read decide.h first.
 */
#include <math.h>
#include <stdlib.h>

#include "decide.h"
#include "tables.h"

static void
cell_row(FILE *f, const struct rp_step_decision *s, const struct rp_cell *c,
    const struct rp_contrast *k)
{
	fprintf(f, "%s\t%s\t%s\t%s\t%d\t%u\t", s->from, s->to, c->name,
	    c->workload, rp_matters(c), k->log_ratio.n);
	rp_tsv_number(f, exp(k->log_ratio.median), '\t');
	rp_tsv_number(f, exp(k->log_ratio.lo), '\t');
	rp_tsv_number(f, exp(k->log_ratio.hi), '\t');
	rp_tsv_number(f, k->p_holm, '\t');
	rp_tsv_number(f, 100 * expm1(k->floor), '\t');
	rp_tsv_number(f, 100 * k->mde, '\t');
	fprintf(f, "%s\n", rp_verdict_name(k->verdict));
}

void
rp_table_step_cells(FILE *f, const struct rp_results *r)
{
	struct rp_decisions d;

	rp_tsv_head(f, r, "every cell of every step: ratio of throughput "
	    "within each round, with its sign-test interval, p-value corrected "
	    "over the cells of the step, A/A floor and minimum detectable "
	    "effect; whether the cell counts for gains",
	    "from\tto\tcell\tworkload\tmatters\treplicates\tratio_median"
	    "\tratio_lo\tratio_hi\tp_holm\tfloor_percent\tmde_percent"
	    "\tverdict");
	rp_decide(r, &d);
	for (unsigned i = 0; i < d.n; i++)
		for (unsigned j = 0; j < r->ncells; j++) {
			const struct rp_contrast *k = rp_contrast(r,
			    &r->cells[j], rp_impl_find(r, d.steps[i].to),
			    rp_impl_find(r, d.steps[i].from));

			if (rp_compared(&r->cells[j]) && k->log_ratio.n > 0)
				cell_row(f, &d.steps[i], &r->cells[j], k);
		}
	rp_decisions_free(&d);
}

void
rp_table_decision(FILE *f, const struct rp_results *r)
{
	struct rp_decisions d;

	rp_tsv_head(f, r, "every criterion of every step, and the decision, "
	    "by the rule in report/decide.c",
	    "from\tto\tkpi_from\tcriterion\tsays\tfigure\tbound\tmissing"
	    "\tdecision");
	rp_decide(r, &d);
	for (unsigned i = 0; i < d.n; i++)
		for (unsigned j = 0; j < RP_CRITERIA; j++) {
			const struct rp_step_decision *s = &d.steps[i];
			char bound[RP_BOUND_MAX];

			rp_bound(j, bound, sizeof(bound));
			fprintf(f, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			    s->from, s->to, s->kpi_from, rp_criterion_name(j),
			    rp_says_name(s->findings[j].says),
			    s->findings[j].figure, bound,
			    s->findings[j].missing,
			    rp_decision_name(s->decision));
		}
	rp_decisions_free(&d);
}
