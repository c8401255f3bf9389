/*
 * benchmark.json: the windows of a run in Google Benchmark's own schema, made
 * of rounds.jsonl whenever a process ends, so that it is always whole.
 */
#ifndef BENCH_EXPORT_H
#define	BENCH_EXPORT_H

#include "schedule.h"

/* Write it anew at path, in one step.  Returns 0, or an errno. */
int	export_benchmark(const struct schedule *, const char *path);

#endif /* BENCH_EXPORT_H */
