/*
 * What differs between two surfaces: names, signatures, values and texts.
 * Read compare.h first; semantics.c and layout_diff.c have the other parts.
 */
#include "compare.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "same_type.h"

/* Functions, inline functions, macros with a list of parameters. */
static bool
is_callable(const struct kpi_item *i)
{
	return (i->ki_nparams >= 0);
}

/* How the item reads in a header, to be freed. */
static char *
item_text(const struct kpi_item *i)
{
	const char *s = i->ki_signature != NULL ? i->ki_signature : "";
	const char *type = i->ki_type != NULL ? i->ki_type : "";

	if (i->ki_has_value)
		return (kpi_text("%" PRId64 " (%#" PRIx64 ")", i->ki_value,
		    (uint64_t)i->ki_value));
	if (i->ki_body != NULL)
		return (kpi_text("%s%s%s%s%s", s, *s != '\0' ? " " : "",
		    i->ki_body, i->ki_types != NULL ? " #else " : "",
		    i->ki_types != NULL ? i->ki_types : ""));
	if (*s != '\0' || i->ki_size == 0)
		return (kpi_text("%s", *s != '\0' ? s : *type != '\0' ? type :
		    kpi_kind_name(i->ki_kind)));
	return (kpi_text("%s%s%u bytes", type, *type != '\0' ? ", " : "",
	    i->ki_size));
}

static struct kpi_change *
add_texts(struct kpi_pair *p, enum kpi_class class, const struct kpi_item *o,
    const struct kpi_item *n, unsigned seen_by, const struct kpi_surface *new)
{
	char *before = item_text(o), *after = item_text(n);
	struct kpi_change *c = kpi_pair_add(p, class, n, o->ki_name, before,
	    after, seen_by, new);

	c->ch_kind = o->ki_kind;
	free(before);
	free(after);
	return (c);
}

/* Does a macro take as many arguments as are given? */
static bool
is_variadic(const struct kpi_item *i)
{
	return (i->ki_signature != NULL &&
	    strstr(i->ki_signature, "...") != NULL);
}

/*
 * Do calls of the one fit the other?  With a macro only the number of
 * parameters can be compared; a macro without a list may stand for a function.
 */
static bool
called_alike(const struct kpi_surface *old, const struct kpi_item *o,
    const struct kpi_surface *new, const struct kpi_item *n)
{
	bool macro_o = o->ki_kind == KPI_MACRO;
	bool macro_n = n->ki_kind == KPI_MACRO;

	if (macro_o != macro_n && (!is_callable(o) || !is_callable(n)))
		return (true);
	if ((macro_o || macro_n) && is_variadic(o) != is_variadic(n))
		return (false);
	/* With a function in other kernels, that too. */
	if (macro_o && macro_n && o->ki_types != NULL && n->ki_types != NULL &&
	    !kpi_same_type(old, o->ki_types, new, n->ki_types))
		return (false);
	if (macro_o || macro_n || o->ki_types == NULL || n->ki_types == NULL)
		return (o->ki_nparams == n->ki_nparams);
	return (kpi_same_type(old, o->ki_types, new, n->ki_types));
}

static bool
is_object(const struct kpi_item *i)
{
	return (i->ki_kind == KPI_VARIABLE);
}

static bool
body_differs(const struct kpi_item *o, const struct kpi_item *n)
{
	if (o->ki_body == NULL || n->ki_body == NULL)
		return (false);
	return (!kpi_same_body(o->ki_signature, o->ki_body, n->ki_signature,
	    n->ki_body));
}

/* Was, or is, it a constant that is another now, or none? */
static bool
value_differs(const struct kpi_item *o, const struct kpi_item *n)
{
	if (o->ki_has_value && n->ki_has_value)
		return (o->ki_value != n->ki_value);
	/* The initialiser of an object is its value. */
	return (o->ki_has_value != n->ki_has_value ||
	    (is_object(o) && is_object(n) && body_differs(o, n)));
}

/* The same value in another type compares and shifts otherwise. */
static bool
constant_type_differs(const struct kpi_item *o, const struct kpi_item *n)
{
	return (o->ki_has_value && n->ki_has_value &&
	    o->ki_value == n->ki_value && o->ki_bits > 0 && n->ki_bits > 0 &&
	    (o->ki_bits != n->ki_bits || o->ki_unsigned != n->ki_unsigned));
}

