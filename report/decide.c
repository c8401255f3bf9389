/*
 * The steps, the rule, and what comes out.  Read decide.h first.
 */
#include "decide.h"

#include <stdlib.h>
#include <string.h>

/* The lab's steps.  A bit of needed_by is the step of that number. */
enum { RWLOCK, READ, BUSY, RLOCK, WHOLE_BUSY, WHOLE_RLOCK, STEPS };
#define	STEP(n)	(1u << (n))

/*
 * rwlock_read differs from rwlock_vpo in the read lock of prefault, which
 * r254138 brought, too.  So what the busy word did to throughput is measured
 * from rwlock_read, and what r254138 did to the KPI from rwlock_vpo.  A read
 * lock on the object needs the rwlock; who holds only that lock must busy pages
 * by a word of their own.
 */
static const struct rp_step_decision lab_steps[STEPS] = {
	[RWLOCK] = { .from = RP_BASELINE, .to = "rwlock_vpo",
	    .kpi_from = RP_BASELINE, .what = "r248084",
	    .needed_by = STEP(READ) | STEP(RLOCK) },
	[READ] = { .from = "rwlock_vpo", .to = "rwlock_read",
	    .kpi_from = "rwlock_vpo", .what = "prefault reads" },
	[BUSY] = { .from = "rwlock_read", .to = "sxbusy",
	    .kpi_from = "rwlock_vpo", .what = "r254138",
	    .needed_by = STEP(RLOCK) },
	[RLOCK] = { .from = "sxbusy", .to = "sxbusy_rlock",
	    .kpi_from = "sxbusy", .what = "read lock, short path" },
	[WHOLE_BUSY] = { .from = RP_BASELINE, .to = "sxbusy",
	    .kpi_from = RP_BASELINE, .what = "up to r254138", .whole = true,
	    .needed_by = STEP(RLOCK) },
	[WHOLE_RLOCK] = { .from = RP_BASELINE, .to = "sxbusy_rlock",
	    .kpi_from = RP_BASELINE, .what = "all of it", .whole = true },
};

/*
 * The rule: the first line that fits decides.  A letter a criterion, in the
 * order of enum rp_criterion: F for, A against, O open, . whatever it says.
 * How many consumers break decides nothing by itself: whether they can be
 * mended does, and that no column is open.
 */
static const struct {
	const char	*says;
	enum rp_decision decision;
	const char	*why;
} rule[] = {
	/* gain, regressions, memory, correctness, broken, migration, enables */
	{ "...A...", RP_NOT_JUSTIFIED, "it fails checks, and nothing outweighs "
	    "that" },
	{ "...O...", RP_NOT_YET, "data are missing" },
	{ "O......", RP_NOT_YET, "data are missing" },
	{ ".O.....", RP_NOT_YET, "data are missing" },
	{ "..O....", RP_NOT_YET, "data are missing" },
	{ "....O..", RP_NOT_YET, "data are missing" },
	{ ".....O.", RP_NOT_YET, "data are missing" },
	{ "FFF..F.", RP_JUSTIFIED, "it gains by itself, and all that it breaks "
	    "can be mended" },
	{ "F......", RP_NOT_YET, "it gains, and it costs: what is against "
	    "it must be cured or accepted first" },
	{ "A.....O", RP_NOT_YET, "it buys little, and what needs it could not "
	    "be judged" },
	{ "AFF..FF", RP_JUSTIFIED, "it buys little and costs little, and what "
	    "needs it gains" },
	{ "A.....F", RP_NOT_YET, "it buys little, and it costs; what needs "
	    "it gains: what is against it must be cured or accepted first" },
	{ ".......", RP_NOT_JUSTIFIED, "it buys little, and nothing that needs "
	    "it gains" },
};

static bool
fits(const char *line, const enum rp_says says[RP_CRITERIA])
{
	static const char letters[RP_SAYS] = { 'F', 'A', 'O', '-' };

	for (unsigned i = 0; i < RP_CRITERIA; i++)
		if (line[i] != '.' && line[i] != letters[says[i]])
			return (false);
	return (true);
}

enum rp_decision
rp_rule(const enum rp_says says[RP_CRITERIA], const char **why)
{
	unsigned i = 0;

	/* The last line fits whatever there is. */
	while (!fits(rule[i].says, says))
		i++;
	*why = rule[i].why;
	return (rule[i].decision);
}

/* From the baseline to an implementation that the story does not know. */
static bool
is_further(const struct rp_results *r, unsigned impl)
{
	for (unsigned i = 0; i < STEPS; i++)
		if (strcmp(r->impls[impl].name, lab_steps[i].from) == 0 ||
		    strcmp(r->impls[impl].name, lab_steps[i].to) == 0)
			return (false);
	return (rp_shown(r, impl) && !r->impls[impl].null &&
	    !r->impls[impl].older);
}

void
rp_list_steps(const struct rp_results *r, struct rp_decisions *d)
{
	d->steps = rp_grow(NULL, STEPS + r->nimpls, sizeof(*d->steps));
	memcpy(d->steps, lab_steps, sizeof(lab_steps));
	d->n = STEPS;
	for (unsigned i = 0; i < r->nimpls; i++)
		if (is_further(r, i))
			d->steps[d->n++] = (struct rp_step_decision){
			    .from = RP_BASELINE, .to = r->impls[i].name,
			    .kpi_from = RP_BASELINE, .what = "of your own",
			    .whole = true };
}

