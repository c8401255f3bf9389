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

char *
kpi_inline_body(const struct kpi_surface *su, const struct kpi_item *item)
{
	const char *path = path_of(su, item);
	struct kpi_tokens ts;
	char *text, *body = NULL;
	size_t i = 0;

	if (item->ki_kind != KPI_INLINE || path == NULL)
		return (NULL);
	ts = kpi_tokens_file(path, &text);
	while (i < ts.ts_ntokens && ts.ts_tokens[i].tk_line < item->ki_line)
		i++;
	i = next(&ts, next(&ts, i, item->ki_name), "{");
	if (i < ts.ts_ntokens)
		body = kpi_tokens_text(&ts.ts_tokens[i], block_end(&ts, i) - i);
	kpi_tokens_free(&ts);
	free(text);
	return (body);
}
