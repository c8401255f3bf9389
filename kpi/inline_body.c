/*
 * The code of an inline function, read from its header: it is compiled into
 * whoever calls it, as a macro's text is.
 */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

#include "store.h"
#include "token.h"

static const char *
path_of(const struct kpi_surface *su, const struct kpi_item *i)
{
	const struct kpi_store *st = su->su_store;

	if (st == NULL || i->ki_header == NULL)
		return (NULL);
	for (size_t k = 0; k < st->st_nheaders; k++)
		if (strcmp(st->st_headers[k].hd_name, i->ki_header) == 0)
			return (st->st_headers[k].hd_path);
	return (NULL);
}

/* The first token from i on that is text, or how many there are. */
static size_t
next(const struct kpi_tokens *ts, size_t i, const char *text)
{
	while (i < ts->ts_ntokens && !kpi_token_is(&ts->ts_tokens[i], text))
		i++;
	return (i);
}

/* The token after the block that begins at token i. */
static size_t
block_end(const struct kpi_tokens *ts, size_t i)
{
	unsigned depth = 0;

	for (; i < ts->ts_ntokens; i++) {
		depth += kpi_token_is(&ts->ts_tokens[i], "{");
		if (kpi_token_is(&ts->ts_tokens[i], "}") && --depth == 0)
			return (i + 1);
	}
	return (i);
}

/*
 * The block of a definition of that name, from token i on: between them are its
 * parameters and perhaps attributes.  It begins at *at; false if there is none.
 */
static bool
definition(const struct kpi_tokens *ts, const char *name, size_t i, size_t *at)
{
	const struct kpi_token *tk = ts->ts_tokens;

	while ((i = next(ts, i, name)) < ts->ts_ntokens) {
		unsigned depth = 0;

		if (++i == ts->ts_ntokens || !kpi_token_is(&tk[i], "("))
			continue;
		for (; i < ts->ts_ntokens; i++) {
			depth += kpi_token_is(&tk[i], "(");
			if (depth == 0 && tk[i].tk_kind != KPI_TOKEN_NAME)
				break;
			depth -= kpi_token_is(&tk[i], ")");
		}
		if (i < ts->ts_ntokens && kpi_token_is(&tk[i], "{")) {
			*at = i;
			return (true);
		}
	}
	return (false);
}

char *
kpi_inline_body(const struct kpi_surface *su, const struct kpi_item *item)
{
	const char *path = path_of(su, item);
	struct kpi_tokens ts;
	char *text, *body = NULL, *block, *all;
	size_t i = 0, at;

	if (item->ki_kind != KPI_INLINE || path == NULL)
		return (NULL);
	ts = kpi_tokens_file(path, &text);
	while (i < ts.ts_ntokens && ts.ts_tokens[i].tk_line < item->ki_line)
		i++;
	/* Each branch of a conditional may define it. */
	for (; definition(&ts, item->ki_name, i, &at); i = block_end(&ts, at)) {
		block = kpi_tokens_text(&ts.ts_tokens[at],
		    block_end(&ts, at) - at);
		all = body == NULL ? kpi_text("%s", block) :
		    kpi_text("%s #else %s", body, block);
		free(body);
		free(block);
		body = all;
	}
	kpi_tokens_free(&ts);
	free(text);
	return (body);
}
