/*
 * The page's data on the decisions and on what make kpi found.  Read page.h
 * and decide.h first.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "md_kpi.h"

static json_t *
step_text(const char *from, const char *to)
{
	return (json_sprintf("%s → %s", from, to));
}

static json_t *
says(const struct rp_step_decision *s)
{
	json_t *out = json_array();

	for (unsigned i = 0; i < RP_CRITERIA; i++)
		json_array_append_new(out, json_string(rp_says_name(
		    s->findings[i].says)));
	return (out);
}

static json_t *
steps(const struct rp_results *r, const struct rp_decisions *d)
{
	json_t *out = json_array();

	for (unsigned i = 0; i < d->n; i++) {
		const struct rp_step_decision *s = &d->steps[i];

		json_array_append_new(out, json_pack(
		    "{s:o, s:o, s:o, s:s, s:s}",
		    "step", step_text(s->from, s->to),
		    "verdict", rp_page_text(rp_kpi_verdict(r, s->kpi_from,
		    s->to)), "says", says(s),
		    "decision", rp_decision_name(s->decision),
		    "why", s->why));
	}
	return (out);
}

/* What a function writes, as text; takes the stream's memory over. */
static json_t *
written(struct rp_text *t)
{
	json_t *out = rp_page_text(rp_text_close(t));

	free(t->text);
	return (out);
}

static json_t *
criterion(const struct rp_results *r, const struct rp_places *p,
    const struct rp_step_decision *s, enum rp_criterion c)
{
	const struct rp_finding *f = &s->findings[c];
	char bound[RP_BOUND_MAX];
	struct rp_text t;

	rp_bound(c, bound, sizeof(bound));
	rp_text_open(&t);
	rp_criterion_files(t.f, r, p, c);
	return (json_pack("{s:o, s:s, s:o, s:s, s:s, s:o, s:o}",
	    "step", step_text(rp_criterion_of_kpi(c) ? s->kpi_from : s->from,
	    s->to), "name", rp_criterion_name(c),
	    "figure", rp_page_text(f->figure), "bound", bound,
	    "says", rp_says_name(f->says),
	    "missing", rp_page_text(f->says == RP_OPEN ? f->missing : ""),
	    "files", written(&t)));
}

static json_t *
criteria(const struct rp_results *r, const struct rp_places *p,
    const struct rp_decisions *d)
{
	json_t *out = json_array();

	for (unsigned i = 0; i < d->n; i++)
		for (unsigned j = 0; j < RP_CRITERIA; j++)
			json_array_append_new(out, criterion(r, p,
			    &d->steps[i], j));
	return (out);
}

static json_t *
regressions(const struct rp_results *r, const struct rp_decisions *d)
{
	json_t *out = json_array();

	for (unsigned i = 0; i < d->n * r->ncells; i++) {
		const struct rp_step_decision *s = &d->steps[i / r->ncells];
		const struct rp_cell *c = &r->cells[i % r->ncells];
		const struct rp_contrast *k = rp_contrast(r, c,
		    rp_impl_find(r, s->to), rp_impl_find(r, s->from));

		if (rp_compared(c) && rp_regressed(k))
			json_array_append_new(out, json_pack(
			    "{s:o, s:o, s:o}",
			    "step", step_text(s->from, s->to),
			    "cell", rp_page_text(c->name),
			    "ratio", rp_page_ratio(&k->log_ratio)));
	}
	return (out);
}

/* The rows of a table as objects, each text under its column's name. */
static json_t *
rows(const struct rp_results *r, enum rp_kpi_file file)
{
	const struct rp_kpi_table *t = rp_kpi_table(r->kpi, file);
	json_t *out = json_array();

	for (unsigned i = 0; i < t->nrows; i++) {
		json_t *row = json_object();

		for (unsigned j = 0; j < t->ncolumns; j++)
			json_object_set_new(row, t->columns[j],
			    rp_page_text(t->texts[i * t->ncolumns + j]));
		json_array_append_new(out, row);
	}
	return (out);
}

/* The verdicts, with what they count put into words. */
static json_t *
verdicts(const struct rp_results *r)
{
	json_t *out = rows(r, RP_KPI_VERDICTS);

	for (unsigned i = 0; i < json_array_size(out); i++) {
		struct rp_text t;

		rp_text_open(&t);
		rp_kpi_changes(t.f, rp_kpi_table(r->kpi, RP_KPI_VERDICTS), i);
		json_object_set_new(json_array_get(out, i), "changes",
		    written(&t));
	}
	return (out);
}

/* The matrix, with an outcome as RESULTS.md has it. */
static json_t *
matrix(const struct rp_results *r)
{
	json_t *out = rows(r, RP_KPI_MATRIX);

	for (unsigned i = 0; i < json_array_size(out); i++) {
		struct rp_text t;

		rp_text_open(&t);
		rp_kpi_outcome(t.f, rp_kpi_table(r->kpi, RP_KPI_MATRIX),
		    (int)i);
		json_object_set_new(json_array_get(out, i), "said",
		    written(&t));
	}
	return (out);
}

json_t *
rp_page_kpi(const struct rp_results *r, const struct rp_places *p)
{
	struct rp_decisions d;
	struct rp_text t;
	json_t *out = json_object();

	rp_decide(r, &d);
	rp_text_open(&t);
	rp_md_decision(t.f, r);
	json_object_set_new(out, "words", written(&t));
	json_object_set_new(out, "steps", steps(r, &d));
	json_object_set_new(out, "criteria", criteria(r, p, &d));
	json_object_set_new(out, "regressions", regressions(r, &d));
	json_object_set_new(out, "verdicts", verdicts(r));
	json_object_set_new(out, "matrix", matrix(r));
	json_object_set_new(out, "migration", rows(r, RP_KPI_MIGRATION));
	json_object_set_new(out, "remaining", rows(r, RP_KPI_REMAINING));
	json_object_set_new(out, "folder", rp_page_text(r->kpi == NULL ?
	    NULL : r->kpi->folder));
	rp_decisions_free(&d);
	return (out);
}
