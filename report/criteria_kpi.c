/*
 * Criteria of what `make kpi' found: memory, correctness, consumers broken,
 * and what it takes to mend them.  Read decide.h and kpi_data.h first.
 */
#include <stdlib.h>
#include <string.h>

#include "decide.h"

/* The ports that mend a consumer without a person, the better one first. */
static const char *const mends[] = { "converted", "renamed" };
#define	MENDS	(sizeof(mends) / sizeof(mends[0]))

/* A file of the comparison; NULL, and the finding says so, if it lacks. */
static const struct rp_kpi_table *
table_of(const struct rp_results *r, enum rp_kpi_file file,
    struct rp_finding *f)
{
	const struct rp_kpi_table *t = rp_kpi_table(r->kpi, file);

	if (t->present)
		return (t);
	rp_lacks(f, "%s", rp_kpi_file_name(file));
	return (NULL);
}

/* The bytes of a page's structure; 0, and the finding says so, if unknown. */
static unsigned long long
page_bytes(const struct rp_results *r, const char *impl, struct rp_finding *f)
{
	const struct rp_kpi_table *t = table_of(r, RP_KPI_SIZES, f);
	int row;

	if (t == NULL)
		return (0);
	row = rp_kpi_find(t, "implementation", impl, "structure", "vm_page",
	    NULL);
	if (row >= 0 && rp_kpi_count(t, (unsigned)row, "bytes") > 0)
		return (rp_kpi_count(t, (unsigned)row, "bytes"));
	rp_lacks(f, "vm_page of `%.60s` in %s", impl,
	    rp_kpi_file_name(RP_KPI_SIZES));
	return (0);
}

void
rp_find_memory(const struct rp_results *r, const struct rp_step_decision *s,
    struct rp_finding *f)
{
	unsigned long long before = page_bytes(r, s->kpi_from, f), after;
	double gib = (double)RP_MEMORY_GIB / RP_PAGE_BYTES, grown;

	if (before == 0 || (after = page_bytes(r, s->to, f)) == 0)
		return;
	f->says = after > before && (after - before) * RP_MEMORY_ONE_IN >
	    RP_PAGE_BYTES ? RP_AGAINST : RP_FOR;
	grown = ((double)after - (double)before) * gib * 1024;
	snprintf(f->figure, sizeof(f->figure), "%llu to %llu bytes a page; "
	    "of %llu GiB: %.3f GiB, %+.0f MiB", before, after, RP_MEMORY_GIB,
	    (double)after * gib, grown);
}

/* Windows of an implementation that failed, of any flavour. */
static unsigned
failed_windows(const struct rp_results *r, const char *impl)
{
	int i = rp_impl_find(r, impl);
	unsigned n = 0;

	for (unsigned c = 0; i >= 0 && c < r->ncells; c++)
		n += rp_arm(&r->cells[c], (unsigned)i)->failed;
	return (n);
}

/* The row of a consumer as some port makes it, or -1. */
static int
outcome_row(const struct rp_kpi_table *matrix, const char *consumer,
    const char *port, const char *impl)
{
	return (rp_kpi_find(matrix, "consumer", consumer, "port", port,
	    "impl", impl, NULL));
}

static bool
is_outcome(const struct rp_kpi_table *matrix, int row, const char *outcome)
{
	return (row >= 0 && strcmp(rp_kpi_text(matrix, (unsigned)row,
	    "outcome"), outcome) == 0);
}

/* What builds and is wrong all the same. */
static bool
is_wrong(const struct rp_kpi_table *matrix, int row)
{
	return (row >= 0 && !is_outcome(matrix, row, "ok") &&
	    !is_outcome(matrix, row, "compile"));
}

/* Converted consumers of an implementation that run, and that go wrong. */
static void
count_converted(const struct rp_kpi_table *matrix, const char *impl,
    unsigned *ok, unsigned *wrong)
{
	*ok = *wrong = 0;
	for (unsigned i = 0; i < matrix->nrows; i++) {
		if (strcmp(rp_kpi_text(matrix, i, "port"), "converted") != 0 ||
		    strcmp(rp_kpi_text(matrix, i, "impl"), impl) != 0)
			continue;
		*ok += is_outcome(matrix, (int)i, "ok");
		*wrong += is_wrong(matrix, (int)i);
	}
}

