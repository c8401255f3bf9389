/*
 * A run, as read: cells, implementations, and their windows.
 *
 * rp_load() fills it from rounds.jsonl and environment.json (docs/DATA.md).
 * A cell is what is compared; an arm is one implementation in one cell.  The
 * order of everything in here depends on the set of things measured, not on
 * the order in which they were.  Read stats.h for what is made of it.
 */
#ifndef REPORT_RESULTS_H
#define	REPORT_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>
#include <workload/lab_histogram.h>

#define	RP_SCHEMA	1	/* of rounds.jsonl */
#define	RP_ROUNDS_FILE	"rounds.jsonl"
#define	RP_MESSAGE	512	/* bytes of an error message */

#define	RP_BASELINE	"old_vpo_wanted"
#define	RP_AGAIN	".again"	/* behind the name of an A/A copy */
#define	RP_REFERENCE	"-"	/* "impl" of rows that belong to none */
#define	RP_PRIMITIVE	"primitive"	/* the workload of bare primitives */
#define	RP_TRACE	"trace"		/* the workload that replays traces */

/* What is counted in a bench window, where the machine tells. */
enum rp_event {
	RP_CYCLES, RP_INSTRUCTIONS, RP_CACHE_MISSES, RP_SWITCHES,
	RP_MIGRATIONS, RP_FAULTS, RP_CPU_NS, RP_EVENTS
};

/* One window of flavour bench that went well. */
struct rp_window {
	unsigned	round, process;
	double		ops_per_s_total;
	double		fairness;	/* least thread over most; NAN if one */
	double		jain;		/* Jain's index; NAN if one thread */
	double		planted;	/* the true ratio; NAN: none planted */
	unsigned	planted_percent;
	double		ops, thread_ns;	/* of its events; 0 if not told */
	double		events[RP_EVENTS];	/* NAN: not counted */
};

/* What one type, or name, of lock cost over the stats windows of an arm. */
struct rp_lock {
	double		acquired, contended;
	double		wait_ns, hold_ns;
};

struct rp_arm {
	struct rp_window *windows;	/* by round, each round once */
	unsigned	nwindows;
	unsigned	skipped;	/* windows of flavour bench */
	unsigned	failed;		/* windows of any flavour */
	char		*why;		/* of the last skip or failure */
	struct rp_lock	*locks;		/* by lock type */
	unsigned	nlocks;		/* length of locks; the rest is 0 */
	struct rp_lock	*named;		/* by lock name, in locks already */
	unsigned	nnamed;		/* length of named; the rest is 0 */
	double		stats_ops;	/* operations of the stats windows */
	double		stats_thread_ns; /* sum of threads x window_ns */
	struct lab_histogram *latency;	/* ns; NULL if not measured */
	struct rp_simulated *simulated;	/* simulated.h; NULL: measured */
};

struct rp_cell {
	char		*key;		/* as in the data; with /home=N when
					   the run has several homes */
	char		*name;		/* key without what all cells share */
	char		*workload, *variant, *sharing, *placement;
	unsigned	threads;
	int		home;
	bool		by_process;	/* rp_replicate(), for what has no r */
	unsigned	stats_process, latency_process;	/* that counts */
	struct rp_arm	*arms;		/* by implementation */
	unsigned	narms;		/* length of arms; the rest is empty */
};

/* A name that some locks of a type have, where it is not the type's. */
struct rp_lock_name {
	char		*type, *name;
};

struct rp_impl {
	char		*name;
	bool		reference;	/* RP_REFERENCE: no implementation */
	bool		null;		/* the cost of the harness */
	bool		older;		/* of the line of locks before
					   RP_BASELINE: shown, not judged */
	int		again;		/* what it is a copy of, or -1 */
};

/* One start of the program. */
struct rp_process {
	unsigned	process;
	unsigned	link_order;	/* 0: as the Makefile has it */
	unsigned	environment_bytes;
	double		load;		/* NAN if not told */
	double		elapsed_s;	/* NAN if it was killed */
	bool		measured;	/* windows of flavour bench */
};

