/*
 * The reader of #define.  Read defines.h first for what it makes of what.
 */
#include "defines.h"

#include <stdlib.h>
#include <string.h>

#include "conditions.h"

struct reader {
	struct kpi_surface	*su;
	const struct kpi_header	*header;
	struct kpi_conditions	 conditions;
	struct kpi_place	 place;
	unsigned		 ndirectives;
	struct kpi_token	 guard;		/* of the first directive */
};

/* A macro's definition, taken apart. */
struct macro {
	const char	*name, *signature, *body;
	int		 nparams;
};

static const char *
text_of(struct reader *r, const struct kpi_token *tk, size_t n)
{
	char *text = kpi_tokens_text(tk, n);
	const char *kept = kpi_string(r->su, text, strlen(text));

	free(text);
	return (kept);
}

/* Parameters from the "(" on, as "(a, b)"; returns how many tokens they are. */
static size_t
read_parameters(struct reader *r, struct macro *m, const struct kpi_token *tk,
    size_t n)
{
	size_t i;

	m->signature = "";
	m->nparams = 0;
	for (i = 1; i < n && !kpi_token_is(&tk[i], ")"); i++) {
		if (kpi_token_is(&tk[i], ","))
			continue;
		m->signature = kpi_stringf(r->su, "%s%s%.*s", m->signature,
		    m->nparams++ == 0 ? "" : ", ", (int)tk[i].tk_len,
		    tk[i].tk_text);
	}
	if (i == n)
		kpi_fail(&r->place, "a macro's parameters have no end");
	m->signature = kpi_stringf(r->su, "(%s)", m->signature);
	return (i + 1);
}

/* The same name again: two texts are kept side by side. */
static void
add_text(struct reader *r, const char **text, const char *more)
{
	if (*text == NULL || more == NULL)
		*text = *text == NULL ? more : *text;
	else if (strcmp(*text, more) != 0)
		*text = kpi_stringf(r->su, "%s #else %s", *text, more);
}

static void
add_macro(struct reader *r, const struct macro *m)
{
	struct kpi_item *it = kpi_item(r->su, KPI_MACRO, m->name);

	if (it->ki_seen == 0) {
		it->ki_header = r->header->hd_name;
		it->ki_line = r->place.pl_line;
		it->ki_nparams = m->nparams;
	}
	/* An enumerator of the name is hidden. */
	it->ki_kind = KPI_MACRO;
	it->ki_seen |= KPI_SEEN_DEFINES;
	kpi_item_when(r->su, it, kpi_conditions_when(&r->conditions));
	add_text(r, &it->ki_signature, m->signature);
	add_text(r, &it->ki_body, m->body);
}

static void
define(struct reader *r, const struct kpi_token *tk, size_t n)
{
	struct macro m = { .nparams = -1 };
	size_t used = 1;

	if (n == 0 || tk[0].tk_kind != KPI_TOKEN_NAME)
		kpi_fail(&r->place, "#define without a name");
	if (n == 1 && r->ndirectives == 2 && r->guard.tk_len == tk[0].tk_len &&
	    strncmp(r->guard.tk_text, tk[0].tk_text, tk[0].tk_len) == 0) {
		kpi_conditions_sure(&r->conditions);
		return;
	}
	kpi_conditions_defined(&r->conditions, tk);
	m.name = text_of(r, tk, 1);
	if (n > 1 && kpi_token_is(&tk[1], "(") && !tk[1].tk_space)
		used += read_parameters(r, &m, tk + 1, n - 1);
	m.body = text_of(r, tk + used, n - used);
	add_macro(r, &m);
}

static void
undef(struct reader *r, const struct kpi_token *tk, size_t n)
{
	struct kpi_item *it;

	if (n == 0 || kpi_conditions_live(&r->conditions) != KPI_YES)
		return;
	it = kpi_item_find(r->su, KPI_GROUP_NAME, text_of(r, tk, 1));
	if (it != NULL && it->ki_kind == KPI_MACRO &&
	    it->ki_header == r->header->hd_name)
		kpi_item_drop(r->su, it);
}