/* The code of two inline functions of equal signatures. */
static void
compare_code(struct kpi_pair *p, const struct kpi_surface *old,
    const struct kpi_item *o, const struct kpi_surface *new,
    const struct kpi_item *n)
{
	char *before = kpi_inline_body(old, o), *after = kpi_inline_body(new,
	    n);

	if (before != NULL && after != NULL && !kpi_same_body(o->ki_signature,
	    before, n->ki_signature, after))
		(void)kpi_pair_add(p, KPI_CLASS_EXPANSION, n, o->ki_name,
		    before, after, KPI_SEEN_DEFINES, new);
	free(before);
	free(after);
}

static void
add_signature(struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_item *n, const struct kpi_surface *new)
{
	struct kpi_change *c = add_texts(p, KPI_CLASS_SIGNATURE, o, n,
	    (o->ki_seen | n->ki_seen) & (KPI_SEEN_CTAGS | KPI_SEEN_DEFINES),
	    new);

	c->ch_nparams_old = o->ki_nparams;
	c->ch_nparams_new = n->ki_nparams;
}

static void
add_kind(struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_item *n, const struct kpi_surface *new)
{
	char *before = item_text(o), *after = item_text(n);
	char *was = kpi_text("%s %s", kpi_kind_name(o->ki_kind), before);
	char *is = kpi_text("%s %s", kpi_kind_name(n->ki_kind), after);

	kpi_pair_add(p, KPI_CLASS_KIND, n, o->ki_name, was, is,
	    (o->ki_seen | n->ki_seen) & (KPI_SEEN_CTAGS | KPI_SEEN_DEFINES),
	    new)->ch_kind = o->ki_kind;
	free(before);
	free(after);
	free(was);
	free(is);
}

static void
add_constant_type(struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_item *n, const struct kpi_surface *new)
{
	char *before = item_text(o), *after = item_text(n);
	char *was = kpi_text("%s, %s%s", before, o->ki_unsigned ? "unsigned " :
	    "", o->ki_bits == 64 ? "long" : "int");
	char *is = kpi_text("%s, %s%s", after, n->ki_unsigned ? "unsigned " :
	    "", n->ki_bits == 64 ? "long" : "int");

	kpi_change_advise(kpi_pair_add(p, KPI_CLASS_EXPANSION, n, o->ki_name,
	    was, is, KPI_SEEN_DEFINES, new), "compile anew; look at "
	    "comparisons and shifts, and at what is printed");
	free(before);
	free(after);
	free(was);
	free(is);
}

/* The same, but in other kernels only. */
static void
add_when(struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_item *n, const struct kpi_surface *new)
{
	char *before = kpi_when_text(o, item_text(o));
	char *after = kpi_when_text(n, item_text(n));
	struct kpi_change *c = kpi_pair_add(p, KPI_CLASS_EXPANSION, n,
	    o->ki_name, before, after, KPI_SEEN_DEFINES, new);

	c->ch_kind = o->ki_kind;
	kpi_change_advise(c, "compile anew, and use it only where it is "
	    "there: that hangs on something else now");
	free(before);
	free(after);
}

/*
 * Two items of one name.  What another class implies is not said again: other
 * parameters come with another text, and so does another kind.
 */
static void
compare_named(struct kpi_pair *p, const struct kpi_surface *old,
    const struct kpi_item *o, const struct kpi_surface *new,
    const struct kpi_item *n)
{
	bool constants = !is_callable(o) && !is_callable(n);

	if (!called_alike(old, o, new, n))
		add_signature(p, o, n, new);
	else if (o->ki_kind != n->ki_kind)
		add_kind(p, o, n, new);
	else if (body_differs(o, n) && !is_object(o) && !(constants &&
	    (o->ki_has_value || n->ki_has_value)))
		add_texts(p, KPI_CLASS_EXPANSION, o, n, KPI_SEEN_DEFINES, new);
	else if (constant_type_differs(o, n))
		add_constant_type(p, o, n, new);
	else if (!kpi_same_when(o, n))
		add_when(p, o, n, new);
	else
		compare_code(p, old, o, new, n);
	if (constants && value_differs(o, n))
		add_texts(p, KPI_CLASS_VALUE, o, n, KPI_SEEN_DEFINES, new);
	kpi_compare_contracts(p, o, n, new);
}

