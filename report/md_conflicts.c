/*
 * RESULTS.md: which pairs of operations touch the same lines.  Read scaling.h
 * first.
 *
 * Two operations that need no line in common, neither of them writing, scale
 * beside each other whatever a transfer costs; the share of such pairs is what
 * A. T. Clements et al., "The Scalable Commutativity Rule", SOSP 2013, count
 * with their tool Commuter.
 */
#include <stdlib.h>
#include <string.h>

#include "scaling.h"

#define	LINES_MAX	3	/* named of one pair and implementation */

/* A pair of operations under one sharing; a table's row, before merging. */
struct row {
	const struct rp_conflict *first;	/* of any implementation */
	char		*text;			/* its columns */
	bool		any;			/* someone conflicts */
};

static bool
same_pair(const struct rp_conflict *x, const struct rp_conflict *y)
{
	return (strcmp(x->sharing, y->sharing) == 0 &&
	    strcmp(x->a, y->a) == 0 && strcmp(x->b, y->b) == 0);
}

static const struct rp_conflict *
conflict_of(const struct rp_machine *m, const struct rp_conflict *pair,
    const char *impl)
{
	for (unsigned i = 0; i < m->nconflicts; i++)
		if (same_pair(&m->conflicts[i], pair) &&
		    strcmp(m->conflicts[i].impl, impl) == 0)
			return (&m->conflicts[i]);
	return (NULL);
}

/* The first of its pair, and the first of its sharing. */
static bool
opens_pair(const struct rp_machine *m, unsigned at)
{
	for (unsigned i = 0; i < at; i++)
		if (same_pair(&m->conflicts[i], &m->conflicts[at]))
			return (false);
	return (true);
}

static bool
opens_sharing(const struct rp_machine *m, unsigned at)
{
	for (unsigned i = 0; i < at; i++)
		if (strcmp(m->conflicts[i].sharing,
		    m->conflicts[at].sharing) == 0)
			return (false);
	return (true);
}

/* Implementations in the run's order that have any conflict line. */
static bool
has_conflicts(const struct rp_results *s, unsigned impl)
{
	const struct rp_machine *m = s->machine;

	for (unsigned i = 0; i < m->nconflicts && rp_scaled(s, impl); i++)
		if (strcmp(m->conflicts[i].impl, s->impls[impl].name) == 0)
			return (true);
	return (false);
}

void
rp_md_free_shares(FILE *f, const struct rp_results *s)
{
	const struct rp_machine *m = s->machine;

	fprintf(f, "| implementation |");
	for (unsigned i = 0; i < m->nconflicts; i++)
		if (opens_sharing(m, i))
			fprintf(f, " %s |", m->conflicts[i].sharing);
	fprintf(f, "\n|---|");
	for (unsigned i = 0; i < m->nconflicts; i++)
		if (opens_sharing(m, i))
			fprintf(f, "---:|");
	fprintf(f, "\n");
	for (unsigned j = 0; j < s->nimpls; j++) {
		if (!has_conflicts(s, j))
			continue;
		fprintf(f, "| `%s` |", s->impls[j].name);
		for (unsigned i = 0; i < m->nconflicts; i++) {
			struct rp_free_share n;

			if (!opens_sharing(m, i))
				continue;
			n = rp_free_share(m, s->impls[j].name,
			    m->conflicts[i].sharing);
			if (n.pairs == 0)
				fprintf(f, " - |");
			else
				fprintf(f, " %u of %u (%.0f %%) |", n.free,
				    n.pairs, 100.0 * n.free / n.pairs);
		}
		fprintf(f, "\n");
	}
	fprintf(f, "\n");
}

/* " `vm_object.lock`, `vm_page.flags` + 2 |", most moves first as given. */
static void
fields(FILE *f, const struct rp_conflict *c)
{
	if (c == NULL) {
		fprintf(f, " ? |");
		return;
	}
	for (unsigned i = 0; i < c->nlines && i < LINES_MAX; i++)
		fprintf(f, "%s`%s`", i == 0 ? " " : ", ", c->lines[i].name);
	if (c->nlines > LINES_MAX)
		fprintf(f, " + %u", c->nlines - LINES_MAX);
	fprintf(f, c->nlines == 0 ? " free |" : " |");
}

