/*
 * The default run, as a table.
 *
 * It exists to keep the run without options at a minute on two processors.  A
 * workload that is not in it takes part with its first variant, every sharing
 * it allows and every number of threads; so adding a workload needs no edit
 * here.  Naming a workload with --workload sets its row aside, and --full the
 * choice of variants in all rows.
 *
 * Whatever the row says, a cell of one thread exists only for the first sharing
 * that the workload allows: one thread shares with nobody.
 */
#include <stddef.h>
#include <string.h>

#include "cell.h"
#include "plan.h"

const char *const plan_all_variants[] = { NULL };

/* The cheapest soft fault and the dearest; what lies between costs rounds. */
static const char *const fault_soft[] = { "ro,one", "rw,own", NULL };

static const struct plan_row rows[] = {
	/* A table of costs, not of scaling: one thread tells them. */
	{ CELL_PRIMITIVE, plan_all_variants, LAB_PRIVATE, 1 },
	/* How the page is mapped, and by how many spaces, decides the path. */
	{ "fault_soft", fault_soft, 0, 0 },
	{ "fault_pagein", plan_all_variants, 0, 0 },
	/* With work between grab and release, and without. */
	{ "grab_hit", plan_all_variants, 0, 0 },
	{ "grab_sbusy", plan_all_variants, 0, 0 },
	/* Real sharing is in the trace itself. */
	{ "trace", plan_all_variants, 0, 0 },
};

static const struct plan_row unknown = { NULL, NULL, 0, 0 };

const struct plan_row *
plan_row(const char *workload)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].pr_workload, workload) == 0)
			return (&rows[i]);
	return (&unknown);
}
