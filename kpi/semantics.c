/*
 * Locks wanted and sleeping, in order: which of two contracts asks for more.
 *
 * Three things are compared, each by itself; <vm/vm_contract.h> has the words.
 *
 *	object	NONE < READ < WRITE; of a call that works on the lock itself
 *		(LOCKS) two modes cannot be ordered
 *	page	ANY < HELD, ANY < FREE; HELD and FREE exclude each other
 *	sleep	NO < every other, OBJECT < BOTH, SELF < WAIT; no other order
 *
 * More in all that differ is stricter, less is relaxed, anything else is other.
 * Whether a test checks a contract is no part of it.
 */
#include <stdlib.h>
#include <string.h>

#include "compare.h"

enum order { SAME = 0, MORE = 1, LESS = 2, BOTH = MORE | LESS };

static bool
is(const char *a, const char *b)
{
	return (strcmp(a, b) == 0);
}

/* -1: no mode that is known here. */
static int
mode(const char *s)
{
	return (is(s, "NONE") ? 0 : is(s, "READ") ? 1 : is(s, "WRITE") ? 2 :
	    -1);
}

static enum order
object_order(const struct kpi_contract *o, const struct kpi_contract *n)
{
	int from = mode(o->kc_object), to = mode(n->kc_object);

	if (is(o->kc_object, n->kc_object))
		return (SAME);
	if (from < 0 || to < 0 || is(o->kc_sleep, "LOCKS") ||
	    is(n->kc_sleep, "LOCKS"))
		return (BOTH);
	return (to > from ? MORE : LESS);
}

static bool
asks_less(const char *a, const char *b)
{
	return (is(a, "ANY") || is(a, "NO") ||
	    (is(a, "OBJECT") && is(b, "BOTH")) ||
	    (is(a, "SELF") && is(b, "WAIT")));
}

/* Of words about the page lock, or about sleeping. */
static enum order
word_order(const char *o, const char *n)
{
	return (is(o, n) ? SAME : asks_less(o, n) ? MORE :
	    asks_less(n, o) ? LESS : BOTH);
}

static bool
is_stated(const struct kpi_contract *c)
{
	return (c->kc_object != NULL && c->kc_page != NULL &&
	    c->kc_sleep != NULL);
}

char *
kpi_contract_text(const struct kpi_contract *c)
{
	if (!is_stated(c))
		return (NULL);
	return (kpi_text("object %s, page %s, sleep %s", c->kc_object,
	    c->kc_page, c->kc_sleep));
}

void
kpi_compare_contracts(struct kpi_pair *p, const struct kpi_item *old,
    const struct kpi_item *new, const struct kpi_surface *su)
{
	static const enum kpi_class classes[] = {
		[MORE] = KPI_CLASS_STRICTER, [LESS] = KPI_CLASS_RELAXED,
		[BOTH] = KPI_CLASS_OTHER,
	};
	const struct kpi_contract *o = &old->ki_contract;
	const struct kpi_contract *n = &new->ki_contract;
	char *before, *after;
	enum order order;

	if (!is_stated(o) || !is_stated(n)) {
		if (is_stated(o) != is_stated(n) &&
		    (p->pa_missing & KPI_SEEN_CONTRACT) == 0)
			kpi_names_add(&p->pa_unstated, old->ki_name,
			    strlen(old->ki_name));
		return;
	}
	order = object_order(o, n) | word_order(o->kc_page, n->kc_page) |
	    word_order(o->kc_sleep, n->kc_sleep);
	if (order == SAME)
		return;
	before = kpi_contract_text(o);
	after = kpi_contract_text(n);
	kpi_pair_add(p, classes[order], new, old->ki_name, before, after,
	    KPI_SEEN_CONTRACT, su)->ch_kind = old->ki_kind;
	free(before);
	free(after);
}
