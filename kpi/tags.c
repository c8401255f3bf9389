/*
 * tags.json: what universal-ctags found in the headers, one object a line.
 *
 * - Macros are defines.c's: it knows which are live.  ctags confirms them.
 * - A type without a name is "__anon" and a hash there.  Its members are those
 *   of what it is the type of: "vm_page.plinks.q" where plinks has a name,
 *   "vm_page.q" where it has none, "foo_t.a" where it has a typedef.  So the
 *   file is read twice, first for the names.
 * - What stands where no consumer compiles is left out; ctags reads every
 *   branch.
 * - A prototype without a result is none: a macro called between declarations.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "signature.h"

#define	ANONYMOUS	"__anon"

struct tag {
	const char	*kind, *name, *path, *scope, *typeref, *signature;
	unsigned	 line;
};

/* What a type without a name is the type of. */
struct anonymous {
	const char	*scope;		/* "vm_page::__anon123" */
	const char	*name;		/* "plinks" */
};

struct reader {
	struct kpi_surface *su;
	struct anonymous *anonymous;
	size_t		 nanonymous;
	void		(*take)(struct reader *, const struct tag *,
			    const struct kpi_place *);
};

static const char *
string_of(json_t *j, const char *field)
{
	return (json_string_value(json_object_get(j, field)));
}

static void
read_line(void *arg, char *text, const struct kpi_place *place)
{
	struct reader *r = arg;
	json_error_t error;
	struct tag tag;
	json_t *j;

	j = json_loads(text, 0, &error);
	if (!json_is_object(j) || string_of(j, "_type") == NULL)
		kpi_fail(place, "no tag of ctags --output-format=json");
	tag = (struct tag){ string_of(j, "kind"), string_of(j, "name"),
	    string_of(j, "path"), string_of(j, "scope"),
	    string_of(j, "typeref"), string_of(j, "signature"),
	    (unsigned)json_integer_value(json_object_get(j, "line")) };
	if (strcmp(string_of(j, "_type"), "tag") == 0) {
		if (tag.kind == NULL || tag.name == NULL || tag.path == NULL)
			kpi_fail(place, "a tag without kind, name or path");
		r->take(r, &tag, place);
	}
	json_decref(j);
}

/* "typename:int" is "int", "struct:vm_page *" is "struct vm_page *". */
static const char *
type_of(struct kpi_surface *su, const char *typeref)
{
	const char *colon = typeref == NULL ? NULL : strchr(typeref, ':');

	if (colon == NULL)
		return (NULL);
	if (strstr(colon, ANONYMOUS) != NULL)
		return (kpi_stringf(su, "%.*s {...}", (int)(colon - typeref),
		    typeref));
	if (strncmp(typeref, "typename:", strlen("typename:")) == 0)
		return (kpi_string(su, colon + 1, strlen(colon + 1)));
	return (kpi_stringf(su, "%.*s %s", (int)(colon - typeref), typeref,
	    colon + 1));
}

/* First reading: members and typedefs whose type has no name. */
static void
take_anonymous(struct reader *r, const struct tag *tag,
    const struct kpi_place *place)
{
	const char *scope = tag->typeref == NULL ? NULL :
	    strchr(tag->typeref, ':');

	(void)place;
	if (scope == NULL || strstr(scope, ANONYMOUS) == NULL ||
	    (strcmp(tag->kind, "member") != 0 &&
	    strcmp(tag->kind, "typedef") != 0))
		return;
	r->anonymous = kpi_grow(r->anonymous, r->nanonymous + 1,
	    sizeof(*r->anonymous));
	scope++;
	r->anonymous[r->nanonymous++] = (struct anonymous){
	    kpi_string(r->su, scope, strcspn(scope, " *[")),
	    kpi_string(r->su, tag->name, strlen(tag->name)) };
}

static const char *
name_of_anonymous(const struct reader *r, const char *scope, size_t len)
{
	for (size_t i = 0; i < r->nanonymous; i++)
		if (strlen(r->anonymous[i].scope) == len &&
		    strncmp(r->anonymous[i].scope, scope, len) == 0)
			return (r->anonymous[i].name);
	return (NULL);
}

/*
 * The structure that a scope's members belong to, with a dot at its end:
 * "vm_page::__anon1" is "vm_page.plinks.".  A named type within another is one
 * by itself.  "" if nothing has that type.
 */
static const char *
owner(const struct reader *r, const char *scope)
{
	const char *path = "", *at = scope, *name;
	size_t len;

	for (;; at += len + 2) {
		len = strcspn(at, ":");
		name = name_of_anonymous(r, scope, (size_t)(at + len - scope));
		if (strncmp(at, ANONYMOUS, strlen(ANONYMOUS)) != 0)
			path = kpi_stringf(r->su, "%.*s.", (int)len, at);
		else if (name != NULL)
			path = kpi_stringf(r->su, "%s%s.", path, name);
		if (at[len] == '\0')
			return (path);
	}
}

static const struct kpi_header *
header_of(const struct reader *r, const char *path)
{
	const struct kpi_store *st = r->su->su_store;

	for (size_t i = 0; i < st->st_nheaders; i++)
		if (strcmp(st->st_headers[i].hd_path, path) == 0)
			return (&st->st_headers[i]);
	return (NULL);
}

