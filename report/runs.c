/*
 * Comparing two runs.  Read runs.h first.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

static double
rate_shift(const struct rp_cell *a, int ia, const struct rp_cell *b, int ib,
    struct rp_shift *shift)
{
	double *x = rp_grow(NULL, rp_arm(a, (unsigned)ia)->nwindows + 1,
	    sizeof(*x));
	double *y = rp_grow(NULL, rp_arm(b, (unsigned)ib)->nwindows + 1,
	    sizeof(*y));
	unsigned na = rp_log_rates(a, ia, x), nb = rp_log_rates(b, ib, y);

	*shift = rp_shift(y, nb, x, na);
	free(x);
	free(y);
	return (shift->shift);
}

/* How far the rows moved that are no implementation's: the machine. */
static double
machine_shift(const struct rp_results *a, const struct rp_results *b)
{
	int ia = rp_impl_find(a, RP_REFERENCE);
	int ib = rp_impl_find(b, RP_REFERENCE);
	double *shifts = rp_grow(NULL, a->ncells + 1, sizeof(*shifts));
	double median = NAN;
	unsigned n = 0;

	for (unsigned i = 0; ia >= 0 && ib >= 0 && i < a->ncells; i++) {
		int j = rp_cell_find(b, a->cells[i].key);
		struct rp_shift s;

		if (j >= 0 && !isnan(rate_shift(&a->cells[i], ia,
		    &b->cells[j], ib, &s)))
			shifts[n++] = s.shift;
	}
	if (n > 0)
		median = rp_estimate(shifts, n).median;
	free(shifts);
	return (median);
}

/* What identical code, and the machine between the runs, may show. */
static double
floor_of(const struct rp_results *a, const struct rp_results *b,
    const struct rp_change *ch, double machine)
{
	double floor = fmax(rp_noise_floor(a, ch->a), rp_noise_floor(b,
	    ch->b));

	/* fmax() passes over NAN; of two parts one may be unknown. */
	if (isnan(floor) || isnan(machine))
		return (fmax(floor, fabs(machine)));
	return (floor + fabs(machine));
}

static void
add_change(struct rp_changes *out, const struct rp_cell *a, int ia,
    const struct rp_cell *b, int ib, const char *impl)
{
	struct rp_change ch = { .a = a, .b = b, .impl = impl, .p_holm = NAN,
	    .floor = NAN, .verdict = RP_FEW };

	rate_shift(a, ia, b, ib, &ch.shift);
	out->arms_a += ch.shift.ny > 0 && ch.shift.nx == 0;
	out->arms_b += ch.shift.nx > 0 && ch.shift.ny == 0;
	if (isnan(ch.shift.p))
		return;
	out->changes = rp_grow(out->changes, out->n + 1, sizeof(ch));
	out->changes[out->n++] = ch;
}

static void
collect(const struct rp_results *a, const struct rp_results *b,
    struct rp_changes *out)
{
	for (unsigned i = 0; i < a->ncells; i++) {
		int j = rp_cell_find(b, a->cells[i].key);

		if (!rp_compared(&a->cells[i]))
			continue;
		out->only_a += j < 0;
		for (unsigned k = 0; j >= 0 && k < a->nimpls; k++) {
			int ib = rp_impl_find(b, a->impls[k].name);

			if (rp_shown(a, k) && ib >= 0)
				add_change(out, &a->cells[i], (int)k,
				    &b->cells[j], ib, a->impls[k].name);
		}
	}
	for (unsigned j = 0; j < b->ncells; j++)
		out->only_b += rp_compared(&b->cells[j]) &&
		    rp_cell_find(a, b->cells[j].key) < 0;
}

static enum rp_verdict
judge(const struct rp_changes *all, const struct rp_change *ch)
{
	if (!all->judged || !ch->shift.bounded)
		return (RP_FEW);
	if (ch->p_holm > RP_ALPHA || (!isnan(ch->floor) &&
	    fabs(ch->shift.shift) <= ch->floor))
		return (RP_UNRESOLVED);
	return (ch->shift.shift > 0 ? RP_FASTER : RP_SLOWER);
}

void
rp_compare_runs(const struct rp_results *a, const struct rp_results *b,
    struct rp_changes *out)
{
	double *p;

	*out = (struct rp_changes){ .changes = NULL };
	out->machine = machine_shift(a, b);
	out->judged = rp_replicate(a) == RP_PROCESSES &&
	    rp_replicate(b) == RP_PROCESSES;
	collect(a, b, out);
	p = rp_grow(NULL, out->n + 1, sizeof(*p));
	for (unsigned i = 0; i < out->n; i++)
		p[i] = out->changes[i].shift.p;
	rp_holm(p, out->n);
	for (unsigned i = 0; i < out->n; i++) {
		struct rp_change *ch = &out->changes[i];

		ch->p_holm = p[i];
		ch->floor = floor_of(a, b, ch, out->machine);
		ch->verdict = judge(out, ch);
		out->count[ch->verdict]++;
	}
	free(p);
}

