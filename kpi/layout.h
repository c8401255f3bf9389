/*
 * layout.txt: structures with the place of each member, as pahole or as
 * clang's -fdump-record-layouts says it.
 *
 * A type without a name gives its members to what it is the type of:
 * "plinks.q" are fields beside "plinks"; if the member has no name either, "q"
 * is a field of the structure.
 */
#ifndef KPI_LAYOUT_H
#define	KPI_LAYOUT_H

#include "store.h"

/* Types without a name within each other. */
#define	KPI_LAYOUT_DEPTH	32

struct kpi_field {
	const char	*fi_name;	/* NULL: all of fi_type */
	const char	*fi_type;	/* "struct vm_page_busy" */
	unsigned	 fi_offset, fi_size;	/* bytes; size 0: unknown */
	unsigned	 fi_bit;	/* where a bit field begins there */
	/* The item that describes it, if not RECORD.NAME; else NULL. */
	const char	*fi_origin;
};

struct kpi_record {
	const char	*re_name;	/* without struct or union */
	unsigned	 re_size;	/* bytes */
	unsigned	 re_align;	/* bytes; pahole: 0 if not asked for */
	struct kpi_field *re_fields;
	size_t		 re_nfields;
	bool		 re_absorbed;	/* an unnamed member somewhere */
};

struct kpi_layout {
	struct kpi_surface *la_su;
	struct kpi_record *la_records;
	size_t		 la_nrecords;
	bool		 la_open;	/* the last record is being read */
	bool		 la_clang;	/* else pahole */
	unsigned	 la_depth;	/* of types without a name around */
	/* pahole names such a type at its end: its first field. */
	size_t		 la_first[KPI_LAYOUT_DEPTH];
	/* clang does at its begin: "plinks." */
	const char	*la_prefix[KPI_LAYOUT_DEPTH];
};

/* One line of either, within a record or between two. */
void		kpi_layout_pahole(struct kpi_layout *, char *text,
		    const struct kpi_place *);
void		kpi_layout_clang(struct kpi_layout *, char *text,
		    const struct kpi_place *);
/* clang does not say sizes of fields: they follow from their types. */
void		kpi_layout_sizes(struct kpi_layout *);

/* A record or a field of the last one begins. */
void		kpi_layout_record(struct kpi_layout *, const char *name,
		    size_t len);
void		kpi_layout_field(struct kpi_layout *, const struct kpi_field *);
/* The record of a type such as "struct vm_page", or NULL. */
struct kpi_record *kpi_layout_find(const struct kpi_layout *,
		    const char *type);

#endif /* KPI_LAYOUT_H */
