/*
 * A surface: what a consumer sees of one implementation or source tree.
 *
 * It is read from the files that tools/kpi collects in one folder
 * (docs/KPI-CASE.md, section 1), by one reader for each file.  Every reader
 * adds to the items; an item that two readers see is one item.
 *
 * I1  items are sorted by kind group and name once kpi_surface_read() returns;
 *     a pair (group, name) occurs once, the group being macro-or-function, type
 *     or member.
 * I2  strings live as long as the surface.
 */
#ifndef KPI_SURFACE_H
#define	KPI_SURFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kpi_kind {
	KPI_FUNCTION,		/* declared, defined elsewhere */
	KPI_INLINE,		/* static inline in a header */
	KPI_MACRO,		/* with or without parameters */
	KPI_CONSTANT,		/* an enumerator */
	KPI_TYPE,		/* struct, union, enum, typedef */
	KPI_MEMBER,		/* "vm_page.busy_lock" */
};

/* Locks and sleeping of a call, from the contract headers; NULL if unstated. */
struct kpi_contract {
	const char	*kc_object;	/* NONE, READ, WRITE: least mode needed */
	const char	*kc_page;	/* ANY, HELD, FREE: the page lock */
	const char	*kc_sleep;	/* NO, OBJECT, PAGE: see vm_contract.h */
	const char	*kc_checked;	/* CHECKED, DOCUMENTED */
};

struct kpi_item {
	enum kpi_kind	 ki_kind;
	const char	*ki_name;
	const char	*ki_header;	/* "vm/vm_page.h" */
	unsigned	 ki_line;
	const char	*ki_signature;	/* "int (vm_page_t m)", "(m)", or NULL */
	const char	*ki_body;	/* of a macro, spaces collapsed; or NULL */
	bool		 ki_has_value;	/* macro or enumerator is a constant */
	int64_t		 ki_value;
	unsigned	 ki_offset;	/* member: bytes from the start */
	unsigned	 ki_size;	/* member or type: bytes; 0 unknown */
	const char	*ki_type;	/* of a member */
	struct kpi_contract ki_contract;
	unsigned	 ki_seen;	/* KPI_SEEN_*: which tools saw it */
};

#define	KPI_SEEN_CTAGS		0x01
#define	KPI_SEEN_DEFINES	0x02
#define	KPI_SEEN_LAYOUT		0x04
#define	KPI_SEEN_CONTRACT	0x08
#define	KPI_SEEN_ABIDIFF	0x10

/* A line of `successors`. */
struct kpi_successor {
	const char	*ks_name;	/* the old name */
	const char	*ks_by;		/* what took its place, or "-" */
	const char	*ks_advice;	/* what a consumer must do */
};

struct kpi_surface {
	const char	*su_name;	/* "sxbusy", or a tree's path */
	const char	*su_dir;
	struct kpi_item	*su_items;
	size_t		 su_nitems;
	struct kpi_successor *su_successors;
	size_t		 su_nsuccessors;
	unsigned	 su_missing;	/* KPI_SEEN_*: files that are not there */
};

/*
 * Read the surface collected in dir.  headers and tags.json must be there; what
 * else is missing is noted in su_missing.  Exits with one line naming the file
 * and line when one cannot be read.  Free with kpi_surface_free().
 */
struct kpi_surface *kpi_surface_read(const char *dir);
void		kpi_surface_free(struct kpi_surface *);

/* The item, or NULL. */
const struct kpi_item *kpi_surface_find(const struct kpi_surface *,
		    enum kpi_kind, const char *name);

#endif /* KPI_SURFACE_H */
