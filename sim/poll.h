/*
 * CPUs that poll: read one line again and again, and pause in between.
 *
 * Until the line is written a poll sees the same each time, so it is not let
 * run; its time is charged when it goes on.  When the line was written, and is
 * not as it was, it takes one look, out of turn and for nothing: as it only
 * reads that line, all that matters is whether it pauses again, and then it
 * goes on polling, or does something else.  In that case it comes back into the
 * queue at its next turn, pays for the transfer of the line and goes on from
 * there.  Who has said which value ends its poll need not even look.  So a
 * hand-off among many who poll is an event of one CPU, not of each.
 *
 * Who goes on polling has read the line, too: it shares it, and the line was
 * busy with that for a while.
 */
#ifndef SIM_POLL_H
#define	SIM_POLL_H

#include "line.h"

/* Nonzero while a CPU takes a look. */
extern int	sim_looking;
/* Looks that did not end a poll, in all: they are no events. */
extern uint64_t	sim_looks;

/*
 * c polls l, which it has, from here on; returns when it shall look or, with
 * until, is in order at its next turn after that was the value.
 */
void	sim_poll(struct sim_cpu *c, struct sim_line *l, const uint64_t *until,
	    uint64_t value);

/*
 * l is written at that time: who polls it shall look at once, which is when the
 * writer, whose access is still to come, has its next event.
 */
void	sim_poll_rouse(struct sim_line *l, uint64_t now);

/* Let them.  At each event that is no hit, and before a CPU is chosen. */
extern struct sim_line	*sim_written;	/* and not looked at yet */
void	sim_poll_look_now(void);

static inline void
sim_poll_look(void)
{
	if (__builtin_expect(sim_written != NULL, 0))
		sim_poll_look_now();
}

/*
 * The CPU that looks does something else than to read its line: it leaves its
 * poll.  Returns when it is in order, and its read is paid.
 */
void	sim_poll_leave(struct sim_cpu *c);

#endif /* SIM_POLL_H */
