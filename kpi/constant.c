/*
 * Constants and names of types as a C source has them.  Read number.h first.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

static const struct {
	const char	*name;
	struct kpi_type	 type;
} types[] = {
	{ "_Bool", { 1, true } }, { "bool", { 1, true } },
	{ "int8_t", { 8, false } }, { "uint8_t", { 8, true } },
	{ "int16_t", { 16, false } }, { "uint16_t", { 16, true } },
	{ "int32_t", { 32, false } }, { "uint32_t", { 32, true } },
	{ "int64_t", { 64, false } }, { "uint64_t", { 64, true } },
	{ "intptr_t", { 64, false } }, { "uintptr_t", { 64, true } },
	{ "intmax_t", { 64, false } }, { "uintmax_t", { 64, true } },
	{ "ssize_t", { 64, false } }, { "size_t", { 64, true } },
	{ "ptrdiff_t", { 64, false } }, { "off_t", { 64, false } },
	{ "u_char", { 8, true } }, { "u_short", { 16, true } },
	{ "u_int", { 32, true } }, { "u_long", { 64, true } },
	{ "u_int8_t", { 8, true } }, { "u_int16_t", { 16, true } },
	{ "u_int32_t", { 32, true } }, { "u_int64_t", { 64, true } },
};

static bool
type_named(const struct kpi_token *tk, struct kpi_type *type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (kpi_token_is(tk, types[i].name)) {
			*type = types[i].type;
			return (true);
		}
	return (false);
}

bool
kpi_type_read(const struct kpi_token *tk, size_t n, struct kpi_type *type)
{
	bool is_unsigned = false, known = false;
	unsigned bits = 32;

	if (n == 1 && type_named(tk, type))
		return (true);
	for (size_t i = 0; i < n; i++) {
		if (kpi_token_is(&tk[i], "const") ||
		    kpi_token_is(&tk[i], "volatile"))
			continue;
		known = true;
		if (kpi_token_is(&tk[i], "unsigned"))
			is_unsigned = true;
		else if (kpi_token_is(&tk[i], "long"))
			bits = 64;
		else if (kpi_token_is(&tk[i], "short"))
			bits = 16;
		else if (kpi_token_is(&tk[i], "char"))
			bits = 8;
		else if (!kpi_token_is(&tk[i], "int") &&
		    !kpi_token_is(&tk[i], "signed"))
			return (false);
	}
	*type = (struct kpi_type){ bits, is_unsigned };
	return (known);
}

/* What stands behind the digits: u, l, ul, ll, ... in either case. */
static bool
read_suffix(const char *s, size_t n, bool *is_unsigned, bool *is_long)
{
	unsigned nu = 0, nl = 0;

	for (size_t i = 0; i < n; i++) {
		nu += s[i] == 'u' || s[i] == 'U';
		nl += s[i] == 'l' || s[i] == 'L';
	}
	*is_unsigned = nu > 0;
	*is_long = nl > 0;
	return (nu + nl == n && nu <= 1 && nl <= 2);
}

static bool
read_integer(const struct kpi_token *tk, struct kpi_number *number)
{
	bool is_unsigned, is_long, decimal = tk->tk_text[0] != '0';
	char text[64], *end;
	uint64_t v;

	if (tk->tk_len >= sizeof(text))
		return (false);
	memcpy(text, tk->tk_text, tk->tk_len);
	text[tk->tk_len] = '\0';
	errno = 0;
	v = strtoull(text, &end, 0);
	if (errno != 0 || end == text ||
	    !read_suffix(end, strlen(end), &is_unsigned, &is_long))
		return (false);
	/* The first type it fits in; a decimal one is unsigned on request. */
	is_long |= v > UINT32_MAX || (decimal && !is_unsigned && v > INT32_MAX);
	is_unsigned |= v > (is_long ? INT64_MAX : INT32_MAX);
	*number = (struct kpi_number){ true,
	    { is_long ? 64 : 32, is_unsigned }, v };
	return (true);
}

/* 'a', '\n', '\0', '\x1f', '\177'; a char is signed. */
static bool
read_character(const struct kpi_token *tk, struct kpi_number *number)
{
	static const char letters[] = "abfnrtv\\'\"?";
	static const char means[] = "\a\b\f\n\r\t\v\\'\"?";
	const char *s = tk->tk_text + 1, *letter, *digits;
	size_t n = tk->tk_len < 2 ? 0 : tk->tk_len - 2;
	long v;
	char *end;

	if (n == 0 || s[n] != '\'')
		return (false);
	if (n == 1)
		v = s[0];
	else if (s[0] != '\\')
		return (false);
	else if (n == 2 && (letter = strchr(letters, s[1])) != NULL)
		v = means[letter - letters];
	else {
		digits = s + (s[1] == 'x' ? 2 : 1);
		v = strtol(digits, &end, s[1] == 'x' ? 16 : 8);
		if (!isxdigit((unsigned char)*digits) || end != s + n ||
		    v > 0xff)
			return (false);
	}
	*number = kpi_number_cast((struct kpi_number){ true, kpi_int,
	    (uint64_t)v }, (struct kpi_type){ 8, false });
	return (true);
}

bool
kpi_number_read(const struct kpi_token *tk, struct kpi_number *number)
{
	return (tk->tk_kind == KPI_TOKEN_CHAR ? read_character(tk, number) :
	    read_integer(tk, number));
}
