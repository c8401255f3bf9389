/*
 * Text into preprocessing tokens.  Read token.h first.
 *
 * A quote without its partner ends with its line: code that is left out may
 * hold an apostrophe.
 */
#include "token.h"

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store.h"

struct lexer {
	const char	*at;
	unsigned	 line;
	bool		 first, space;
	const char	*path;
};

/* Longer ones first. */
static const char *const operators[] = {
	"...", "<<=", ">>=",
	"##", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||",
	"+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
};

static bool
is_name(char c)
{
	return (isalnum((unsigned char)c) || c == '_' || c == '$');
}

static void
skip_comment(struct lexer *lx)
{
	struct kpi_place place = { lx->path, lx->line };
	const char *end = strstr(lx->at + 2, "*/");

	if (end == NULL)
		kpi_fail(&place, "a comment without end");
	for (; lx->at < end + 2; lx->at++)
		lx->line += *lx->at == '\n';
}

/* A comment of one line goes on where its newline is escaped. */
static void
skip_line_comment(struct lexer *lx)
{
	for (; *lx->at != '\0' && *lx->at != '\n'; lx->at++)
		if (lx->at[0] == '\\' && lx->at[1] == '\n') {
			lx->line++;
			lx->at++;
		}
}

static void
skip_space(struct lexer *lx)
{
	for (;;) {
		const char *c = lx->at;

		if (c[0] == '\n') {
			lx->line++;
			lx->first = true;
			lx->at++;
		} else if (c[0] == '\\' && c[1] == '\n') {
			lx->line++;
			lx->at += 2;
		} else if (c[0] == '/' && c[1] == '*')
			skip_comment(lx);
		else if (c[0] == '/' && c[1] == '/')
			skip_line_comment(lx);
		else if (isspace((unsigned char)c[0]))
			lx->at++;
		else
			return;
		lx->space = true;
	}
}

/* The length of a string or character, both quotes counted. */
static size_t
quoted(const char *s)
{
	size_t n = 1;

	for (; s[n] != '\0' && s[n] != '\n'; n++) {
		if (s[n] == s[0])
			return (n + 1);
		if (s[n] == '\\' && s[n + 1] != '\0' && s[n + 1] != '\n')
			n++;
	}
	return (n);
}

static size_t
number(const char *s)
{
	size_t n = 1;

	while (is_name(s[n]) || s[n] == '.' || ((s[n] == '+' ||
	    s[n] == '-') && strchr("eEpP", s[n - 1]) != NULL &&
	    strncasecmp(s, "0x", 2) != 0))
		n++;
	return (n);
}

static size_t
punctuator(const char *s)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (strncmp(s, operators[i], strlen(operators[i])) == 0)
			return (strlen(operators[i]));
	return (1);
}

static enum kpi_token_kind
classify(const char *s, size_t *len)
{
	if (s[0] == '"' || s[0] == '\'') {
		*len = quoted(s);
		return (s[0] == '"' ? KPI_TOKEN_STRING : KPI_TOKEN_CHAR);
	}
	if (isdigit((unsigned char)s[0]) || (s[0] == '.' &&
	    isdigit((unsigned char)s[1]))) {
		*len = number(s);
		return (KPI_TOKEN_NUMBER);
	}
	if (is_name(s[0])) {
		for (*len = 1; is_name(s[*len]); ++*len)
			;
		return (KPI_TOKEN_NAME);
	}
	*len = punctuator(s);
	return (KPI_TOKEN_PUNCT);
}

void
kpi_tokens_add(struct kpi_tokens *ts, const struct kpi_token *tk)
{
	ts->ts_tokens = kpi_grow(ts->ts_tokens, ts->ts_ntokens + 1,
	    sizeof(*ts->ts_tokens));
	ts->ts_tokens[ts->ts_ntokens++] = *tk;
}

struct kpi_tokens
kpi_tokens(const char *text, const char *path)
{
	struct lexer lx = { .at = text, .line = 1, .first = true,
	    .path = path };
	struct kpi_tokens ts = { NULL, 0 };

	for (skip_space(&lx); *lx.at != '\0'; skip_space(&lx)) {
		struct kpi_token tk = { .tk_first = lx.first,
		    .tk_space = lx.space, .tk_line = lx.line,
		    .tk_text = lx.at };

		tk.tk_kind = classify(lx.at, &tk.tk_len);
		kpi_tokens_add(&ts, &tk);
		lx.at += tk.tk_len;
		lx.first = lx.space = false;
	}
	return (ts);
}

struct kpi_tokens
kpi_tokens_file(const char *path, char **text)
{
	size_t room = 0;
	ssize_t len;
	FILE *f;

	*text = NULL;
	f = fopen(path, "r");
	if (f == NULL)
		err(2, "%s", path);
	/* Up to a zero byte, or all of it. */
	len = getdelim(text, &room, '\0', f);
	if (ferror(f))
		err(2, "%s", path);
	fclose(f);
	return (kpi_tokens(len <= 0 ? "" : *text, path));
}

void
kpi_tokens_free(struct kpi_tokens *ts)
{
	free(ts->ts_tokens);
	*ts = (struct kpi_tokens){ NULL, 0 };
}

bool
kpi_token_is(const struct kpi_token *tk, const char *text)
{
	return ((tk->tk_kind == KPI_TOKEN_NAME ||
	    tk->tk_kind == KPI_TOKEN_PUNCT) && tk->tk_len == strlen(text) &&
	    strncmp(tk->tk_text, text, tk->tk_len) == 0);
}

char *
kpi_tokens_text(const struct kpi_token *tk, size_t n)
{
	size_t room = 1, at = 0;
	char *text;

	for (size_t i = 0; i < n; i++)
		room += tk[i].tk_len + 1;
	text = kpi_grow(NULL, room, 1);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && tk[i].tk_space)
			text[at++] = ' ';
		memcpy(text + at, tk[i].tk_text, tk[i].tk_len);
		at += tk[i].tk_len;
	}
	text[at] = '\0';
	return (text);
}
