/*
 * Pairs of operations in few words: those with the same partners are named
 * together.  Read scaling.h first.
 */
#include <stdlib.h>
#include <string.h>

#include "scaling.h"

/* Who meets whom: a matrix over the operations, by their first pair. */
struct meeting {
	const char	**ops;
	unsigned	n;
	bool		*meets;		/* n * n */
};

static unsigned
op(struct meeting *m, const char *name)
{
	unsigned i = 0;

	while (i < m->n && strcmp(m->ops[i], name) != 0)
		i++;
	if (i == m->n)
		m->ops[m->n++] = name;
	return (i);
}

static void
meet(struct meeting *m, const struct rp_conflict *const *pairs, unsigned n)
{
	m->n = 0;
	m->ops = rp_grow(NULL, 2 * n + 1, sizeof(*m->ops));
	for (unsigned i = 0; i < n; i++) {
		op(m, pairs[i]->a);
		op(m, pairs[i]->b);
	}
	m->meets = rp_grow(NULL, (size_t)m->n * m->n + 1, sizeof(*m->meets));
	memset(m->meets, 0, (size_t)m->n * m->n);
	for (unsigned i = 0; i < n; i++) {
		unsigned a = op(m, pairs[i]->a), b = op(m, pairs[i]->b);

		m->meets[a * m->n + b] = m->meets[b * m->n + a] = true;
	}
}

/* The first operation that has the same partners. */
static unsigned
class_of(const struct meeting *m, unsigned op)
{
	unsigned i = 0;

	while (memcmp(&m->meets[i * m->n], &m->meets[op * m->n], m->n) != 0)
		i++;
	return (i);
}

/* "`a`, `b`": the operations of a class; how many. */
static unsigned
put_class(FILE *f, const struct meeting *m, unsigned class, const char *between)
{
	unsigned n = 0;

	for (unsigned i = class; i < m->n; i++)
		if (class_of(m, i) == class)
			fprintf(f, "%s`%s`", n++ > 0 ? ", " : between,
			    m->ops[i]);
	return (n);
}

/* A class, and those it meets that were not told of before it. */
static void
put_meetings(FILE *f, const struct meeting *m, unsigned class, bool *any)
{
	const bool *meets = &m->meets[class * m->n];
	bool partner = false;
	unsigned n;

	for (unsigned i = class; i < m->n; i++)
		partner |= meets[i] && class_of(m, i) >= class;
	if (!partner)
		return;
	n = put_class(f, m, class, *any ? "; " : "");
	*any = true;
	partner = false;
	if (meets[class])
		fprintf(f, n > 1 ? " with each other and itself" :
		    " with itself");
	for (unsigned i = class + 1; i < m->n; i++)
		if (meets[i] && class_of(m, i) == i) {
			put_class(f, m, i, partner ? ", " : meets[class] ?
			    ", and with " : " with ");
			partner = true;
		}
}

char *
rp_pairs_text(const struct rp_conflict *const *pairs, unsigned n)
{
	struct meeting m;
	struct rp_text t;
	bool any = false;

	meet(&m, pairs, n);
	rp_text_open(&t);
	for (unsigned i = 0; i < m.n; i++)
		if (class_of(&m, i) == i)
			put_meetings(t.f, &m, i, &any);
	free(m.meets);
	free(m.ops);
	return (rp_text_close(&t));
}
