/*
 * When the texts of two macros mean the same: token by token, white space and
 * the names of parameters left out of account.
 */
#ifndef KPI_BODY_H
#define	KPI_BODY_H

#include <stdbool.h>

/* A signature is "(a, b)", or NULL of a macro without parameters. */
bool	 kpi_same_body(const char *signature_a, const char *body_a,
	    const char *signature_b, const char *body_b);

#endif /* KPI_BODY_H */
