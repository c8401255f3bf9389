/*
 * Where a source uses names that change.  Read uses.h first.
 */
#include "uses.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "rule.h"
#include "store.h"

static const json_t *
find_pair(const json_t *kpi, const char *old, const char *new)
{
	char *known = kpi_text("%s", "");
	const json_t *pair;
	size_t i;

	json_array_foreach(json_object_get(kpi, "pairs"), i, pair) {
		const char *o = kpi_json_text(pair, "old");
		const char *n = kpi_json_text(pair, "new");
		char *longer;

		if (strcmp(o, old) == 0 && strcmp(n, new) == 0) {
			free(known);
			return (pair);
		}
		longer = kpi_text("%s %s->%s", known, o, n);
		free(known);
		known = longer;
	}
	errx(2, "%s -> %s was not compared; there is%s", old, new, known);
}

/* Is an edit due where the name is used? */
static bool
is_edit(const json_t *change)
{
	const char *class = kpi_json_text(change, "class");
	unsigned c = 0;

	while (c < KPI_CLASSES && strcmp(kpi_class_names[c], class) != 0)
		c++;
	if (c == KPI_CLASS_LAYOUT)
		return (*kpi_json_text(change, "after") == '\0');
	return (c < KPI_CLASSES && kpi_rule_of(c)->ru_edit);
}

static void
add(struct kpi_wanteds *ws, const json_t *change)
{
	const json_t *to = json_object_get(change, "parameters_after");
	const json_t *from = json_object_get(change, "parameters_before");
	const char *name = kpi_json_text(change, "name"), *dot;
	struct kpi_wanted w = { .wa_name = name, .wa_adapted = -1,
	    .wa_class = kpi_json_text(change, "class"),
	    .wa_member = strcmp(kpi_json_text(change, "kind"),
	    "member") == 0 };

	if (w.wa_member && (dot = strrchr(name, '.')) != NULL)
		w.wa_name = dot + 1;
	if (to != NULL && json_integer_value(to) != json_integer_value(from) &&
	    *kpi_json_text(change, "to") == '\0')
		w.wa_adapted = (int)json_integer_value(to);
	ws->ws_list = kpi_grow(ws->ws_list, ws->ws_n + 1,
	    sizeof(*ws->ws_list));
	ws->ws_list[ws->ws_n++] = w;
}

static int
order(const void *va, const void *vb)
{
	const struct kpi_wanted *a = va, *b = vb;
	int by_name = strcmp(a->wa_name, b->wa_name);

	return (by_name != 0 ? by_name : (int)a->wa_member -
	    (int)b->wa_member);
}

/*
 * One entry a name.  Changes come sorted by class, so a name that is gone is
 * found first as that, and one whose signature differs as that.
 */
struct kpi_wanteds
kpi_wanteds_of(const json_t *kpi, const char *old, const char *new)
{
	const json_t *changes = json_object_get(find_pair(kpi, old, new),
	    "changes"), *c;
	struct kpi_wanteds ws = { NULL, 0 };
	size_t i, k;

	json_array_foreach(changes, i, c) {
		if (!is_edit(c))
			continue;
		add(&ws, c);
		for (k = 0; k + 1 < ws.ws_n; k++)
			if (order(&ws.ws_list[k],
			    &ws.ws_list[ws.ws_n - 1]) == 0)
				break;
		if (k + 1 < ws.ws_n)
			ws.ws_n--;
	}
	if (ws.ws_n > 0)
		qsort(ws.ws_list, ws.ws_n, sizeof(*ws.ws_list), order);
	return (ws);
}

/* How many arguments the call has whose name is token i; -1: it is no call. */
static int
arguments_at(const struct kpi_tokens *ts, size_t i)
{
	const struct kpi_token *t = ts->ts_tokens;
	unsigned depth = 1;
	int n = 0;

	if (i + 1 >= ts->ts_ntokens || !kpi_token_is(&t[i + 1], "("))
		return (-1);
	for (i += 2; i < ts->ts_ntokens; i++) {
		if (kpi_token_is(&t[i], "(") || kpi_token_is(&t[i], "[") ||
		    kpi_token_is(&t[i], "{"))
			depth++;
		else if (kpi_token_is(&t[i], ")") ||
		    kpi_token_is(&t[i], "]") || kpi_token_is(&t[i], "}"))
			depth--;
		if (depth == 0)
			break;
		if (n == 0 || (depth == 1 && kpi_token_is(&t[i], ",")))
			n++;
	}
	return (n);
}

static const struct kpi_wanted *
find(const struct kpi_wanteds *ws, const struct kpi_token *t, bool member)
{
	for (size_t i = 0; i < ws->ws_n; i++)
		if (ws->ws_list[i].wa_member == member &&
		    kpi_token_is(t, ws->ws_list[i].wa_name))
			return (&ws->ws_list[i]);
	return (NULL);
}

/* Is token i the brace in "struct tag {"? */
static bool
opens_structure(const struct kpi_tokens *ts, size_t i)
{
	const struct kpi_token *t = &ts->ts_tokens[i];

	if (i > 0 && t[-1].tk_kind == KPI_TOKEN_NAME &&
	    !kpi_token_is(&t[-1], "struct") && !kpi_token_is(&t[-1], "union"))
		t--, i--;
	return (i > 0 && (kpi_token_is(&t[-1], "struct") ||
	    kpi_token_is(&t[-1], "union")));
}

/* Has a structure that the source declares a member of that name? */
static bool
is_own_member(const struct kpi_tokens *ts, const char *name)
{
	unsigned depth = 0;

	for (size_t i = 0; i + 1 < ts->ts_ntokens; i++) {
		const struct kpi_token *t = &ts->ts_tokens[i];

		if (kpi_token_is(t, "{"))
			depth += depth > 0 || opens_structure(ts, i);
		else if (kpi_token_is(t, "}"))
			depth -= depth > 0;
		else if (depth > 0 && kpi_token_is(t, name) &&
		    (kpi_token_is(&t[1], ";") || kpi_token_is(&t[1], ",") ||
		    kpi_token_is(&t[1], "[") || kpi_token_is(&t[1], ":")))
			return (true);
	}
	return (false);
}

const struct kpi_wanted *
kpi_use_at(const struct kpi_wanteds *ws, const struct kpi_tokens *ts, size_t i)
{
	const struct kpi_token *t = &ts->ts_tokens[i];
	const struct kpi_wanted *w;
	bool member;

	if (t->tk_kind != KPI_TOKEN_NAME)
		return (NULL);
	member = i > 0 && (kpi_token_is(&t[-1], "->") ||
	    kpi_token_is(&t[-1], "."));
	w = find(ws, t, member);
	if (w != NULL && member && is_own_member(ts, w->wa_name))
		return (NULL);
	if (w != NULL && w->wa_adapted >= 0 &&
	    arguments_at(ts, i) == w->wa_adapted)
		return (NULL);
	return (w);
}

size_t
kpi_skip_includes(const struct kpi_tokens *ts, size_t i)
{
	const struct kpi_token *t = ts->ts_tokens;

	while (i + 1 < ts->ts_ntokens && t[i].tk_first &&
	    kpi_token_is(&t[i], "#") && kpi_token_is(&t[i + 1], "include"))
		for (i++; i < ts->ts_ntokens && !t[i].tk_first;)
			i++;
	return (i);
}
