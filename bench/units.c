/*
 * Looking things up among the linked units.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "units.h"

/* Room for n pointers of a set and a NULL. */
static void *
copy_set(const void *set, size_t n)
{
	void **copy = calloc(n + 1, sizeof(*copy));

	if (copy == NULL)
		err(1, "units");
	return (memcpy(copy, set, n * sizeof(*copy)));
}

const struct lab_unit *const *
units_sorted(void)
{
	static const struct lab_unit **sorted;
	size_t n = (size_t)(__stop_set_lab_units - __start_set_lab_units);

	if (sorted != NULL)
		return (sorted);
	sorted = copy_set(__start_set_lab_units, n);
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j > 0 && strcmp(sorted[j - 1]->lu_impl,
		    sorted[j]->lu_impl) > 0; j--) {
			const struct lab_unit *u = sorted[j];

			sorted[j] = sorted[j - 1];
			sorted[j - 1] = u;
		}
	return (sorted);
}

/* Within a unit they keep the order of the set, which is that of files. */
const struct lab_workload *const *
workloads_sorted(void)
{
	static const struct lab_workload **sorted;
	size_t n = (size_t)(__stop_set_lab_workloads -
	    __start_set_lab_workloads);

	if (sorted != NULL)
		return (sorted);
	sorted = copy_set(__start_set_lab_workloads, n);
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j > 0 &&
		    strcmp(sorted[j - 1]->lw_unit->lu_impl,
		    sorted[j]->lw_unit->lu_impl) > 0; j--) {
			const struct lab_workload *w = sorted[j];

			sorted[j] = sorted[j - 1];
			sorted[j - 1] = w;
		}
	return (sorted);
}

bool
unit_is(const struct lab_unit *u, const char *flavour)
{
	return (strcmp(u->lu_machine, "native") == 0 &&
	    strcmp(u->lu_flavour, flavour) == 0);
}

const struct lab_unit *
unit_find(const char *impl)
{
	FOREACH_UNIT(up)
		if (strcmp((*up)->lu_impl, impl) == 0)
			return (*up);
	return (NULL);
}

const struct lab_workload *
unit_workload(const char *impl, const char *flavour, const char *name)
{
	for (const struct lab_workload *const *wp = __start_set_lab_workloads;
	    wp < __stop_set_lab_workloads; wp++)
		if (unit_is((*wp)->lw_unit, flavour) &&
		    strcmp((*wp)->lw_unit->lu_impl, impl) == 0 &&
		    strcmp((*wp)->lw_name, name) == 0)
			return (*wp);
	return (NULL);
}

const struct lab_workload *
unit_any_workload(const char *name)
{
	FOREACH_WORKLOAD(wp)
		if (strcmp((*wp)->lw_name, name) == 0)
			return (*wp);
	return (NULL);
}

bool
workload_has_variant(const struct lab_workload *w, const char *variant)
{
	if (w->lw_variants == NULL)
		return (*variant == '\0');
	for (unsigned i = 0; w->lw_variants[i] != NULL; i++)
		if (strcmp(w->lw_variants[i], variant) == 0)
			return (true);
	return (false);
}
