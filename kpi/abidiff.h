/*
 * What libabigail's abidiff sees of two shared objects, merged into a pair.
 *
 * Read is the text of
 *
 *	abidiff --no-default-suppression --harmless --leaf-changes-only
 *	    --fail-no-debug-info OLD NEW
 *
 * of libabigail 2.2.  Without --harmless the renamed lock of an object is held
 * to be no change at all; without --leaf-changes-only a structure is hidden in
 * the first function that takes it.
 *
 * A change that another reader found is marked as confirmed: of the same name,
 * or of a member or enumerator in the text about its type.  What abidiff alone
 * saw of an item of a surface is added.  Names that are no item of either are
 * kept apart: pa_internal.
 */
#ifndef KPI_ABIDIFF_H
#define	KPI_ABIDIFF_H

#include "compare.h"

/* Bits of its exit status; 0 is no difference. */
#define	KPI_ABIDIFF_ERROR	0x01
#define	KPI_ABIDIFF_USAGE	0x02
#define	KPI_ABIDIFF_CHANGED	0x04
#define	KPI_ABIDIFF_BROKEN	0x08	/* incompatible */

/*
 * Merge text, which abidiff wrote when it exited with status; path names it in
 * what is complained of.  Exits with status 2 and one line if abidiff failed,
 * or if status says that there are changes and none is understood.  The pair
 * is sorted again.
 */
void	 kpi_abidiff_merge(struct kpi_pair *, const struct kpi_surface *old,
	    const struct kpi_surface *new, const char *text, unsigned status,
	    const char *path);

#endif /* KPI_ABIDIFF_H */
