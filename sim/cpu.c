/*
 * CPUs and the queue of what they do next.
 *
 * The queue is a heap of keys, time and CPU in one word, so that of two events
 * at one time the lower CPU's is first.  A CPU is in it at most once, and is
 * not while it runs.
 */
#include "core.h"
#include "count.h"
#include "poll.h"

#include <machine/machine.h>
#include <sys/proc.h>

#define	KEY_BITS	10	/* of a key: the CPU; the rest is the time */
#define	TIMER		((1u << KEY_BITS) - 1)	/* no CPU: sim_at() */
#define	WAYS		4	/* children of an entry of the heap */

struct sim_cpu		 sim_cpus[SIM_CPUS_MAX];
uint64_t		 sim_limit;
uint64_t		 sim_end;

static uint64_t		 heap[SIM_CPUS_MAX + 1];
static unsigned		 nheap;
static uint64_t		 last_time, last_end;
static struct sim_cpu	 host;		/* who called sim_run() */
static unsigned		 running;	/* CPUs whose function has not ended */
static unsigned		 at_barrier;
static uint64_t		 timer_at = SIM_NEVER;
static void		(*timer_fn)(void *);
static void		*timer_arg;

/* Tests of workloads call the machine before and after a run. */
struct fiber		*fiber_current = (struct fiber *)&host;

/* ---- The queue ---------------------------------------------------------- */

static void
sift_up(unsigned i, uint64_t key)
{
	for (; i > 0 && heap[(i - 1) / WAYS] > key; i = (i - 1) / WAYS)
		heap[i] = heap[(i - 1) / WAYS];
	heap[i] = key;
}

static void
sift_down(unsigned i, uint64_t key)
{
	for (;;) {
		unsigned child = i * WAYS + 1, least = child;

		if (child >= nheap)
			break;
		for (unsigned k = 1; k < WAYS && child + k < nheap; k++)
			if (heap[child + k] < heap[least])
				least = child + k;
		if (heap[least] >= key)
			break;
		heap[i] = heap[least];
		i = least;
	}
	heap[i] = key;
}

void
sim_set_limit(void)
{
	/* Each event of one who looks comes to line.c. */
	if (sim_looking) {
		sim_limit = 0;
		return;
	}
	sim_limit = nheap == 0 ? SIM_NEVER :
	    (heap[0] >> KEY_BITS) + sim_model.mo_lookahead;
	/* What a timer does, and a core's change, takes no transfer. */
	if (timer_at < sim_limit)
		sim_limit = timer_at;
	if (core_due() < sim_limit)
		sim_limit = core_due();
}

static void
push(uint64_t when, unsigned who)
{
	sift_up(nheap++, when << KEY_BITS | who);
	sim_set_limit();
}

/* Take out a CPU that is not the first: one that is woken before its time. */
static void
take_out(unsigned who)
{
	unsigned i = 0;

	while ((heap[i] & TIMER) != who)
		i++;
	nheap--;
	if (i == nheap)
		return;
	if (i > 0 && heap[(i - 1) / WAYS] > heap[nheap])
		sift_up(i, heap[nheap]);
	else
		sift_down(i, heap[nheap]);
}

void
sim_enqueue(struct sim_cpu *c, enum sim_state state)
{
	if (c->sc_state == SIM_PARKED && c->sc_deadline != SIM_NEVER)
		take_out(c->f_cpu);
	c->sc_state = state;
	push(c->sc_now, c->f_cpu);
}

void
sim_at(uint64_t when, void (*fn)(void *), void *arg)
{
	timer_at = when;
	timer_fn = fn;
	timer_arg = arg;
	push(when, TIMER);
}

uint64_t
sim_time(void)
{
	return (last_time);
}

/* ---- Who runs ----------------------------------------------------------- */

static void
stuck(void)
{
	md_panic("deadlock: %u CPUs wait, and nobody is to wake them", running);
}

/* The CPU whose event is the first, taken from the queue. */
static struct sim_cpu *
first(void)
{
	uint64_t key;

	for (;;) {
		if (nheap == 0)
			stuck();
		key = heap[0];
		nheap--;
		if (nheap > 0)
			sift_down(0, heap[nheap]);
		last_time = key >> KEY_BITS;
		if ((key & TIMER) != TIMER)
			break;
		timer_at = SIM_NEVER;
		timer_fn(timer_arg);
	}
	if (core_due() <= last_time)
		core_change(last_time);
	sim_set_limit();
	return (&sim_cpus[key & TIMER]);
}