const struct kpi_item *
kpi_counterpart(const struct kpi_surface *su, const struct kpi_item *i)
{
	return (kpi_surface_find(su, kpi_group_of(i->ki_kind), i->ki_name));
}

const struct kpi_item *
kpi_find_any(const struct kpi_surface *su, const char *name)
{
	const struct kpi_item *i = kpi_surface_find(su, KPI_GROUP_NAME, name);

	if (i == NULL)
		i = kpi_surface_find(su, KPI_GROUP_TYPE, name);
	return (i != NULL ? i : kpi_surface_find(su, KPI_GROUP_MEMBER, name));
}

/* What took the place of a name that is gone, or NULL. */
static const struct kpi_item *
taken_by(const struct kpi_surface *new, const char *name)
{
	const struct kpi_successor *s = kpi_successor_of(new, name);

	return (s != NULL ? kpi_find_any(new, s->ks_by) : NULL);
}

/*
 * A name that is gone.  What took its place is compared as if it had kept the
 * name, because a consumer who only replaces it must know what else differs.
 */
static void
compare_gone(struct kpi_pair *p, const struct kpi_item *o,
    const struct kpi_surface *new)
{
	const struct kpi_item *n = taken_by(new, o->ki_name);
	char *before = item_text(o), *after = n != NULL ? item_text(n) : NULL;
	struct kpi_change *c;

	c = kpi_pair_add(p, n != NULL ? KPI_CLASS_RENAMED : KPI_CLASS_REMOVED,
	    n != NULL ? n : o, o->ki_name, before, after, o->ki_seen &
	    (KPI_SEEN_CTAGS | KPI_SEEN_DEFINES | KPI_SEEN_LAYOUT), new);
	c->ch_kind = o->ki_kind;
	if (n != NULL) {
		kpi_change_rename(c, n->ki_name);
		if (is_callable(o) && is_callable(n)) {
			if (!called_alike(p->pa_from, o, new, n))
				add_signature(p, o, n, new);
			kpi_compare_contracts(p, o, n, new);
		}
	}
	free(before);
	free(after);
}

/* Does it only take the place of a name that is gone? */
static bool
is_target(const struct kpi_surface *old, const struct kpi_surface *new,
    const char *name)
{
	for (size_t i = 0; i < new->su_nsuccessors; i++) {
		const struct kpi_successor *s = &new->su_successors[i];

		if (strcmp(s->ks_by, name) == 0 &&
		    kpi_find_any(old, s->ks_name) != NULL &&
		    kpi_find_any(new, s->ks_name) == NULL)
			return (true);
	}
	return (false);
}

static void
compare_added(struct kpi_pair *p, const struct kpi_surface *old,
    const struct kpi_surface *new)
{
	for (size_t i = 0; i < new->su_nitems; i++) {
		const struct kpi_item *n = &new->su_items[i];
		char *after;

		if (n->ki_kind == KPI_MEMBER ||
		    kpi_counterpart(old, n) != NULL ||
		    is_target(old, new, n->ki_name))
			continue;
		after = item_text(n);
		(void)kpi_pair_add(p, KPI_CLASS_ADDED, n, n->ki_name, NULL,
		    after, n->ki_seen & (KPI_SEEN_CTAGS | KPI_SEEN_DEFINES |
		    KPI_SEEN_LAYOUT), new);
		free(after);
	}
}

struct kpi_pair *
kpi_compare(const struct kpi_surface *old, const struct kpi_surface *new)
{
	struct kpi_pair *p = kpi_pair_new(old->su_name, new->su_name);

	p->pa_from = old;
	p->pa_missing = old->su_missing | new->su_missing;
	for (size_t i = 0; i < old->su_nitems; i++) {
		const struct kpi_item *o = &old->su_items[i], *n;

		if (o->ki_kind == KPI_MEMBER)
			continue;
		n = kpi_counterpart(new, o);
		if (n == NULL)
			compare_gone(p, o, new);
		else
			compare_named(p, old, o, new, n);
	}
	compare_added(p, old, new);
	kpi_compare_layouts(p, old, new);
	kpi_compare_advice(p, old, new);
	kpi_pair_sort(p);
	return (p);
}
