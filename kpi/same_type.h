/*
 * When two types, written as a header or pahole has them, are one type to C.
 *
 * - "unsigned" is "unsigned int", "long int" is "long", "char const" is "const
 *   char".
 * - Names of parameters are nothing, at any depth: "int (*)(int a)" is
 *   "int (*)(int)".  Nor is a qualifier of a parameter itself, which is a copy.
 * - An array without a length, or whose length was no number, may have any.
 *
 * - "bool" is "_Bool", and a typedef of the surface is what it stands for,
 *   where that is written out on one side only: "p_t" is "struct p *".  Where
 *   both name the typedef, that it stands for another type is its own change.
 *   Those of <stdint.h> and <sys/types.h> are known: "uint8_t" is "unsigned
 *   char".
 */
#ifndef KPI_SAME_TYPE_H
#define	KPI_SAME_TYPE_H

#include "surface.h"

/*
 * "const char *", "int[4]", "unsigned:3", "int (vm_page_t, int)", each of the
 * surface whose typedefs it is written with; NULL: of none.
 */
bool	kpi_same_type(const struct kpi_surface *, const char *,
	    const struct kpi_surface *, const char *);

#endif /* KPI_SAME_TYPE_H */
