/*
 * Fibers: who runs next, parking and virtual time.
 *
 *	          md_run()                 md_park()
 *	FREE ---------------> RUNNABLE <-------------> PARKED
 *	  ^                    |  ^  |   md_unpark(), the time
 *	  +--------------------+  |  +--> JOINING --+
 *	    fn returned           +-----------------+ last child's end
 *
 * The next to run is the next runnable one by number after the current.  When
 * none is, time jumps to the earliest deadline; when there is no deadline
 * either, this is a deadlock, and the run ends with a word on each fiber.
 *
 * Everything here is a function of the seed and of the program.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <machine/machine.h>
#include <machine/virtual/seeded/seeded.h>
#include <sys/proc.h>

/* Events from one forced switch to the next. */
#define	SLICE_SHORT_MAX		8
#define	SLICE_LONG_MAX		128
#define	SLICE_LONG_ONE_IN	8	/* slices that are long */

static struct seeded_fiber fibers[FIBERS_MAX];
struct fiber	*fiber_current = (struct fiber *)&fibers[0];
uint64_t	 seeded_now_ns;
uint64_t	 seeded_digest;

static unsigned	 fibers_used = 1;	/* numbers below were in use once */
static uint64_t	 rng_state;
static unsigned	 switch_countdown;
static uint64_t	 parked_seq;
/* Where machine_enter() waits: the host's stack, fiber 0's creator. */
static struct seeded_fiber host = { .f_id = FIBERS_MAX };

static struct seeded_fiber *
current(void)
{
	return ((struct seeded_fiber *)fiber_current);
}

/* Save the registers into *from and go on with *to. */
static void
go_on(struct seeded_fiber *from, struct seeded_fiber *to)
{
	fiber_current = (struct fiber *)to;
	fiber_context_switch((struct fiber *)from, (struct fiber *)to);
}

/* xorshift64*: small, and the same everywhere. */
static uint64_t
rng_next(void)
{
	rng_state ^= rng_state >> 12;
	rng_state ^= rng_state << 25;
	rng_state ^= rng_state >> 27;
	return (rng_state * 0x2545f4914f6cdd1dull);
}

/*
 * How many atomic events until the next forced switch.  Mostly few, to cut
 * into every sequence; at times many, so that one fiber overtakes another that
 * stands in the middle of something.
 */
static unsigned
draw_slice(void)
{
	uint64_t r = rng_next() >> 32;

	if (r % SLICE_LONG_ONE_IN == 0)
		return (1 + (unsigned)(r / SLICE_LONG_ONE_IN) %
		    SLICE_LONG_MAX);
	return (1 + (unsigned)(r / SLICE_LONG_ONE_IN) % SLICE_SHORT_MAX);
}

/* ---- Who runs next ---------------------------------------------------- */

/* Say what each fiber waits for, and end. */
static void
deadlock(void)
{
	const struct thread *td;
	const struct seeded_fiber *f;
	unsigned i, n = 0;

	for (i = 0; i < fibers_used; i++) {
		f = &fibers[i];
		if (f->f_state == FIBER_FREE)
			continue;
		n++;
		td = f->f_curthread;
		fprintf(stderr, "fiber %u: ", i);
		if (td != NULL)
			fprintf(stderr, "thread %u, ", td->td_tid);
		if (f->f_state == FIBER_JOINING)
			fprintf(stderr, "waits for %u fibers it runs\n",
			    f->f_children);
		else
			fprintf(stderr, "parked on word %p, waits for \"%s\"\n",
			    (void *)f->f_word, td != NULL &&
			    td->td_wmesg != NULL ? td->td_wmesg : "?");
	}
	md_panic("deadlock: all %u fibers wait, none with a timeout", n);
}

static int
can_run(struct seeded_fiber *f)
{
	if (f->f_state == FIBER_PARKED && f->f_deadline_ns != 0 &&
	    f->f_deadline_ns <= seeded_now_ns) {
		f->f_state = FIBER_RUNNABLE;
		f->f_timedout = 1;
	}
	return (f->f_state == FIBER_RUNNABLE);
}

static struct seeded_fiber *
next_runnable(void)
{
	struct seeded_fiber *f;
	unsigned i;

	for (i = 1; i <= fibers_used; i++) {
		f = &fibers[(fiber_current->f_id + i) % fibers_used];
		if (can_run(f))
			return (f);
	}
	return (NULL);
}

/* The earliest deadline of a parked fiber, or 0. */
static uint64_t
next_deadline(void)
{
	uint64_t best = 0;
	unsigned i;

	for (i = 0; i < fibers_used; i++)
		if (fibers[i].f_state == FIBER_PARKED &&
		    fibers[i].f_deadline_ns != 0 &&
		    (best == 0 || fibers[i].f_deadline_ns < best))
			best = fibers[i].f_deadline_ns;
	return (best);
}

/* Let another fiber run, if one can. */
static void
fiber_yield(void)
{
	struct seeded_fiber *from = current(), *to;
	uint64_t deadline;

	if (!virtual_started)
		return;
	while ((to = next_runnable()) == NULL) {
		deadline = next_deadline();
		if (deadline == 0)
			deadlock();
		seeded_now_ns = deadline;
	}
	if (to == from)
		return;
	go_on(from, to);
}

/* ---- Birth and death -------------------------------------------------- */

