/*
 * What the readers of rounds.jsonl share: a window's line on its way in.
 * intern.c finds its place, line.c reads throughput, events.c all else.
 */
#ifndef REPORT_READ_H
#define	REPORT_READ_H

#include "field.h"

/* What the fields of a window say, before it has a place. */
struct rp_line {
	const char	*workload, *variant, *sharing, *placement;
	const char	*cell, *impl, *flavour, *status, *why;
	unsigned	threads, round, process;
	int		home;
};

/* Find it, or make it; the index, or a pointer good until the next one. */
unsigned	 rp_intern_impl(struct rp_results *r, const char *name);
unsigned	 rp_intern_lock_type(struct rp_results *r, const char *name);
unsigned	 rp_intern_lock_name(struct rp_results *r, const char *type,
		    const char *name);
struct rp_cell	*rp_intern_cell(struct rp_results *r, const struct rp_line *l);
struct rp_arm	*rp_intern_arm(struct rp_cell *c, unsigned impl);

/*
 * A window of flavour stats or latency made part of its cell, or the events
 * of a bench window.  0, or -1 with a message.
 */
int	rp_add_stats(struct rp_results *r, struct rp_cell *c, unsigned impl,
	    const struct rp_line *l, json_t *j, char message[RP_MESSAGE]);
int	rp_add_latency(struct rp_cell *c, unsigned impl,
	    const struct rp_line *l, json_t *j, char message[RP_MESSAGE]);
int	rp_get_events(struct rp_window *w, const struct rp_line *l, json_t *j,
	    char message[RP_MESSAGE]);

/* Lines that are no windows.  0, or -1 with a message. */
int	rp_add_process(struct rp_results *r, json_t *j,
	    char message[RP_MESSAGE]);
int	rp_add_process_end(struct rp_results *r, json_t *j,
	    char message[RP_MESSAGE]);
int	rp_add_repeat(struct rp_results *r, json_t *j,
	    char message[RP_MESSAGE]);

/* The process of that number, made if no line told of it. */
struct rp_process *rp_intern_process(struct rp_results *r, unsigned process);

/* The fields that every window has. */
int	rp_get_line(json_t *j, struct rp_line *l, char message[RP_MESSAGE]);

#endif /* REPORT_READ_H */
