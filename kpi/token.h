/*
 * The preprocessing tokens of a C source, without comments.
 *
 * A backslash and newline is white space, so a token that one tears is two.
 * Strings and characters are tokens of their own: who looks for names never
 * meets what is inside of them.
 */
#ifndef KPI_TOKEN_H
#define	KPI_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

enum kpi_token_kind {
	KPI_TOKEN_NAME,
	KPI_TOKEN_NUMBER,
	KPI_TOKEN_CHAR,
	KPI_TOKEN_STRING,
	KPI_TOKEN_PUNCT,	/* operators, and any other character */
	KPI_TOKEN_DEAD,		/* a directive, or left out by one: defines.c */
};

struct kpi_token {
	enum kpi_token_kind tk_kind;
	bool		 tk_first;	/* of its line, continuations counted */
	bool		 tk_space;	/* white space or a comment before it */
	unsigned	 tk_line;
	const char	*tk_text;	/* in the source, not terminated */
	size_t		 tk_len;
};

struct kpi_tokens {
	struct kpi_token *ts_tokens;
	size_t		 ts_ntokens;
};

/*
 * The tokens of text, which must outlive them; path names it when a comment
 * has no end: exits with status 2 then.  Free with kpi_tokens_free().
 */
struct kpi_tokens kpi_tokens(const char *text, const char *path);
/* The tokens of a file, and its text, to be freed after them. */
struct kpi_tokens kpi_tokens_file(const char *path, char **text);
void		kpi_tokens_free(struct kpi_tokens *);
void		kpi_tokens_add(struct kpi_tokens *, const struct kpi_token *);

/* Is it that name or operator?  Never true of a string or a character. */
bool		kpi_token_is(const struct kpi_token *, const char *text);

/*
 * n tokens as text, one space where there was any.  Returns a string to be
 * freed.
 */
char		*kpi_tokens_text(const struct kpi_token *, size_t n);

#endif /* KPI_TOKEN_H */
