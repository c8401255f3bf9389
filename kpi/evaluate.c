/*
 * The parser of constant expressions.  Read evaluate.h first.
 *
 * One parser serves constants, where a name without value ends it, and the
 * conditions of #if, where such a name is unknown and "0 && X" is still 0.
 */
#include "evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "number.h"

#define	DEPTH_MAX	200	/* of parentheses, and of typedefs */

struct parser {
	const struct kpi_surface *su;	/* NULL: a condition */
	const struct kpi_token	*tk, *end;
	unsigned		 depth;
	bool			 failed;
};

static const struct kpi_number unknown = { false, { 32, false }, 0 };

static struct kpi_number ternary(struct parser *);

static bool
next_is(const struct parser *p, const char *text)
{
	return (p->tk < p->end && kpi_token_is(p->tk, text));
}

static bool
accept(struct parser *p, const char *text)
{
	bool is = next_is(p, text);

	p->tk += is;
	return (is);
}

static struct kpi_number
fail(struct parser *p)
{
	p->failed = true;
	p->tk = p->end;
	return (unknown);
}

enum kpi_truth
kpi_is_defined(const struct kpi_token *tk)
{
	static const char *const never[] = { "LOCORE", "_LOCORE",
	    "__ASSEMBLER__", "__cplusplus", "lint", "__lint__" };

	if (kpi_token_is(tk, "_KERNEL"))
		return (KPI_YES);
	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		if (kpi_token_is(tk, never[i]))
			return (KPI_NO);
	return (KPI_MAYBE);
}

static struct kpi_number
number_of(enum kpi_truth truth)
{
	return ((struct kpi_number){ truth != KPI_MAYBE, kpi_int,
	    truth == KPI_YES });
}

/* "defined X" or "defined(X)", behind the word. */
static struct kpi_number
defined(struct parser *p)
{
	bool paren = accept(p, "(");
	const struct kpi_token *name = p->tk;

	if (p->tk == p->end || name->tk_kind != KPI_TOKEN_NAME)
		return (fail(p));
	p->tk++;
	if (paren && !accept(p, ")"))
		return (fail(p));
	return (number_of(kpi_is_defined(name)));
}

/* Past the parentheses of something called, of which nothing is known. */
static void
skip_call(struct parser *p)
{
	unsigned depth = 0;

	if (!next_is(p, "("))
		return;
	do {
		depth += next_is(p, "(");
		depth -= next_is(p, ")");
		p->tk++;
	} while (depth > 0 && p->tk < p->end);
}

/* An int if that holds it, else the first type that does. */
static struct kpi_number
enumerator(int64_t value)
{
	struct kpi_type type = kpi_int;

	if (value > UINT32_MAX || value < INT32_MIN)
		type.ty_bits = 64;
	else if (value > INT32_MAX)
		type.ty_unsigned = true;
	return ((struct kpi_number){ true, type, (uint64_t)value });
}

static struct kpi_number
name(struct parser *p)
{
	const struct kpi_token *tk = p->tk++;
	const struct kpi_item *it;
	char *text;

	if (p->su == NULL) {
		if (kpi_token_is(tk, "defined"))
			return (defined(p));
		skip_call(p);
		return (number_of(kpi_is_defined(tk)));
	}
	text = kpi_tokens_text(tk, 1);
	it = kpi_surface_find(p->su, KPI_GROUP_NAME, text);
	free(text);
	if (it == NULL || it->ki_kind != KPI_CONSTANT || !it->ki_has_value)
		return (fail(p));
	return (enumerator(it->ki_value));
}

/* A type, or the surface's typedef of one. */
static bool
read_type(const struct kpi_surface *su, const struct kpi_token *tk, size_t n,
    unsigned depth, struct kpi_type *type)
{
	const struct kpi_item *it;
	struct kpi_tokens ts;
	char *text;
	bool ok;

	if (n == 0 || tk->tk_kind != KPI_TOKEN_NAME || depth > DEPTH_MAX)
		return (false);
	if (kpi_type_read(tk, n, type))
		return (true);
	if (n != 1 || su == NULL)
		return (false);
	text = kpi_tokens_text(tk, 1);
	it = kpi_surface_find(su, KPI_GROUP_TYPE, text);
	free(text);
	if (it == NULL || it->ki_type == NULL)
		return (false);
	ts = kpi_tokens(it->ki_type, "");
	ok = read_type(su, ts.ts_tokens, ts.ts_ntokens, depth + 1, type);
	kpi_tokens_free(&ts);
	return (ok);
}