/* A window of the block that each process repeats at its end. */
struct rp_repeat {
	char		*key;		/* of the cell */
	unsigned	impl, process;
	double		ops_per_s_total;
};

/* Smallest overlap and largest skew of the windows compared. */
struct rp_quality {
	unsigned	windows;
	unsigned	low_overlap;	/* windows under RP_OVERLAP_LOW */
	unsigned	retried;	/* thrown away without an operation */
	double		overlap_min;
	double		start_skew_ns_max;
};
#define	RP_OVERLAP_LOW	0.9

struct rp_results {
	char		*folder;	/* as it is to be named in reports */
	const char	*rounds_file;	/* in it; gzipped or not */
	struct rp_cell	*cells;
	unsigned	ncells;
	struct rp_impl	*impls;
	unsigned	nimpls;
	char		**lock_types;
	unsigned	nlock_types;
	struct rp_lock_name *lock_names;
	unsigned	nlock_names;
	struct rp_quality quality;
	struct rp_process *processes;	/* in the order of the file */
	unsigned	nprocesses;
	struct rp_repeat *repeats;
	unsigned	nrepeats;
	struct rp_pairs	*pairs;		/* verdict.c's; filled when asked */
	unsigned	rounds;		/* 1 + the last one seen */
	unsigned	failed;		/* windows */
	unsigned	threads_max;
	bool		torn;		/* a last line was, of any process */
	double		elapsed_s;	/* of the whole run; NAN: no end */
	bool		ended;		/* the run came to its end */
	json_t		*run;		/* first line, or NULL */
	json_t		*environment;	/* environment.json, or NULL */
	json_t		*transfer;	/* transfer.json, or NULL */
	struct rp_kpi	*kpi;		/* kpi_data.h, or NULL: none given */
	struct rp_machine *machine;	/* simulated.h; NULL: measured */
	struct rp_sim_bars *sim_bars;	/* sim_bars.h, or NULL: none given */
	struct rp_tsv	*switches;	/* switches.h, or NULL: none given */
	struct rp_results *sims;	/* simulated runs that are told of
					   beside it, in their order */
	unsigned	nsims;
};

/*
 * Read the folder of a run.  0, or -1 with one line in message that names the
 * file and line.  On error nothing is left to free.
 */
int		 rp_load(struct rp_results *r, const char *folder,
		    char message[RP_MESSAGE]);
void		 rp_free(struct rp_results *r);

/* Add one line of rounds.jsonl, parsed.  0, or -1 with a message. */
int		 rp_add(struct rp_results *r, json_t *line,
		    char message[RP_MESSAGE]);

/* A path as reports name it: from the working directory, if it is below. */
const char	*rp_from_here(const char *path);

/* Put everything in its order, once all lines are in. */
void		 rp_arrange(struct rp_results *r);

/* Indices; -1 if there is none of that name. */
int		 rp_impl_find(const struct rp_results *r, const char *name);
int		 rp_cell_find(const struct rp_results *r, const char *key);

/* The arm of an implementation in a cell, an empty one if never run. */
const struct rp_arm *rp_arm(const struct rp_cell *c, unsigned impl);

/* The cost of a lock type to an arm, zero if never seen. */
struct rp_lock	 rp_lock(const struct rp_arm *a, unsigned type);

/* A cell of implementations, not a row of the table of primitives. */
bool		 rp_compared(const struct rp_cell *c);

/* An implementation to be shown: neither reference nor A/A copy. */
bool		 rp_shown(const struct rp_results *r, unsigned impl);

/*
 * What the n of an estimate counts: processes, if a run has at least
 * RP_PROCESSES_MIN of them, else rounds (docs/METHOD.md).
 */
enum rp_replicate { RP_ROUNDS, RP_PROCESSES };
#define	RP_PROCESSES_MIN	6
enum rp_replicate rp_replicate(const struct rp_results *r);
/* "rounds" or "processes". */
const char	*rp_replicates(const struct rp_results *r);

/* Growing arrays and strings, or exit: there is nothing to save. */
void		*rp_grow(void *array, size_t n, size_t size);
char		*rp_strdup(const char *s);

#endif /* REPORT_RESULTS_H */
