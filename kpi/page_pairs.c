/*
 * KPI.md: verdicts, rule and changes.  Read page.h first.
 */
#include "page.h"

#include <stdbool.h>
#include <string.h>

#include "output.h"

/*
 * Code in a cell: no bar may stand for the end of the cell, no backquote for
 * the end of the code, and bytes of a character stay together.
 */
void
kpi_page_code(FILE *f, const char *text)
{
	size_t n = strlen(text), end = n < KPI_PAGE_CELL ? n : KPI_PAGE_CELL;

	if (n == 0) {
		fputc('-', f);
		return;
	}
	while (end < n && ((unsigned char)text[end] & 0xc0) == 0x80)
		end--;
	fputc('`', f);
	for (size_t i = 0; i < end; i++)
		if (text[i] == '|')
			fputs("\\|", f);
		else
			fputc(text[i] == '`' ? '\'' : text[i] == '\n' ||
			    text[i] == '\r' ? ' ' : text[i], f);
	fprintf(f, "%s`", end < n ? " ..." : "");
}

void
kpi_page_text(FILE *f, const char *text)
{
	if (*text == '\0')
		fputc('-', f);
	for (; *text != '\0'; text++)
		if (*text == '|')
			fputs("\\|", f);
		else
			fputc(*text == '\n' || *text == '\r' ? ' ' : *text, f);
}

static bool
text_is(const json_t *object, const char *key, const char *text)
{
	return (strcmp(kpi_json_text(object, key), text) == 0);
}

static bool
of_itself(const json_t *pair)
{
	return (text_is(pair, "old", kpi_json_text(pair, "new")));
}

/* A name of a list that begins with these words; *comma is "" before it. */
static void
put_listed(FILE *f, const char **comma, const char *first, const char *name)
{
	fprintf(f, "%s`%s`", **comma == '\0' ? first : *comma, name);
	*comma = ", ";
}

static void
put_names(FILE *f, const json_t *list, const char *before)
{
	const json_t *name;
	const char *comma = "";
	size_t i;

	json_array_foreach(list, i, name)
		put_listed(f, &comma, before, json_string_value(name));
	if (*comma != '\0')
		fputs(".", f);
}

/* What FreeBSD did, and whether the rule agrees. */
static void
put_history(FILE *f, const json_t *pair)
{
	const char *what = kpi_json_text(pair, "freebsd");

	if (*what != '\0')
		fprintf(f, " FreeBSD %s: the rule %s.", what,
		    text_is(pair, "freebsd_verdict", kpi_json_text(pair,
		    "verdict")) ? "agrees" : "DISAGREES");
}

static void
put_verdict(FILE *f, const json_t *pair)
{
	const char *due = text_is(pair, "verdict", "bump") ?
	    "**A bump is due**" : text_is(pair, "verdict", "note") ?
	    "**A note is enough**" : "**Nothing is due**";

	fprintf(f, "- `%s` -> `%s`: %s: %s.", kpi_json_text(pair, "old"),
	    kpi_json_text(pair, "new"), due, kpi_json_text(pair, "because"));
	put_history(f, pair);
	put_names(f, json_object_get(pair, "not_compared"),
	    " Not compared, because a side lacks it: ");
	put_names(f, json_object_get(pair, "locks_stated_once"),
	    " Locks stated on one side only, so not compared: ");
	fputc('\n', f);
}

/* All that are the same as themselves, in one line. */
static void
put_selves(FILE *f, const json_t *pairs)
{
	const json_t *pair;
	const char *comma = "";
	size_t i;

	json_array_foreach(pairs, i, pair) {
		if (!of_itself(pair) || !text_is(pair, "verdict", "nothing"))
			continue;
		put_listed(f, &comma, "- An implementation against itself: "
		    "**nothing is due**: ", kpi_json_text(pair, "old"));
	}
	if (*comma != '\0')
		fputs(".\n", f);
}

static void
put_counts(FILE *f, const json_t *pairs, const json_t *rule)
{
	const json_t *pair, *r;
	size_t i, k;

	fputs("\n| from | to |", f);
	json_array_foreach(rule, k, r)
		fprintf(f, " %s |", kpi_json_text(r, "class"));
	fputs("\n|---|---|", f);
	json_array_foreach(rule, k, r)
		fputs("---:|", f);
	fputc('\n', f);
	json_array_foreach(pairs, i, pair) {
		if (of_itself(pair) && text_is(pair, "verdict", "nothing"))
			continue;
		fprintf(f, "| `%s` | `%s` |", kpi_json_text(pair, "old"),
		    kpi_json_text(pair, "new"));
		json_array_foreach(rule, k, r)
			fprintf(f, " %d |", (int)json_integer_value(
			    json_object_get(json_object_get(pair, "count"),
			    kpi_json_text(r, "class"))));
		fputc('\n', f);
	}
}

