/*
 * RESULTS.md: what conflicts on different pages of one object under the new
 * design, in short: pairs of operations by the set of fields that both need.
 * Read scaling.h first; md_conflicts.c has all of it.
 */
#include <stdlib.h>
#include <string.h>

#include "scaling.h"

#define	DESIGNS_MAX	2
#define	ROWS_MAX	15
#define	SHARING		"shared"

/* Pairs of one implementation, in the order of the data. */
struct pairs {
	const struct rp_conflict **p;
	unsigned	n;
};

/* Pairs whose lines are the same, or that have a field in common. */
struct group {
	char		*fields;
	struct pairs	of[DESIGNS_MAX];
	unsigned	first;		/* in the data, for equal ones */
};

struct groups {
	struct group	*g;
	unsigned	n;
};

static int
by_name(const void *x, const void *y)
{
	return (strcmp(*(const char *const *)x, *(const char *const *)y));
}

/* "`vm_object.lock`, `vm_page.flags`", by name. */
static char *
fields_of(const struct rp_conflict *c)
{
	const char **names = rp_grow(NULL, c->nlines + 1, sizeof(*names));
	struct rp_text t;

	for (unsigned i = 0; i < c->nlines; i++)
		names[i] = c->lines[i].name;
	qsort(names, c->nlines, sizeof(*names), by_name);
	rp_text_open(&t);
	for (unsigned i = 0; i < c->nlines; i++)
		fprintf(t.f, "%s`%s`", i > 0 ? ", " : "", names[i]);
	free(names);
	return (rp_text_close(&t));
}

/* Takes the text over. */
static void
add(struct groups *all, char *fields, const struct rp_conflict *c,
    unsigned design)
{
	struct pairs *of;
	unsigned i = 0;

	while (i < all->n && strcmp(all->g[i].fields, fields) != 0)
		i++;
	if (i == all->n) {
		all->g = rp_grow(all->g, i + 1, sizeof(*all->g));
		all->g[all->n++] = (struct group){ .fields = fields,
		    .first = i };
	} else
		free(fields);
	of = &all->g[i].of[design];
	of->p = rp_grow(of->p, of->n + 1, sizeof(*of->p));
	of->p[of->n++] = c;
}

static unsigned
pairs_in(const struct group *g)
{
	unsigned n = 0;

	for (unsigned i = 0; i < DESIGNS_MAX; i++)
		n += g->of[i].n;
	return (n);
}

static int
by_pairs(const void *x, const void *y)
{
	const struct group *a = x, *b = y;
	unsigned n = pairs_in(a), m = pairs_in(b);

	if (n != m)
		return (n > m ? -1 : 1);
	return (a->first < b->first ? -1 : a->first > b->first);
}

/* By sets of fields, and by each field; most pairs first. */
static void
collect(const struct rp_results *s, const unsigned *designs, unsigned n,
    struct groups *sets, struct groups *single)
{
	const struct rp_machine *m = s->machine;

	for (unsigned i = 0; i < m->nconflicts; i++) {
		const struct rp_conflict *c = &m->conflicts[i];

		for (unsigned d = 0; d < n && c->nlines > 0; d++) {
			if (strcmp(c->sharing, SHARING) != 0 || strcmp(c->impl,
			    s->impls[designs[d]].name) != 0)
				continue;
			add(sets, fields_of(c), c, d);
			for (unsigned k = 0; k < c->nlines; k++)
				add(single, rp_strdup(c->lines[k].name), c, d);
		}
	}
	if (sets->n == 0)
		return;
	qsort(sets->g, sets->n, sizeof(*sets->g), by_pairs);
	qsort(single->g, single->n, sizeof(*single->g), by_pairs);
}

static void
free_groups(struct groups *all)
{
	for (unsigned i = 0; i < all->n; i++) {
		free(all->g[i].fields);
		for (unsigned d = 0; d < DESIGNS_MAX; d++)
			free(all->g[i].of[d].p);
	}
	free(all->g);
}

/* "70/68": of each implementation. */
static void
counts(FILE *f, const struct group *g, unsigned n, const char *between)
{
	for (unsigned d = 0; d < n; d++)
		fprintf(f, "%s%u", d > 0 ? between : "", g->of[d].n);
}

