/*
 * What becomes of an access that does not simply hit.  Read line.h first.
 */
#include "count.h"
#include "poll.h"

#include <string.h>
#include <sys/mman.h>

#include <machine/machine.h>

#define	LINES_BASE	0x8000000000ull
#define	SETS_BASE	0x7000000000ull
#define	HOMES_BASE	0x7800000000ull
#define	PAGE_SHIFT	12
#define	SETS_MAX	(1u << 24)
#define	LINES_MAX	((ARENA_BASE + DOMAINS_MAX * ARENA_DOMAIN_BYTES) >> \
			    LINE_SHIFT)

struct sim_line	*sim_lines = (struct sim_line *)LINES_BASE;
struct sim_set	*sim_sets = (struct sim_set *)SETS_BASE;

bool		 sim_first_touch;
unsigned	 sim_set_words = SIM_SET_WORDS;

static uint32_t	 nsets = 1;		/* number 0 is nobody's */
static uint8_t	*homes = (uint8_t *)HOMES_BASE;	/* node and 1, of a page */

static void
reserve(void *at, size_t bytes)
{
	if (mmap(at, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE |
	    MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0) != at)
		md_panic("sim: cannot reserve %zu bytes at %p; is ulimit -v "
		    "set?", bytes, at);
}

void
sim_lines_init(void)
{
	reserve(sim_lines, LINES_MAX * sizeof(*sim_lines));
	reserve(sim_sets, SETS_MAX * sizeof(*sim_sets));
	reserve(homes, LINES_MAX >> (PAGE_SHIFT - LINE_SHIFT));
}

/* ---- States and what they cost ------------------------------------------ */

/* The node that a line is of. */
static unsigned
home_of(const struct sim_cpu *c, const struct sim_line *l)
{
	uintptr_t a = (uintptr_t)(l - sim_lines) << LINE_SHIFT;
	uint8_t *home;

	if (!sim_first_touch)
		return (a < ARENA_BASE ? 0 : arena_domain(a));
	home = &homes[a >> PAGE_SHIFT];
	if (*home == 0)
		*home = (uint8_t)(sim_model.mo_node[c->f_cpu] + 1);
	return (*home - 1u);
}

static uint64_t
memory(const struct sim_cpu *c, const struct sim_line *l)
{
	unsigned node = home_of(c, l);

	if (node == sim_model.mo_node[c->f_cpu])
		return (sim_model.mo_memory_local);
	/* Of a package's two nodes one has its own part of it. */
	return (sim_model.mo_far[node][sim_model.mo_node[c->f_cpu]] ?
	    sim_model.mo_memory_far : sim_model.mo_memory_remote);
}

/* Is one of the set in the mask, besides cpu?  How many are in the set. */
static bool
meets(const struct sim_set *s, const struct sim_set *mask, unsigned cpu)
{
	for (unsigned i = 0; i < sim_set_words; i++) {
		uint64_t w = s->ss_words[i] & mask->ss_words[i];

		if (i == cpu / 64)
			w &= ~(1ull << cpu % 64);
		if (w != 0)
			return (true);
	}
	return (false);
}

static bool
leaves(const struct sim_set *s, const struct sim_set *mask)
{
	for (unsigned i = 0; i < sim_set_words; i++)
		if ((s->ss_words[i] & ~mask->ss_words[i]) != 0)
			return (true);
	return (false);
}

static unsigned
count(const struct sim_set *s)
{
	unsigned n = 0;

	for (unsigned i = 0; i < sim_set_words; i++)
		n += (unsigned)__builtin_popcountll(s->ss_words[i]);
	return (n);
}

/* A reader gets the line from the nearest who has it. */
static uint64_t
cost_to_read(const struct sim_cpu *c, const struct sim_set *s)
{
	const struct sim_set *near = sim_model.mo_near[c->f_cpu];
	unsigned level = SIM_SMT;

	while (level < SIM_FAR && !meets(s, &near[level], c->f_cpu))
		level++;
	return (sim_model.mo_transfer[level]);
}

