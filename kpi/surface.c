/*
 * A surface from its folder: the readers run one after the other.  Read
 * surface.h for what they make, store.h for how.
 */
#include "surface.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store.h"

#define	obstack_chunk_alloc	malloc
#define	obstack_chunk_free	free

enum kpi_group
kpi_group_of(enum kpi_kind kind)
{
	return (kind == KPI_TYPE ? KPI_GROUP_TYPE :
	    kind == KPI_MEMBER ? KPI_GROUP_MEMBER : KPI_GROUP_NAME);
}

const char *
kpi_whole_of(const struct kpi_surface *su, const char *type)
{
	/* A part may have parts; none is its own. */
	for (size_t i = 0; i < su->su_nparts; i++)
		if (strcmp(su->su_parts[i].pt_name, type) == 0)
			return (kpi_whole_of(su, su->su_parts[i].pt_of));
	return (type);
}

const char *const kpi_seer_names[KPI_SEERS] = { "ctags", "defines", "layout",
    "contract", "abidiff", "successors" };

const char *
kpi_kind_name(enum kpi_kind kind)
{
	static const char *const names[] = {
		[KPI_FUNCTION] = "function",
		[KPI_INLINE] = "inline",
		[KPI_MACRO] = "macro",
		[KPI_CONSTANT] = "constant",
		[KPI_VARIABLE] = "variable",
		[KPI_TYPE] = "type",
		[KPI_MEMBER] = "member",
	};

	return (names[kind]);
}

int
kpi_item_compare(const struct kpi_item *a, const struct kpi_item *b)
{
	int by_group = (int)kpi_group_of(a->ki_kind) -
	    (int)kpi_group_of(b->ki_kind);

	return (by_group != 0 ? by_group : strcmp(a->ki_name, b->ki_name));
}

static int
compare(const void *a, const void *b)
{
	return (kpi_item_compare(a, b));
}

const struct kpi_item *
kpi_surface_find(const struct kpi_surface *su, enum kpi_group group,
    const char *name)
{
	return (kpi_item_find((struct kpi_surface *)(uintptr_t)su, group,
	    name));
}

/* The path without slashes at its end. */
static const char *
copy_dir(struct kpi_surface *su, const char *dir)
{
	size_t len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	return (kpi_string(su, dir, len));
}

static struct kpi_surface *
make_surface(const char *dir)
{
	struct kpi_surface *su = kpi_grow(NULL, 1, sizeof(*su));
	const char *slash;

	*su = (struct kpi_surface){ .su_items = NULL };
	su->su_store = kpi_grow(NULL, 1, sizeof(*su->su_store));
	*su->su_store = (struct kpi_store){ .st_headers = NULL };
	obstack_init(&su->su_store->st_strings);
	su->su_dir = copy_dir(su, dir);
	slash = strrchr(su->su_dir, '/');
	su->su_name = slash == NULL ? su->su_dir : slash + 1;
	return (su);
}

struct kpi_surface *
kpi_surface_read(const char *dir)
{
	struct kpi_surface *su;
	struct stat st;

	if (stat(dir, &st) != 0)
		err(2, "%s", dir);
	if (!S_ISDIR(st.st_mode))
		errx(2, "%s is no folder; tools/kpi-surface makes one", dir);
	su = make_surface(dir);
	kpi_read_headers(su);
	kpi_read_defines(su);
	if (!kpi_read_tags(su))
		errx(2, "%s/tags.json is not there; tools/kpi-surface makes it",
		    su->su_dir);
	kpi_read_values(su);
	if (!kpi_read_layout(su))
		su->su_missing |= KPI_SEEN_LAYOUT;
	if (!kpi_read_contract(su))
		su->su_missing |= KPI_SEEN_CONTRACT;
	kpi_read_successors(su);
	if (access(kpi_stringf(su, "%s/kpi.so", su->su_dir), R_OK) != 0)
		su->su_missing |= KPI_SEEN_ABIDIFF;
	if (su->su_nitems > 0)
		qsort(su->su_items, su->su_nitems, sizeof(*su->su_items),
		    compare);
	return (su);
}

void
kpi_surface_free(struct kpi_surface *su)
{
	obstack_free(&su->su_store->st_strings, NULL);
	free(su->su_store->st_headers);
	free(su->su_store->st_regions);
	free(su->su_store);
	free(su->su_items);
	free(su->su_successors);
	free(su->su_parts);
	free(su);
}
