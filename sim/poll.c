/*
 * Who polls a line, and looks when it was written.  Read poll.h first.
 */
#include "count.h"
#include "poll.h"

int			 sim_looking;

/* CPUs that are to look, in the order of their numbers. */
static struct sim_set	 roused;
static bool		 any_roused;

void
sim_poll(struct sim_cpu *c, struct sim_line *l)
{
	c->sc_line = l;
	c->sc_poll = c->sc_read;
	c->sc_next = l->ln_pollers;
	l->ln_pollers = (uint16_t)c->f_cpu;
	c->sc_state = SIM_POLLING;
	if (sim_looking) {
		c->sc_stays = true;
		sim_yield_back();
	} else
		sim_switch();
}

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
	count_poll(c->sc_poll, turns * period);
	c->sc_now += turns * period;
}

static void
look(struct sim_cpu *c)
{
	struct sim_line *l = c->sc_line;
	catch_up(c);
	c->sc_stays = false;
	sim_looking = 1;
	sim_limit = 0;		/* each event comes to line.c */
	sim_resume(c);
	sim_looking = 0;
	if (c->sc_stays) {
		sim_line_share(l, c->f_cpu);
		if (l->ln_free < c->sc_roused)
			l->ln_free = c->sc_roused;
		l->ln_free += sim_model.mo_serve;
	} else
		sim_enqueue(c, SIM_QUEUED);
}

void
sim_poll_look(void)
{
	if (!any_roused)
		return;
	any_roused = false;	/* each looks once */
	for (unsigned i = 0; i < SIM_SET_WORDS; i++)
		while (roused.ss_words[i] != 0) {
			unsigned bit = (unsigned)__builtin_ctzll(
			    roused.ss_words[i]);

			roused.ss_words[i] &= ~(1ull << bit);
			look(&sim_cpus[i * 64 + bit]);
		}
	sim_set_limit();
}

void
sim_poll_leave(struct sim_cpu *c)
{
	struct sim_line *l = c->sc_line;
	uintptr_t next = c->sc_address;

	sim_yield_back();
	c->sc_address = c->sc_poll;
	sim_access(c, l, 'r');
	c->sc_address = next;
}
