/*
 * Arithmetic of integers with a C type.  Read number.h first.
 *
 * All is computed in 64 bits without sign, which is the same modulo 2^64, and
 * cut to the type; only division, right shift and order look at the sign.
 */
#include "number.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const struct kpi_type kpi_int = { 32, false };

static uint64_t
cut(uint64_t v, struct kpi_type t)
{
	uint64_t mask, sign;

	if (t.ty_bits == 64)
		return (v);
	mask = (1ull << t.ty_bits) - 1;
	sign = 1ull << (t.ty_bits - 1);
	v &= mask;
	return (!t.ty_unsigned && (v & sign) != 0 ? v | ~mask : v);
}

struct kpi_number
kpi_number_cast(struct kpi_number n, struct kpi_type t)
{
	n.nu_value = t.ty_bits == 1 ? n.nu_value != 0 : cut(n.nu_value, t);
	n.nu_type = t.ty_bits < 32 ? kpi_int : t;
	return (n);
}

static struct kpi_number
truth(bool known, bool value)
{
	return ((struct kpi_number){ known, kpi_int, value });
}

/* The usual arithmetic conversions. */
static struct kpi_type
common(struct kpi_type a, struct kpi_type b)
{
	if (a.ty_bits != b.ty_bits)
		return (a.ty_bits > b.ty_bits ? a : b);
	return (a.ty_unsigned ? a : b);
}

static bool
divide(char op, uint64_t a, uint64_t b, struct kpi_type t, uint64_t *r)
{
	int64_t sa = (int64_t)a, sb = (int64_t)b;

	if (b == 0 || (!t.ty_unsigned && sa == INT64_MIN && sb == -1))
		return (false);
	if (t.ty_unsigned)
		*r = op == '/' ? a / b : a % b;
	else
		*r = (uint64_t)(op == '/' ? sa / sb : sa % sb);
	return (true);
}

/* The result has the type of what is shifted. */
static bool
shift(bool left, struct kpi_number a, struct kpi_number b,
    struct kpi_number *r)
{
	struct kpi_type t = a.nu_type;
	uint64_t v;

	if (b.nu_value >= t.ty_bits)
		return (false);
	if (left)
		v = a.nu_value << b.nu_value;
	else if (t.ty_unsigned)
		v = a.nu_value >> b.nu_value;
	else
		v = (uint64_t)((int64_t)a.nu_value >> b.nu_value);
	*r = (struct kpi_number){ true, t, cut(v, t) };
	return (true);
}

static bool
is_order(const struct kpi_token *op)
{
	static const char *const order[] = { "<", ">", "<=", ">=", "==",
	    "!=" };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (kpi_token_is(op, order[i]))
			return (true);
	return (false);
}

static struct kpi_number
compare(const struct kpi_token *op, uint64_t a, uint64_t b, struct kpi_type t)
{
	bool less = t.ty_unsigned ? a < b : (int64_t)a < (int64_t)b;
	bool equal = a == b, or_equal = op->tk_len == 2;

	switch (op->tk_text[0]) {
	case '<':
		return (truth(true, less || (or_equal && equal)));
	case '>':
		return (truth(true, equal ? or_equal : !less));
	case '=':
		return (truth(true, equal));
	default:
		return (truth(true, !equal));
	}
}

static bool
compute(const struct kpi_token *op, uint64_t a, uint64_t b, struct kpi_type t,
    uint64_t *r)
{
	if (op->tk_len != 1)
		return (false);
	switch (op->tk_text[0]) {
	case '+':
		*r = a + b;
		break;
	case '-':
		*r = a - b;
		break;
	case '*':
		*r = a * b;
		break;
	case '&':
		*r = a & b;
		break;
	case '|':
		*r = a | b;
		break;
	case '^':
		*r = a ^ b;
		break;
	case '/':
	case '%':
		return (divide(op->tk_text[0], a, b, t, r));
	default:
		return (false);
	}
	return (true);
}

bool
kpi_number_binary(const struct kpi_token *op, struct kpi_number a,
    struct kpi_number b, struct kpi_number *result)
{
	struct kpi_type t = common(a.nu_type, b.nu_type);
	uint64_t r;

	*result = truth(false, false);
	if (!a.nu_known || !b.nu_known)
		return (true);
	if (kpi_token_is(op, "<<") || kpi_token_is(op, ">>"))
		return (shift(op->tk_text[0] == '<', a, b, result));
	a = kpi_number_cast(a, t);
	b = kpi_number_cast(b, t);
	if (is_order(op))
		*result = compare(op, a.nu_value, b.nu_value, t);
	else if (compute(op, a.nu_value, b.nu_value, t, &r))
		*result = (struct kpi_number){ true, t, cut(r, t) };
	else
		return (false);
	return (true);
}

bool
kpi_number_unary(const struct kpi_token *op, struct kpi_number a,
    struct kpi_number *result)
{
	*result = a;
	if (kpi_token_is(op, "!"))
		*result = truth(a.nu_known, a.nu_value == 0);
	else if (kpi_token_is(op, "-"))
		result->nu_value = cut(-a.nu_value, a.nu_type);
	else if (kpi_token_is(op, "~"))
		result->nu_value = cut(~a.nu_value, a.nu_type);
	else
		return (kpi_token_is(op, "+"));
	return (true);
}
