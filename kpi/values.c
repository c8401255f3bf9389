/*
 * Values of enumerators, macros and objects, once all headers are read.  The
 * text of an enumerator is kept only where it has no value.
 *
 * Enumerators first and in the order of the headers: the expression of one
 * needs those before it (enums.c), and macros need them all.
 */
#include "evaluate.h"

static void
evaluate(struct kpi_surface *su, struct kpi_item *it)
{
	struct kpi_number number;

	it->ki_has_value = it->ki_nparams < 0 && it->ki_body != NULL &&
	    kpi_evaluate(su, it->ki_body, &number);
	if (!it->ki_has_value)
		return;
	it->ki_value = (int64_t)number.nu_value;
	/* An enumerator is an int, an object has the type it is given. */
	if (it->ki_kind == KPI_MACRO)
		it->ki_bits = number.nu_type.ty_bits;
	it->ki_unsigned = number.nu_type.ty_unsigned;
}

void
kpi_read_values(struct kpi_surface *su)
{
	for (size_t i = 0; i < su->su_nitems; i++) {
		struct kpi_item *it = &su->su_items[i];

		if (it->ki_kind != KPI_CONSTANT)
			continue;
		evaluate(su, it);
		if (it->ki_has_value)
			it->ki_body = NULL;
	}
	for (size_t i = 0; i < su->su_nitems; i++)
		if (su->su_items[i].ki_kind == KPI_MACRO ||
		    su->su_items[i].ki_kind == KPI_VARIABLE)
			evaluate(su, &su->su_items[i]);
}
