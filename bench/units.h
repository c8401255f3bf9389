/*
 * The units linked into this binary, as the linker sets show them.
 *
 * Only native ones count: flavour "bench" is timed, flavour "stats" counts
 * lock waiting.  The reference rows (bench/reference.c) are a unit as well,
 * whose implementation is called "-".
 */
#ifndef BENCH_UNITS_H
#define	BENCH_UNITS_H

#include <stdbool.h>

#include <workload/lab_unit.h>

/*
 * Loops over the timed units, and over the workloads of timed units.  Units
 * come by the names of their implementations, whatever order they were linked
 * in: the cells, and the order in which they run, do not depend on that.
 */
#define	FOREACH_UNIT(up)						\
	for (const struct lab_unit *const *up = units_sorted();		\
	    *up != NULL; up++)						\
		if (unit_is(*up, "bench"))
#define	FOREACH_WORKLOAD(wp)						\
	for (const struct lab_workload *const *wp = workloads_sorted();	\
	    *wp != NULL; wp++)						\
		if (unit_is((*wp)->lw_unit, "bench"))

/* Both linker sets by implementation, ending in NULL. */
const struct lab_unit *const	*units_sorted(void);
const struct lab_workload *const *workloads_sorted(void);

bool	unit_is(const struct lab_unit *, const char *flavour);

/* The timed unit of an implementation, or NULL. */
const struct lab_unit		*unit_find(const char *impl);

/* A workload of an implementation in a flavour, or NULL. */
const struct lab_workload	*unit_workload(const char *impl,
				    const char *flavour, const char *name);

/* The first record of a workload in any timed unit, or NULL. */
const struct lab_workload	*unit_any_workload(const char *name);

/* Whether a workload has the variant; "" is that of one without any. */
bool	workload_has_variant(const struct lab_workload *, const char *variant);

#endif /* BENCH_UNITS_H */