/* The columns of a pair; whether anyone conflicts. */
static void
fill_row(struct row *row, const struct rp_results *s,
    const struct rp_conflict *pair)
{
	struct rp_text t;

	*row = (struct row){ .first = pair };
	rp_text_open(&t);
	for (unsigned j = 0; j < s->nimpls; j++) {
		const struct rp_conflict *c;

		if (!has_conflicts(s, j))
			continue;
		c = conflict_of(s->machine, pair, s->impls[j].name);
		row->any |= c == NULL || c->nlines > 0;
		fields(t.f, c);
	}
	row->text = rp_text_close(&t);
}

/* "alloc with itself, free; free with io": the first names it once. */
static void
print_pair(FILE *f, const struct rp_conflict *c, const char **a)
{
	if (*a == NULL || strcmp(*a, c->a) != 0)
		fprintf(f, "%s%s with ", *a == NULL ? "| " : "; ", c->a);
	else
		fprintf(f, ", ");
	fputs(strcmp(c->a, c->b) == 0 ? "itself" : c->b, f);
	*a = c->a;
}

/* Pairs with the same columns share a row, which is the first one's. */
static void
print_rows(FILE *f, struct row *rows, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		const char *a = NULL;

		if (!rows[i].any)
			continue;
		for (unsigned j = i; j < n; j++) {
			if (!rows[j].any ||
			    strcmp(rows[j].text, rows[i].text) != 0)
				continue;
			print_pair(f, rows[j].first, &a);
			rows[j].any = j == i;
		}
		fprintf(f, " |%s\n", rows[i].text);
	}
}

/* The pairs that conflict under one sharing. */
static void
pairs_of(FILE *f, const struct rp_results *s, const char *sharing)
{
	const struct rp_machine *m = s->machine;
	struct row *rows = rp_grow(NULL, m->nconflicts + 1, sizeof(*rows));
	unsigned n = 0;

	fprintf(f, "| `%s` |", sharing);
	for (unsigned j = 0; j < s->nimpls; j++)
		if (has_conflicts(s, j))
			fprintf(f, " `%s` |", s->impls[j].name);
	fprintf(f, "\n|---|");
	for (unsigned j = 0; j < s->nimpls; j++)
		if (has_conflicts(s, j))
			fprintf(f, "---|");
	fprintf(f, "\n");
	for (unsigned i = 0; i < m->nconflicts; i++)
		if (strcmp(m->conflicts[i].sharing, sharing) == 0 &&
		    opens_pair(m, i))
			fill_row(&rows[n++], s, &m->conflicts[i]);
	print_rows(f, rows, n);
	fprintf(f, "\n");
	for (unsigned i = 0; i < n; i++)
		free(rows[i].text);
	free(rows);
}

struct rp_free_share
rp_free_share(const struct rp_machine *m, const char *impl,
    const char *sharing)
{
	struct rp_free_share n = { 0, 0 };

	for (unsigned i = 0; i < m->nconflicts; i++) {
		const struct rp_conflict *c = &m->conflicts[i];

		if (strcmp(c->impl, impl) != 0 ||
		    strcmp(c->sharing, sharing) != 0)
			continue;
		n.pairs++;
		n.free += c->nlines == 0;
	}
	return (n);
}

bool
rp_md_conflicts(FILE *f, const struct rp_results *s)
{
	const struct rp_machine *m = s->machine;

	if (m->nconflicts == 0)
		return (false);
	fprintf(f, "#### What conflicts\n\n"
	    "Two operations beside each other are free of conflict if no "
	    "line that one writes is needed by the other: then they scale, "
	    "whatever a transfer costs. How many of the pairs are:\n\n");
	rp_md_free_shares(f, s);
	fprintf(f, "The pairs that are not, by sharing, with the fields whose "
	    "lines move between the two (at most %u, and how many more). Pairs "
	    "with the same fields share a row; those free of conflict in every "
	    "implementation have none; `?`: not run.\n\n", LINES_MAX);
	for (unsigned i = 0; i < m->nconflicts; i++)
		if (opens_sharing(m, i))
			pairs_of(f, s, m->conflicts[i].sharing);
	return (true);
}
