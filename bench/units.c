/*
 * Looking things up among the linked units.
 */
#include <string.h>

#include "units.h"

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
