/*
 * Macros as the headers define them.
 *
 * - A continuation joins lines, a comment is a space, and runs of white space
 *   are one.  What is inside a string is nobody's macro.
 * - Conditionals: conditions.h says which branches count.  What is left out is
 *   as if it were not there.
 * - The same name again with another text, in another branch or header: the
 *   item has the bodies of both, joined by " #else ", in the order of the
 *   headers.  It has no value then (evaluate.h).
 * - What a name hangs on is kept in ki_when, and for what ctags sees where each
 *   condition begins (struct kpi_region).
 * - #undef of a name of the same header, in a branch that is certainly
 *   compiled, takes the item away; any other #undef says nothing certain.
 * - An include guard is no macro: defined empty by the second directive of a
 *   header whose first is an #ifndef of it.
 */
#ifndef KPI_DEFINES_H
#define	KPI_DEFINES_H

#include "store.h"
#include "token.h"

/*
 * Add the macros of a header to the surface.  Directives, and what they leave
 * out, become KPI_TOKEN_DEAD: what is left is the C that a consumer sees.
 * Exits with status 2, path and line where a directive makes no sense.
 */
void		kpi_defines(struct kpi_surface *, const struct kpi_header *,
		    struct kpi_tokens *);

/*
 * Add the enumerators of what is left, and the objects it initialises.  ki_body
 * is the expression that gives the value; values.c has what becomes of it.
 */
void		kpi_enums(struct kpi_surface *, const struct kpi_header *,
		    const struct kpi_tokens *);
void		kpi_objects(struct kpi_surface *, const struct kpi_header *,
		    const struct kpi_tokens *);

#endif /* KPI_DEFINES_H */