void
rp_changes_free(struct rp_changes *ch)
{
	free(ch->changes);
}

static const char *
machine_key(const struct rp_results *r)
{
	const char *key = json_string_value(json_object_get(r->environment,
	    "machine_key"));

	return (key == NULL ? "unknown" : key);
}

int
rp_same_machine(const struct rp_results *a, const struct rp_results *b,
    char message[RP_MESSAGE])
{
	if (strcmp(machine_key(a), machine_key(b)) == 0)
		return (0);
	snprintf(message, RP_MESSAGE, "two machines, %.150s and %.150s: what "
	    "differs is not the code alone; FORCE=1 (--force) compares them "
	    "all the same", machine_key(a), machine_key(b));
	return (-1);
}

static void
print_change(FILE *f, const struct rp_change *ch)
{
	fprintf(f, "  %-7s %-16s %.2fx", rp_verdict_name(ch->verdict),
	    ch->impl, exp(ch->shift.shift));
	if (ch->shift.bounded)
		fprintf(f, " [%.2f, %.2f]", exp(ch->shift.lo),
		    exp(ch->shift.hi));
	fprintf(f, "  p %.2g  floor ", ch->p_holm);
	if (isnan(ch->floor))
		fprintf(f, "n/a");
	else
		fprintf(f, "%.1f %%", 100 * expm1(ch->floor));
	fprintf(f, "  %s\n", ch->b->name);
}

static int
change_order(const void *x, const void *y)
{
	const struct rp_change *a = *(struct rp_change *const *)x;
	const struct rp_change *b = *(struct rp_change *const *)y;

	return (a->shift.shift < b->shift.shift ? -1 :
	    a->shift.shift > b->shift.shift);
}

/* The resolved ones, worst first. */
static void
print_resolved(const struct rp_changes *ch, FILE *f)
{
	struct rp_change **list = rp_grow(NULL, ch->n + 1, sizeof(*list));
	unsigned n = 0;

	for (unsigned i = 0; i < ch->n; i++)
		if (rp_resolved(ch->changes[i].verdict))
			list[n++] = &ch->changes[i];
	qsort(list, n, sizeof(*list), change_order);
	for (unsigned i = 0; i < n; i++)
		print_change(f, list[i]);
	free(list);
}

void
rp_print_changes(const struct rp_changes *ch, const struct rp_results *a,
    const struct rp_results *b, FILE *f)
{
	fprintf(f, "%s (%u %s) against %s (%u): %u comparisons", b->folder,
	    rp_replicate(b) == RP_PROCESSES ? b->nprocesses : b->rounds,
	    rp_replicates(b), a->folder, rp_replicate(a) == RP_PROCESSES ?
	    a->nprocesses : a->rounds, ch->n);
	if (ch->judged)
		fprintf(f, ", %u faster, %u slower, %u not resolved",
		    ch->count[RP_FASTER], ch->count[RP_SLOWER],
		    ch->count[RP_UNRESOLVED]);
	fprintf(f, "\n");
	if (!isnan(ch->machine))
		fprintf(f, "rows that are no implementation's moved by "
		    "%+.1f %%; that is added to the noise floor\n",
		    100 * expm1(ch->machine));
	if (ch->only_a + ch->only_b > 0)
		fprintf(f, "%u cells are in the first only, %u in the second "
		    "only\n", ch->only_a, ch->only_b);
	if (ch->arms_a + ch->arms_b > 0)
		fprintf(f, "not compared, because failed or skipped in the "
		    "other: %u figures of the first, %u of the second\n",
		    ch->arms_a, ch->arms_b);
	if (!ch->judged)
		fprintf(f, "nothing is judged: what a restart changes is not "
		    "known below %d processes a run; measure both with "
		    "`make full'\n", RP_PROCESSES_MIN);
	print_resolved(ch, f);
}

void
rp_table_changes(const struct rp_changes *ch, FILE *f)
{
	fprintf(f, "# throughput of the second run over that of the first\n"
	    "# cell\timpl\tratio\tratio_lo\tratio_hi\tp\tp_holm\tfloor\t"
	    "verdict\n");
	for (unsigned i = 0; i < ch->n; i++) {
		const struct rp_change *c = &ch->changes[i];

		fprintf(f, "%s\t%s\t%.6g\t%.6g\t%.6g\t%.4g\t%.4g\t%.6g\t%s\n",
		    c->b->name, c->impl, exp(c->shift.shift),
		    exp(c->shift.lo), exp(c->shift.hi), c->shift.p, c->p_holm,
		    exp(c->floor), rp_verdict_name(c->verdict));
	}
}
