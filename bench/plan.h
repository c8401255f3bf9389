/*
 * What a run without options does.
 */
#ifndef BENCH_PLAN_H
#define	BENCH_PLAN_H

/* What of one workload is in the default run. */
struct plan_row {
	const char	*pr_workload;
	const char	*const *pr_variants;	/* NULL: the first; see below */
	unsigned	 pr_sharing;		/* mask; 0: all it allows */
	unsigned	 pr_threads_max;	/* 0: no limit */
};

/* Stands for all variants a workload has. */
extern const char *const plan_all_variants[];

/* The row of a workload; one that the table does not know gets a default. */
const struct plan_row	*plan_row(const char *workload);

#endif /* BENCH_PLAN_H */
