/*
 * Integer constant expressions, as a compiler for LP64 computes them.
 *
 * Macros of the surface are expanded, with arguments; enumerators have their
 * values; operators have C's precedence and types: int, unsigned, long and
 * unsigned long, by the usual conversions.  Known to a cast are C's integer
 * types, those of <stdint.h> and <sys/types.h>, and the surface's typedefs of
 * them.
 *
 * No value, rather than a guess: a name that is none of these, a call, sizeof,
 * a string, # or ##, a floating or wide constant, a comma, an assignment, a
 * division by zero, a shift beyond the width, a macro within itself, and a
 * macro that two branches define differently.
 */
#ifndef KPI_EVALUATE_H
#define	KPI_EVALUATE_H

#include "conditions.h"
#include "number.h"

/*
 * The value of text in the surface.  True, and *number is set; false if it has
 * none.
 */
bool		kpi_evaluate(const struct kpi_surface *, const char *text,
		    struct kpi_number *number);

/* The expression of an #if or #elif; nothing of the surface is looked at. */
enum kpi_truth	kpi_evaluate_condition(const struct kpi_token *, size_t n);

/* The name of an #ifdef: conditions.h says what is known. */
enum kpi_truth	kpi_is_defined(const struct kpi_token *);

/*
 * Tokens with every macro of the surface in them expanded, appended to out.
 * False if arguments do not fit or it grows without reason.
 */
bool		kpi_expand(const struct kpi_surface *, const struct kpi_token *,
		    size_t n, struct kpi_tokens *out);

#endif /* KPI_EVALUATE_H */
