/*
 * Who polls a line, and looks when it was written.  Read poll.h first.
 */
#include "count.h"
#include "poll.h"

int			 sim_looking;
uint64_t		 sim_looks;

/* CPUs that are to look, in the order of their numbers. */
static struct sim_set	 roused;
static bool		 any_roused;
static unsigned		 word;		/* of roused: none before it */
static struct sim_cpu	*waits;		/* for them to have looked */

void
sim_poll_rouse(struct sim_line *l, uint64_t now)
{
	while (l->ln_pollers != SIM_NONE) {
		struct sim_cpu *c = &sim_cpus[l->ln_pollers];

		l->ln_pollers = c->sc_next;
		c->sc_next = SIM_NONE;
		c->sc_roused = now;
		roused.ss_words[c->f_cpu / 64] |= 1ull << c->f_cpu % 64;
		any_roused = true;
	}
	/* The writer's next event comes to line.c, and they look. */
	sim_limit = 0;
}

/* Charge the polls until the line was written; the next turn is at sc_now. */
static void
catch_up(struct sim_cpu *c)
{
	uint64_t turns = 0, period = c->sc_poll_time;

	if (c->sc_roused > c->sc_now && period > 0)
		turns = (c->sc_roused - c->sc_now + period - 1) / period;
	c->sc_pause += turns * period;
	c->sc_poll_paid += turns * period;
	c->sc_now += turns * period;
}

/* The next who is to look, or NULL. */
static struct sim_cpu *
next_roused(void)
{
	for (; word < SIM_SET_WORDS; word++) {
		uint64_t bits = roused.ss_words[word];
		struct sim_cpu *c;

		if (bits == 0)
			continue;
		roused.ss_words[word] = bits & (bits - 1);
		c = &sim_cpus[word * 64 + (unsigned)__builtin_ctzll(bits)];
		/* It will run soon; and who comes after it. */
		__builtin_prefetch(c[1].f_context);
		return (c);
	}
	return (NULL);
}

/* c has looked: the next one does, or who waits for all to have goes on. */
static void
pass_on(struct sim_cpu *c)
{
	struct sim_cpu *next = next_roused();

	if (next == NULL)
		next = waits;
	else
		catch_up(next);
	sim_go(c, next);
}

void
sim_poll_look(void)
{
	if (!any_roused)
		return;
	any_roused = false;	/* each looks once */
	word = 0;
	waits = sim_current();
	sim_looking = 1;
	sim_set_limit();
	pass_on(waits);
	sim_looking = 0;
	sim_set_limit();
}

/* It looked and goes on polling: it shares the line, busy with that a while. */
static void
stays(struct sim_cpu *c, struct sim_line *l)
{
	sim_line_share(l, c->f_cpu);
	if (l->ln_free < c->sc_roused)
		l->ln_free = c->sc_roused;
	l->ln_free += sim_model.mo_serve;
}

void
sim_poll(struct sim_cpu *c, struct sim_line *l)
{
	c->sc_line = l;
	c->sc_poll = c->sc_read;
	c->sc_next = l->ln_pollers;
	l->ln_pollers = (uint16_t)c->f_cpu;
	c->sc_state = SIM_POLLING;
	if (sim_looking) {
		stays(c, l);
		pass_on(c);
	} else
		sim_switch();
}

void
sim_poll_leave(struct sim_cpu *c)
{
	struct sim_line *l = c->sc_line;
	uintptr_t next = c->sc_address;

	sim_enqueue(c, SIM_QUEUED);
	pass_on(c);
	count_poll(c->sc_poll, c->sc_poll_paid);
	c->sc_poll_paid = 0;
	c->sc_address = c->sc_poll;
	sim_access(c, l, 'r');
	c->sc_address = next;
}