/* Is "(type)" next?  Then p is behind it. */
static bool
cast(struct parser *p, struct kpi_type *type)
{
	const struct kpi_token *tk;

	if (!next_is(p, "("))
		return (false);
	for (tk = p->tk + 1; tk < p->end && tk->tk_kind == KPI_TOKEN_NAME; tk++)
		;
	if (tk == p->end || !kpi_token_is(tk, ")") || !read_type(p->su,
	    p->tk + 1, (size_t)(tk - p->tk - 1), 0, type))
		return (false);
	p->tk = tk + 1;
	return (true);
}

static struct kpi_number
unary(struct parser *p)
{
	struct kpi_number n = unknown;
	const struct kpi_token *tk;
	struct kpi_type type;

	if (p->tk == p->end || ++p->depth > DEPTH_MAX)
		return (fail(p));
	tk = p->tk;
	if (cast(p, &type))
		n = kpi_number_cast(unary(p), type);
	else if (accept(p, "(")) {
		n = ternary(p);
		if (!accept(p, ")"))
			n = fail(p);
	} else if (tk->tk_kind == KPI_TOKEN_NAME)
		n = name(p);
	else if (tk->tk_kind == KPI_TOKEN_NUMBER ||
	    tk->tk_kind == KPI_TOKEN_CHAR) {
		p->tk++;
		if (!kpi_number_read(tk, &n))
			n = fail(p);
	} else {
		p->tk++;
		if (tk->tk_kind != KPI_TOKEN_PUNCT ||
		    !kpi_number_unary(tk, unary(p), &n))
			n = fail(p);
	}
	p->depth--;
	return (n);
}

/* How tightly an operator binds; 0: it is no binary operator. */
static unsigned
precedence(const struct parser *p)
{
	static const char *const levels[][5] = {
		{ "||" }, { "&&" }, { "|" }, { "^" }, { "&" }, { "==", "!=" },
		{ "<", ">", "<=", ">=" }, { "<<", ">>" }, { "+", "-" },
		{ "*", "/", "%" },
	};

	for (unsigned i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		for (unsigned j = 0; levels[i][j] != NULL; j++)
			if (next_is(p, levels[i][j]))
				return (i + 1);
	return (0);
}

/* One side may decide alone, whatever is not known of the other. */
static struct kpi_number
logical(bool is_or, struct kpi_number a, struct kpi_number b)
{
	bool decided = (a.nu_known && (a.nu_value != 0) == is_or) ||
	    (b.nu_known && (b.nu_value != 0) == is_or);

	return ((struct kpi_number){ decided || (a.nu_known && b.nu_known),
	    kpi_int, decided ? is_or : !is_or });
}

static struct kpi_number
binary(struct parser *p, unsigned least)
{
	struct kpi_number a = unary(p), b;
	const struct kpi_token *op;
	unsigned level;

	while ((level = precedence(p)) >= least && level > 0) {
		op = p->tk++;
		b = binary(p, level + 1);
		if (kpi_token_is(op, "||") || kpi_token_is(op, "&&"))
			a = logical(op->tk_text[0] == '|', a, b);
		else if (!kpi_number_binary(op, a, b, &a))
			return (fail(p));
	}
	return (a);
}

static struct kpi_number
ternary(struct parser *p)
{
	struct kpi_number test = binary(p, 1), yes, no;
	struct kpi_type type;

	if (!accept(p, "?"))
		return (test);
	yes = ternary(p);
	if (!accept(p, ":"))
		return (fail(p));
	no = ternary(p);
	if (!test.nu_known)
		return (unknown);
	/* Either has the type both have together. */
	type = no.nu_type.ty_bits > yes.nu_type.ty_bits ||
	    (no.nu_type.ty_bits == yes.nu_type.ty_bits &&
	    no.nu_type.ty_unsigned) ? no.nu_type : yes.nu_type;
	return (kpi_number_cast(test.nu_value != 0 ? yes : no, type));
}

static bool
parse(const struct kpi_surface *su, const struct kpi_token *tk, size_t n,
    struct kpi_number *number)
{
	struct parser p = { .su = su, .tk = tk, .end = tk + n };

	*number = ternary(&p);
	return (!p.failed && p.tk == p.end && number->nu_known);
}

enum kpi_truth
kpi_evaluate_condition(const struct kpi_token *tk, size_t n)
{
	struct kpi_number number;

	if (!parse(NULL, tk, n, &number))
		return (KPI_MAYBE);
	return (number.nu_value != 0 ? KPI_YES : KPI_NO);
}

bool
kpi_evaluate(const struct kpi_surface *su, const char *text,
    struct kpi_number *number)
{
	struct kpi_tokens ts = kpi_tokens(text, ""), all = { NULL, 0 };
	bool ok;

	ok = kpi_expand(su, ts.ts_tokens, ts.ts_ntokens, &all) &&
	    all.ts_ntokens > 0 &&
	    parse(su, all.ts_tokens, all.ts_ntokens, number);
	kpi_tokens_free(&all);
	kpi_tokens_free(&ts);
	return (ok);
}
