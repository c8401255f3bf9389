/*
 * Objects that a header initialises, "static const int pages = 4;": whoever
 * includes it has compiled the initialiser in.
 */
#include <stdlib.h>
#include <string.h>

#include "defines.h"

/* Is what is declared here a name, and not a word such as __unused? */
static bool
is_name(const struct kpi_token *tk)
{
	return (tk->tk_kind == KPI_TOKEN_NAME &&
	    (tk->tk_len < 2 || memcmp(tk->tk_text, "__", 2) != 0));
}

/* The last name before the "=", outside of brackets; NULL if there is none. */
static const struct kpi_token *
declared(const struct kpi_token *tk, size_t n)
{
	const struct kpi_token *found = NULL;
	unsigned depth = 0;

	for (size_t i = 0; i < n; i++) {
		depth += kpi_token_is(&tk[i], "[") ||
		    kpi_token_is(&tk[i], "(") || kpi_token_is(&tk[i], "{");
		depth -= kpi_token_is(&tk[i], "]") ||
		    kpi_token_is(&tk[i], ")") || kpi_token_is(&tk[i], "}");
		if (depth == 0 && is_name(&tk[i]))
			found = &tk[i];
	}
	return (found);
}

/* "= 4" of a declaration of n tokens; what stands twice is kept twice. */
static void
add_object(struct kpi_surface *su, const struct kpi_header *h,
    const struct kpi_token *tk, size_t equals, size_t n)
{
	const struct kpi_token *name = declared(tk, equals);
	char *text = kpi_tokens_text(&tk[equals + 1], n - equals - 1);
	struct kpi_item *it;
	char *word;

	if (name != NULL) {
		word = kpi_tokens_text(name, 1);
		it = kpi_item(su, KPI_VARIABLE, word);
		free(word);
		if (it->ki_kind == KPI_VARIABLE) {
			it->ki_body = it->ki_body == NULL ? kpi_stringf(su,
			    "%s", text) : kpi_stringf(su, "%s #else %s",
			    it->ki_body, text);
			it->ki_header = h->hd_name;
			it->ki_line = name->tk_line;
			it->ki_seen |= KPI_SEEN_DEFINES;
		}
	}
	free(text);
}

void
kpi_objects(struct kpi_surface *su, const struct kpi_header *h,
    const struct kpi_tokens *live)
{
	const struct kpi_token *tk = live->ts_tokens;
	size_t first = 0, equals = 0, n = live->ts_ntokens;
	int depth = 0;

	for (size_t i = 0; i < n; i++) {
		depth += kpi_token_is(&tk[i], "{") ||
		    kpi_token_is(&tk[i], "(") || kpi_token_is(&tk[i], "[");
		depth -= kpi_token_is(&tk[i], "}") ||
		    kpi_token_is(&tk[i], ")") || kpi_token_is(&tk[i], "]");
		if (depth != 0)
			continue;
		if (equals == 0 && kpi_token_is(&tk[i], "="))
			equals = i;
		if (kpi_token_is(&tk[i], ";") && equals > first)
			add_object(su, h, &tk[first], equals - first,
			    i - first);
		/* A function has none: it is before what is declared next. */
		if (kpi_token_is(&tk[i], ";")) {
			first = i + 1;
			equals = 0;
		}
	}
}
