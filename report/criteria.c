/*
 * Criteria of throughput: gains, losses, and the gains of steps that need this
 * one.  Read decide.h first; verdicts are verdict.c's.
 */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "decide.h"

void
rp_lacks(struct rp_finding *f, const char *what, ...)
{
	va_list ap;

	f->says = RP_OPEN;
	snprintf(f->figure, sizeof(f->figure), "-");
	va_start(ap, what);
	vsnprintf(f->missing, sizeof(f->missing), what, ap);
	va_end(ap);
}

char *
rp_missing(const struct rp_step_decision *s)
{
	struct rp_text t;
	unsigned n = 0;

	rp_text_open(&t);
	for (unsigned i = 0; i < RP_CRITERIA; i++) {
		bool seen = s->findings[i].says != RP_OPEN;

		for (unsigned j = 0; j < i && !seen; j++)
			seen = s->findings[j].says == RP_OPEN &&
			    strcmp(s->findings[i].missing,
			    s->findings[j].missing) == 0;
		if (!seen)
			fprintf(t.f, "%s%s", n++ > 0 ? "; " : "",
			    s->findings[i].missing);
	}
	return (rp_text_close(&t));
}

bool
rp_matters(const struct rp_cell *c)
{
	return (strncmp(c->workload, "fault_", 6) == 0 ||
	    strncmp(c->workload, "grab_", 5) == 0 ||
	    strcmp(c->workload, RP_TRACE) == 0 ||
	    strcmp(c->workload, "io_hold") == 0);
}

/* Not resolved, and something of RP_MUCH would not have been either. */
static bool
is_blind(const struct rp_contrast *k)
{
	return (k->verdict == RP_FEW || (k->verdict == RP_UNRESOLVED &&
	    !(k->mde <= RP_MUCH)));
}

/* What is resolved with a verdict, in all cells or those that matter. */
static struct rp_gains
tally(const struct rp_results *r, const char *from, const char *to,
    enum rp_verdict verdict, bool all)
{
	int impl = rp_impl_find(r, to), base = rp_impl_find(r, from);
	double *logs = rp_grow(NULL, r->ncells + 1, sizeof(*logs));
	struct rp_gains g = { .most = NAN, .where = -1 };

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];
		const struct rp_contrast *k = rp_contrast(r, c, impl, base);
		double ratio = exp(k->log_ratio.median);

		if (!rp_compared(c) || (!all && !rp_matters(c)) ||
		    k->log_ratio.n == 0)
			continue;
		g.cells++;
		g.judged += k->verdict != RP_FEW;
		g.blind += is_blind(k);
		if (k->verdict != verdict)
			continue;
		logs[g.resolved++] = k->log_ratio.median;
		g.much += verdict == RP_SLOWER ? rp_regressed(k) :
		    ratio >= 1 + RP_MUCH;
		if (g.where < 0 || (verdict == RP_SLOWER ? ratio < g.most :
		    ratio > g.most)) {
			g.most = ratio;
			g.where = (int)i;
		}
	}
	g.median = exp(rp_estimate(logs, g.resolved).median);
	free(logs);
	return (g);
}

struct rp_gains
rp_gains(const struct rp_results *r, const char *from, const char *to)
{
	return (tally(r, from, to, RP_FASTER, false));
}

struct rp_gains
rp_losses(const struct rp_results *r, const char *from, const char *to)
{
	return (tally(r, from, to, RP_SLOWER, true));
}

bool
rp_regressed(const struct rp_contrast *k)
{
	return (k->verdict == RP_SLOWER &&
	    exp(k->log_ratio.median) <= 1 - RP_MUCH);
}

/* Whether there is anything to count; if not, the finding says what lacks. */
static bool
measured(const struct rp_results *r, const struct rp_step_decision *s,
    const struct rp_gains *g, struct rp_finding *f)
{
	const char *side[] = { s->from, s->to };

	for (unsigned i = 0; i < 2; i++)
		if (rp_impl_find(r, side[i]) < 0) {
			rp_lacks(f, "throughput of `%.60s`", side[i]);
			return (false);
		}
	if (g->cells == 0)
		rp_lacks(f, "a cell in which `%.60s` and `%.60s` were both "
		    "measured", s->from, s->to);
	else if (g->judged == 0)
		rp_lacks(f, "more %s: no cell could be judged",
		    rp_replicates(r));
	return (g->judged > 0);
}