void
rp_find_correctness(const struct rp_results *r,
    const struct rp_step_decision *s, struct rp_finding *f)
{
	const struct rp_kpi_table *matrix = rp_kpi_table(r->kpi,
	    RP_KPI_MATRIX);
	const struct rp_kpi_table *checks = rp_kpi_table(r->kpi,
	    RP_KPI_CHECKS);
	int row = rp_kpi_find(checks, "implementation", s->to, NULL);
	unsigned windows = failed_windows(r, s->to), ok, wrong;
	unsigned long long passed = 0, failed = 0;

	if (row >= 0) {
		passed = rp_kpi_count(checks, (unsigned)row, "passed");
		failed = rp_kpi_count(checks, (unsigned)row, "failed");
	}
	count_converted(matrix, s->to, &ok, &wrong);
	f->says = RP_FOR;
	if (windows > 0 || failed > 0 || wrong > 0)
		f->says = RP_AGAINST;
	else if (table_of(r, RP_KPI_CHECKS, f) == NULL ||
	    table_of(r, RP_KPI_MATRIX, f) == NULL)
		return;
	else if (passed == 0)
		rp_lacks(f, "tests of `%.60s` in %s", s->to,
		    rp_kpi_file_name(RP_KPI_CHECKS));
	if (f->says != RP_OPEN)
		snprintf(f->figure, sizeof(f->figure), "%llu tests passed, "
		    "%llu failed; %u windows failed; of the converted "
		    "consumers %u run, %u go wrong", passed, failed, windows,
		    ok, wrong);
}

/* How many more errors, class by class, than before. */
static unsigned long long
new_errors(const struct rp_kpi_table *matrix, unsigned before, unsigned after)
{
	unsigned long long n = 0;

	for (unsigned i = 0; i < RP_KPI_ERRORS; i++) {
		unsigned long long a = rp_kpi_count(matrix, before,
		    rp_kpi_errors[i]);
		unsigned long long b = rp_kpi_count(matrix, after,
		    rp_kpi_errors[i]);

		n += b > a ? b - a : 0;
	}
	return (n);
}

/* What a step does to one consumer as it is. */
enum effect { NOTHING, BREAKS, MISLEADS, UNKNOWN };

/*
 * It breaks when it has errors that it had not, or does not run any more;
 * misled is who builds as before and goes wrong where it did not.
 */
static enum effect
effect_on(const struct rp_kpi_table *matrix, const char *consumer,
    const struct rp_step_decision *s, unsigned long long *errors)
{
	int before = outcome_row(matrix, consumer, "original", s->kpi_from);
	int after = outcome_row(matrix, consumer, "original", s->to);

	*errors = 0;
	if (before < 0 || after < 0)
		return (UNKNOWN);
	*errors = new_errors(matrix, (unsigned)before, (unsigned)after);
	if (is_outcome(matrix, after, "ok"))
		return (NOTHING);
	if (!is_outcome(matrix, before, "ok"))
		return (*errors > 0 ? BREAKS : NOTHING);
	return (is_wrong(matrix, after) ? MISLEADS : BREAKS);
}

/* What it takes to mend the consumers that a step breaks. */
struct repair {
	unsigned	consumers, broken, misled, unknown;
	unsigned	by[MENDS];	/* of the broken ones, mended by */
	unsigned	tried;		/* of them, in the matrix so */
	unsigned	builds;		/* of them, that compile so */
	unsigned long long errors;
};

static void
add_consumer(struct repair *p, const struct rp_kpi_table *matrix,
    const char *consumer, const struct rp_step_decision *s)
{
	unsigned long long errors;
	enum effect e = effect_on(matrix, consumer, s, &errors);
	bool tried = false, builds = false, mended = false;

	p->consumers++;
	p->unknown += e == UNKNOWN;
	if (e != BREAKS && e != MISLEADS)
		return;
	p->broken++;
	p->misled += e == MISLEADS;
	p->errors += errors;
	for (unsigned i = 0; i < MENDS; i++) {
		int row = outcome_row(matrix, consumer, mends[i], s->to);

		tried |= row >= 0;
		builds |= row >= 0 && !is_outcome(matrix, row, "compile");
		if (!mended && is_outcome(matrix, row, "ok")) {
			p->by[i]++;
			mended = true;
		}
	}
	p->tried += tried;
	p->builds += builds;
}

/* Over all consumers; false, and the finding says so, if that is unknown. */
static bool
find_repair(const struct rp_results *r, const struct rp_step_decision *s,
    struct repair *p, struct rp_finding *f)
{
	const struct rp_kpi_table *matrix = table_of(r, RP_KPI_MATRIX, f);

