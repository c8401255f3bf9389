/*
 * Sizes of types, places of members.
 *
 * A structure of which a member differs, or the size, has one change; so has
 * each member whose own offset, size, cache line or type differs, and each that
 * is gone or new.  A member that only moved because an earlier one grew is
 * among them: its offset is in modules all the same.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "rule.h"
#include "same_type.h"

/* "vm_page" of "vm_page.busy_lock", if the surface has that type. */
static const struct kpi_item *
parent_of(const struct kpi_surface *su, const char *member)
{
	char *type = kpi_text("%.*s", (int)strcspn(member, "."), member);
	const struct kpi_item *i = kpi_surface_find(su, KPI_GROUP_TYPE, type);

	free(type);
	return (i);
}

static bool
has_layout(const struct kpi_item *i)
{
	return ((i->ki_seen & KPI_SEEN_LAYOUT) != 0);
}

static bool
same_type(const struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_surface *new, const struct kpi_item *n)
{
	return (o->ki_type == NULL || n->ki_type == NULL ||
	    kpi_same_type(p->pa_from, o->ki_type, new, n->ki_type));
}

static bool
member_differs(const struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_surface *new, const struct kpi_item *n)
{
	if (!same_type(p, o, new, n) || !kpi_same_when(o, n))
		return (true);
	return (has_layout(o) && has_layout(n) &&
	    (o->ki_offset != n->ki_offset || o->ki_bit != n->ki_bit ||
	    o->ki_size != n->ki_size));
}

static char *
member_text(const struct kpi_item *i)
{
	const char *type = i->ki_type != NULL ? i->ki_type : "";

	const char *width = strrchr(type, ':');
	char bit[32] = "";

	if (!has_layout(i))
		return (kpi_when_text(i, kpi_text("%s", type)));
	if (width != NULL && isdigit((unsigned char)width[1]))
		snprintf(bit, sizeof(bit), " bit %u", i->ki_bit);
	return (kpi_when_text(i, kpi_text("offset %u%s, %u byte%s, line "
	    "%u%s%s", i->ki_offset, bit, i->ki_size,
	    i->ki_size == 1 ? "" : "s", i->ki_offset / KPI_CACHE_LINE,
	    *type != '\0' ? ", " : "", type)));
}

/* Who sees that a member is another, or that there is one. */
static unsigned
seen_by(const struct kpi_item *o, const struct kpi_item *n)
{
	if (o == NULL || n == NULL)
		return ((o != NULL ? o : n)->ki_seen & (KPI_SEEN_LAYOUT |
		    KPI_SEEN_CTAGS));
	return (has_layout(o) && has_layout(n) ? KPI_SEEN_LAYOUT :
	    KPI_SEEN_CTAGS);
}

/* Either may be NULL, not both.  True if there was something to say. */
static bool
compare_member(struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_item *n, const struct kpi_surface *new)
{
	const struct kpi_item *at = n != NULL ? n : o;
	const struct kpi_successor *s;
	const struct kpi_item *to = NULL;
	struct kpi_change *c;
	char *before, *after;

	if (o != NULL && n != NULL && !member_differs(p, o, new, n))
		return (false);
	if (n == NULL && (s = kpi_successor_of(new, o->ki_name)) != NULL)
		to = kpi_find_any(new, s->ks_by);
	before = o != NULL ? member_text(o) : NULL;
	after = n != NULL ? member_text(n) : to != NULL &&
	    to->ki_kind == KPI_MEMBER ? member_text(to) : NULL;
	c = kpi_pair_add(p, to != NULL ? KPI_CLASS_RENAMED : KPI_CLASS_LAYOUT,
	    at, at->ki_name, before, after, seen_by(o, n), new);
	if (to != NULL)
		kpi_change_rename(c, to->ki_name);
	else if (n == NULL)
		kpi_change_advise(c, kpi_rule_of(KPI_CLASS_REMOVED)->ru_must);
	free(before);
	free(after);
	return (true);
}

/* The members of one type, old ones and then new ones; how many differ. */
static unsigned
compare_members(struct kpi_pair *p, const char *type,
    const struct kpi_surface *old, const struct kpi_surface *new)
{
	size_t length = strlen(type);
	unsigned n = 0;

	for (size_t i = 0; i < old->su_nitems; i++) {
		const struct kpi_item *o = &old->su_items[i];

		if (o->ki_kind == KPI_MEMBER &&
		    strncmp(o->ki_name, type, length) == 0 &&
		    o->ki_name[length] == '.')
			n += compare_member(p, o, kpi_counterpart(new, o), new);
	}
	for (size_t i = 0; i < new->su_nitems; i++) {
		const struct kpi_item *m = &new->su_items[i];

		if (m->ki_kind == KPI_MEMBER &&
		    strncmp(m->ki_name, type, length) == 0 &&
		    m->ki_name[length] == '.' &&
		    kpi_counterpart(old, m) == NULL)
			n += compare_member(p, NULL, m, new);
	}
	return (n);
}

