/*
 * bench --help.
 */
#ifndef BENCH_USAGE_H
#define	BENCH_USAGE_H

/* Print it.  Returns 0, or EOF when it could not be written. */
int	usage_print(void);

#endif /* BENCH_USAGE_H */
