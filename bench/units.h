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

/* Loops over the timed units, and over the workloads of timed units. */
#define	FOREACH_UNIT(up)						\
	for (const struct lab_unit *const *up = __start_set_lab_units;	\
	    up < __stop_set_lab_units; up++)				\
		if (unit_is(*up, "bench"))
#define	FOREACH_WORKLOAD(wp)						\
	for (const struct lab_workload *const *wp =			\
	    __start_set_lab_workloads; wp < __stop_set_lab_workloads; wp++) \
		if (unit_is((*wp)->lw_unit, "bench"))

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
