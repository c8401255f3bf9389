/*
 * Signatures of functions, so written that two can be compared: names of
 * parameters and the spelling of white space are nothing to a caller.
 */
#ifndef KPI_SIGNATURE_H
#define	KPI_SIGNATURE_H

#include "store.h"

/*
 * Set ki_signature, ki_types and ki_nparams from what ctags says: the result
 * ("void *") and the list with its parentheses ("(vm_page_t m,int n)").
 * An array is the pointer it is passed as.
 */
void		kpi_signature(struct kpi_surface *, struct kpi_item *,
		    const char *result, const char *list);

#endif /* KPI_SIGNATURE_H */
