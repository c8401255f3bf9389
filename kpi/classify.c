/*
 * The class of a diagnostic, from the identifier it is about (classify.h).
 *
 * Compilers word one mistake in many ways and the ways change with releases; a
 * name does not.  Words decide only what no name can: whether a call has the
 * wrong number of arguments, and whether a name is unknown.  Each word below
 * stands in the messages of gcc 4.9 to 14 and clang 3.4 to 18.
 */
#include <stdlib.h>
#include <string.h>

#include "classify.h"

#define	NITEMS(a)	(sizeof(a) / sizeof((a)[0]))

const char *const kpi_diag_class_names[KPI_DIAG_CLASSES] = {
	[KPI_DIAG_OBJECT_LOCK] = "object_lock",
	[KPI_DIAG_INCLUDE] = "include",
	[KPI_DIAG_BUSY] = "busy",
	[KPI_DIAG_FLAGS] = "flags",
	[KPI_DIAG_ARITY] = "arity",
	[KPI_DIAG_OTHER] = "other",
};

/* Names by how they begin. */
static const struct {
	const char	*pr_begin;
	enum kpi_diag_class pr_class;
} prefixes[] = {
	{ "VM_OBJECT_", KPI_DIAG_OBJECT_LOCK },
	{ "vm_page_wakeup", KPI_DIAG_BUSY },
	{ "vm_page_flash", KPI_DIAG_BUSY },
	{ "vm_page_sleep", KPI_DIAG_BUSY },
	{ "vm_page_io_", KPI_DIAG_BUSY },
	{ "VPB_", KPI_DIAG_BUSY },
	{ "VPO_", KPI_DIAG_FLAGS },
	{ "VM_ALLOC_", KPI_DIAG_FLAGS },
	{ "OBJ_", KPI_DIAG_FLAGS },
	{ "PG_", KPI_DIAG_FLAGS },
	{ "PGA_", KPI_DIAG_FLAGS },
	{ "PQ_", KPI_DIAG_FLAGS },
};

/* What <sys/rwlock.h>, <sys/mutex.h> and <sys/sx.h> declare. */
static const char *const primitives[] = {
	"rw_", "_rw_", "__rw_", "RW_", "RA_", "mtx_", "_mtx_", "__mtx_",
	"MTX_", "MA_", "sx_", "_sx_", "__sx_", "SX_", "SA_", "rwlock",
};

/* Members that are the object's lock, the page's busy state, its flags. */
static const struct {
	const char	*me_type;	/* as quoted in the message */
	const char	*me_name;
	enum kpi_diag_class me_class;
} members[] = {
	{ "struct vm_object", "mtx", KPI_DIAG_OBJECT_LOCK },
	{ "struct vm_object", "lock", KPI_DIAG_OBJECT_LOCK },
	{ "struct vm_page", "busy", KPI_DIAG_BUSY },
	{ "struct vm_page", "busy_lock", KPI_DIAG_BUSY },
	{ "struct vm_page", "oflags", KPI_DIAG_FLAGS },
	{ "struct vm_page", "aflags", KPI_DIAG_FLAGS },
	{ "struct vm_page", "flags", KPI_DIAG_FLAGS },
};

static int
begins(const char *name, const char *with)
{
	return (strncmp(name, with, strlen(with)) == 0);
}

static int
is_primitive(const char *name)
{
	for (size_t i = 0; i < NITEMS(primitives); i++)
		if (begins(name, primitives[i]))
			return (1);
	return (0);
}

/*
 * "too many arguments", "requires 2 arguments", "single argument 'm' was not
 * specified"; neither "argument 1 of" nor those of a format string.
 */
int
kpi_diag_is_arity(const char *text)
{
	return ((strstr(text, "arguments") != NULL ||
	    strstr(text, "single argument") != NULL) &&
	    strstr(text, "format") == NULL &&
	    strstr(text, "data arguments") == NULL);
}

int
kpi_diag_unknown(const char *text)
{
	static const char *const words[] = {
		"undeclared", "implicit declaration", "unknown type",
		"undefined", "incomplete",
	};

	for (size_t i = 0; i < NITEMS(words); i++)
		if (strstr(text, words[i]) != NULL)
			return (1);
	return (0);
}

static enum kpi_diag_class
by_name(const char *name)
{
	for (size_t i = 0; i < NITEMS(prefixes); i++)
		if (begins(name, prefixes[i].pr_begin))
			return (prefixes[i].pr_class);
	return (begins(name, "vm_page_") && strstr(name, "busy") != NULL ?
	    KPI_DIAG_BUSY : KPI_DIAG_OTHER);
}

int
kpi_diag_known(const char *name)
{
	return (by_name(name) != KPI_DIAG_OTHER || is_primitive(name));
}

static int
compare(const void *name, const void *element)
{
	return (strcmp(name, *(char *const *)element));
}

static int
is_header(const char *name)
{
	size_t len = strlen(name);

	return (len > 2 && strcmp(name + len - 2, ".h") == 0);
}

enum kpi_diag_class
kpi_diag_classify(const char *text, const char *name, char *const *declared,
    size_t n)
{
	if (kpi_diag_is_arity(text))
		return (KPI_DIAG_ARITY);
	if (is_header(name))
		return (KPI_DIAG_INCLUDE);
	if (kpi_diag_unknown(text) && (is_primitive(name) || (n > 0 &&
	    bsearch(name, declared, n, sizeof(declared[0]), compare) != NULL)))
		return (KPI_DIAG_INCLUDE);
	for (size_t i = 0; i < NITEMS(members); i++)
		if (strcmp(name, members[i].me_name) == 0 &&
		    strstr(text, members[i].me_type) != NULL)
			return (members[i].me_class);
	return (by_name(name));
}
