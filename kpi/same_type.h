/*
 * When two types, written as a header or pahole has them, are one type to C.
 *
 * - "unsigned" is "unsigned int", "long int" is "long", "char const" is "const
 *   char".
 * - Names of parameters are nothing, at any depth: "int (*)(int a)" is
 *   "int (*)(int)".  Nor is a qualifier of a parameter itself, which is a copy.
 * - An array without a length, or whose length was no number, may have any.
 *
 * A typedef is a type by itself here: what it stands for is not looked at.
 */
#ifndef KPI_SAME_TYPE_H
#define	KPI_SAME_TYPE_H

#include <stdbool.h>

/* "const char *", "int[4]", "unsigned:3", "int (vm_page_t, int)". */
bool	kpi_same_type(const char *, const char *);

#endif /* KPI_SAME_TYPE_H */