/* "22 of 62 cells, 21 by 5 % or more; median 1.17x, best 2.36x in ..." */
static void
say(const struct rp_results *r, const struct rp_gains *g, const char *most,
    struct rp_finding *f)
{
	int n = snprintf(f->figure, sizeof(f->figure), "%u of %u cells, %u by "
	    "%g %% or more", g->resolved, g->cells, g->much, 100 * RP_MUCH);

	if (g->resolved > 0)
		snprintf(f->figure + n, sizeof(f->figure) - (size_t)n,
		    "; median %.2fx, %s %.2fx in `%.120s`", g->median,
		    most, g->most, r->cells[g->where].name);
}

/* Absence of an effect, or, when too many cells could not see one, open. */
static void
absent(const struct rp_gains *g, enum rp_says says, struct rp_finding *f)
{
	f->says = says;
	if (g->blind * RP_BLIND_ONE_IN <= g->cells)
		return;
	f->says = RP_OPEN;
	snprintf(f->missing, sizeof(f->missing), "quieter or more data: %u of "
	    "%u cells could not have seen %g %%", g->blind, g->cells,
	    100 * RP_MUCH);
}

void
rp_find_gain(const struct rp_results *r, const struct rp_step_decision *s,
    struct rp_finding *f)
{
	struct rp_gains g = rp_gains(r, s->from, s->to);

	if (!measured(r, s, &g, f))
		return;
	say(r, &g, "best", f);
	if (g.much > 0 && g.much * RP_GAIN_ONE_IN >= g.cells)
		f->says = RP_FOR;
	else
		absent(&g, RP_AGAINST, f);
}

void
rp_find_regressions(const struct rp_results *r,
    const struct rp_step_decision *s, struct rp_finding *f)
{
	struct rp_gains g = rp_losses(r, s->from, s->to);

	if (!measured(r, s, &g, f))
		return;
	say(r, &g, "worst", f);
	if (g.much > 0)
		f->says = RP_AGAINST;
	else
		absent(&g, RP_FOR, f);
}

/* What the gain of a step says for a step that it needs. */
static enum rp_says
promise(const struct rp_step_decision *s)
{
	return (s->findings[RP_CORRECTNESS].says == RP_AGAINST ? RP_AGAINST :
	    s->findings[RP_GAIN].says);
}

/*
 * For if one of the steps that need this one gains; open if none does and one
 * could not be judged.
 */
void
rp_find_enables(const struct rp_results *r, const struct rp_decisions *d,
    unsigned step, struct rp_finding *f)
{
	unsigned needed_by = d->steps[step].needed_by, count[RP_SAYS] = { 0 };
	size_t n = 0;

	f->says = RP_APART;
	snprintf(f->figure, sizeof(f->figure), "no step needs it");
	for (unsigned i = 0; needed_by >> i != 0; i++) {
		const struct rp_step_decision *s = &d->steps[i];
		struct rp_gains gains = rp_gains(r, s->from, s->to);
		struct rp_gains losses = rp_losses(r, s->from, s->to);

		if ((needed_by >> i & 1) == 0)
			continue;
		count[promise(s)]++;
		n += (size_t)snprintf(f->figure + n, sizeof(f->figure) - n,
		    "%s`%s`: gains %g %% or more in %u of %u cells, loses as "
		    "much in %u", n > 0 ? "; " : "", s->to, 100 * RP_MUCH,
		    gains.much, gains.cells, losses.much);
	}
	if (n == 0)
		return;
	f->says = count[RP_FOR] > 0 ? RP_FOR : count[RP_OPEN] > 0 ? RP_OPEN :
	    RP_AGAINST;
	if (f->says == RP_OPEN)
		snprintf(f->missing, sizeof(f->missing), "a verdict on the "
		    "steps that need it");
}
