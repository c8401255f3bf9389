/*
 * When the texts of two macros mean the same.  Read body.h first.
 *
 * Both are written in a normal form, tokens with one space between them and
 * parameters by their place, and the normal forms compared as text.
 */
#include "body.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "token.h"

/* At which token of a list of parameters a name stands, or -1. */
static int
place_of(const struct kpi_tokens *list, const struct kpi_token *name)
{
	const struct kpi_token *p = list->ts_tokens;

	if (name->tk_kind != KPI_TOKEN_NAME)
		return (-1);
	for (size_t i = 0; i < list->ts_ntokens; i++)
		if (p[i].tk_kind == KPI_TOKEN_NAME &&
		    p[i].tk_len == name->tk_len &&
		    memcmp(p[i].tk_text, name->tk_text, name->tk_len) == 0)
			return ((int)i);
	return (-1);
}

/* To be freed. */
static char *
normal(const char *signature, const char *body)
{
	struct kpi_tokens list = kpi_tokens(signature != NULL ? signature :
	    "", "a macro");
	struct kpi_tokens ts = kpi_tokens(body, "a macro");
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (f == NULL)
		err(1, "kpi: no memory for a macro");
	for (size_t i = 0; i < ts.ts_ntokens; i++) {
		const struct kpi_token *t = &ts.ts_tokens[i];
		int place = place_of(&list, t);

		if (place >= 0)
			fprintf(f, " $%d", place);
		else
			fprintf(f, " %.*s", (int)t->tk_len, t->tk_text);
	}
	if (fclose(f) != 0)
		err(1, "kpi: no memory for a macro");
	kpi_tokens_free(&list);
	kpi_tokens_free(&ts);
	return (text);
}

bool
kpi_same_body(const char *signature_a, const char *body_a,
    const char *signature_b, const char *body_b)
{
	char *a = normal(signature_a, body_a), *b = normal(signature_b, body_b);
	bool same = strcmp(a, b) == 0;

	free(a);
	free(b);
	return (same);
}
