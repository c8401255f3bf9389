/*
 * What a simulated run tells beyond throughput: which machine it stood for,
 * where its CPUs' time went, which lines they waited for, what other costs of
 * a transfer would give, and which pairs of operations touch the same lines.
 *
 * docs/DATA.md has the form.  Its rounds are seeds, and what varies between
 * them is the schedule, not a measurement: nothing in it is judged as verdict.c
 * does.
 */
#ifndef REPORT_SIMULATED_H
#define	REPORT_SIMULATED_H

#include "results.h"

/* Where the time of the CPUs of a cell goes. */
enum rp_part {
	RP_WORK,		/* accesses that are served where they are */
	RP_TRANSFERS,		/* waiting for a line to arrive */
	RP_PAUSES,		/* polling */
	RP_SLEEP,		/* off the CPU, and the way there and back */
	RP_PARTS
};
/* "work", "transfer", "pause", "sleep": as in the data. */
const char	*rp_part_name(enum rp_part part);

/* A line that was waited for. */
struct rp_wait {
	char		*name;		/* "vm_object.lock" */
	double		share;		/* of the CPUs' time, 0 to 1 */
};

/* A line that moved between CPUs. */
struct rp_move {
	char		*name;
	double		moves_per_op;
	double		wait_ns_per_op;	/* NAN if not told */
};

/* The levels that a transfer can have, from near to far. */
#define	RP_LEVELS	4		/* smt, l3, package, remote */
#define	RP_SETTINGS	81		/* 3 factors for each of them */

/* Throughput under other costs. */
struct rp_setting {
	double		factor[RP_LEVELS];	/* on the cost of each level */
	double		ops_per_s_total;
};

/* What is known of an implementation in a cell. */
struct rp_simulated {
	bool		timed;		/* time[] was told */
	double		time[RP_PARTS];	/* shares, 0 to 1 */
	struct rp_wait	*waits;		/* in the order of the data */
	unsigned	nwaits;
	struct rp_move	*moves;
	unsigned	nmoves;
	struct rp_setting *settings;	/* none where not swept */
	unsigned	nsettings;
};

/* Two operations beside each other: the lines that both need. */
struct rp_conflict {
	char		*impl, *sharing, *a, *b;
	struct rp_move	*lines;		/* none: conflict-free */
	unsigned	nlines;
};

struct rp_machine {
	char		*name;		/* "epyc-7r13" */
	char		*description, *topology;	/* "" if not told */
	unsigned	cpus;		/* 0 if not told */
	json_t		*costs;		/* ns by name, or NULL; the run's */
	struct rp_conflict *conflicts;
	unsigned	nconflicts;
};

/*
 * The `simulated' object of the line `run', or of a window, which goes to its
 * arm.  0, also if there is none, or -1 with a message.
 */
int		 rp_add_machine(struct rp_results *r, json_t *run,
		    char message[RP_MESSAGE]);
int		 rp_add_simulated(struct rp_results *r, struct rp_arm *a,
		    json_t *window, char message[RP_MESSAGE]);

/* Lines of the kinds sensitivity and conflict.  0, or -1 with a message. */
int		 rp_add_sensitivity(struct rp_results *r, json_t *j,
		    char message[RP_MESSAGE]);
int		 rp_add_conflict(struct rp_results *r, json_t *j,
		    char message[RP_MESSAGE]);

/*
 * Lines with what moved of them: an array of objects.  0, or -1 with a message
 * and what was read until then, to be freed all the same.
 */
int		 rp_get_moves(json_t *array, struct rp_move **moves,
		    unsigned *n, char message[RP_MESSAGE]);
void		 rp_moves_free(struct rp_move *moves, unsigned n);

/* The machine of a run, made where no line told of it. */
struct rp_machine *rp_intern_machine(struct rp_results *r);

/* What is known of an arm; nothing, but never NULL. */
const struct rp_simulated *rp_simulated(const struct rp_arm *a);

/* The same, made if need be. */
struct rp_simulated *rp_intern_simulated(struct rp_arm *a);

void		 rp_simulated_free(struct rp_simulated *s);
void		 rp_machine_free(struct rp_machine *m);

/*
 * Read the folder of a simulated run and add it to r->sims, for a section of
 * its own beside what r measured.  0, or -1 with a message; r is then as it
 * was.
 */
int		 rp_sim_load(struct rp_results *r, const char *folder,
		    char message[RP_MESSAGE]);
void		 rp_sims_free(struct rp_results *r);

/* CPUs of the machine; where it does not say, the most threads there were. */
unsigned	 rp_sim_cpus(const struct rp_results *s);

#endif /* REPORT_SIMULATED_H */