/* The X of "ifndef X" or "if !defined(X)", or NULL. */
static const struct kpi_token *
guard_of(const struct kpi_token *tk, size_t n)
{
	size_t at = n == 4 ? 3 : 4;

	if (n == 2 && kpi_token_is(tk, "ifndef"))
		return (&tk[1]);
	if ((n != 4 && n != 6) || !kpi_token_is(tk, "if") ||
	    !kpi_token_is(&tk[1], "!") || !kpi_token_is(&tk[2], "defined"))
		return (NULL);
	return (n == 4 || kpi_token_is(&tk[3], "(") ? &tk[at] : NULL);
}

/* Note what is compiled from here on, where that differs from before. */
static void
add_region(struct reader *r)
{
	struct kpi_store *st = r->su->su_store;
	struct kpi_region rg = { r->header->hd_path, r->place.pl_line,
	    kpi_conditions_live(&r->conditions) == KPI_NO,
	    kpi_conditions_when(&r->conditions) }, *last;

	if (st->st_nregions > 0) {
		last = &st->st_regions[st->st_nregions - 1];
		if (last->rg_path == rg.rg_path &&
		    last->rg_dead == rg.rg_dead &&
		    strcmp(last->rg_when, rg.rg_when) == 0)
			return;
	}
	st->st_regions = kpi_grow(st->st_regions, st->st_nregions + 1,
	    sizeof(*st->st_regions));
	st->st_regions[st->st_nregions++] = rg;
}

/* The tokens behind the "#" of a directive. */
static void
directive(struct reader *r, const struct kpi_token *tk, size_t n)
{
	const struct kpi_token *guard;

	r->place.pl_line = tk[-1].tk_line;
	r->ndirectives++;
	if (n == 0)
		return;
	if (r->ndirectives == 1 && (guard = guard_of(tk, n)) != NULL)
		r->guard = *guard;
	if (kpi_conditions_follow(&r->conditions, tk, n, &r->place) ||
	    kpi_conditions_live(&r->conditions) == KPI_NO)
		return;
	if (kpi_token_is(tk, "define"))
		define(r, tk + 1, n - 1);
	else if (kpi_token_is(tk, "undef"))
		undef(r, tk + 1, n - 1);
}

void
kpi_defines(struct kpi_surface *su, const struct kpi_header *header,
    struct kpi_tokens *ts)
{
	struct reader r = { .su = su, .header = header,
	    .conditions = { .co_su = su }, .place = { header->hd_path, 1 } };
	struct kpi_token *tk = ts->ts_tokens;
	size_t i, end;

	for (i = 0; i < ts->ts_ntokens; i = end) {
		end = i + 1;
		if (tk[i].tk_first && kpi_token_is(&tk[i], "#")) {
			while (end < ts->ts_ntokens && !tk[end].tk_first)
				end++;
			directive(&r, &tk[i + 1], end - i - 1);
			add_region(&r);
		} else if (kpi_conditions_live(&r.conditions) != KPI_NO)
			continue;
		for (; i < end; i++)
			tk[i].tk_kind = KPI_TOKEN_DEAD;
	}
	kpi_conditions_end(&r.conditions, &r.place);
}

void
kpi_read_defines(struct kpi_surface *su)
{
	for (size_t i = 0; i < su->su_store->st_nheaders; i++) {
		const struct kpi_header *h = &su->su_store->st_headers[i];
		struct kpi_tokens ts, live = { NULL, 0 };
		char *text;

		ts = kpi_tokens_file(h->hd_path, &text);
		kpi_defines(su, h, &ts);
		for (size_t k = 0; k < ts.ts_ntokens; k++)
			if (ts.ts_tokens[k].tk_kind != KPI_TOKEN_DEAD)
				kpi_tokens_add(&live, &ts.ts_tokens[k]);
		kpi_enums(su, h, &live);
		kpi_objects(su, h, &live);
		kpi_tokens_free(&live);
		kpi_tokens_free(&ts);
		free(text);
	}
}
