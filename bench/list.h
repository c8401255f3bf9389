/*
 * bench --list: what there is to run, on standard output.
 */
#ifndef BENCH_LIST_H
#define	BENCH_LIST_H

#include "cell.h"

/* Returns 0, or an errno when it could not be written. */
int	list_print(const struct cell_table *, const struct place_map *);

/* The same as names of windows, for --benchmark_list_tests. */
int	list_windows(const struct cell_table *);

#endif /* BENCH_LIST_H */
