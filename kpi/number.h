/*
 * Integers with a C type, LP64: what evaluate.c computes with.
 */
#ifndef KPI_NUMBER_H
#define	KPI_NUMBER_H

#include "token.h"

#include <stdint.h>

struct kpi_type {
	unsigned	ty_bits;	/* 1 (bool), 8, 16, 32, 64 */
	bool		ty_unsigned;
};

/*
 * I1  value is within the type: sign-extended, or zero-extended if unsigned;
 *     the type is int or wider.
 * I2  not known: of a name nothing is known of, and of what hangs on one.
 */
struct kpi_number {
	bool		nu_known;
	struct kpi_type	nu_type;
	uint64_t	nu_value;
};

extern const struct kpi_type kpi_int;

/* The value in that type, promoted. */
struct kpi_number kpi_number_cast(struct kpi_number, struct kpi_type);

/* A number or character constant.  False if it is no integer, or wide. */
bool		kpi_number_read(const struct kpi_token *, struct kpi_number *);

/*
 * op is one of C's binary operators but && and ||, or of "+", "-", "~", "!".
 * False if there is no such operator, or no such value.
 */
bool		kpi_number_binary(const struct kpi_token *op, struct kpi_number,
		    struct kpi_number, struct kpi_number *result);
bool		kpi_number_unary(const struct kpi_token *op, struct kpi_number,
		    struct kpi_number *result);

/* The type n words name: "unsigned long", "u_int".  False if none does. */
bool		kpi_type_read(const struct kpi_token *, size_t n,
		    struct kpi_type *);

#endif /* KPI_NUMBER_H */
