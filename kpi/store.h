/*
 * What the readers of a surface share: its items while they are gathered, its
 * strings, its headers, and the lines of its files.  Callers of surface.h need
 * none of it.
 */
#ifndef KPI_STORE_H
#define	KPI_STORE_H

#include <obstack.h>

#include "surface.h"

/* A line of `headers`: the name a consumer includes, and the file. */
struct kpi_header {
	const char	*hd_name;	/* "vm/vm_page.h" */
	const char	*hd_path;	/* as given; relative to where one is */
};

/* From a line of a header on, up to the next: what conditionals make of it. */
struct kpi_region {
	const char	*rg_path;
	unsigned	 rg_line;
	bool		 rg_dead;	/* no consumer compiles it */
	const char	*rg_when;	/* ki_when of what stands here */
};

struct kpi_store {
	struct obstack	st_strings;
	struct kpi_header *st_headers;
	size_t		st_nheaders;
	struct kpi_region *st_regions;	/* by header, then line */
	size_t		st_nregions;
};

/* Where a reader is, for what it complains of. */
struct kpi_place {
	const char	*pl_path;
	unsigned	pl_line;
};

/* Exit with status 2 and "kpi: PATH:LINE: what". */
_Noreturn void	kpi_fail(const struct kpi_place *, const char *format, ...)
		    __attribute__((format(printf, 2, 3)));

/*
 * Memory for n items; or, of an array that got its n - 1 items here one by one,
 * for one more.  Room doubles whenever their number is a power of two.  Does
 * not return without memory.
 */
void		*kpi_grow(void *array, size_t n, size_t size);
/* A string that lives as long as the surface. */
const char	*kpi_string(struct kpi_surface *, const char *text, size_t len);
const char	*kpi_stringf(struct kpi_surface *, const char *format, ...)
		    __attribute__((format(printf, 2, 3)));

/*
 * The item of that group and name, made of that kind if there is none; an old
 * one keeps its kind.  Good until the next is made or dropped.
 */
struct kpi_item	*kpi_item(struct kpi_surface *, enum kpi_kind,
		    const char *name);
/* The item of that group and name, or NULL. */
struct kpi_item	*kpi_item_find(struct kpi_surface *, enum kpi_group,
		    const char *name);
/* The item, or another text of it, stands where this holds. */
void		kpi_item_when(struct kpi_surface *, struct kpi_item *,
		    const char *when);
void		kpi_item_drop(struct kpi_surface *, struct kpi_item *);

/*
 * Hand each line of a file of the surface to a reader, without its newline.
 * False if there is no such file; exits if it cannot be read.
 */
bool		kpi_lines(struct kpi_surface *, const char *file,
		    void (*line)(void *arg, char *text,
		    const struct kpi_place *), void *arg);

/*
 * The readers, in the order they run.  defines knows which macros are live, so
 * tags only adds to those; values needs both; layout drops what is absorbed.
 * Those that return a bool: false if the file is not there.
 */
void		kpi_read_headers(struct kpi_surface *);
void		kpi_read_defines(struct kpi_surface *);
bool		kpi_read_tags(struct kpi_surface *);
void		kpi_read_values(struct kpi_surface *);
bool		kpi_read_layout(struct kpi_surface *);
bool		kpi_read_contract(struct kpi_surface *);
void		kpi_read_successors(struct kpi_surface *);

#endif /* KPI_STORE_H */
