/*
 * Types in a normal form, compared as text.  Read same_type.h first.
 *
 * A type is read as C declares it: what it is made of, then "*", "[]" and
 * lists of parameters, from left to right.  The normal form is no C: it only
 * has to be the same for the same type.
 */
#include "same_type.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "token.h"

#define	DEPTH_MAX	32	/* typedefs of each other */

struct specifiers {
	bool		 is_const, is_volatile;
	bool		 is_unsigned, is_signed;
	unsigned	 nlong;
	const struct kpi_token *word, *tag;	/* "vm_page", "struct" */
	bool		 any;
};

/* Where to write, and whose typedefs are looked at: NULL, nobody's. */
struct writer {
	FILE		*f;
	const struct kpi_surface *su;
	unsigned	 depth;		/* typedefs of typedefs */
};

static void	write_type(struct writer *, const struct kpi_token *, size_t,
		    bool);

static bool
is_ignored(const struct kpi_token *tk)
{
	static const char *const words[] = { "register", "restrict",
	    "__restrict", "__unused", "extern", "static" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (kpi_token_is(tk, words[i]))
			return (true);
	return (false);
}

/* A word that can stand before or behind the others. */
static bool
read_modifier(const struct kpi_token *tk, struct specifiers *s)
{
	if (kpi_token_is(tk, "const"))
		s->is_const = true;
	else if (kpi_token_is(tk, "volatile"))
		s->is_volatile = true;
	else if (kpi_token_is(tk, "unsigned"))
		s->any = s->is_unsigned = true;
	else if (kpi_token_is(tk, "signed"))
		s->any = s->is_signed = true;
	else if (kpi_token_is(tk, "long"))
		s->any = s->nlong++ < 2;
	else
		return (is_ignored(tk));
	return (true);
}

/* The words of a type; how many there are. */
static size_t
read_specifiers(const struct kpi_token *tk, size_t n, struct specifiers *s)
{
	static const char *const tags[] = { "struct", "union", "enum" };
	size_t i;

	for (i = 0; i < n && tk[i].tk_kind == KPI_TOKEN_NAME; i++) {
		if (read_modifier(&tk[i], s))
			continue;
		/* "short int", "int long"; else it is what is declared. */
		if (s->any && kpi_token_is(&tk[i], "int"))
			continue;
		if (s->word != NULL && !kpi_token_is(s->word, "int"))
			break;
		if (s->any && !kpi_token_is(&tk[i], "short") &&
		    !kpi_token_is(&tk[i], "char") &&
		    !kpi_token_is(&tk[i], "double"))
			break;
		for (size_t j = 0; j < sizeof(tags) / sizeof(*tags); j++)
			if (i + 1 < n && kpi_token_is(&tk[i], tags[j]))
				s->tag = &tk[i];
		if (s->tag == &tk[i])
			i++;
		s->word = &tk[i];
		s->any = true;
	}
	return (i);
}

static void
write_specifiers(FILE *f, const struct specifiers *s)
{
	bool is_bool = s->word != NULL && kpi_token_is(s->word, "bool");

	static const char *const longs[] = { "", "long ", "long long " };

	fprintf(f, "%s%s", s->is_const ? "const " : "",
	    s->is_volatile ? "volatile " : "");
	if (s->is_unsigned)
		fputs("unsigned ", f);
	/* A plain char is another type than a signed one. */
	if (s->is_signed && s->word != NULL && kpi_token_is(s->word, "char"))
		fputs("signed ", f);
	fputs(longs[s->nlong < 2 ? s->nlong : 2], f);
	if (s->tag != NULL)
		fprintf(f, "%.*s ", (int)s->tag->tk_len, s->tag->tk_text);
	if (is_bool)
		fputs("_Bool", f);
	else if (s->word != NULL && !kpi_token_is(s->word, "int"))
		fprintf(f, "%.*s", (int)s->word->tk_len, s->word->tk_text);
	else if (s->any && s->nlong == 0)
		fputs("int", f);
}

/*
 * What the headers of C and the system make of these, which are no part of a
 * surface, on the machines that the lab and amd64 are: LP64.
 */
static const char *
system_type(const char *name)
{
	static const char *const types[][2] = {
		{ "int8_t", "signed char" }, { "uint8_t", "unsigned char" },
		{ "int16_t", "short" }, { "uint16_t", "unsigned short" },
		{ "int32_t", "int" }, { "uint32_t", "unsigned" },
		{ "int64_t", "long" }, { "uint64_t", "unsigned long" },
		{ "intptr_t", "long" }, { "uintptr_t", "unsigned long" },
		{ "size_t", "unsigned long" }, { "ssize_t", "long" },
		{ "u_char", "unsigned char" }, { "u_short", "unsigned short" },
		{ "u_int", "unsigned" }, { "u_long", "unsigned long" },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(types[i][0], name) == 0)
			return (types[i][1]);
	return (NULL);
}

/* What a type of that name stands for, NULL if that is not to be had. */
static const char *
stands_for(const struct kpi_surface *su, const char *name)
{
	const struct kpi_item *it = kpi_surface_find(su, KPI_GROUP_TYPE, name);

	if (it == NULL)
		return (system_type(name));
	return (it->ki_type == NULL || strchr(it->ki_type, '{') != NULL ?
	    NULL : it->ki_type);
}

/*
 * What a typedef of the surface stands for, in place of its name.  A qualifier
 * is of what the name means: of the pointer, if it is one.
 */
static bool
write_typedef(struct writer *w, const struct specifiers *s)
{
	struct specifiers inner = { .any = false };
	struct kpi_tokens ts;
	const char *type;
	char *name;

	if (w->su == NULL || s->word == NULL || s->tag != NULL ||
	    w->depth > DEPTH_MAX)
		return (false);
	name = kpi_tokens_text(s->word, 1);
	type = stands_for(w->su, name);
	free(name);
	if (type == NULL)
		return (false);
	ts = kpi_tokens(type, "a type");
	w->depth++;
	if (read_specifiers(ts.ts_tokens, ts.ts_ntokens, &inner) ==
	    ts.ts_ntokens) {
		inner.is_const |= s->is_const;
		inner.is_volatile |= s->is_volatile;
		if (!write_typedef(w, &inner))
			write_specifiers(w->f, &inner);
	} else {
		write_type(w, ts.ts_tokens, ts.ts_ntokens, false);
		fprintf(w->f, "%s%s", s->is_const ? "const" : "",
		    s->is_volatile ? "volatile" : "");
	}
	w->depth--;
	kpi_tokens_free(&ts);
	return (true);
}

/* The index of the ")" of the "(" at i, or n. */
static size_t
closing(const struct kpi_token *tk, size_t n, size_t i)
{
	unsigned depth = 0;

	for (; i < n; i++) {
		depth += kpi_token_is(&tk[i], "(");
		if (kpi_token_is(&tk[i], ")") && --depth == 0)
			return (i);
	}
	return (n);
}

static void
write_parameters(struct writer *w, const struct kpi_token *tk, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		if (kpi_token_is(&tk[i], "("))
			i = closing(tk, n, i);
		else if (kpi_token_is(&tk[i], ",")) {
			write_type(w, tk + from, i - from, true);
			fputs(", ", w->f);
			from = i + 1;
		}
	}
	write_type(w, tk + from, n - from, true);
}

