/*
 * kpi.json and the tables made of it.  Read output.h first.
 */
#include "output.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report/output.h"

#include "rule.h"

/* Text that is no UTF-8 cannot be JSON's. */
static json_t *
text_or_null(const char *text)
{
	json_t *j;

	if (text == NULL)
		return (json_null());
	j = json_string(text);
	return (j != NULL ? j : json_string("(not UTF-8)"));
}

static json_t *
seen_json(unsigned seen)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < KPI_SEERS; i++)
		if ((seen & 1u << i) != 0)
			json_array_append_new(list,
			    json_string(kpi_seer_names[i]));
	return (list);
}

static json_t *
names_json(const struct kpi_names *names)
{
	json_t *list = json_array();

	for (size_t i = 0; i < names->nm_n; i++)
		json_array_append_new(list, text_or_null(names->nm_names[i]));
	return (list);
}

static json_t *
change_json(const struct kpi_change *c)
{
	json_t *j = json_object();

	json_object_set_new(j, "class",
	    json_string(kpi_class_names[c->ch_class]));
	json_object_set_new(j, "kind",
	    json_string(kpi_kind_name(c->ch_kind)));
	json_object_set_new(j, "name", text_or_null(c->ch_name));
	json_object_set_new(j, "to", text_or_null(c->ch_to));
	json_object_set_new(j, "before", text_or_null(c->ch_before));
	json_object_set_new(j, "after", text_or_null(c->ch_after));
	json_object_set_new(j, "header", text_or_null(c->ch_header));
	json_object_set_new(j, "line", json_integer(c->ch_line));
	json_object_set_new(j, "seen_by", seen_json(c->ch_seen_by));
	json_object_set_new(j, "must", text_or_null(c->ch_must));
	if (c->ch_class == KPI_CLASS_SIGNATURE) {
		json_object_set_new(j, "parameters_before",
		    json_integer(c->ch_nparams_old));
		json_object_set_new(j, "parameters_after",
		    json_integer(c->ch_nparams_new));
	}
	return (j);
}

static json_t *
pair_json(const struct kpi_pair *p)
{
	const struct kpi_history *h = kpi_history_of(p->pa_old, p->pa_new);
	json_t *j = json_object(), *count = json_object();
	json_t *changes = json_array();
	char *because = kpi_because(p);

	for (unsigned c = 0; c < KPI_CLASSES; c++)
		json_object_set_new(count, kpi_class_names[c],
		    json_integer(p->pa_count[c]));
	for (size_t i = 0; i < p->pa_nchanges; i++)
		json_array_append_new(changes,
		    change_json(&p->pa_changes[i]));
	json_object_set_new(j, "old", text_or_null(p->pa_old));
	json_object_set_new(j, "new", text_or_null(p->pa_new));
	json_object_set_new(j, "verdict",
	    json_string(kpi_verdict_names[kpi_verdict_of(p)]));
	json_object_set_new(j, "because", text_or_null(because));
	json_object_set_new(j, "count", count);
	json_object_set_new(j, "freebsd",
	    text_or_null(h != NULL ? h->hi_what : NULL));
	json_object_set_new(j, "freebsd_verdict", text_or_null(h != NULL ?
	    kpi_verdict_names[h->hi_verdict] : NULL));
	json_object_set_new(j, "abidiff_status", p->pa_abidiff ?
	    json_integer(p->pa_abidiff_status) : json_null());
	json_object_set_new(j, "not_compared", seen_json(p->pa_missing |
	    (p->pa_abidiff ? 0 : KPI_SEEN_ABIDIFF)));
	json_object_set_new(j, "advice", names_json(&p->pa_advice));
	json_object_set_new(j, "locks_stated_once",
	    names_json(&p->pa_unstated));
	json_object_set_new(j, "abidiff_internal",
	    names_json(&p->pa_internal));
	json_object_set_new(j, "changes", changes);
	free(because);
	return (j);
}

static json_t *
rule_json(void)
{
	json_t *list = json_array();

	for (unsigned c = 0; c < KPI_CLASSES; c++) {
		const struct kpi_rule *r = kpi_rule_of(c);
		json_t *j = json_object();

		json_object_set_new(j, "class",
		    json_string(kpi_class_names[c]));
		json_object_set_new(j, "meaning", json_string(r->ru_meaning));
		json_object_set_new(j, "verdict",
		    json_string(kpi_verdict_names[r->ru_verdict]));
		json_object_set_new(j, "why", json_string(r->ru_why));
		json_array_append_new(list, j);
	}
	return (list);
}

json_t *
kpi_json_new(void)
{
	json_t *j = json_object();

	json_object_set_new(j, "schema", json_integer(KPI_SCHEMA));
	json_object_set_new(j, "rule", rule_json());
	json_object_set_new(j, "structures", json_object());
	json_object_set_new(j, "pairs", json_array());
	return (j);
}

void
kpi_json_add(json_t *kpi, const struct kpi_pair *p)
{
	json_array_append_new(json_object_get(kpi, "pairs"), pair_json(p));
}

void
kpi_json_sizes(json_t *kpi, const struct kpi_surface *su)
{
	json_t *all = json_object_get(kpi, "structures"), *sizes;

	if (json_object_get(all, su->su_name) != NULL)
		return;
	sizes = json_object();
	for (size_t i = 0; i < su->su_nitems; i++) {
		const struct kpi_item *it = &su->su_items[i];

		if (it->ki_kind == KPI_TYPE && it->ki_size > 0)
			json_object_set_new(sizes, it->ki_name,
			    json_integer(it->ki_size));
	}
	json_object_set_new(all, su->su_name, sizes);
}

const char *
kpi_json_text(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return (s != NULL ? s : "");
}

void
kpi_write(const char *folder, const char *file, const char *text)
{
	char message[RP_MESSAGE], *path = kpi_text("%s/%s", folder, file);

	mkdir(folder, 0777);	/* that it failed, saving will say */
	if (rp_save(path, text, message) != 0)
		errx(1, "%s", message);
	free(path);
}

json_t *
kpi_json_read(const char *path)
{
	json_error_t error;
	json_t *j = json_load_file(path, 0, &error);

	if (j == NULL && error.line < 0)
		errx(2, "%s; make kpi writes it", error.text);
	if (j == NULL)
		errx(2, "%s:%d: %s; make kpi writes it anew", path,
		    error.line, error.text);
	if (json_integer_value(json_object_get(j, "schema")) != KPI_SCHEMA ||
	    !json_is_array(json_object_get(j, "pairs")))
		errx(2, "%s: is no kpi.json of schema %d; make kpi writes it "
		    "anew", path, KPI_SCHEMA);
	return (j);
}
