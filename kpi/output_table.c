/*
 * kpi.json as tables.  Read output.h first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/output.h"

#include "output.h"

/* A field's text; each but the first of a line comes after a tab. */
static void
put_text(FILE *f, const char *text)
{
	if (*text == '\0')
		text = "-";
	for (; *text != '\0'; text++)
		fputc(*text == '\t' || *text == '\n' || *text == '\r' ? ' ' :
		    *text, f);
}

static void
put_list(FILE *f, const json_t *list)
{
	const json_t *name;
	size_t i;

	if (json_array_size(list) == 0)
		fputc('-', f);
	json_array_foreach(list, i, name)
		fprintf(f, "%s%s", i > 0 ? "," : "", json_string_value(name));
}

static void
put_texts(FILE *f, const json_t *object, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		put_text(f, kpi_json_text(object, keys[i]));
		fputc('\t', f);
	}
}

static void
put_change(FILE *f, const json_t *pair, const json_t *change)
{
	static const char *const of_pair[] = { "old", "new" };
	static const char *const of_change[] = { "class", "kind", "name", "to",
	    "before", "after", "header" };

	put_texts(f, pair, of_pair, 2);
	put_texts(f, change, of_change, 7);
	fprintf(f, "%d\t", (int)json_integer_value(json_object_get(change,
	    "line")));
	put_list(f, json_object_get(change, "seen_by"));
	fputc('\t', f);
	put_text(f, kpi_json_text(change, "must"));
	fputc('\n', f);
}

char *
kpi_changes_table(const json_t *kpi)
{
	const json_t *pair, *change;
	struct rp_text t;
	size_t i, k;

	rp_text_open(&t);
	fputs("old\tnew\tclass\tkind\tname\tto\tbefore\tafter\theader\tline\t"
	    "seen_by\tmust\n", t.f);
	json_array_foreach(json_object_get(kpi, "pairs"), i, pair)
		json_array_foreach(json_object_get(pair, "changes"), k, change)
			put_change(t.f, pair, change);
	return (rp_text_close(&t));
}

char *
kpi_verdicts_table(const json_t *kpi)
{
	static const char *const of_pair[] = { "old", "new", "verdict",
	    "because" };
	const json_t *pair;
	struct rp_text t;
	size_t i;

	rp_text_open(&t);
	fputs("old\tnew\tverdict\tbecause\t", t.f);
	for (unsigned c = 0; c < KPI_CLASSES; c++)
		fprintf(t.f, "%s\t", kpi_class_names[c]);
	fputs("freebsd\n", t.f);
	json_array_foreach(json_object_get(kpi, "pairs"), i, pair) {
		put_texts(t.f, pair, of_pair, 4);
		for (unsigned c = 0; c < KPI_CLASSES; c++)
			fprintf(t.f, "%d\t", (int)json_integer_value(
			    json_object_get(json_object_get(pair, "count"),
			    kpi_class_names[c])));
		put_text(t.f, kpi_json_text(pair, "freebsd"));
		fputc('\n', t.f);
	}
	return (rp_text_close(&t));
}

/* json_object_foreach() wants an object that it may change. */
static void
put_sizes(FILE *f, const char *implementation, json_t *sizes)
{
	const char *name;
	json_t *bytes;

	json_object_foreach(sizes, name, bytes)
		fprintf(f, "%s\t%s\t%d\n", implementation, name,
		    (int)json_integer_value(bytes));
}

char *
kpi_sizes_table(const json_t *kpi)
{
	const char *implementation;
	struct rp_text t;
	json_t *sizes;

	rp_text_open(&t);
	fputs("implementation\tstructure\tbytes\n", t.f);
	json_object_foreach(json_object_get(kpi, "structures"),
	    implementation, sizes)
		put_sizes(t.f, implementation, sizes);
	return (rp_text_close(&t));
}