/* A writer waits for the farthest to give the line up, and for each a bit. */
static uint64_t
cost_to_write(const struct sim_cpu *c, const struct sim_set *s)
{
	const struct sim_set *near = sim_model.mo_near[c->f_cpu];
	unsigned level = SIM_SMT, n = count(s);

	while (level < SIM_FAR && leaves(s, &near[level]))
		level++;
	return (sim_model.mo_transfer[level] + (n > 1 ? (n - 1) *
	    sim_model.mo_sharer : 0));
}

/* What the miss of c on l costs when it is served; 0: it hits now. */
static uint64_t
cost_of(const struct sim_cpu *c, const struct sim_line *l, unsigned kind)
{
	unsigned cpu = c->f_cpu;

	if (!l->ln_known || l->ln_state == LINE_UNUSED)
		return (memory(c, l));
	if (l->ln_state == LINE_OWNED)
		return (l->ln_owner == cpu ? 0 :
		    sim_transfer(cpu, l->ln_owner));
	if (LINE_IS_WRITE(kind))
		return (cost_to_write(c, &sim_sets[l->ln_set]));
	return (sim_set_has(&sim_sets[l->ln_set], cpu) ? 0 :
	    cost_to_read(c, &sim_sets[l->ln_set]));
}

/* The set of who shares l, which is shared from here on. */
static inline struct sim_set *
sharers(struct sim_line *l)
{
	struct sim_set *s;

	if (l->ln_set == 0) {
		if (nsets == SETS_MAX)
			md_panic("sim: more than %u shared lines", SETS_MAX);
		l->ln_set = nsets++;
	}
	s = &sim_sets[l->ln_set];
	if (l->ln_state != LINE_SHARED)
		memset(s, 0, sizeof(*s));
	if (l->ln_state == LINE_OWNED)
		sim_set_add(s, l->ln_owner);
	l->ln_state = LINE_SHARED;
	return (s);
}

void
sim_line_share(struct sim_line *l, const struct sim_set *cpus)
{
	struct sim_set *s = sharers(l);

	for (unsigned i = 0; i < sim_set_words; i++)
		s->ss_words[i] |= cpus->ss_words[i];
}

/* Has another than this CPU the line? */
static bool
others_have(const struct sim_line *l, unsigned cpu)
{
	if (l->ln_state == LINE_SHARED)
		return (count(&sim_sets[l->ln_set]) >
		    sim_set_has(&sim_sets[l->ln_set], cpu));
	return (l->ln_state == LINE_OWNED && l->ln_owner != cpu);
}

/* The line is c's from here on. */
static void
take(struct sim_cpu *c, struct sim_line *l, unsigned kind)
{
	if (others_have(l, c->f_cpu))
		count_move(c->sc_address);
	if (LINE_IS_WRITE(kind) || l->ln_state == LINE_UNUSED) {
		l->ln_state = LINE_OWNED;
		l->ln_owner = (uint16_t)c->f_cpu;
	} else
		sim_set_add(sharers(l), c->f_cpu);
}

/* ---- Service ------------------------------------------------------------ */

/* l comes to c, until sc_now. */
static void
transfer(struct sim_cpu *c, struct sim_line *l, uint64_t now)
{
	uint64_t begin = now > l->ln_free ? now : l->ln_free;
	uint64_t end = begin + cost_of(c, l, c->sc_kind);

	c->sc_transfer += end - c->sc_now;
	count_transfer(c->sc_address, end - c->sc_now);
	c->sc_now = end;
	l->ln_free = end;
}

/* The first of l's waiters is served from now on. */
static void
serve(struct sim_line *l, uint64_t now)
{
	struct sim_cpu *c = &sim_cpus[l->ln_first];

	transfer(c, l, now);
	sim_enqueue(c, SIM_SERVED);
}

/* The miss of c ends: the line is its, and the next one's is served. */
static void
served(struct sim_cpu *c, struct sim_line *l)
{
	l->ln_first = c->sc_next;
	c->sc_next = SIM_NONE;
	take(c, l, c->sc_kind);
	if (l->ln_first != SIM_NONE)
		serve(l, c->sc_now);
	if (LINE_IS_WRITE(c->sc_kind) && l->ln_pollers != SIM_NONE)
		sim_poll_rouse(l, c->sc_now);
}

