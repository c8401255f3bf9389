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
 * What no contract can say, such as a state of the page wanted on entry, is
 * stated by a line of successors and counts as a fourth thing.  Whether a test
 * checks a contract is no part of it.
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

/* What a person states of the step, beside the contracts. */
static enum order
stated_order(const struct kpi_successor *s)
{
	const char *wants = s == NULL ? NULL : s->ks_wants;

	if (wants == NULL)
		return (SAME);
	return (is(wants, "stricter") ? MORE : is(wants, "relaxed") ? LESS :
	    BOTH);
}

/* "object READ, page ANY, sleep NO; stricter by successors", to be freed. */
static char *
after_text(const struct kpi_contract *n, const struct kpi_successor *s,
    enum order stated)
{
	char *contract = kpi_contract_text(n), *text;

	if (stated == SAME)
		return (contract);
	text = kpi_text("%s%s%s by successors", contract != NULL ? contract :
	    "", contract != NULL ? "; " : "", s->ks_wants);
	free(contract);
	return (text);
}

static enum order
contract_order(struct kpi_pair *p, const struct kpi_item *old,
    const struct kpi_item *new)
{
	const struct kpi_contract *o = &old->ki_contract;
	const struct kpi_contract *n = &new->ki_contract;

	if (is_stated(o) && is_stated(n))
		return (object_order(o, n) | word_order(o->kc_page,
		    n->kc_page) | word_order(o->kc_sleep, n->kc_sleep));
	if (is_stated(o) != is_stated(n) &&
	    (p->pa_missing & KPI_SEEN_CONTRACT) == 0)
		kpi_names_add(&p->pa_unstated, old->ki_name,
		    strlen(old->ki_name));
	return (SAME);
}

void
kpi_compare_contracts(struct kpi_pair *p, const struct kpi_item *old,
    const struct kpi_item *new, const struct kpi_surface *su)
{
	static const enum kpi_class classes[] = {
		[MORE] = KPI_CLASS_STRICTER, [LESS] = KPI_CLASS_RELAXED,
		[BOTH] = KPI_CLASS_OTHER,
	};
	const struct kpi_successor *s = kpi_advice_on(p->pa_from, su,
	    old->ki_name);
	enum order locks = contract_order(p, old, new);
	enum order stated = stated_order(s);
	char *before, *after;

	if ((locks | stated) == SAME)
		return;
	before = kpi_contract_text(&old->ki_contract);
	after = after_text(&new->ki_contract, s, stated);
	kpi_pair_add(p, classes[locks | stated], new, old->ki_name, before,
	    after, (locks != SAME ? KPI_SEEN_CONTRACT : 0) |
	    (stated != SAME ? KPI_SEEN_SUCCESSORS : 0), su)->ch_kind =
	    old->ki_kind;
	free(before);
	free(after);
}
