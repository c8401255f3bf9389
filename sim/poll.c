/*
 * Who polls a line, and looks when it was written.  Read poll.h first.
 */
#include "count.h"
#include "poll.h"

#include <string.h>

int			 sim_looking;
uint64_t		 sim_looks;

/*
 * Who polls one line.  All of them have seen it as it is, so one comparison
 * tells for all whether a write has changed anything.
 */
struct group {
	struct sim_set	 gr_cpus;
	unsigned	 gr_n;
	uint16_t	 gr_next;	/* that is not in use, or SIM_NONE */
	unsigned char	 gr_saw[1 << LINE_SHIFT];
};

/* As many as CPUs, and the one whose members look. */
static struct group	 groups[SIM_CPUS_MAX + 1];
static uint16_t		 unused = SIM_NONE, ngroups;

/* Whoever waits for one value need not look: what it is, or NULL. */
static struct until {
	const uint64_t	*un_at;
	uint64_t	 un_value;
}			 untils[SIM_CPUS_MAX];

struct sim_line		*sim_written;
static uint64_t		 written_at;

/* CPUs that are to look, in the order of their numbers. */
static struct sim_set	 roused;
static unsigned		 word;		/* of roused: none before it */
static struct sim_cpu	*waits;		/* for them to have looked */

static const void *
bytes_of(const struct sim_line *l)
{
	return ((const void *)((uintptr_t)(l - sim_lines) << LINE_SHIFT));
}

/* The group of l, a new one if it has none. */
static struct group *
group(struct sim_line *l)
{
	struct group *g;

	if (l->ln_pollers != SIM_NONE)
		return (&groups[l->ln_pollers]);
	if (unused == SIM_NONE) {
		l->ln_pollers = ngroups++;
		g = &groups[l->ln_pollers];
	} else {
		l->ln_pollers = unused;
		g = &groups[unused];
		unused = g->gr_next;
	}
	memset(&g->gr_cpus, 0, sizeof(g->gr_cpus));
	g->gr_n = 0;
	memcpy(g->gr_saw, bytes_of(l), sizeof(g->gr_saw));
	return (g);
}

/* Its members are not l's any more. */
static void
ungroup(struct sim_line *l)
{
	groups[l->ln_pollers].gr_next = unused;
	unused = l->ln_pollers;
	l->ln_pollers = SIM_NONE;
}

void
sim_poll_rouse(struct sim_line *l, uint64_t now)
{
	sim_written = l;
	written_at = now;
	/* The writer's next event comes to line.c, and they look. */
	sim_limit = 0;
}

/* They have looked and go on polling: they share l, busy with that a while. */
static void
stay(struct sim_line *l, const struct sim_set *cpus, unsigned n)
{
	sim_line_share(l, cpus);
	if (l->ln_free < written_at)
		l->ln_free = written_at;
	l->ln_free += n * sim_model.mo_serve;
}

/* Has the write changed nothing?  Then all go on. */
static bool
all_stay(struct sim_line *l)
{
	struct group *g = &groups[l->ln_pollers];

	if (memcmp(g->gr_saw, bytes_of(l), sizeof(g->gr_saw)) != 0)
		return (false);
	stay(l, &g->gr_cpus, g->gr_n);
	return (true);
}

/* Charge the polls until the line was written; the next turn is at sc_now. */
static void
catch_up(struct sim_cpu *c)
{
	uint64_t turns = 0, period = c->sc_poll_time;

	if (written_at > c->sc_now && period > 0)
		turns = (written_at - c->sc_now + period - 1) / period;
	c->sc_pause += turns * period;
	c->sc_poll_paid += turns * period;
	c->sc_now += turns * period;
}

/* What c paid for its polls is written down. */
static void
paid(struct sim_cpu *c)
{
	count_poll(c->sc_poll, c->sc_poll_paid);
	c->sc_poll_paid = 0;
}

/* The first of a set, taken out; NULL: it is empty from the word on. */
static struct sim_cpu *
take_first(struct sim_set *s, unsigned *at)
{
	for (; *at < sim_set_words; ++*at) {
		uint64_t bits = s->ss_words[*at];

		if (bits == 0)
			continue;
		s->ss_words[*at] = bits & (bits - 1);
		return (&sim_cpus[*at * 64 + (unsigned)__builtin_ctzll(bits)]);
	}
	return (NULL);
}

/*
 * Of those who are roused, tell who waits for one value: if this is it they
 * have their next turn, and if not they stay.  True: others are to look.
 */
static bool
tell(struct sim_line *l)
{
	struct sim_set all = roused, stayed = { { 0 } };
	struct sim_cpu *c;
	struct group *g;
	unsigned n = 0, at = 0;
	bool look = false;

	while ((c = take_first(&all, &at)) != NULL) {
		const struct until *u = &untils[c->f_cpu];

		if (u->un_at == NULL) {
			look = true;
			continue;
		}
		roused.ss_words[at] &= ~(1ull << c->f_cpu % 64);
		if (*u->un_at == u->un_value) {
			catch_up(c);
			sim_enqueue(c, SIM_QUEUED);
		} else {
			sim_set_add(&stayed, c->f_cpu);
			n++;
		}
	}
	if (n > 0) {
		g = group(l);
		g->gr_cpus = stayed;
		g->gr_n = n;
		stay(l, &stayed, n);
	}
	return (look);
}

/* c has looked: the next one does, or who waits for all to have goes on. */
static void
pass_on(struct sim_cpu *c)
{
	struct sim_cpu *next = take_first(&roused, &word);

	if (next == NULL)
		next = waits;
	else {
		/* It will run soon; and who comes after it. */
		__builtin_prefetch(next[1].f_context);
		catch_up(next);
	}
	sim_go(c, next);
}

void
sim_poll_look_now(void)
{
	struct sim_line *l = sim_written;

	sim_written = NULL;
	if (!all_stay(l)) {
		roused = groups[l->ln_pollers].gr_cpus;
		ungroup(l);
		if (tell(l)) {
			word = 0;
			waits = sim_current();
			sim_looking = 1;
			sim_set_limit();
			pass_on(waits);
			sim_looking = 0;
		}
	}
	sim_set_limit();
}

void
sim_poll(struct sim_cpu *c, struct sim_line *l, const uint64_t *until,
    uint64_t value)
{
	struct group *g = group(l);

	sim_set_add(&g->gr_cpus, c->f_cpu);
	g->gr_n++;
	untils[c->f_cpu] = (struct until){ until, value };
	c->sc_line = l;
	c->sc_poll = c->sc_read;
	c->sc_state = SIM_POLLING;
	if (sim_looking) {
		struct sim_set self = { { 0 } };

		sim_set_add(&self, c->f_cpu);
		stay(l, &self, 1);
		pass_on(c);
	} else
		sim_switch();
	if (!sim_looking)
		paid(c);
}

void
sim_poll_leave(struct sim_cpu *c)
{
	struct sim_line *l = c->sc_line;
	uintptr_t next = c->sc_address;

	sim_enqueue(c, SIM_QUEUED);
	pass_on(c);
	paid(c);
	c->sc_address = c->sc_poll;
	sim_access(c, l, 'r');
	c->sc_address = next;
}