	*p = (struct repair){ .consumers = 0 };
	if (matrix == NULL)
		return (false);
	for (unsigned i = 0; i < matrix->nrows; i++)
		if (rp_kpi_first(matrix, i, "consumer"))
			add_consumer(p, matrix, rp_kpi_text(matrix, i,
			    "consumer"), s);
	if (p->consumers > 0 && p->unknown == 0)
		return (true);
	rp_lacks(f, "consumers as they are on `%.50s` and `%.50s` in %s",
	    s->kpi_from, s->to, rp_kpi_file_name(RP_KPI_MATRIX));
	return (false);
}

void
rp_find_broken(const struct rp_results *r, const struct rp_step_decision *s,
    struct rp_finding *f)
{
	struct repair p;

	if (!find_repair(r, s, &p, f))
		return;
	f->says = p.broken == 0 ? RP_FOR : RP_AGAINST;
	snprintf(f->figure, sizeof(f->figure), "%u of %u consumers, %llu new "
	    "errors; %u build and go wrong", p.broken, p.consumers, p.errors,
	    p.misled);
}

/* Uses of the old KPI, and what the semantic patch makes of them. */
struct uses {
	unsigned long long all, converted, comments;
};

static struct uses
count_uses(const struct rp_kpi_table *t)
{
	struct uses u = { .all = 0 };

	for (unsigned i = 0; i < t->nrows; i++) {
		u.all += rp_kpi_count(t, i, "uses");
		u.converted += rp_kpi_count(t, i, "converted");
		u.comments += rp_kpi_count(t, i, "comments");
	}
	return (u);
}

/* Those of what the step changes, in consumers as they are; -1 unknown. */
static long long
step_uses(const struct rp_results *r, const struct rp_step_decision *s)
{
	const struct rp_kpi_table *t = rp_kpi_table(r->kpi, RP_KPI_USES);
	long long n = -1;

	for (unsigned i = 0; i < t->nrows; i++)
		if (strcmp(rp_kpi_text(t, i, "old"), s->kpi_from) == 0 &&
		    strcmp(rp_kpi_text(t, i, "new"), s->to) == 0)
			n = (n < 0 ? 0 : n) +
			    (long long)rp_kpi_count(t, i, "uses");
	return (n);
}

/*
 * What was converted is the whole way from 9.x: of a step that is only a part
 * of it, how many uses it changes is said besides.
 */
void
rp_find_migration(const struct rp_results *r, const struct rp_step_decision *s,
    struct rp_finding *f)
{
	const struct rp_kpi_table *t;
	struct repair p;
	struct uses u;
	long long step;
	int n;

	if (!find_repair(r, s, &p, f)) {
		/* What lacks is said of "broken"; here what else does. */
		table_of(r, RP_KPI_MIGRATION, f);
		return;
	}
	f->says = RP_FOR;
	snprintf(f->figure, sizeof(f->figure), "nothing to mend");
	if (p.broken == 0)
		return;
	if (p.tried < p.broken) {
		rp_lacks(f, "ports of %u consumers to `%.50s` in %s",
		    p.broken - p.tried, s->to,
		    rp_kpi_file_name(RP_KPI_MATRIX));
		return;
	}
	/* The ports are of another KPI then: they say nothing of this one. */
	if (p.builds == 0) {
		rp_lacks(f, "ports to the KPI of `%.60s`", s->to);
		return;
	}
	t = table_of(r, RP_KPI_MIGRATION, f);
	if (t == NULL)
		return;
	u = count_uses(t);
	if (p.by[0] + p.by[1] < p.broken || (p.by[0] > 0 &&
	    u.converted * 100 < u.all * RP_CONVERTED_PERCENT))
		f->says = RP_AGAINST;
	n = snprintf(f->figure, sizeof(f->figure), "of %u broken, %u run "
	    "again converted, %u with names replaced", p.broken, p.by[0],
	    p.by[1]);
	if (p.by[0] > 0)
		n += snprintf(f->figure + n, sizeof(f->figure) - (size_t)n,
		    "; %llu of %llu uses converted, %llu comments for a "
		    "person", u.converted, u.all, u.comments);
	step = step_uses(r, s);
	if (step >= 0 && step != (long long)u.all)
		snprintf(f->figure + n, sizeof(f->figure) - (size_t)n,
		    "; this step changes %lld of the %llu uses on the way "
		    "from 9.x", step, u.all);
}
