/*
 * Checking the names on the command line against what is linked in, before
 * anything runs.  A wrong one ends the process with the right ones.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include "cell.h"
#include "units.h"

#define	NAMES_MAX	1024	/* bytes of the list in a message */

/* A list of different names as text, "a, b, c". */
struct name_list {
	char		 l_text[NAMES_MAX];
};

static void
add(struct name_list *l, const char *name)
{
	char needle[LAB_NAME_MAX + 4], hay[NAMES_MAX + 4];
	size_t used = strlen(l->l_text);

	snprintf(needle, sizeof(needle), " %s,", name);
	snprintf(hay, sizeof(hay), " %s,", l->l_text);
	if (strstr(hay, needle) != NULL || used + strlen(name) + 3 > NAMES_MAX)
		return;
	snprintf(l->l_text + used, NAMES_MAX - used, "%s%s",
	    used > 0 ? ", " : "", name);
}

static bool
workload_wanted(const struct options *o, const char *name)
{
	return (o->o_workloads.n == 0 || opt_has(&o->o_workloads, name));
}

static void
check_impls(const struct options *o)
{
	struct name_list l = { "" };

	FOREACH_UNIT(up)
		if (strcmp((*up)->lu_impl, CELL_NO_IMPL) != 0)
			add(&l, (*up)->lu_impl);
	for (unsigned i = 0; i < o->o_impls.n; i++)
		if (unit_find(o->o_impls.names[i]) == NULL)
			errx(2, "there is no implementation '%s'; there are %s",
			    o->o_impls.names[i], l.l_text);
}

static void
check_workloads(const struct options *o)
{
	struct name_list l = { "" };

	FOREACH_WORKLOAD(wp)
		add(&l, (*wp)->lw_name);
	for (unsigned i = 0; i < o->o_workloads.n; i++)
		if (unit_any_workload(o->o_workloads.names[i]) == NULL)
			errx(2, "there is no workload '%s'; there are %s",
			    o->o_workloads.names[i], l.l_text);
	if (o->o_traces.n > 0 && (unit_any_workload("trace") == NULL ||
	    !workload_wanted(o, "trace")))
		errx(2, "--trace needs the workload trace; there are %s",
		    l.l_text);
}

static void
check_variants(const struct options *o)
{
	struct name_list l = { "" };

	FOREACH_WORKLOAD(wp) {
		const char *const *v = (*wp)->lw_variants;

		if (workload_wanted(o, (*wp)->lw_name))
			while (v != NULL && *v != NULL)
				add(&l, *v++);
	}
	for (unsigned i = 0; i < o->o_variants.n; i++) {
		bool found = false;

		FOREACH_WORKLOAD(wp)
			if (workload_wanted(o, (*wp)->lw_name) &&
			    workload_has_variant(*wp, o->o_variants.names[i]))
				found = true;
		if (!found)
			errx(2, "no chosen workload has a variant '%s'; "
			    "there are %s", o->o_variants.names[i],
			    *l.l_text != '\0' ? l.l_text : "none");
	}
}

void
names_check(const struct options *o)
{
	check_impls(o);
	check_workloads(o);
	check_variants(o);
	for (unsigned i = 0; i < o->o_sharings.n; i++)
		if (strcmp(o->o_sharings.names[i], "private") != 0 &&
		    strcmp(o->o_sharings.names[i], "shared") != 0 &&
		    strcmp(o->o_sharings.names[i], "same") != 0)
			errx(2, "there is no sharing '%s'; there are private, "
			    "shared, same", o->o_sharings.names[i]);
	for (unsigned i = 0; i < o->o_placements.n; i++)
		if (!place_known(o->o_placements.names[i]))
			errx(2, "there is no placement '%s'; there are "
			    "compact, scatter, l3, smt, node, list:0,2,4-7",
			    o->o_placements.names[i]);
}