static void
fiber_main(void)
{
	struct seeded_fiber *f = current(), *parent = f->f_parent;

	f->f_fn(f->f_arg, f->f_index);
	f->f_state = FIBER_FREE;
	f->f_curthread = NULL;
	if (parent == &host) {
		virtual_started = 0;
		go_on(f, &host);
	}
	if (--parent->f_children == 0)
		parent->f_state = FIBER_RUNNABLE;
	fiber_yield();
	abort();	/* nobody switches to a free fiber */
}

/* The lowest free number, so that a later md_run() uses the same stacks. */
static struct seeded_fiber *
fiber_new(void (*fn)(void *, unsigned), void *arg, unsigned index)
{
	struct seeded_fiber *f;

	for (f = fibers; f->f_state != FIBER_FREE; f++)
		if (f == &fibers[FIBERS_MAX - 1])
			md_panic("md_run: more than %u fibers", FIBERS_MAX);
	f->f_id = (unsigned)(f - fibers);
	if (f->f_id >= fibers_used)
		fibers_used = f->f_id + 1;
	f->f_fn = fn;
	f->f_arg = arg;
	f->f_index = index;
	f->f_cpu = index % SEEDED_CPUS;
	f->f_children = 0;
	f->f_curthread = NULL;
	f->f_parent = current();
	fiber_context_init((struct fiber *)f, fiber_main);
	f->f_state = FIBER_RUNNABLE;
	return (f);
}

struct first {
	void		(*fi_fn)(void *);
	void		*fi_arg;
};

static void
first_main(void *arg, unsigned i)
{
	struct first *first = arg;

	(void)i;
	first->fi_fn(first->fi_arg);
}

void
seeded_enter(void (*fn)(void *), void *arg, uint64_t seed)
{
	struct first first = { fn, arg };
	struct seeded_fiber *to;

	rng_state = seed * 2 + 1;	/* never 0 */
	switch_countdown = 1;
#ifndef __x86_64__
	/* Room to save into. */
	fiber_context_init((struct fiber *)&host, fiber_main);
#endif
	fiber_current = (struct fiber *)&host;
	to = fiber_new(first_main, &first, 0);
	virtual_started = 1;
	go_on(&host, to);
}

void
md_run(unsigned n, void (*fn)(void *arg, unsigned i), void *arg)
{
	struct seeded_fiber *self = current();
	unsigned i;

	if (!virtual_started)
		md_panic("md_run: outside machine_enter()");
	if (n == 0)
		return;
	for (i = 0; i < n; i++)
		(void)fiber_new(fn, arg, i);
	self->f_children = n;
	self->f_state = FIBER_JOINING;
	fiber_yield();
}

/* ---- Events ----------------------------------------------------------- */

void
seeded_event(unsigned kind, const volatile void *p, unsigned cost_ns)
{
	if (!virtual_started)
		return;
	seeded_now_ns += cost_ns;
	virtual_events++;
	/* FNV-1a over what happened, by whom. */
	seeded_digest = (seeded_digest ^ (uintptr_t)p) * 0x100000001b3ull;
	seeded_digest = (seeded_digest ^ (kind << 16 |
	    fiber_current->f_id)) * 0x100000001b3ull;
}

void
seeded_event_switch(unsigned kind, const volatile void *p)
{
	if (!virtual_started)
		return;
	seeded_event(kind, p, COST_ATOMIC);
	if (--switch_countdown == 0) {
		switch_countdown = draw_slice();
		fiber_yield();
	}
}

/* ---- The contract ----------------------------------------------------- */

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

unsigned
md_ncpus(void)
{
	return (SEEDED_CPUS);
}

unsigned
md_ndomains(void)
{
	return (SEEDED_DOMAINS);
}

unsigned
md_curcpu(void)
{
	return (fiber_current->f_cpu);
}

unsigned
md_curdomain(void)
{
	return (fiber_current->f_cpu * SEEDED_DOMAINS / SEEDED_CPUS);
}

void
md_spin_hint(void)
{
	seeded_event('h', NULL, COST_HINT);
	fiber_yield();
}

void
md_spin_hint_until(const uint64_t *p, uint64_t value)
{
	(void)p, (void)value;
	md_spin_hint();
}

void
md_spin_pause(unsigned n, const void *p)
{
	(void)p;
	while (n-- > 0)
		md_spin_hint();
}

uint64_t
md_clock_ns(void)
{
	seeded_event('c', NULL, COST_PLAIN);
	return (seeded_now_ns);
}

int
md_park(uint32_t *word, uint32_t expect, uint64_t timeout_ns)
{
	struct seeded_fiber *self = current();

	if (!virtual_started)
		md_panic("md_park: outside machine_enter()");
	seeded_event('p', word, COST_PARK);
	/* No switch between the comparison and the parking: one step. */
	if (*word != expect)
		return (0);
	self->f_word = word;
	self->f_deadline_ns = timeout_ns == 0 ? 0 :
	    seeded_now_ns + timeout_ns;
	self->f_timedout = 0;
	self->f_parked_seq = parked_seq++;
	self->f_state = FIBER_PARKED;
	fiber_yield();
	return (self->f_timedout ? ETIMEDOUT : 0);
}

void
md_unpark(uint32_t *word)
{
	struct seeded_fiber *f, *oldest = NULL;
	unsigned i;

	seeded_event('u', word, COST_PARK);
	for (i = 0; i < fibers_used; i++) {
		f = &fibers[i];
		if (f->f_state == FIBER_PARKED && f->f_word == word &&
		    (oldest == NULL || f->f_parked_seq < oldest->f_parked_seq))
			oldest = f;
	}
	if (oldest != NULL)
		oldest->f_state = FIBER_RUNNABLE;
}
