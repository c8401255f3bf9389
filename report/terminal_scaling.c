/*
 * What is printed to a terminal of a simulated run.  Read scaling.h first.
 */
#include <stdlib.h>

#include "scaling.h"
#include "screen.h"

/* One pair, in a sentence. */
static void
print_pair(FILE *f, const struct rp_screen *screen,
    const struct rp_results *s, const struct rp_scaling *sc,
    const struct rp_step_pair *p)
{
	struct rp_standing t = rp_standing(s, sc, p);
	struct rp_text text;

	rp_text_open(&text);
	fprintf(text.f, "%s to %s: on %u CPUs ahead in %u of %u curves, tied "
	    "in %u, behind in %u", s->impls[p->from].name,
	    s->impls[p->to].name, s->threads_max, t.leads[RP_LEAD_TO],
	    t.leads[RP_LEAD_TO] + t.leads[RP_LEAD_TIE] +
	    t.leads[RP_LEAD_FROM], t.leads[RP_LEAD_TIE],
	    t.leads[RP_LEAD_FROM]);
	if (t.ratio.n > 0)
		fprintf(text.f, "; median ratio %.2fx", t.ratio.median);
	if (t.tested > 0)
		fprintf(text.f, "; %u of %u rankings hold", t.holds,
		    t.tested);
	fprintf(text.f, "; %u crossing point%s", t.crossings,
	    t.crossings == 1 ? "" : "s");
	if (t.crossings_tested > 0)
		fprintf(text.f, ", %u of %u tested hold", t.crossings_hold,
		    t.crossings_tested);
	rp_print_wrapped(f, screen, rp_text_close(&text));
	free(text.text);
}

void
rp_print_scaling(const struct rp_results *s, FILE *f)
{
	struct rp_screen screen = rp_screen(f);
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	fprintf(f, "%s: machine %s, simulated, %u CPUs; %u cells, %u round%s "
	    "of a seed each%s\n", s->folder, s->machine->name, rp_sim_cpus(s),
	    rp_compared_cells(s), s->rounds, s->rounds == 1 ? "" : "s",
	    s->ended ? "" :
	    "; the run did not come to its end");
	if (s->failed > 0)
		fprintf(f, "WRONG: %u windows failed\n", s->failed);
	rp_print_wrapped(f, &screen, "times are modelled: rankings, crossing "
	    "points and shapes are claimed, no verdicts");
	for (unsigned i = 0; i < sc.npairs; i++)
		print_pair(f, &screen, s, &sc, &sc.pairs[i]);
	rp_scaling_free(&sc);
}