/* Once where it is the same of all; else of each. */
static void
operations(FILE *f, const struct rp_results *s, const struct group *g,
    const unsigned *designs, unsigned n)
{
	char *texts[DESIGNS_MAX] = { NULL };
	bool same = true, any = false;

	for (unsigned d = 0; d < n; d++) {
		texts[d] = rp_pairs_text(g->of[d].p, g->of[d].n);
		same &= strcmp(texts[d], texts[0]) == 0;
	}
	for (unsigned d = 0; d < n && !same; d++) {
		if (*texts[d] == '\0')
			continue;
		fprintf(f, "%s%s: %s", any ? "<br>" : "",
		    s->impls[designs[d]].name, texts[d]);
		any = true;
	}
	if (same && n > 0)
		fputs(texts[0], f);
	for (unsigned d = 0; d < n; d++)
		free(texts[d]);
}

static void
table(FILE *f, const struct rp_results *s, const struct groups *sets,
    const unsigned *designs, unsigned n)
{
	struct group rest = { .first = 0 };

	fprintf(f, "| fields |");
	for (unsigned d = 0; d < n; d++)
		fprintf(f, " `%s` |", s->impls[designs[d]].name);
	fprintf(f, " pairs |\n|---|");
	for (unsigned d = 0; d < n; d++)
		fprintf(f, "---:|");
	fprintf(f, "---|\n");
	for (unsigned i = 0; i < sets->n; i++) {
		const struct group *g = &sets->g[i];

		for (unsigned d = 0; d < n && i >= ROWS_MAX; d++)
			rest.of[d].n += g->of[d].n;
		if (i >= ROWS_MAX)
			continue;
		fprintf(f, "| %s | ", g->fields);
		counts(f, g, n, " | ");
		fprintf(f, " | ");
		operations(f, s, g, designs, n);
		fprintf(f, " |\n");
	}
	if (sets->n > ROWS_MAX) {
		fprintf(f, "| %u other sets | ", sets->n - ROWS_MAX);
		counts(f, &rest, n, " | ");
		fprintf(f, " | |\n");
	}
	fprintf(f, "\n");
}

/* The new designs of which anything is known; how many. */
static unsigned
known(const struct rp_results *s, unsigned designs[DESIGNS_MAX])
{
	unsigned *impls = rp_grow(NULL, s->nimpls + 1, sizeof(*impls));
	unsigned all = rp_new_designs(s, impls), n = 0;

	for (unsigned i = 0; i < all && n < DESIGNS_MAX; i++)
		if (rp_free_share(s->machine, s->impls[impls[i]].name,
		    SHARING).pairs > 0)
			designs[n++] = impls[i];
	free(impls);
	return (n);
}

bool
rp_md_short_conflicts(FILE *f, const struct rp_results *s)
{
	struct groups sets = { NULL, 0 }, single = { NULL, 0 };
	unsigned designs[DESIGNS_MAX], n = known(s, designs);

	if (s->machine->nconflicts == 0)
		return (false);
	fprintf(f, "#### What conflicts\n\n"
	    "Two operations beside each other are free of conflict if no "
	    "line that one writes is needed by the other: then they scale, "
	    "whatever a transfer costs. How many of the pairs are:\n\n");
	rp_md_free_shares(f, s);
	collect(s, designs, n, &sets, &single);
	if (sets.n > 0) {
		fprintf(f, "What is still in the way on different pages of "
		    "one object (`" SHARING "`), by field, with the number of "
		    "pairs that it is in");
		for (unsigned d = 0; d < n; d++)
			fprintf(f, "%s`%s`", d == 0 ? ", of " : " and ",
			    s->impls[designs[d]].name);
		for (unsigned i = 0; i < single.n; i++) {
			fprintf(f, "%s`%s` ", i == 0 ? ": " : ", ",
			    single.g[i].fields);
			counts(f, &single.g[i], n, "/");
		}
		fprintf(f, ". The same by the set of fields of a pair:\n\n");
		table(f, s, &sets, designs, n);
	}
	free_groups(&sets);
	free_groups(&single);
	return (true);
}
