/*
 * The stack of conditionals.  Read conditions.h first.
 */
#include "conditions.h"

#include <stdlib.h>
#include <string.h>

#include "evaluate.h"

static enum kpi_truth
least(enum kpi_truth a, enum kpi_truth b)
{
	return (a < b ? a : b);
}

static enum kpi_truth
greatest(enum kpi_truth a, enum kpi_truth b)
{
	return (a > b ? a : b);
}

static enum kpi_truth
not(enum kpi_truth a)
{
	return (KPI_YES - a);
}

enum kpi_truth
kpi_conditions_live(const struct kpi_conditions *co)
{
	enum kpi_truth live = KPI_YES;

	for (unsigned i = 0; i < co->co_depth; i++)
		live = least(live, co->co_stack[i].now);
	return (live);
}

/* A condition as it is asked: what is known of it, else its text. */
struct condition {
	enum kpi_truth	 truth;
	const char	*text;
};

/* Both hold; "" is no condition. */
static const char *
both(struct kpi_surface *su, const char *a, const char *b)
{
	if (*a == '\0' || *b == '\0')
		return (*a == '\0' ? b : a);
	return (kpi_stringf(su, "%s && %s", a, b));
}

/* Is it "defined(X)" and nothing else? */
static bool
is_plain(const char *text)
{
	static const char word[] = "defined(";
	size_t n = sizeof(word) - 1;

	return (strncmp(text, word, n) == 0 &&
	    strcmp(text + strcspn(text, ")"), ")") == 0);
}

static const char *
inverse(struct kpi_surface *su, const char *text)
{
	if (*text == '\0')
		return ("");
	if (*text == '!' && is_plain(text + 1))
		return (text + 1);
	return (kpi_stringf(su, is_plain(text) ? "!%s" : "!(%s)", text));
}

/* The tokens, "defined X" as "defined(X)", white space the same for all. */
static const char *
written(struct kpi_surface *su, const struct kpi_token *tk, size_t n)
{
	const char *text = "";
	bool tight = true;

	for (size_t i = 0; i < n; i++) {
		bool closes = kpi_token_is(&tk[i], ")");
		bool call = i > 0 && kpi_token_is(&tk[i], "(") &&
		    tk[i - 1].tk_kind == KPI_TOKEN_NAME;

		if (!tight && !closes && !call)
			text = kpi_stringf(su, "%s ", text);
		if (kpi_token_is(&tk[i], "defined") && i + 1 < n &&
		    tk[i + 1].tk_kind == KPI_TOKEN_NAME) {
			text = kpi_stringf(su, "%sdefined(%.*s)", text,
			    (int)tk[i + 1].tk_len, tk[i + 1].tk_text);
			i++;
			tight = false;
			continue;
		}
		text = kpi_stringf(su, "%s%.*s", text, (int)tk[i].tk_len,
		    tk[i].tk_text);
		tight = kpi_token_is(&tk[i], "(") || kpi_token_is(&tk[i], "!");
	}
	return (text);
}

static struct condition
expression(struct kpi_surface *su, const struct kpi_token *tk, size_t n)
{
	struct condition c = { kpi_evaluate_condition(tk, n), "" };

	if (c.truth == KPI_MAYBE) {
		c.text = written(su, tk, n);
		/* It may be joined to others. */
		if (strstr(c.text, "||") != NULL)
			c.text = kpi_stringf(su, "(%s)", c.text);
	}
	return (c);
}

/* Of #if, #ifdef and #ifndef; false if it is none. */
static bool
read_condition(struct kpi_surface *su, const struct kpi_token *tk, size_t n,
    struct condition *c)
{
	bool is_not = kpi_token_is(tk, "ifndef");

	if (kpi_token_is(tk, "if")) {
		*c = expression(su, tk + 1, n - 1);
		return (true);
	}
	if (!is_not && !kpi_token_is(tk, "ifdef"))
		return (false);
	*c = (struct condition){ n < 2 ? KPI_MAYBE : kpi_is_defined(&tk[1]),
	    "" };
	if (c->truth == KPI_MAYBE && n > 1)
		c->text = kpi_stringf(su, "%sdefined(%.*s)", is_not ? "!" : "",
		    (int)tk[1].tk_len, tk[1].tk_text);
	if (is_not)
		c->truth = not(c->truth);
	return (true);
}

const char *
kpi_conditions_when(const struct kpi_conditions *co)
{
	const char *text = "";

	for (unsigned i = 0; i < co->co_depth; i++)
		text = both(co->co_su, text, co->co_stack[i].when);
	return (text);
}

static void
push(struct kpi_conditions *co, const struct condition *c,
    const struct kpi_place *place)
{
	if (co->co_depth == KPI_CONDITIONS_MAX)
		kpi_fail(place, "more than %d conditionals within each other",
		    KPI_CONDITIONS_MAX);
	co->co_stack[co->co_depth].taken = c->truth;
	co->co_stack[co->co_depth].now = c->truth;
	co->co_stack[co->co_depth].when = c->text;
	co->co_stack[co->co_depth++].not = inverse(co->co_su, c->text);
}

/* The next branch: compiled if none was before and its own condition holds. */
static void
branch(struct kpi_conditions *co, const struct condition *c)
{
	unsigned top = co->co_depth - 1;
	enum kpi_truth taken = co->co_stack[top].taken;
	const char *none = co->co_stack[top].not;

	co->co_stack[top].now = least(not(taken), c->truth);
	co->co_stack[top].taken = greatest(taken, c->truth);
	co->co_stack[top].when = both(co->co_su, none, c->text);
	co->co_stack[top].not = both(co->co_su, none, inverse(co->co_su,
	    c->text));
}

bool
kpi_conditions_follow(struct kpi_conditions *co, const struct kpi_token *tk,
    size_t n, const struct kpi_place *place)
{
	static const struct condition otherwise = { KPI_YES, "" };
	bool is_else = kpi_token_is(tk, "else");
	bool is_elif = kpi_token_is(tk, "elif");
	bool is_endif = kpi_token_is(tk, "endif");
	struct condition c;

	if ((is_else || is_elif || is_endif) && co->co_depth == 0)
		kpi_fail(place, "#%.*s without #if", (int)tk->tk_len,
		    tk->tk_text);
	if (read_condition(co->co_su, tk, n, &c))
		push(co, &c, place);
	else if (is_elif) {
		c = expression(co->co_su, tk + 1, n - 1);
		branch(co, &c);
	} else if (is_else)
		branch(co, &otherwise);
	else if (is_endif)
		co->co_depth--;
	else
		return (false);
	return (true);
}

void
kpi_conditions_defined(struct kpi_conditions *co, const struct kpi_token *name)
{
	const char *asked = kpi_stringf(co->co_su, "!defined(%.*s)",
	    (int)name->tk_len, name->tk_text);

	for (unsigned i = 0; i < co->co_depth; i++)
		if (strcmp(co->co_stack[i].when, asked) == 0)
			co->co_stack[i].when = "";
}

void
kpi_conditions_sure(struct kpi_conditions *co)
{
	co->co_stack[co->co_depth - 1].taken = KPI_YES;
	co->co_stack[co->co_depth - 1].now = KPI_YES;
	co->co_stack[co->co_depth - 1].when = "";
}

void
kpi_conditions_end(const struct kpi_conditions *co,
    const struct kpi_place *place)
{
	if (co->co_depth > 0)
		kpi_fail(place, "%u #if without #endif", co->co_depth);
}
