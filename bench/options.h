/*
 * The command line of bench.
 *
 * What begins with --benchmark_ is Google Benchmark's and goes to
 * bench/gbench.h; all else is here.  Names (of implementations, workloads and
 * so on) are checked by bench/cells.c, which knows what there is.
 */
#ifndef BENCH_OPTIONS_H
#define	BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A list of texts or numbers given; n == 0 if the option was not. */
struct opt_names {
	char		**names;
	unsigned	 n;
};

struct opt_numbers {
	unsigned	*numbers;
	unsigned	 n;
};

/*
 * What a window is run for: each is a pass of its own through the cells, the
 * first of them the rounds.
 */
enum flavour {
	FLAVOUR_BENCH,
	FLAVOUR_STATS,		/* lock statistics */
	FLAVOUR_LATENCY,	/* single operations are timed */
	FLAVOURS
};

#define	OPT_RESULTS_DEFAULT	"results"
#define	OPT_HOME_MAX		1023
#define	OPT_THREADS_MAX		4096
#define	OPT_ROUNDS_MAX		10000
#define	OPT_WINDOW_MS_MAX	60000
#define	OPT_PHYSMEM_MIN		((size_t)4 << 20)	/* bytes */
/* Fewer rounds give no 95 % interval of a median by the sign test. */
#define	OPT_ROUNDS_MIN_BUDGET	6

struct options {
	struct opt_names o_impls;
	struct opt_names o_workloads;
	struct opt_names o_variants;
	struct opt_names o_sharings;
	struct opt_names o_placements;
	struct opt_names o_traces;	/* paths */
	struct opt_names o_cells;	/* names in full */
	struct opt_numbers o_threads;
	struct opt_numbers o_homes;	/* none: see homes.h */
	bool		 o_homes_all;
	unsigned	 o_clones;	/* 0: as many as threads */
	unsigned	 o_rounds;	/* 0: not given */
	unsigned	 o_window_ms;	/* 0: not given */
	unsigned	 o_budget_s;	/* 0: none */
	unsigned	 o_processes;	/* >= 1 */
	uint64_t	 o_link_order;
	uint64_t	 o_seed;
	size_t		 o_physmem;	/* bytes; 0: what workloads want */
	const char	*o_results;
	const char	*o_topology;	/* NULL: this machine */
	const char	*o_resume;	/* NULL: a new run */
	bool		 o_passes[FLAVOURS];
	bool		 o_full;
	bool		 o_list;
	bool		 o_primitives;
	bool		 o_oversubscribe;
	bool		 o_quiet;
};

/*
 * Parse, or end the process with a line on standard error and status 2.
 * --help prints and ends it with 0.
 */
void	options_parse(struct options *, int argc, char **argv);
void	options_free(struct options *);

/*
 * Copy the arguments.  Do so first: parsing cuts them up.  options_drop() frees
 * the copy.
 */
void	options_keep(struct opt_names *, int argc, char **argv);
void	options_drop(struct opt_names *);

/* Arguments as one line, for the record.  The caller frees it. */
char	*options_command(const struct opt_names *);

/* Add a copy of the text; an array for one element more. */
void	opt_add(struct opt_names *, const char *name);
void	*opt_grow(void *, unsigned n, size_t size);
bool	opt_has(const struct opt_names *, const char *name);

#endif /* BENCH_OPTIONS_H */
