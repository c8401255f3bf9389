/*
 * The machine's contract (machine/machine.h) on the simulated machine, but for
 * memory and files, which are the virtual machine's.
 */
#include <errno.h>

#include <machine/machine.h>

#include <sys/proc.h>

#include "count.h"
#include "poll.h"
#include "virtual_client.h"

static uint64_t	 parked_seq;
static unsigned	 nparked;

unsigned
md_ncpus(void)
{
	return (sim_model.mo_ncpus);
}

unsigned
md_ndomains(void)
{
	return (sim_model.mo_nnodes);
}

unsigned
md_curcpu(void)
{
	return (fiber_current->f_cpu);
}

unsigned
md_curdomain(void)
{
	return (sim_model.mo_node[fiber_current->f_cpu]);
}

struct thread *
md_curthread(void)
{
	return (fiber_current->f_curthread);
}

void
md_set_curthread(struct thread *td)
{
	fiber_current->f_curthread = td;
}

void
md_run(unsigned n, void (*fn)(void *arg, unsigned i), void *arg)
{
	(void)fn, (void)arg;
	md_panic("md_run: %u threads: a run of the simulator has its own", n);
}

/* Whoever looks at the line it polls and then calls the machine, leaves. */
static void
no_poll(struct sim_cpu *c)
{
	c->sc_others++;
	if (sim_looking)
		sim_poll_leave(c);
	sim_poll_look();
}

uint64_t
md_clock_ns(void)
{
	struct sim_cpu *c = sim_current();

	if (!virtual_started)
		return (sim_time() / SIM_PS_PER_NS);
	no_poll(c);
	virtual_events++;
	c->sc_now += c->sc_plain;
	return (c->sc_now / SIM_PS_PER_NS);
}

/*
 * A pause.  Whoever has read one line since the last one, as it did before that
 * one, and done nothing else, polls.
 */
static void
hint(const uint64_t *until, uint64_t value)
{
	struct sim_cpu *c = sim_current();
	struct sim_line *l = sim_line_of((void *)c->sc_read);
	bool polls;

	if (!virtual_started)
		return;
	polls = c->sc_reads == 1 && c->sc_others == 0 &&
	    l == c->sc_polled_before;
	if (l != sim_line_of(until))
		until = NULL;
	if (sim_looking && !polls)
		sim_poll_leave(c);
	c->sc_polled_before = c->sc_reads == 1 ? l : NULL;
	c->sc_reads = c->sc_others = 0;
	if (sim_looking) {
		sim_poll(c, l, until, value);
		return;
	}
	sim_poll_look();
	if (c->sc_now > sim_end)
		md_panic("polls for ever, near %#jx", (uintmax_t)c->sc_read);
	virtual_events++;
	c->sc_now += sim_model.mo_hint;
	c->sc_pause += sim_model.mo_hint;
	count_poll(c->sc_read, sim_model.mo_hint);
	c->sc_poll_time = c->sc_now - c->sc_hint_at -
	    (c->sc_transfer - c->sc_hint_transfer);
	if (polls) {
		sim_order(c);
		if (sim_line_has(l, c->f_cpu, 'r'))
			sim_poll(c, l, until, value);
	}
	c->sc_hint_at = c->sc_now;
	c->sc_hint_transfer = c->sc_transfer;
}

void
md_spin_hint(void)
{
	hint(NULL, 0);
}

void
md_spin_hint_until(const uint64_t *p, uint64_t value)
{
	hint(p, value);
}

/* One event, and no poll: nobody sees anything of it. */
void
md_spin_pause(unsigned n, const void *p)
{
	struct sim_cpu *c = sim_current();

	if (!virtual_started)
		return;
	no_poll(c);
	virtual_events++;
	c->sc_reads = c->sc_others = 0;
	c->sc_polled_before = NULL;
	c->sc_now += n * sim_model.mo_hint;
	c->sc_pause += n * sim_model.mo_hint;
	count_poll((uintptr_t)p, n * sim_model.mo_hint);
	c->sc_hint_at = c->sc_now;
	c->sc_hint_transfer = c->sc_transfer;
}

int
md_park(uint32_t *word, uint32_t expect, uint64_t timeout_ns)
{
	struct sim_cpu *c = sim_current();
	uint64_t deadline;

	if (!virtual_started)
		md_panic("md_park: outside a run");
	no_poll(c);
	client_event('r', word, c->sc_plain);
	/* Compared and asleep in one step, when nobody is earlier. */
	sim_order(c);
	if (*word != expect)
		return (0);
	c->sc_word = word;
	c->sc_parked_seq = parked_seq++;
	deadline = timeout_ns == 0 ? SIM_NEVER :
	    c->sc_now + timeout_ns * SIM_PS_PER_NS;
	nparked++;
	return (sim_sleep(c, deadline) ? nparked--, ETIMEDOUT : 0);
}

void
md_unpark(uint32_t *word)
{
	struct sim_cpu *self = sim_current(), *oldest = NULL;
	uint64_t woken;

	if (!virtual_started)
		return;
	no_poll(self);
	virtual_events++;
	self->sc_now += sim_model.mo_unpark;
	sim_order(self);
	for (unsigned i = 0; nparked > 0 && i < sim_model.mo_ncpus; i++) {
		struct sim_cpu *c = &sim_cpus[i];

		if (c->sc_state == SIM_PARKED && c->sc_word == word &&
		    (oldest == NULL ||
		    c->sc_parked_seq < oldest->sc_parked_seq))
			oldest = c;
	}
	if (oldest == NULL)
		return;
	nparked--;
	/* One that has not gone to sleep yet does so first. */
	woken = self->sc_now > oldest->sc_now + sim_model.mo_sleep ?
	    self->sc_now : oldest->sc_now + sim_model.mo_sleep;
	woken += sim_model.mo_wake;
	sim_slept(oldest, woken - oldest->sc_now);
	oldest->sc_now = woken;
	sim_enqueue(oldest, SIM_QUEUED);
}