/* Is a "*" among the tokens, outside of parentheses? */
static bool
points(const struct kpi_token *tk, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (kpi_token_is(&tk[i], "*"))
			return (true);
		if (kpi_token_is(&tk[i], "("))
			i = closing(tk, n, i);
	}
	return (false);
}

/* What is behind the words; an array that is a parameter is a pointer. */
static void
write_declarator(struct writer *w, const struct kpi_token *tk, size_t n,
    bool is_parameter)
{
	for (size_t i = 0, end; i < n; i++) {
		const struct kpi_token *t = &tk[i];

		if (kpi_token_is(t, "(")) {
			end = closing(tk, n, i);
			fputs("(", w->f);
			if (i + 1 < end && (kpi_token_is(&tk[i + 1], "*") ||
			    kpi_token_is(&tk[i + 1], "(")))
				write_declarator(w, tk + i + 1, end - i - 1,
				    false);
			else
				write_parameters(w, tk + i + 1, end - i - 1);
			fputs(")", w->f);
			i = end;
			is_parameter = false;
		} else if (kpi_token_is(t, "[") && is_parameter) {
			while (i + 1 < n && !kpi_token_is(&tk[i], "]"))
				i++;
			fputs(i + 1 < n ? "(*)" : "*", w->f);
			is_parameter = false;
		} else if (t->tk_kind != KPI_TOKEN_NAME ||
		    ((kpi_token_is(t, "const") ||
		    kpi_token_is(t, "volatile")) &&
		    (!is_parameter || points(tk + i, n - i))))
			fprintf(w->f, "%.*s", (int)t->tk_len, t->tk_text);
	}
}

static void
write_type(struct writer *w, const struct kpi_token *tk, size_t n,
    bool is_parameter)
{
	struct specifiers s = { .any = false };
	size_t used = read_specifiers(tk, n, &s);
	bool copy = is_parameter;

	for (size_t i = used; i < n; i++)
		if (tk[i].tk_kind == KPI_TOKEN_PUNCT)
			copy = false;
	if (copy)
		s.is_const = s.is_volatile = false;
	if (!write_typedef(w, &s))
		write_specifiers(w->f, &s);
	write_declarator(w, tk + used, n - used, is_parameter);
}

/* To be freed. */
static char *
normal(const struct kpi_surface *su, const char *type)
{
	struct kpi_tokens ts = kpi_tokens(type, "a type");
	char *text = NULL;
	size_t size;
	struct writer w = { open_memstream(&text, &size), su, 0 };

	if (w.f == NULL)
		err(1, "kpi: no memory for a type");
	write_type(&w, ts.ts_tokens, ts.ts_ntokens, false);
	if (fclose(w.f) != 0)
		err(1, "kpi: no memory for a type");
	kpi_tokens_free(&ts);
	return (text);
}

/* Take the lengths of arrays away. */
static void
strip(char *text)
{
	char *to = text;

	for (const char *s = text; *s != '\0'; s++) {
		*to++ = *s;
		if (*s == '[')
			s += strcspn(s, "]") - 1;
	}
	*to = '\0';
}

static bool
same(const struct kpi_surface *su_a, const char *type_a,
    const struct kpi_surface *su_b, const char *type_b)
{
	char *a = normal(su_a, type_a), *b = normal(su_b, type_b);
	bool is_same;

	if (strstr(a, "[]") != NULL || strstr(b, "[]") != NULL) {
		strip(a);
		strip(b);
	}
	is_same = strcmp(a, b) == 0;
	free(a);
	free(b);
	return (is_same);
}

bool
kpi_same_type(const struct kpi_surface *su_a, const char *type_a,
    const struct kpi_surface *su_b, const char *type_b)
{
	return (strcmp(type_a, type_b) == 0 ||
	    same(NULL, type_a, NULL, type_b) ||
	    same(su_a, type_a, su_b, type_b));
}
