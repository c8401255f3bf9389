/*
 * Macro expansion within the macros of a surface.
 *
 * A macro that is being expanded is not expanded again in what it gives, so
 * that recursion ends, as C has it.  Tokens point into the bodies of items and
 * into the text given.
 */
#include <stdlib.h>
#include <string.h>

#include "evaluate.h"

#define	TOKENS_MAX	10000	/* of an expression: beyond is no constant */

/* The macros being expanded, innermost first. */
struct active {
	const struct kpi_item	*macro;
	const struct active	*outer;
};

/* Arguments of a call: the tokens between the commas. */
struct arguments {
	struct kpi_tokens	*ar_args;
	size_t			 ar_nargs;
};

static bool	expand(const struct kpi_surface *, const struct kpi_token *,
		    size_t, const struct active *, struct kpi_tokens *);

static const struct kpi_item *
macro_of(const struct kpi_surface *su, const struct kpi_token *tk,
    const struct active *active)
{
	const struct kpi_item *it;
	char *name;

	if (tk->tk_kind != KPI_TOKEN_NAME)
		return (NULL);
	name = kpi_tokens_text(tk, 1);
	it = kpi_surface_find(su, KPI_GROUP_NAME, name);
	free(name);
	if (it == NULL || it->ki_kind != KPI_MACRO)
		return (NULL);
	for (; active != NULL; active = active->outer)
		if (active->macro == it)
			return (NULL);
	return (it);
}

static void
add_argument(struct arguments *a)
{
	a->ar_args = kpi_grow(a->ar_args, a->ar_nargs + 1,
	    sizeof(*a->ar_args));
	a->ar_args[a->ar_nargs++] = (struct kpi_tokens){ NULL, 0 };
}

/*
 * The arguments from "(" on; returns the number of tokens up to and with ")",
 * or 0 if there is none.
 */
static size_t
read_arguments(const struct kpi_token *tk, size_t n, struct arguments *a)
{
	unsigned depth = 0;

	for (size_t i = 0; i < n; i++) {
		if (kpi_token_is(&tk[i], ")") && --depth == 0)
			return (i + 1);
		if (depth == 0 || (depth == 1 && kpi_token_is(&tk[i], ",")))
			add_argument(a);
		else
			kpi_tokens_add(&a->ar_args[a->ar_nargs - 1], &tk[i]);
		depth += kpi_token_is(&tk[i], "(");
	}
	return (0);
}

/* Which parameter a token of the body is; nparams if none. */
static int
parameter(const struct kpi_item *macro, const struct kpi_token *tk)
{
	struct kpi_tokens ts = kpi_tokens(macro->ki_signature, "");
	int at = 0;

	for (size_t i = 0; i < ts.ts_ntokens && at < macro->ki_nparams; i++) {
		const struct kpi_token *p = &ts.ts_tokens[i];

		if (p->tk_kind != KPI_TOKEN_NAME)
			continue;
		if (p->tk_len == tk->tk_len &&
		    strncmp(p->tk_text, tk->tk_text, p->tk_len) == 0)
			break;
		at++;
	}
	kpi_tokens_free(&ts);
	return (at);
}

/* The body of a macro with its arguments, expanded themselves, put in. */
static bool
substitute(const struct kpi_surface *su, const struct kpi_item *macro,
    const struct arguments *a, const struct active *active,
    struct kpi_tokens *out)
{
	struct kpi_tokens body = kpi_tokens(macro->ki_body, "");
	bool ok = true;

	for (size_t i = 0; ok && i < body.ts_ntokens; i++) {
		const struct kpi_token *tk = &body.ts_tokens[i];
		int at = macro->ki_nparams;

		if (at > 0 && tk->tk_kind == KPI_TOKEN_NAME)
			at = parameter(macro, tk);
		if (at < macro->ki_nparams)
			ok = expand(su, a->ar_args[at].ts_tokens,
			    a->ar_args[at].ts_ntokens, active, out);
		else
			kpi_tokens_add(out, tk);
	}
	kpi_tokens_free(&body);
	return (ok);
}

/*
 * Expand the macro named by tk[0]; *used is how many tokens that took.  A
 * macro with parameters that is not called is a name like any other.
 */
static bool
expand_one(const struct kpi_surface *su, const struct kpi_item *macro,
    const struct kpi_token *tk, size_t n, const struct active *active,
    struct kpi_tokens *out, size_t *used)
{
	struct active inner = { macro, active };
	struct kpi_tokens body = { NULL, 0 };
	struct arguments a = { NULL, 0 };
	bool ok = true;

	*used = 1;
	if (macro->ki_nparams >= 0) {
		if (n < 2 || !kpi_token_is(&tk[1], "(")) {
			kpi_tokens_add(out, tk);
			return (true);
		}
		*used += read_arguments(tk + 1, n - 1, &a);
		/* F() has one argument, an empty one, or none. */
		ok = *used > 1 && (macro->ki_nparams == (int)a.ar_nargs ||
		    (macro->ki_nparams == 0 && a.ar_nargs == 1 &&
		    a.ar_args[0].ts_ntokens == 0));
	}
	ok = ok && substitute(su, macro, &a, active, &body) &&
	    expand(su, body.ts_tokens, body.ts_ntokens, &inner, out);
	kpi_tokens_free(&body);
	for (size_t i = 0; i < a.ar_nargs; i++)
		kpi_tokens_free(&a.ar_args[i]);
	free(a.ar_args);
	return (ok);
}

static bool
expand(const struct kpi_surface *su, const struct kpi_token *tk, size_t n,
    const struct active *active, struct kpi_tokens *out)
{
	size_t used;

	for (size_t i = 0; i < n; i += used) {
		const struct kpi_item *macro = macro_of(su, &tk[i], active);

		used = 1;
		if (out->ts_ntokens > TOKENS_MAX)
			return (false);
		if (macro == NULL)
			kpi_tokens_add(out, &tk[i]);
		else if (!expand_one(su, macro, &tk[i], n - i, active, out,
		    &used))
			return (false);
	}
	return (true);
}

bool
kpi_expand(const struct kpi_surface *su, const struct kpi_token *tk, size_t n,
    struct kpi_tokens *out)
{
	return (expand(su, tk, n, NULL, out));
}
