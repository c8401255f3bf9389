/*
 * Which identifier a diagnostic is about (classify.h).
 *
 * In this order: what the message quotes; a name it mentions without quotes that
 * a class knows (#error, a failed static assertion); what the source has at the
 * place, or the function called there.  A note comes first where the arguments
 * are wrong, because clang then names the function in the note alone.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "classify.h"

#define	REACH	4096	/* bytes a call's '(' may stand before an argument */

static bool
is_word(char c)
{
	return (isalnum((unsigned char)c) || c == '_');
}

/* The length of the identifier at s, 0 if none begins there. */
static size_t
identifier(const char *s)
{
	size_t n = 0;

	if (isdigit((unsigned char)*s))
		return (0);
	while (is_word(s[n]))
		n++;
	return (n);
}

/* A word of the language, or the name of a type: says nothing of a call. */
static bool
is_type(const char *s, size_t n)
{
	static const char *const words[] = {
		"void", "int", "char", "short", "long", "unsigned", "signed",
		"float", "double", "const", "volatile", "struct", "union",
		"enum", "static", "inline", "extern", "return", "if", "while",
		"for", "switch", "sizeof", "bool", "_Bool", "_Static_assert",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && strncmp(words[i], s, n) == 0)
			return (true);
	return (n > 2 && strncmp(s + n - 2, "_t", 2) == 0);
}

/*
 * The next thing quoted in *s, which is moved behind it: its length, and where
 * it begins in *begin; 0 if there is none.
 */
static size_t
next_quoted(const char **s, const char **begin)
{
	static const char *const marks[][2] = {
		{ "\xe2\x80\x98", "\xe2\x80\x99" }, { "'", "'" }, { "\"", "\"" },
		{ "`", "'" },
	};
	const char *end;
	size_t len;

	for (; **s != '\0'; (*s)++)
		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
			len = strlen(marks[i][0]);
			if (strncmp(*s, marks[i][0], len) != 0)
				continue;
			*begin = *s + len;
			end = strstr(*begin, marks[i][1]);
			if (end == NULL || end == *begin)
				continue;
			*s = end + strlen(marks[i][1]);
			return ((size_t)(end - *begin));
		}
	return (0);
}

/* What a message quotes: an identifier, a header, or the tag of a structure. */
static char *
quoted(const char *text)
{
	const char *s = text, *at, *tag = NULL;
	size_t n, tag_len = 0;

	while ((n = next_quoted(&s, &at)) > 0) {
		if (n > 2 && strncmp(at + n - 2, ".h", 2) == 0)
			return (strndup(at, n));
		if (identifier(at) == n && (!is_type(at, n) ||
		    kpi_diag_unknown(text)))
			return (strndup(at, n));
		if (tag == NULL && strncmp(at, "struct ", 7) == 0 &&
		    identifier(at + 7) == n - 7) {
			tag = at + 7;
			tag_len = n - 7;
		}
	}
	return (tag != NULL ? strndup(tag, tag_len) : NULL);
}

/* A header or a name in the message that some class knows. */
static char *
mentioned(const char *text)
{
	const char *header = strstr(text, ".h: ");
	char *name;
	size_t n;

	if (header != NULL && memchr(text, ' ', (size_t)(header - text)) ==
	    NULL)
		return (strndup(text, (size_t)(header - text) + 2));
	for (const char *s = text; *s != '\0'; s += n > 0 ? n : 1) {
		n = identifier(s);
		if (n == 0 || (s > text && is_word(s[-1])))
			continue;
		name = strndup(s, n);
		if (name == NULL || kpi_diag_known(name))
			return (name);
		free(name);
	}
	return (NULL);
}

/* The source up to and with the line, and where in it the column is. */
static char *
source_at(const struct kpi_diag *d, size_t *at)
{
	char *line = NULL, *text = NULL, *more;
	size_t size = 0, len = 0;
	ssize_t n;
	FILE *f = fopen(d->kd_file, "r");

	if (f == NULL)
		return (NULL);
	for (unsigned i = 1; i <= d->kd_line; i++) {
		n = getline(&line, &size, f);
		if (n < 0 || (more = realloc(text, len + (size_t)n + 1)) == NULL)
			break;
		text = more;
		memcpy(text + len, line, (size_t)n + 1);
		*at = len + (d->kd_column > 0 ? d->kd_column - 1 : 0);
		len += (size_t)n;
	}
	free(line);
	(void)fclose(f);
	if (text != NULL && *at >= len)
		*at = len > 0 ? len - 1 : 0;
	return (text);
}

/* The name that stands before the place, as a call's before its '('. */
static char *
word_before(const char *text, size_t end)
{
	size_t i;

	while (end > 0 && isspace((unsigned char)text[end - 1]))
		end--;
	for (i = end; i > 0 && is_word(text[i - 1]); i--)
		continue;
	return (i < end && !is_type(text + i, end - i) ?
	    strndup(text + i, end - i) : NULL);
}

/* The function whose arguments the place is among; comments are passed over. */
static char *
called(const char *text, size_t at)
{
	size_t least = at > REACH ? at - REACH : 0;
	int depth = 0;

	for (size_t i = at; i > least; i--) {
		char c = text[i - 1];

		if (c == '/' && i > 3 && text[i - 2] == '*') {
			for (i -= 3; i > least && strncmp(text + i, "/*", 2) !=
			    0; i--)
				continue;
			i++;
			continue;
		}
		if (depth == 0 && (c == ';' || c == '{' || c == '}'))
			break;
		if (c == ')')
			depth++;
		if (c == '(' && depth-- == 0)
			return (word_before(text, i - 1));
	}
	return (NULL);
}

static char *
from_source(const struct kpi_diag *d)
{
	char *text, *here, *call;
	size_t at = 0, begin;

	if (d->kd_line == 0 || (text = source_at(d, &at)) == NULL)
		return (NULL);
	for (begin = at; begin > 0 && is_word(text[begin]) &&
	    is_word(text[begin - 1]); begin--)
		continue;
	here = identifier(text + begin) > 0 ?
	    strndup(text + begin, identifier(text + begin)) : NULL;
	call = here != NULL && kpi_diag_known(here) ? NULL : called(text, at);
	free(text);
	if (call == NULL)
		return (here);
	free(here);
	return (call);
}

char *
kpi_diag_name(const struct kpi_diag *d, const char *note)
{
	char *name = NULL;

	if (kpi_diag_is_arity(d->kd_text)) {
		if (note != NULL)
			name = quoted(note);
		/* What clang quotes here is the parameter. */
		if (name == NULL && strstr(d->kd_text, "single argument"))
			name = from_source(d);
	}
	if (name == NULL)
		name = quoted(d->kd_text);
	if (name == NULL)
		name = mentioned(d->kd_text);
	if (name == NULL)
		name = from_source(d);
	return (name != NULL ? name : strdup(""));
}
