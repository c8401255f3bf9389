/*
 * What a person has written of names, in `successors': which line is about the
 * step between two surfaces, and what it says that no reader sees.
 */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

const struct kpi_successor *
kpi_successor_of(const struct kpi_surface *new, const char *name)
{
	for (size_t i = 0; i < new->su_nsuccessors; i++)
		if (strcmp(new->su_successors[i].ks_name, name) == 0)
			return (&new->su_successors[i]);
	return (NULL);
}

static bool
is_gone(const struct kpi_surface *old, const struct kpi_surface *new,
    const struct kpi_successor *s)
{
	return (kpi_find_any(old, s->ks_name) != NULL &&
	    kpi_find_any(new, s->ks_name) == NULL);
}

/*
 * Does a surface still have what its own lines say that another name took the
 * place of?  So has a source tree, which gets the lines of another: the step is
 * ahead of it.
 */
static bool
lags(const struct kpi_surface *su)
{
	for (size_t i = 0; i < su->su_nsuccessors; i++) {
		const struct kpi_successor *s = &su->su_successors[i];

		if (strcmp(s->ks_by, s->ks_name) != 0 &&
		    strcmp(s->ks_by, "-") != 0 &&
		    kpi_find_any(su, s->ks_name) != NULL)
			return (true);
	}
	return (false);
}

const struct kpi_successor *
kpi_advice_on(const struct kpi_surface *old, const struct kpi_surface *new,
    const char *name)
{
	const struct kpi_successor *s = kpi_successor_of(new, name), *was;

	if (s == NULL || old == NULL || is_gone(old, new, s))
		return (s);
	was = kpi_successor_of(old, name);
	return (was == NULL || strcmp(was->ks_advice, s->ks_advice) != 0 ||
	    (lags(old) && !lags(new)) ? s : NULL);
}

static bool
has_change(const struct kpi_pair *p, const char *name)
{
	for (size_t i = 0; i < p->pa_nchanges; i++)
		if (strcmp(p->pa_changes[i].ch_name, name) == 0)
			return (true);
	return (false);
}

void
kpi_compare_advice(struct kpi_pair *p, const struct kpi_surface *old,
    const struct kpi_surface *new)
{
	for (size_t i = 0; i < new->su_nsuccessors; i++) {
		const char *name = new->su_successors[i].ks_name;
		const struct kpi_successor *s = kpi_advice_on(old, new, name);
		char *text;

		if (s == NULL || kpi_find_any(old, name) == NULL ||
		    kpi_find_any(new, name) == NULL || has_change(p, name))
			continue;
		text = kpi_text("%s: %s", name, s->ks_advice);
		kpi_names_add(&p->pa_advice, text, strlen(text));
		free(text);
	}
}
