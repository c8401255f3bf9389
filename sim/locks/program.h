/*
 * Small programs of known shape, by which the simulator is checked
 * (docs/MODEL.md): locks, and the exchange of one line.
 *
 * Compiled and instrumented as units are.  A program is one loop, run by each
 * CPU until it has done its share.
 */
#ifndef SIM_LOCKS_PROGRAM_H
#define	SIM_LOCKS_PROGRAM_H

#include <machine/atomic.h>
#include <machine/machine.h>
#include <sys/linker_set.h>

#define	PROGRAM_CPUS_MAX	512

/* A line of a CPU's own. */
struct program_own {
	uint64_t	 po_ops;	/* done */
	uint64_t	 po_next;	/* the program's: a queue's link */
	uint64_t	 po_flag;	/* the program's: a CPU waits for it */
} __attribute__((aligned(MD_CACHE_LINE)));

/* All that a program touches, in the arena; zero at first. */
struct program_run {
	unsigned	 pr_cpus;
	uint64_t	 pr_ops;	/* each CPU is to do */
	/* What is contended; a line each. */
	uint64_t	 pr_word __attribute__((aligned(MD_CACHE_LINE)));
	uint64_t	 pr_word2 __attribute__((aligned(MD_CACHE_LINE)));
	/* What the lock guards: as many as acquisitions, if it is one. */
	uint64_t	 pr_guarded __attribute__((aligned(MD_CACHE_LINE)));
	struct program_own pr_own[PROGRAM_CPUS_MAX];
};

struct program {
	const char	*pg_name;
	/* The i-th CPU's part. */
	void		(*pg_loop)(struct program_run *, unsigned i);
	unsigned	 pg_cpus;	/* it is for so many; 0: any number */
	int		 pg_guards;	/* each operation counts pr_guarded */
};

#define	PROGRAM(name, loop, ...)					\
static const struct program name##_program = { #name, loop, __VA_ARGS__ }; \
DATA_SET(sim_programs, name##_program)

extern const struct program *const __start_set_sim_programs[];
extern const struct program *const __stop_set_sim_programs[];

#endif /* SIM_LOCKS_PROGRAM_H */