/* What conditionals make of the place of a tag; NULL if there are none. */
static const struct kpi_region *
region_of(const struct reader *r, const struct tag *tag)
{
	const struct kpi_store *st = r->su->su_store;
	const struct kpi_region *found = NULL;

	for (size_t i = 0; i < st->st_nregions; i++)
		if (st->st_regions[i].rg_line <= tag->line &&
		    strcmp(st->st_regions[i].rg_path, tag->path) == 0)
			found = &st->st_regions[i];
	return (found);
}

static const struct {
	const char	*ctags;
	enum kpi_kind	 kind;
} kinds[] = {
	{ "prototype", KPI_FUNCTION },
	{ "function", KPI_INLINE },
	{ "externvar", KPI_VARIABLE },
	{ "enumerator", KPI_CONSTANT },
	{ "struct", KPI_TYPE },
	{ "union", KPI_TYPE },
	{ "enum", KPI_TYPE },
	{ "typedef", KPI_TYPE },
	{ "member", KPI_MEMBER },
};

static struct kpi_item *
item_of(struct reader *r, const struct tag *tag)
{
	const char *name = tag->name;
	struct kpi_item *it;
	const char *of;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(tag->kind, kinds[i].ctags) != 0)
			continue;
		if (kinds[i].kind == KPI_MEMBER) {
			of = tag->scope == NULL ? "" : owner(r, tag->scope);
			if (*of == '\0')
				return (NULL);
			name = kpi_stringf(r->su, "%s%s", of, name);
		}
		it = kpi_item(r->su, kinds[i].kind, name);
		/* A prototype of what is defined inline, before or behind. */
		if (kinds[i].kind == KPI_INLINE && it->ki_kind == KPI_FUNCTION)
			it->ki_kind = KPI_INLINE;
		return (it);
	}
	return (NULL);
}

/*
 * The first one counts, unless both are there in some kernels only: then both
 * do, as two texts of a macro.
 */
static void
add_signature(struct reader *r, struct kpi_item *it, const char *result,
    const struct tag *tag)
{
	struct kpi_item was = *it;

	if (it->ki_signature != NULL && *it->ki_when == '\0')
		return;
	kpi_signature(r->su, it, result, tag->signature);
	if (was.ki_signature == NULL)
		return;
	if (strstr(was.ki_types, it->ki_types) != NULL) {
		it->ki_signature = was.ki_signature;
		it->ki_types = was.ki_types;
	} else {
		it->ki_signature = kpi_stringf(r->su, "%s #else %s",
		    was.ki_signature, it->ki_signature);
		it->ki_types = kpi_stringf(r->su, "%s #else %s",
		    was.ki_types, it->ki_types);
	}
	it->ki_nparams = was.ki_nparams;
}

/* Some kernels have a macro, and others a function, of that name. */
static void
add_function(struct reader *r, struct kpi_item *macro, const char *result,
    const struct tag *tag)
{
	struct kpi_item function = *macro;

	if (*macro->ki_when == '\0' || macro->ki_types != NULL ||
	    strcmp(tag->kind, "macro") == 0)
		return;
	kpi_signature(r->su, &function, result, tag->signature);
	macro->ki_types = function.ki_types;
}

/*
 * What only a text gives a meaning is an item if defines.c made it one: a macro
 * that is called between declarations looks like a variable to ctags.
 */
static bool
is_confirmed(const struct tag *tag)
{
	return (strcmp(tag->kind, "macro") == 0 ||
	    strcmp(tag->kind, "variable") == 0);
}

/* Second reading: the items. */
static void
take_item(struct reader *r, const struct tag *tag,
    const struct kpi_place *place)
{
	const struct kpi_header *h = header_of(r, tag->path);
	const struct kpi_region *rg = region_of(r, tag);
	const char *type = type_of(r->su, tag->typeref);
	struct kpi_item *it;

	if (h == NULL)
		kpi_fail(place, "%s is none of headers; run tools/kpi-surface "
		    "again", tag->path);
	if (strncmp(tag->name, ANONYMOUS, strlen(ANONYMOUS)) == 0 ||
	    (strcmp(tag->kind, "prototype") == 0 && type == NULL) ||
	    (rg != NULL && rg->rg_dead))
		return;
	it = is_confirmed(tag) ? kpi_item_find(r->su, KPI_GROUP_NAME,
	    tag->name) : item_of(r, tag);
	if (it == NULL)
		return;
	if (it->ki_kind == KPI_TYPE && it->ki_tag == NULL)
		it->ki_tag = kpi_string(r->su, tag->kind, strlen(tag->kind));
	it->ki_seen |= KPI_SEEN_CTAGS;
	/* The first one counts; a macro hides what has its name. */
	if (it->ki_header == NULL) {
		it->ki_header = h->hd_name;
		it->ki_line = tag->line;
	}
	if (it->ki_kind == KPI_MACRO) {
		if (rg != NULL && tag->signature != NULL)
			add_function(r, it, type == NULL ? "int" : type, tag);
		return;
	}
	kpi_item_when(r->su, it, rg != NULL ? rg->rg_when : "");
	if (kpi_group_of(it->ki_kind) == KPI_GROUP_NAME &&
	    tag->signature != NULL)
		add_signature(r, it, type == NULL ? "int" : type, tag);
	else if (it->ki_kind != KPI_CONSTANT && it->ki_signature == NULL &&
	    it->ki_type == NULL)
		it->ki_type = type;
}

bool
kpi_read_tags(struct kpi_surface *su)
{
	struct reader r = { .su = su, .take = take_anonymous };
	bool there = kpi_lines(su, "tags.json", read_line, &r);

	r.take = take_item;
	there = there && kpi_lines(su, "tags.json", read_line, &r);
	free(r.anonymous);
	return (there);
}
