/*
 * Two small surfaces made in memory, for the tests of their comparison.
 *
 * before() empties both; function(), macro() and the like add items to one;
 * compare() sorts and compares them into `pair', which after() frees.
 */
#ifndef TEST_KPI_SURFACES_H
#define	TEST_KPI_SURFACES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kpi/compare.h"
#include "kpi/rule.h"

/* A test between two surfaces that are empty and their end. */
#define	TEST(name)	cmocka_unit_test_setup_teardown(name, before, after)

#define	ITEMS	16	/* of a surface here, at most */

struct small {
	struct kpi_surface	su;
	struct kpi_item		items[ITEMS];
	struct kpi_successor	successors[ITEMS];
};

static struct small old, new;
static struct kpi_pair *pair;

static void
empty(struct small *s, const char *name)
{
	memset(s, 0, sizeof(*s));
	s->su.su_name = name;
	s->su.su_items = s->items;
	s->su.su_successors = s->successors;
}

static int
before(void **state)
{
	(void)state;
	empty(&old, "a");
	empty(&new, "b");
	pair = NULL;
	return (0);
}

static int
after(void **state)
{
	(void)state;
	if (pair != NULL)
		kpi_pair_free(pair);
	return (0);
}

static struct kpi_item *
item(struct small *s, enum kpi_kind kind, const char *name, unsigned seen)
{
	struct kpi_item *i = &s->items[s->su.su_nitems++];

	assert_true(s->su.su_nitems <= ITEMS);
	*i = (struct kpi_item){ .ki_kind = kind, .ki_name = name,
	    .ki_header = "vm/vm_page.h", .ki_line = 7, .ki_nparams = -1,
	    .ki_seen = seen };
	return (i);
}

/* "int (vm_page_t m)", and without the names. */
static struct kpi_item *
function(struct small *s, const char *name, const char *signature,
    const char *types, int nparams)
{
	struct kpi_item *i = item(s, KPI_FUNCTION, name, KPI_SEEN_CTAGS);

	i->ki_signature = signature;
	i->ki_types = types;
	i->ki_nparams = nparams;
	return (i);
}

/* One that takes a page and returns nothing. */
static struct kpi_item *
page_function(struct small *s, const char *name)
{
	return (function(s, name, "void (vm_page_t m)", "void (vm_page_t)",
	    1));
}

__attribute__((unused))
static struct kpi_item *
macro(struct small *s, const char *name, const char *signature, int nparams,
    const char *body)
{
	struct kpi_item *i = item(s, KPI_MACRO, name, KPI_SEEN_CTAGS |
	    KPI_SEEN_DEFINES);

	i->ki_signature = signature;
	i->ki_nparams = nparams;
	i->ki_body = body;
	return (i);
}

/* A macro that is a constant. */
__attribute__((unused))
static struct kpi_item *
flag(struct small *s, const char *name, const char *body, int64_t value)
{
	struct kpi_item *i = macro(s, name, NULL, -1, body);

	i->ki_has_value = true;
	i->ki_value = value;
	return (i);
}

__attribute__((unused))
static struct kpi_item *
type(struct small *s, const char *name, unsigned size)
{
	struct kpi_item *i = item(s, KPI_TYPE, name, KPI_SEEN_CTAGS |
	    KPI_SEEN_LAYOUT);

	i->ki_size = size;
	return (i);
}

__attribute__((unused))
static struct kpi_item *
member(struct small *s, const char *name, unsigned offset, unsigned size,
    const char *of_type)
{
	struct kpi_item *i = item(s, KPI_MEMBER, name, KPI_SEEN_CTAGS |
	    KPI_SEEN_LAYOUT);

	i->ki_offset = offset;
	i->ki_size = size;
	i->ki_type = of_type;
	return (i);
}

__attribute__((unused))
static void
contract(struct kpi_item *i, const char *object, const char *page,
    const char *sleep)
{
	i->ki_contract = (struct kpi_contract){ object, page, sleep,
	    "CHECKED" };
	i->ki_seen |= KPI_SEEN_CONTRACT;
}

__attribute__((unused))
static struct kpi_successor *
successor(const char *name, const char *by, const char *advice)
{
	struct kpi_successor *s = &new.successors[new.su.su_nsuccessors++];

	*s = (struct kpi_successor){ name, by, advice, NULL };
	return (s);
}

static int
by_name(const void *a, const void *b)
{
	return (kpi_item_compare(a, b));
}

/* Items move: what was made to them must be done by now. */
static void
compare(void)
{
	qsort(old.items, old.su.su_nitems, sizeof(old.items[0]), by_name);
	qsort(new.items, new.su.su_nitems, sizeof(new.items[0]), by_name);
	pair = kpi_compare(&old.su, &new.su);
}

/* The change of a name and class, or NULL; there may not be two. */
static const struct kpi_change *
find(enum kpi_class class, const char *name)
{
	const struct kpi_change *found = NULL;

	for (size_t i = 0; i < pair->pa_nchanges; i++) {
		const struct kpi_change *c = &pair->pa_changes[i];

		if (c->ch_class != class || strcmp(c->ch_name, name) != 0)
			continue;
		assert_null(found);
		found = c;
	}
	return (found);
}

/* It is there, and how many there are of its class is right. */
static const struct kpi_change *
change(enum kpi_class class, const char *name)
{
	const struct kpi_change *c = find(class, name);
	unsigned n = 0;

	if (c == NULL)
		fail_msg("%s is not %s", name, kpi_class_names[class]);
	for (size_t i = 0; i < pair->pa_nchanges; i++)
		n += pair->pa_changes[i].ch_class == class;
	assert_int_equal(n, pair->pa_count[class]);
	return (c);
}

/* The one change there is. */
__attribute__((unused))
static const struct kpi_change *
only(enum kpi_class class, const char *name)
{
	const struct kpi_change *c = change(class, name);

	assert_int_equal(pair->pa_nchanges, 1);
	return (c);
}

#endif /* TEST_KPI_SURFACES_H */