void
kpi_page_verdicts(FILE *f, const json_t *kpi)
{
	const json_t *pairs = json_object_get(kpi, "pairs"), *pair;
	size_t i;

	fputs("## Is a bump due?\n\n", f);
	json_array_foreach(pairs, i, pair)
		if (!of_itself(pair) || !text_is(pair, "verdict", "nothing"))
			put_verdict(f, pair);
	put_selves(f, pairs);
	put_counts(f, pairs, json_object_get(kpi, "rule"));
	fputs("\nData: `kpi_verdicts.tsv`, `kpi.json`.\n\n", f);
}

void
kpi_page_rule(FILE *f, const json_t *kpi)
{
	const json_t *r;
	size_t i;

	fputs("## The rule\n\n"
	    "The verdict of a pair is the highest that one of its changes "
	    "demands, however many there are. A bump is of "
	    "`__FreeBSD_version`, by one; a note is a line in UPDATING.\n\n"
	    "| class | what it means | demands | why |\n|---|---|---|---|\n",
	    f);
	json_array_foreach(json_object_get(kpi, "rule"), i, r)
		fprintf(f, "| %s | %s | **%s** | %s |\n",
		    kpi_json_text(r, "class"), kpi_json_text(r, "meaning"),
		    kpi_json_text(r, "verdict"), kpi_json_text(r, "why"));
	fputs("\nTwo things are no change: another spelling of a constant "
	    "whose value and type stay, and other names of parameters.\n\n",
	    f);
}

static void
put_change(FILE *f, const json_t *c)
{
	const char *to = kpi_json_text(c, "to");

	fprintf(f, "| %s | `%s`", kpi_json_text(c, "class"),
	    kpi_json_text(c, "name"));
	if (*to != '\0')
		fprintf(f, " -> `%s`", to);
	fputs(" | ", f);
	kpi_page_code(f, kpi_json_text(c, "before"));
	fputs(" | ", f);
	kpi_page_code(f, kpi_json_text(c, "after"));
	fputs(" | ", f);
	kpi_page_text(f, kpi_json_text(c, "must"));
	fputs(" |\n", f);
}

/* What is new has no before and asks for nothing: names are enough. */
static void
put_added(FILE *f, const json_t *changes)
{
	const json_t *c;
	const char *comma = "";
	size_t i;

	json_array_foreach(changes, i, c) {
		if (!text_is(c, "class", "added"))
			continue;
		put_listed(f, &comma, "New: ", kpi_json_text(c, "name"));
	}
	if (*comma != '\0')
		fputs(".\n\n", f);
}

/* What a person wrote of names that stay, and no tool sees. */
static void
put_advice(FILE *f, const json_t *advice)
{
	const json_t *line;
	size_t i;

	if (json_array_size(advice) > 0)
		fputs("No tool sees a change of these; `successors` says what "
		    "a consumer must do:\n\n", f);
	json_array_foreach(advice, i, line)
		fprintf(f, "- %s\n", json_string_value(line));
	if (json_array_size(advice) > 0)
		fputc('\n', f);
}

static void
put_pair(FILE *f, const json_t *pair)
{
	const json_t *changes = json_object_get(pair, "changes"), *c;
	bool any = false;
	size_t i;

	fprintf(f, "### `%s` -> `%s`\n\n", kpi_json_text(pair, "old"),
	    kpi_json_text(pair, "new"));
	json_array_foreach(changes, i, c) {
		if (text_is(c, "class", "added"))
			continue;
		if (!any)
			fputs("| class | name | before | after | a consumer "
			    "must |\n|---|---|---|---|---|\n", f);
		any = true;
		put_change(f, c);
	}
	if (any)
		fputc('\n', f);
	put_advice(f, json_object_get(pair, "advice"));
	put_added(f, changes);
	if (json_array_size(json_object_get(pair, "abidiff_internal")) > 0) {
		put_names(f, json_object_get(pair, "abidiff_internal"),
		    "abidiff also saw what no header of the KPI has under "
		    "this name: ");
		fputs("\n\n", f);
	}
}

void
kpi_page_changes(FILE *f, const json_t *kpi)
{
	const json_t *pair;
	size_t i;

	fputs("## What changes\n\n"
	    "Offsets and sizes in bytes; a line is a cache line of 64. Long "
	    "texts are cut here, not in `kpi_changes.tsv`, which also says "
	    "in which header each is and which tool saw it.\n\n", f);
	json_array_foreach(json_object_get(kpi, "pairs"), i, pair)
		if (json_array_size(json_object_get(pair, "changes")) +
		    json_array_size(json_object_get(pair,
		    "abidiff_internal")) > 0)
			put_pair(f, pair);
}