void
sim_switch(void)
{
	struct sim_cpu *to;

	sim_poll_look();
	to = first();
	/* Parked with a deadline, and nobody came before it. */
	if (to->sc_state == SIM_PARKED) {
		to->sc_timedout = true;
		sim_slept(to, to->sc_deadline - to->sc_now);
		to->sc_now = to->sc_deadline;
	}
	to->sc_state = SIM_QUEUED;
	if (!to->sc_works) {
		core_work(to, true, to->sc_now);
		sim_set_limit();
	}
	if (to != sim_current())
		sim_go(sim_current(), to);
}

void
sim_order(struct sim_cpu *c)
{
	sim_poll_look();
	if (nheap == 0 || (c->sc_now << KEY_BITS | c->f_cpu) < heap[0]) {
		if (core_due() <= c->sc_now) {
			core_change(c->sc_now);
			sim_set_limit();
		}
		return;
	}
	sim_enqueue(c, SIM_QUEUED);
	sim_switch();
}

void
sim_slept(struct sim_cpu *c, uint64_t ps)
{
	c->sc_sleep += ps;
	count_sleep(c->f_curthread != NULL ? c->f_curthread->td_wmesg : NULL,
	    ps);
}

bool
sim_first_at(const struct sim_cpu *c, uint64_t when)
{
	return ((nheap == 0 || (when << KEY_BITS | c->f_cpu) < heap[0]) &&
	    when < timer_at && when < core_due());
}

bool
sim_sleep(struct sim_cpu *c, uint64_t deadline)
{
	c->sc_state = SIM_PARKED;
	c->sc_deadline = deadline;
	c->sc_timedout = false;
	core_work(c, false, c->sc_now);
	if (deadline != SIM_NEVER)
		push(deadline, c->f_cpu);
	sim_switch();
	return (c->sc_timedout);
}

void
sim_turn(unsigned i)
{
	struct sim_cpu *self = sim_current();

	if (i == at_barrier)
		return;
	sim_order(self);
	core_work(self, false, self->sc_now);
	self->sc_state = SIM_TURN;
	sim_switch();
}

/* Who waits for its turn, if it is this one, has it. */
static void
next_turn(unsigned i)
{
	for (unsigned cpu = 0; cpu < SIM_CPUS_MAX; cpu++) {
		struct sim_cpu *c = &sim_cpus[cpu];

		if (c->sc_state == SIM_TURN && c->sc_index == i) {
			c->sc_now = sim_current()->sc_now;
			sim_enqueue(c, SIM_QUEUED);
		}
	}
}

void
sim_barrier(unsigned n)
{
	struct sim_cpu *self = sim_current();
	uint64_t latest = 0;

	sim_order(self);
	core_work(self, false, self->sc_now);
	self->sc_state = SIM_BARRIER;
	if (++at_barrier == n) {
		at_barrier = 0;
		for (unsigned i = 0; i < SIM_CPUS_MAX; i++)
			if (sim_cpus[i].sc_state == SIM_BARRIER &&
			    sim_cpus[i].sc_now > latest)
				latest = sim_cpus[i].sc_now;
		for (unsigned i = 0; i < SIM_CPUS_MAX; i++)
			if (sim_cpus[i].sc_state == SIM_BARRIER) {
				sim_cpus[i].sc_now = latest;
				sim_enqueue(&sim_cpus[i], SIM_QUEUED);
			}
	} else
		next_turn(at_barrier);
	sim_switch();
}

/* ---- A run -------------------------------------------------------------- */

static void
cpu_main(void)
{
	struct sim_cpu *c = sim_current();

	c->sc_fn(c->sc_arg, c->sc_index);
	sim_order(c);
	core_work(c, false, c->sc_now);
	c->sc_state = SIM_IDLE;
	if (c->sc_now > last_end)
		last_end = c->sc_now;
	if (--running == 0) {
		last_time = last_end;
		virtual_started = 0;
		sim_go(c, &host);
	}
	sim_switch();
	md_panic("a CPU goes on that has ended");
}

void
sim_run(unsigned n, const uint16_t *cpus, void (*fn)(void *, unsigned),
    void *arg)
{
	struct sim_cpu *c;
	unsigned i;

	host.f_id = FIBERS_MAX - 1;
	running = n;
	sim_end = last_time + SIM_RUN_MAX;
	sim_model_lookahead(n, cpus);
	core_reset();
	for (i = 0; i < n; i++) {
		unsigned cpu = cpus == NULL ? i : cpus[i];

		c = &sim_cpus[cpu];
		c->f_id = c->f_cpu = cpu;
		c->sc_index = i;
		c->f_curthread = NULL;
		c->sc_now = last_time;
		c->sc_fn = fn;
		c->sc_arg = arg;
		c->sc_next = SIM_NONE;
		fiber_context_init((struct fiber *)c, cpu_main);
		sim_enqueue(c, SIM_QUEUED);
	}
#ifndef __x86_64__
	fiber_context_init((struct fiber *)&host, cpu_main);
#endif
	virtual_started = 1;
	sim_switch();
}
