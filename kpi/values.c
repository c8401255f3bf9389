/*
 * Values of enumerators and macros, once all headers are read.
 *
 * Enumerators first and in the order of the headers: the expression of one
 * needs those before it (enums.c), and macros need them all.
 */
#include "evaluate.h"

static void
evaluate(struct kpi_surface *su, struct kpi_item *it)
{
	it->ki_has_value = it->ki_nparams < 0 && it->ki_body != NULL &&
	    kpi_evaluate(su, it->ki_body, &it->ki_value);
}

void
kpi_read_values(struct kpi_surface *su)
{
	for (size_t i = 0; i < su->su_nitems; i++) {
		struct kpi_item *it = &su->su_items[i];

		if (it->ki_kind != KPI_CONSTANT)
			continue;
		evaluate(su, it);
		it->ki_body = NULL;
	}
	for (size_t i = 0; i < su->su_nitems; i++)
		if (su->su_items[i].ki_kind == KPI_MACRO)
			evaluate(su, &su->su_items[i]);
}
