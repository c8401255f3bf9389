/*
 * Enumerators and the expressions that give their values: ctags has only the
 * names.  An enumerator without "=" is one more than the one before it.
 */
#include <stdlib.h>
#include <string.h>

#include "defines.h"

/* Tokens from "=" to the "," or "}" that ends an enumerator. */
static size_t
expression_length(const struct kpi_token *tk, size_t n)
{
	unsigned depth = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (depth == 0 && (kpi_token_is(&tk[i], ",") ||
		    kpi_token_is(&tk[i], "}")))
			break;
		depth += kpi_token_is(&tk[i], "(");
		depth -= depth > 0 && kpi_token_is(&tk[i], ")");
	}
	return (i);
}

/* The token behind "__attribute__((...))" at i, or i. */
static size_t
skip_attribute(const struct kpi_token *tk, size_t n, size_t i)
{
	unsigned depth = 0;

	while (i < n && (kpi_token_is(&tk[i], "__attribute__") ||
	    kpi_token_is(&tk[i], "__packed")))
		for (i++; i < n && (depth > 0 || kpi_token_is(&tk[i], "("));
		    i++) {
			depth += kpi_token_is(&tk[i], "(");
			depth -= kpi_token_is(&tk[i], ")");
			if (depth == 0) {
				i++;
				break;
			}
		}
	return (i);
}

/* The "{" of the list of the enum behind token i, or n. */
static size_t
list_of(const struct kpi_token *tk, size_t n, size_t i)
{
	i = skip_attribute(tk, n, i);
	if (i < n && tk[i].tk_kind == KPI_TOKEN_NAME)
		i = skip_attribute(tk, n, i + 1);
	/* The type it is kept in. */
	if (i < n && kpi_token_is(&tk[i], ":"))
		for (i++; i < n && tk[i].tk_kind == KPI_TOKEN_NAME; i++)
			;
	return (i < n && kpi_token_is(&tk[i], "{") ? i : n);
}

static void
add_enumerator(struct kpi_surface *su, const struct kpi_header *h,
    const struct kpi_token *name, const char *expression)
{
	char *text = kpi_tokens_text(name, 1);
	struct kpi_item *it = kpi_item(su, KPI_CONSTANT, text);

	free(text);
	if (it->ki_kind != KPI_CONSTANT || it->ki_seen != 0)
		return;		/* a macro hides it */
	it->ki_header = h->hd_name;
	it->ki_line = name->tk_line;
	it->ki_seen = KPI_SEEN_DEFINES;
	it->ki_body = expression;
}

/* The list behind the "{" of an enum; returns how many tokens it is. */
static size_t
read_list(struct kpi_surface *su, const struct kpi_header *h,
    const struct kpi_token *tk, size_t n)
{
	const char *next = "0";
	size_t i = 0, len;
	char *text;

	while (i < n && tk[i].tk_kind == KPI_TOKEN_NAME) {
		const struct kpi_token *name = &tk[i++];

		i = skip_attribute(tk, n, i);
		if (i < n && kpi_token_is(&tk[i], "=")) {
			i++;
			len = expression_length(&tk[i], n - i);
			text = kpi_tokens_text(&tk[i], len);
			next = kpi_string(su, text, strlen(text));
			free(text);
			i += len;
		}
		add_enumerator(su, h, name, next);
		next = kpi_stringf(su, "%.*s + 1", (int)name->tk_len,
		    name->tk_text);
		if (i < n && kpi_token_is(&tk[i], ","))
			i++;
	}
	return (i);
}

void
kpi_enums(struct kpi_surface *su, const struct kpi_header *h,
    const struct kpi_tokens *live)
{
	const struct kpi_token *tk = live->ts_tokens;
	size_t n = live->ts_ntokens;

	for (size_t i = 0; i < n; i++) {
		size_t brace = kpi_token_is(&tk[i], "enum") ?
		    list_of(tk, n, i + 1) : n;

		if (brace < n)
			i = brace + read_list(su, h, &tk[brace + 1],
			    n - brace - 1);
	}
}
