/*
 * Strips: where the cells of a workload lie, on one line of text.
 *
 *   fault_soft  sxbusy     ......#....o..##|o...............  0.97x
 *
 * Read screen.h first.
 */
#include "screen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define	ROWS_MAX	40	/* of strips by workload */
#define	STRIP_MAX	61	/* columns of an axis */
#define	STRIP_MIN	21
#define	MEDIAN		8	/* columns of "  12.34x" */

/*
 * What lies at one column of an axis; the later kind is shown.  Beyond: off
 * the axis, at whose end it is put.
 */
enum mark { NOTHING, UNRESOLVED, RESOLVED, BEYOND, BEYOND_RESOLVED };

struct layout {
	int		workload, impl;	/* columns of names */
	unsigned	axis;		/* odd, so that 1 has its column */
};

static unsigned
clamp(size_t v, unsigned least, unsigned most)
{
	return (v < least ? least : v > most ? most : (unsigned)v);
}

static struct layout
lay_out(const struct rp_screen *s, const struct rp_results *r,
    const unsigned *impls, unsigned n, bool by_workload)
{
	size_t workload = 0, impl = 0;
	struct layout l;
	unsigned names;

	for (unsigned i = 0; by_workload && i < r->ncells; i++)
		if (rp_compared(&r->cells[i]) &&
		    strlen(r->cells[i].workload) > workload)
			workload = strlen(r->cells[i].workload);
	for (unsigned i = 0; i < n; i++)
		if (strlen(r->impls[impls[i]].name) > impl)
			impl = strlen(r->impls[impls[i]].name);
	l.workload = (int)clamp(workload, by_workload ? 4 : 0, 14);
	names = s->width - STRIP_MIN - MEDIAN - 3;
	l.impl = (int)clamp(impl, 4, names - (unsigned)l.workload);
	l.axis = s->width - (unsigned)(l.workload + l.impl) - MEDIAN - 2;
	l.axis = clamp(l.axis, STRIP_MIN, STRIP_MAX);
	l.axis -= l.axis % 2 == 0;
	return (l);
}

static enum mark
mark_of(const struct rp_contrast *k)
{
	bool beyond = fabs(k->log_ratio.median) > M_LN2;

	if (rp_resolved(k->verdict))
		return (beyond ? BEYOND_RESOLVED : RESOLVED);
	return (beyond ? BEYOND : UNRESOLVED);
}

/* The column of a log ratio; what is beyond the axis lies at its ends. */
static unsigned
column_of(double log_ratio, unsigned axis)
{
	double half = (axis - 1) / 2, at = half + half * log_ratio / M_LN2;

	return (at <= 0 ? 0 : at >= axis - 1 ? axis - 1 :
	    (unsigned)lround(at));
}

static const char *
glyph(const struct rp_screen *s, const struct layout *l, unsigned column,
    enum mark mark)
{
	if (mark >= BEYOND && !s->utf8)
		return (column == 0 ? "<" : ">");
	if (mark == BEYOND_RESOLVED)
		return (column == 0 ? "◀" : "▶");
	if (mark == BEYOND)
		return (column == 0 ? "◁" : "▷");
	if (mark == RESOLVED)
		return (s->utf8 ? "●" : "#");
	if (mark == UNRESOLVED)
		return (s->utf8 ? "○" : "o");
	if (column == (l->axis - 1) / 2)
		return (s->utf8 ? "│" : "|");
	return (s->utf8 ? "·" : ".");
}

/* Slower, faster, and what says neither. */
static const char *
colour(const struct layout *l, unsigned column, enum mark mark)
{
	unsigned one = (l->axis - 1) / 2;

	if (mark == NOTHING && column != one)
		return ("\033[2m");
	if ((mark != RESOLVED && mark != BEYOND_RESOLVED) || column == one)
		return ("");
	return (column < one ? "\033[33m" : "\033[36m");
}

static void
print_marks(FILE *f, const struct rp_screen *s, const struct layout *l,
    const enum mark *marks)
{
	for (unsigned i = 0; i < l->axis; i++) {
		const char *code = s->colour ? colour(l, i, marks[i]) : "";

		fprintf(f, "%s%s%s", code, glyph(s, l, i, marks[i]),
		    *code == '\0' ? "" : "\033[0m");
	}
}

/* One strip, over n cells from first. */
static void
print_strip(FILE *f, const struct rp_screen *s, const struct rp_results *r,
    const struct layout *l, unsigned first, unsigned n, unsigned impl)
{
	int base = rp_impl_find(r, RP_BASELINE);
	enum mark marks[STRIP_MAX] = { NOTHING };
	double *logs = rp_grow(NULL, n, sizeof(*logs)), median;
	unsigned nlogs = 0;

	for (unsigned i = first; i < first + n; i++) {
		const struct rp_contrast *k = rp_contrast(r, &r->cells[i],
		    (int)impl, base);
		enum mark mark = mark_of(k), *at;

		if (!rp_compared(&r->cells[i]) || k->log_ratio.n == 0)
			continue;
		logs[nlogs++] = k->log_ratio.median;
		at = &marks[column_of(k->log_ratio.median, l->axis)];
		*at = mark > *at ? mark : *at;
	}
	fprintf(f, "%-*.*s ", l->impl, l->impl, r->impls[impl].name);
	print_marks(f, s, l, marks);
	median = exp(rp_estimate(logs, nlogs).median);
	if (isnan(median))
		fprintf(f, "%*s\n", MEDIAN, "-");
	else
		fprintf(f, "%*.2fx\n", MEDIAN - 1, median);
	free(logs);
}

static void
print_axis(FILE *f, const struct layout *l)
{
	int half = (int)(l->axis - 1) / 2;

	fprintf(f, "%*s%-*s%-*s%s%*s\n",
	    l->workload + (l->workload > 0) + l->impl + 1, "",
	    half, "0.5x", half - 1, "1x", "2x", MEDIAN - 1, "median");
}

static unsigned
workload_end(const struct rp_results *r, unsigned first)
{
	unsigned i = first + 1;

	while (i < r->ncells && strcmp(r->cells[i].workload,
	    r->cells[first].workload) == 0)
		i++;
	return (i);
}

static unsigned
count_workloads(const struct rp_results *r)
{
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i = workload_end(r, i))
		n += rp_compared(&r->cells[i]);
	return (n);
}

void
rp_print_strips(FILE *f, const struct rp_screen *s,
    const struct rp_results *r, const unsigned *impls, unsigned n)
{
	bool by_workload = count_workloads(r) * n <= ROWS_MAX;
	struct layout l = lay_out(s, r, impls, n, by_workload);

	print_axis(f, &l);
	for (unsigned j = 0; !by_workload && j < n; j++)
		print_strip(f, s, r, &l, 0, r->ncells, impls[j]);
	for (unsigned i = 0, end; by_workload && i < r->ncells; i = end) {
		end = workload_end(r, i);
		for (unsigned j = 0; j < n && rp_compared(&r->cells[i]); j++) {
			fprintf(f, "%-*.*s ", l.workload, l.workload,
			    j == 0 ? r->cells[i].workload : "");
			print_strip(f, s, r, &l, i, end - i, impls[j]);
		}
	}
}
