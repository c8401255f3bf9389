/*
 * A parameter's type is what is left without its name.  Read signature.h
 * first.
 *
 * The name is the word that is no part of the type: "m" in "vm_page_t m" and
 * "unsigned m"; none in "vm_page_t", "struct vm_page" and "const char *".  Of
 * a pointer to a function it is the one behind "(*".
 */
#include "signature.h"

#include <string.h>

#include "token.h"

static bool
is_one_of(const struct kpi_token *tk, const char *const *words)
{
	for (; *words != NULL; words++)
		if (kpi_token_is(tk, *words))
			return (true);
	return (false);
}

static const char *const qualifiers[] = { "const", "volatile", "register",
    "restrict", "__restrict", "__unused", NULL };
static const char *const tags[] = { "struct", "union", "enum", NULL };
static const char *const builtin[] = { "void", "char", "short", "int", "long",
    "signed", "unsigned", "float", "double", "_Bool", NULL };

/* The index of the parameter's name among its tokens; n if it has none. */
static size_t
name_of(const struct kpi_token *tk, size_t n)
{
	bool type = false;

	for (size_t i = 0; i < n; i++) {
		if (kpi_token_is(&tk[i], "(") && i + 2 < n &&
		    kpi_token_is(&tk[i + 1], "*"))
			return (tk[i + 2].tk_kind == KPI_TOKEN_NAME ? i + 2 :
			    n);
		if (tk[i].tk_kind != KPI_TOKEN_NAME ||
		    is_one_of(&tk[i], qualifiers))
			continue;
		if (is_one_of(&tk[i], tags))
			i++;
		else if (!is_one_of(&tk[i], builtin) && type)
			return (i);
		type = true;
	}
	return (n);
}

/* Append the tokens, words parted by one space, "*" set off from a word. */
static const char *
append(struct kpi_surface *su, const char *text, const struct kpi_token *tk)
{
	size_t len = strlen(text);
	char last = len == 0 ? '(' : text[len - 1];
	bool apart = tk->tk_kind == KPI_TOKEN_NAME || kpi_token_is(tk, "*") ||
	    (kpi_token_is(tk, "(") && tk->tk_space);

	return (kpi_stringf(su, "%s%s%.*s", text, apart && last != '(' &&
	    last != '*' && last != ' ' ? " " : "", (int)tk->tk_len,
	    tk->tk_text));
}

/* One parameter appended as it is. */
static const char *
append_parameter(struct kpi_surface *su, const char *text,
    const struct kpi_token *tk, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text = append(su, text, &tk[i]);
	return (text);
}

/* Its type: no name, no storage class, and an array is a pointer: "(*)[2]". */
static const char *
append_type(struct kpi_surface *su, const char *text,
    const struct kpi_token *tk, size_t n)
{
	size_t name = name_of(tk, n);
	bool array = false;
	size_t end;

	for (size_t i = 0; i < n; i++) {
		if (i == name || kpi_token_is(&tk[i], "register") ||
		    kpi_token_is(&tk[i], "__unused"))
			continue;
		/* Behind parentheses it is what is pointed to. */
		array |= kpi_token_is(&tk[i], "(");
		if (array || !kpi_token_is(&tk[i], "[")) {
			text = append(su, text, &tk[i]);
			continue;
		}
		array = true;
		for (end = i; end + 1 < n && !kpi_token_is(&tk[end], "]");)
			end++;
		text = kpi_stringf(su, end + 1 < n ? "%s%s(*)" : "%s%s*",
		    text, text[strlen(text) - 1] == '*' ? "" : " ");
		i = end;
	}
	return (text);
}

/* Tokens of a parameter: up to a comma that is in no parentheses. */
static size_t
parameter_length(const struct kpi_token *tk, size_t n)
{
	unsigned depth = 0;
	size_t i;

	for (i = 0; i < n && (depth > 0 || !kpi_token_is(&tk[i], ",")); i++) {
		depth += kpi_token_is(&tk[i], "(");
		depth -= depth > 0 && kpi_token_is(&tk[i], ")");
	}
	return (i);
}

/* "int (vm_page_t m)"; a "*" at the end of the result needs no space. */
static const char *
with_result(struct kpi_surface *su, const char *result, const char *list)
{
	size_t len = strlen(result);

	return (kpi_stringf(su, "%s%s(%s)", result,
	    len > 0 && result[len - 1] == '*' ? "" : " ", list));
}

void
kpi_signature(struct kpi_surface *su, struct kpi_item *it, const char *result,
    const char *list)
{
	struct kpi_tokens ts = kpi_tokens(list, it->ki_header);
	const struct kpi_token *tk = ts.ts_tokens + 1;
	/* Without the parentheses around. */
	size_t n = ts.ts_ntokens < 2 ? 0 : ts.ts_ntokens - 2, len;
	const char *names = "", *types = "";

	it->ki_nparams = 0;
	if (n == 1 && kpi_token_is(tk, "void"))
		names = types = "void";
	else
		for (size_t i = 0; i < n; i += len + 1) {
			const char *comma = it->ki_nparams++ == 0 ? "" : ", ";

			len = parameter_length(tk + i, n - i);
			names = kpi_stringf(su, "%s%s", names, comma);
			names = append_parameter(su, names, tk + i, len);
			types = kpi_stringf(su, "%s%s", types, comma);
			types = append_type(su, types, tk + i, len);
		}
	it->ki_signature = with_result(su, result, names);
	it->ki_types = with_result(su, result, types);
	kpi_tokens_free(&ts);
}