/*
 * Stand behind the others on l.  True if it was served at once: nobody else
 * does anything until then.
 */
static bool
line_up(struct sim_cpu *c, struct sim_line *l, unsigned kind)
{
	c->sc_line = l;
	c->sc_kind = kind;
	c->sc_next = SIM_NONE;
	c->sc_misses++;
	if (l->ln_first != SIM_NONE) {
		sim_cpus[l->ln_last].sc_next = (uint16_t)c->f_cpu;
		l->ln_last = (uint16_t)c->f_cpu;
		c->sc_state = SIM_WAITING;
		return (false);
	}
	l->ln_first = l->ln_last = (uint16_t)c->f_cpu;
	transfer(c, l, c->sc_now);
	if (sim_first_at(c, c->sc_now))
		return (true);
	sim_enqueue(c, SIM_SERVED);
	return (false);
}

/*
 * Reading what is shared disturbs nobody: no place in the line is needed.
 * False if somebody wrote it meanwhile: then this read was in vain.
 */
static bool
read_shared(struct sim_cpu *c, struct sim_line *l)
{
	uint64_t begin = c->sc_now > l->ln_free ? c->sc_now : l->ln_free;
	uint64_t end = begin + cost_of(c, l, 'r');

	l->ln_free = begin + sim_model.mo_serve;
	c->sc_misses++;
	c->sc_transfer += end - c->sc_now;
	count_transfer(c->sc_address, end - c->sc_now);
	c->sc_now = end;
	sim_enqueue(c, SIM_SERVED);
	sim_switch();
	if (l->ln_state != LINE_SHARED)
		return (false);
	take(c, l, 'r');
	return (true);
}

/* Is c earlier than the end of what l serves now? */
static bool
comes_first(const struct sim_cpu *c, const struct sim_line *l)
{
	const struct sim_cpu *first;

	if (l->ln_first == SIM_NONE)
		return (true);
	first = &sim_cpus[l->ln_first];
	return (c->sc_now < first->sc_now ||
	    (c->sc_now == first->sc_now && c->f_cpu < first->f_cpu));
}

/*
 * An access of a CPU that looks: the one to its line is for nothing, with any
 * other it leaves its poll.  True if that is all.
 */
static bool
looked(struct sim_cpu *c, const struct sim_line *l, unsigned kind)
{
	if (kind == 'r' && l == c->sc_line && c->sc_reads == 1 &&
	    c->sc_others == 0) {
		c->sc_now -= c->sc_plain;
		virtual_events--;
		sim_looks++;
		return (true);
	}
	sim_poll_leave(c);
	return (false);
}

void
sim_access(struct sim_cpu *c, struct sim_line *l, unsigned kind)
{
	if (sim_looking && looked(c, l, kind))
		return;
	sim_poll_look();
	if (!l->ln_known) {
		l->ln_first = l->ln_pollers = SIM_NONE;
		l->ln_known = 1;
	}
	/* Another who is being served has not got the line yet: it hits. */
	if (!sim_line_has(l, c->f_cpu, kind) || c->sc_now >= sim_limit ||
	    !comes_first(c, l))
		sim_order(c);
	if (sim_line_has(l, c->f_cpu, kind) && comes_first(c, l))
		return;
	if (l->ln_first == SIM_NONE && kind == 'r' &&
	    l->ln_state == LINE_SHARED && read_shared(c, l))
		return;
	if (!line_up(c, l, kind))
		sim_switch();
	served(c, l);
}

void
sim_bulk(struct sim_cpu *c, size_t bytes)
{
	size_t lines = (bytes + (1u << LINE_SHIFT) - 1) >> LINE_SHIFT;

	c->sc_others++;
	if (sim_looking)
		sim_poll_leave(c);
	virtual_events++;
	c->sc_now += lines * sim_model.mo_bulk_line;
	/* It is done right after this, all at once. */
	sim_order(c);
}