static bool
tag_differs(const struct kpi_item *a, const struct kpi_item *b)
{
	return (a->ki_tag != NULL && b->ki_tag != NULL &&
	    strcmp(a->ki_tag, b->ki_tag) != 0);
}

static bool
align_differs(const struct kpi_item *a, const struct kpi_item *b)
{
	return (has_layout(a) && has_layout(b) && a->ki_align != b->ki_align);
}

/* Of a type; said is only what is another than that of another. */
static char *
type_text(const struct kpi_item *i, const struct kpi_item *than)
{
	bool tag = tag_differs(i, than);
	char align[32] = "";

	if (i->ki_type != NULL)
		return (kpi_text("%s", i->ki_type));
	if (align_differs(i, than) && i->ki_align > 0)
		snprintf(align, sizeof(align), ", aligned to %u", i->ki_align);
	/* pahole does not say it of a union. */
	if (!has_layout(i) || i->ki_size == 0)
		return (kpi_text("%s%s", tag ? i->ki_tag :
		    "size not known", align));
	return (kpi_text("%s%s%u bytes, %u line%s%s", tag ? i->ki_tag : "",
	    tag ? ", " : "", i->ki_size,
	    (i->ki_size + KPI_CACHE_LINE - 1) / KPI_CACHE_LINE,
	    i->ki_size > KPI_CACHE_LINE ? "s" : "", align));
}

static bool
type_differs(const struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_surface *new, const struct kpi_item *n)
{
	return (!same_type(p, o, new, n) || tag_differs(o, n) ||
	    align_differs(o, n) || (has_layout(o) && has_layout(n) &&
	    o->ki_size != n->ki_size));
}

/* A structure, a typedef or a variable. */
static void
compare_type(struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_item *n, const struct kpi_surface *old,
    const struct kpi_surface *new)
{
	unsigned members = o->ki_kind == KPI_TYPE ?
	    compare_members(p, o->ki_name, old, new) : 0;
	unsigned seen = o->ki_seen & n->ki_seen & KPI_SEEN_LAYOUT;
	char *before, *type, *after;

	if (members == 0 && !type_differs(p, o, new, n))
		return;
	before = type_text(o, n);
	type = type_text(n, o);
	after = members == 0 ? kpi_text("%s", type) : kpi_text("%s; %u "
	    "member%s", type, members, members == 1 ? " differs" : "s differ");
	(void)kpi_pair_add(p, KPI_CLASS_LAYOUT, n, o->ki_name, before, after,
	    seen != 0 && !tag_differs(o, n) ? seen : KPI_SEEN_CTAGS, new);
	free(before);
	free(type);
	free(after);
}

/* Members whose type has no name, and so is no item. */
static void
compare_orphans(struct kpi_pair *p, const struct kpi_surface *old,
    const struct kpi_surface *new)
{
	for (size_t i = 0; i < old->su_nitems; i++) {
		const struct kpi_item *o = &old->su_items[i];

		if (o->ki_kind == KPI_MEMBER &&
		    parent_of(old, o->ki_name) == NULL)
			(void)compare_member(p, o, kpi_counterpart(new, o),
			    new);
	}
	for (size_t i = 0; i < new->su_nitems; i++) {
		const struct kpi_item *n = &new->su_items[i];

		if (n->ki_kind == KPI_MEMBER &&
		    parent_of(new, n->ki_name) == NULL &&
		    kpi_counterpart(old, n) == NULL)
			(void)compare_member(p, NULL, n, new);
	}
}

void
kpi_compare_layouts(struct kpi_pair *p, const struct kpi_surface *old,
    const struct kpi_surface *new)
{
	for (size_t i = 0; i < old->su_nitems; i++) {
		const struct kpi_item *o = &old->su_items[i], *n;

		if (o->ki_kind != KPI_TYPE && o->ki_kind != KPI_VARIABLE)
			continue;
		n = kpi_counterpart(new, o);
		if (n != NULL && n->ki_kind == o->ki_kind)
			compare_type(p, o, n, old, new);
	}
	compare_orphans(p, old, new);
}