void
rp_decide(const struct rp_results *r, struct rp_decisions *d)
{
	rp_list_steps(r, d);
	for (unsigned i = 0; i < d->n; i++) {
		struct rp_step_decision *s = &d->steps[i];

		rp_find_gain(r, s, &s->findings[RP_GAIN]);
		rp_find_regressions(r, s, &s->findings[RP_REGRESSIONS]);
		rp_find_memory(r, s, &s->findings[RP_MEMORY]);
		rp_find_correctness(r, s, &s->findings[RP_CORRECTNESS]);
		rp_find_broken(r, s, &s->findings[RP_BROKEN]);
		rp_find_migration(r, s, &s->findings[RP_MIGRATION]);
	}
	for (unsigned i = 0; i < d->n; i++) {
		struct rp_step_decision *s = &d->steps[i];
		enum rp_says says[RP_CRITERIA];

		/* It looks at the gains of other steps. */
		rp_find_enables(r, d, i, &s->findings[RP_ENABLES]);
		for (unsigned j = 0; j < RP_CRITERIA; j++)
			says[j] = s->findings[j].says;
		s->decision = rp_rule(says, &s->why);
	}
}

void
rp_decisions_free(struct rp_decisions *d)
{
	free(d->steps);
	*d = (struct rp_decisions){ .n = 0 };
}

/* The criteria: what they are called, and the tables they rest on. */
static const struct {
	const char	*name, *files[2];
	bool		of_kpi;
} criteria[RP_CRITERIA] = {
	[RP_GAIN] = { "gain", { "step_cells.tsv" }, false },
	[RP_REGRESSIONS] = { "regressions", { "step_cells.tsv" }, false },
	[RP_MEMORY] = { "memory", { "kpi_sizes.tsv" }, true },
	[RP_CORRECTNESS] = { "correctness", { "kpi_checks.tsv",
	    "kpi_matrix.tsv" }, true },
	[RP_BROKEN] = { "broken", { "kpi_matrix.tsv" }, true },
	[RP_MIGRATION] = { "migration", { "kpi_migration.tsv",
	    "kpi_matrix.tsv" }, true },
	[RP_ENABLES] = { "enables", { "step_cells.tsv" }, false },
};

const char *
rp_criterion_name(enum rp_criterion c)
{
	return (criteria[c].name);
}

bool
rp_criterion_of_kpi(enum rp_criterion c)
{
	return (criteria[c].of_kpi);
}

void
rp_criterion_files(FILE *f, const struct rp_results *r,
    const struct rp_places *p, enum rp_criterion c)
{
	const char *folder = p->data;

	if (criteria[c].of_kpi)
		folder = r->kpi == NULL ? "results/kpi" : r->kpi->folder;
	for (unsigned i = 0; i < 2 && criteria[c].files[i] != NULL; i++)
		fprintf(f, "%s`%s/%s`", i > 0 ? ", " : "", folder,
		    criteria[c].files[i]);
}

const char *
rp_says_name(enum rp_says s)
{
	static const char *const names[RP_SAYS] = { "for", "against", "open",
	    "-" };

	return (names[s]);
}

const char *
rp_decision_name(enum rp_decision d)
{
	static const char *const names[] = { "justified", "not justified",
	    "not yet" };

	return (names[d]);
}

void
rp_bound(enum rp_criterion c, char *text, size_t bytes)
{
	double much = 100 * RP_MUCH;

	switch (c) {
	case RP_GAIN:
		snprintf(text, bytes, "%g %% or more in one of %d cells of "
		    "fault, grab, trace and io_hold", much, RP_GAIN_ONE_IN);
		break;
	case RP_REGRESSIONS:
		snprintf(text, bytes, "%g %% or more in no cell; at most one "
		    "of %d too noisy to see it", much, RP_BLIND_ONE_IN);
		break;
	case RP_MEMORY:
		snprintf(text, bytes, "a page's structure grows by at most "
		    "1/%d of the page", RP_MEMORY_ONE_IN);
		break;
	case RP_CORRECTNESS:
		snprintf(text, bytes, "no test, window or converted consumer "
		    "fails");
		break;
	case RP_BROKEN:
		snprintf(text, bytes, "no consumer, as it is, breaks anew");
		break;
	case RP_MIGRATION:
		snprintf(text, bytes, "every consumer that breaks runs again "
		    "without a person; %d %% of uses converted",
		    RP_CONVERTED_PERCENT);
		break;
	case RP_ENABLES:
	case RP_CRITERIA:
		snprintf(text, bytes, "a step that needs this one gains as the "
		    "first criterion asks, and fails no check");
		break;
	}
}

void
rp_decision_line(FILE *f, const struct rp_results *r)
{
	const char *before = "KPI: ";
	struct rp_decisions d;
	unsigned open = 0;

	rp_decide(r, &d);
	for (unsigned i = 0; i < d.n; i++)
		open += d.steps[i].decision == RP_NOT_YET;
	if (r->kpi == NULL && open == d.n)
		fprintf(f, "KPI: no step is decided yet: make kpi, then "
		    "build/report %s --kpi results/kpi", r->folder);
	for (unsigned i = 0; i < d.n && (r->kpi != NULL || open < d.n); i++) {
		const struct rp_step_decision *s = &d.steps[i];

		fprintf(f, "%s%s%s %s", before, s->whole ? "all up to " : "",
		    s->to, rp_decision_name(s->decision));
		before = ", ";
	}
	rp_decisions_free(&d);
}
