/*
 * What differs between two surfaces.
 *
 * I1  A name of a group (surface.h) has at most one change of a class; it
 *     may have changes of several classes.
 * I2  The target of a rename is not reported as added.
 * I3  A type that is gone or new stands for its members.
 * I4  Changes are sorted by class, kind and name once kpi_compare() returns,
 *     and again after kpi_abidiff_merge().
 *
 * A class says what differs, never whether it matters: that is rule.h's.  Two
 * things are no change: the spelling of a constant whose value and type stay,
 * and names of parameters.
 */
#ifndef KPI_COMPARE_H
#define	KPI_COMPARE_H

#include "surface.h"

enum kpi_class {
	KPI_CLASS_REMOVED,
	KPI_CLASS_RENAMED,
	KPI_CLASS_SIGNATURE,
	KPI_CLASS_STRICTER,	/* semantics: more is asked of a caller */
	KPI_CLASS_RELAXED,	/* less is */
	KPI_CLASS_OTHER,	/* both, or what cannot be ordered */
	KPI_CLASS_VALUE,
	KPI_CLASS_LAYOUT,
	KPI_CLASS_KIND,
	KPI_CLASS_EXPANSION,
	KPI_CLASS_ADDED,
	KPI_CLASSES
};

/* "removed", .., "semantics_stricter", ..: columns of kpi_verdicts.tsv. */
extern const char *const kpi_class_names[KPI_CLASSES];

struct kpi_change {
	enum kpi_class	 ch_class;
	enum kpi_kind	 ch_kind;	/* of the old item; new if added */
	char		*ch_name;	/* the old name; the new if added */
	char		*ch_to;		/* of a rename, else NULL */
	char		*ch_before;	/* NULL: there was nothing */
	char		*ch_after;	/* NULL: nothing is left */
	char		*ch_header;	/* where it is, or was if it is gone */
	unsigned	 ch_line;
	unsigned	 ch_seen_by;	/* KPI_SEEN_*: who sees the change */
	int		 ch_nparams_old;	/* of class signature */
	int		 ch_nparams_new;	/* -1: none, not even () */
	char		*ch_must;	/* what a consumer must do */
};

/* Names, to be owned by what holds it. */
struct kpi_names {
	char		**nm_names;
	size_t		  nm_n;
};

struct kpi_pair {
	char		*pa_old, *pa_new;	/* su_name of each */
	const struct kpi_surface *pa_from;	/* the old one, or NULL */
	struct kpi_change *pa_changes;
	size_t		 pa_nchanges;
	unsigned	 pa_count[KPI_CLASSES];
	unsigned	 pa_missing;	/* KPI_SEEN_*: a side lacks it, so that
					   what it would show is not compared */
	struct kpi_names pa_advice;	/* lines of the new surface's
					   successors, "NAME: ADVICE", about
					   names that stay and of which nothing
					   is seen to differ */
	struct kpi_names pa_unstated;	/* locks stated on one side only */
	bool		 pa_abidiff;	/* merged, see abidiff.h */
	unsigned	 pa_abidiff_status;
	struct kpi_names pa_internal;	/* abidiff saw; items of no surface */
};

/* Compare; or a pair without changes.  Never fails; kpi_pair_free() it. */
struct kpi_pair	*kpi_compare(const struct kpi_surface *old,
		    const struct kpi_surface *new);
struct kpi_pair	*kpi_pair_new(const char *old, const char *new);
void		 kpi_pair_free(struct kpi_pair *);

/*
 * For what adds to a pair.  A change takes its kind, header and line from at;
 * what a consumer must do comes from the new surface's successors if they
 * speak of the item, else from the rule.  before and after are copied, and may
 * be NULL.
 */
struct kpi_change *kpi_pair_add(struct kpi_pair *, enum kpi_class,
		    const struct kpi_item *at, const char *name,
		    const char *before, const char *after, unsigned seen_by,
		    const struct kpi_surface *new);
/* Say what a consumer must do, unless a successor's line did. */
void		 kpi_change_advise(struct kpi_change *, const char *must);
/* Say that `to' took the place, and advise to use it. */
void		 kpi_change_rename(struct kpi_change *, const char *to);
void		 kpi_pair_sort(struct kpi_pair *);
void		 kpi_names_add(struct kpi_names *, const char *name, size_t n);

/* The new surface's line about a name, or NULL.  advice.c */
const struct kpi_successor *kpi_successor_of(const struct kpi_surface *new,
		    const char *name);
/*
 * The same, if it is about the step between the two: a line that the old
 * surface has too is about an earlier one, unless the name is gone now, or the
 * old surface, and not the new one, still has another that its own lines name a
 * successor of.
 */
const struct kpi_successor *kpi_advice_on(const struct kpi_surface *old,
		    const struct kpi_surface *new, const char *name);

/* The item of the same group and name in another surface, or NULL. */
const struct kpi_item *kpi_counterpart(const struct kpi_surface *,
		    const struct kpi_item *);
/* The item of any kind that goes by this name, or NULL. */
const struct kpi_item *kpi_find_any(const struct kpi_surface *,
		    const char *name);

/* printf() into memory to be freed, or exit. */
char		*kpi_text(const char *format, ...)
		    __attribute__((format(printf, 1, 2)));

/* Parts of kpi_compare(). */

/* Is what they hang on the same? */
bool		 kpi_same_when(const struct kpi_item *,
		    const struct kpi_item *);
/* "TEXT if defined(SMP)", to be freed; the text is freed. */
char		*kpi_when_text(const struct kpi_item *, char *text);

/* Locks and sleeping of two items: changes of the old.  semantics.c */
void		 kpi_compare_contracts(struct kpi_pair *,
		    const struct kpi_item *old, const struct kpi_item *new,
		    const struct kpi_surface *);
/* "object WRITE, page FREE, sleeps NO", to be freed; NULL if unstated. */
char		*kpi_contract_text(const struct kpi_contract *);
/*
 * The code of an inline function, "{ return (1); }", to be freed; NULL of
 * anything else, and of a surface without headers.  inline_body.c
 */
char		*kpi_inline_body(const struct kpi_surface *,
		    const struct kpi_item *);
/* What is written of names that stay, and nobody sees: pa_advice.  advice.c */
void		 kpi_compare_advice(struct kpi_pair *,
		    const struct kpi_surface *old,
		    const struct kpi_surface *new);
/* Sizes, offsets and members, of all types.  layout_diff.c */
void		 kpi_compare_layouts(struct kpi_pair *,
		    const struct kpi_surface *old,
		    const struct kpi_surface *new);

#endif /* KPI_COMPARE_H */
