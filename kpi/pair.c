/*
 * A pair of surfaces and its changes: adding, sorting, freeing.  Read
 * compare.h first.
 */
#define	_GNU_SOURCE	/* vasprintf */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "rule.h"
#include "store.h"

const char *const kpi_class_names[KPI_CLASSES] = {
	[KPI_CLASS_REMOVED] = "removed",
	[KPI_CLASS_RENAMED] = "renamed",
	[KPI_CLASS_SIGNATURE] = "signature",
	[KPI_CLASS_STRICTER] = "semantics_stricter",
	[KPI_CLASS_RELAXED] = "semantics_relaxed",
	[KPI_CLASS_OTHER] = "semantics_other",
	[KPI_CLASS_VALUE] = "value",
	[KPI_CLASS_LAYOUT] = "layout",
	[KPI_CLASS_KIND] = "kind",
	[KPI_CLASS_EXPANSION] = "expansion",
	[KPI_CLASS_ADDED] = "added",
};

char *
kpi_text(const char *format, ...)
{
	va_list ap;
	char *text;
	int n;

	va_start(ap, format);
	n = vasprintf(&text, format, ap);
	va_end(ap);
	if (n < 0)
		err(1, "kpi: no memory for a text");
	return (text);
}

void
kpi_names_add(struct kpi_names *names, const char *name, size_t n)
{
	names->nm_names = kpi_grow(names->nm_names, names->nm_n + 1,
	    sizeof(*names->nm_names));
	names->nm_names[names->nm_n++] = kpi_text("%.*s", (int)n, name);
}

static void
free_names(struct kpi_names *names)
{
	for (size_t i = 0; i < names->nm_n; i++)
		free(names->nm_names[i]);
	free(names->nm_names);
}

struct kpi_pair *
kpi_pair_new(const char *old, const char *new)
{
	struct kpi_pair *p = calloc(1, sizeof(*p));

	if (p == NULL)
		err(1, "kpi: no memory for a pair");
	p->pa_old = kpi_text("%s", old);
	p->pa_new = kpi_text("%s", new);
	return (p);
}

struct kpi_change *
kpi_pair_add(struct kpi_pair *p, enum kpi_class class,
    const struct kpi_item *at, const char *name, const char *before,
    const char *after, unsigned seen_by, const struct kpi_surface *new)
{
	const struct kpi_rule *rule = kpi_rule_of(class);
	const struct kpi_successor *s = kpi_advice_on(p->pa_from, new,
	    name);
	bool advised = s != NULL && rule->ru_advice && *s->ks_advice != '\0';
	struct kpi_change *c;

	p->pa_changes = kpi_grow(p->pa_changes, p->pa_nchanges + 1,
	    sizeof(*p->pa_changes));
	c = &p->pa_changes[p->pa_nchanges++];
	*c = (struct kpi_change){ .ch_class = class, .ch_kind = at->ki_kind,
	    .ch_name = kpi_text("%s", name),
	    .ch_before = before != NULL ? kpi_text("%s", before) : NULL,
	    .ch_after = after != NULL ? kpi_text("%s", after) : NULL,
	    .ch_header = kpi_text("%s", at->ki_header != NULL ?
	    at->ki_header : ""), .ch_line = at->ki_line,
	    .ch_seen_by = seen_by,
	    .ch_must = kpi_text("%s", advised ? s->ks_advice : rule->ru_must) };
	p->pa_count[class]++;
	return (c);
}

void
kpi_change_advise(struct kpi_change *c, const char *must)
{
	if (strcmp(c->ch_must, kpi_rule_of(c->ch_class)->ru_must) != 0)
		return;
	free(c->ch_must);
	c->ch_must = kpi_text("%s", must);
}

void
kpi_change_rename(struct kpi_change *c, const char *to)
{
	char *must = kpi_text("use %s instead", to);

	c->ch_to = kpi_text("%s", to);
	kpi_change_advise(c, must);
	free(must);
}

bool
kpi_same_when(const struct kpi_item *a, const struct kpi_item *b)
{
	const char *wa = a->ki_when != NULL ? a->ki_when : "";

	return (strcmp(wa, b->ki_when != NULL ? b->ki_when : "") == 0);
}

char *
kpi_when_text(const struct kpi_item *i, char *text)
{
	char *longer;

	if (i->ki_when == NULL || *i->ki_when == '\0')
		return (text);
	longer = kpi_text("%s if %s", text, i->ki_when);
	free(text);
	return (longer);
}

static int
order(const void *va, const void *vb)
{
	const struct kpi_change *a = va, *b = vb;

	if (a->ch_class != b->ch_class)
		return (a->ch_class < b->ch_class ? -1 : 1);
	if (a->ch_kind != b->ch_kind)
		return (a->ch_kind < b->ch_kind ? -1 : 1);
	return (strcmp(a->ch_name, b->ch_name));
}

void
kpi_pair_sort(struct kpi_pair *p)
{
	if (p->pa_nchanges > 0)
		qsort(p->pa_changes, p->pa_nchanges, sizeof(*p->pa_changes),
		    order);
}

void
kpi_pair_free(struct kpi_pair *p)
{
	for (size_t i = 0; i < p->pa_nchanges; i++) {
		struct kpi_change *c = &p->pa_changes[i];

		free(c->ch_name);
		free(c->ch_to);
		free(c->ch_before);
		free(c->ch_after);
		free(c->ch_header);
		free(c->ch_must);
	}
	free(p->pa_changes);
	free_names(&p->pa_advice);
	free_names(&p->pa_unstated);
	free_names(&p->pa_internal);
	free(p->pa_old);
	free(p->pa_new);
	free(p);
}
