/*
 * The virtual machine's own parts, as they know each other.
 *
 * There are fibers on one host thread, of which one runs at a time.
 * Instrumented code calls __tsan_*() for each access; each call is an event.
 * What an event costs and who runs after it is a client's affair, of which a
 * program is linked with one: seeded/ switches fibers at places drawn from a
 * seed and runs the tests; sim/ is a machine of many CPUs in virtual time;
 * test/virtual/ writes them down.
 *
 *	virtual_switch.c	saving and restoring a fiber's registers
 *	virtual_tsan.c		the events, handed on to the client
 *	virtual_mem.c		the arena and bulk moves
 *	virtual_name.c		what lies where in it, as md_mem_name() was told
 *	virtual_host.c		panic and the watchdog
 *
 * A client brings <virtual_client.h>, which the events call, and the rest of
 * the contract: threads, parking, time.
 *
 * Nothing here is compiled with -fsanitize=thread.  One host thread runs all
 * of it, so no field needs a lock; the watchdog's signal handler only reads.
 */
#ifndef MACHINE_VIRTUAL_VIRTUAL_H
#define	MACHINE_VIRTUAL_VIRTUAL_H

#include <stddef.h>
#include <stdint.h>

#define	FIBERS_MAX	1025	/* MAXTHREADS and the first one */
#define	DOMAINS_MAX	16

/* Host addresses, so that no result depends on where the host maps things. */
#define	FIBER_STACK_BASE	0x1000000000ull
#define	FIBER_STACK_BYTES	((size_t)256 << 10)	/* with the guard */
#define	FIBER_GUARD_BYTES	((size_t)4 << 10)
#define	ARENA_BASE		0x2000000000ull
#define	ARENA_DOMAIN_BYTES	((size_t)16 << 30)

_Static_assert(FIBER_STACK_BASE + FIBERS_MAX * FIBER_STACK_BYTES < ARENA_BASE,
    "stacks end before the arena");

struct thread;

/* What is common to the fibers of all clients. */
struct fiber {
	unsigned	 f_id;		/* its stack's number */
	unsigned	 f_cpu;
	void		*f_context;	/* virtual_switch.c's */
	struct thread	*f_curthread;	/* the unit's, by md_set_curthread() */
};

/* The fiber that runs; the client's, never NULL. */
extern struct fiber	*fiber_current;

/* Events so far; nonzero while there may be some, which the client says. */
extern uint64_t		 virtual_events;
extern int		 virtual_started;

/* Prepare *f to run entry() at the top of its stack at first switch. */
void	fiber_context_init(struct fiber *f, void (*entry)(void));

/*
 * Save the registers into *from and go on with *to.  On x86-64 in line: the
 * stack pointer is all that is kept, and where to go on lies on the stack.  A
 * call would leave the processor's guesses of return addresses one off, for
 * all that return after it.
 */
#ifdef __x86_64__
static inline void
fiber_context_switch(struct fiber *from, struct fiber *to)
{
	void **save = &from->f_context, *sp = to->f_context;

	__asm__ volatile(
	    "subq $128, %%rsp\n\t"		/* a red zone */
	    "pushq %%rbp\n\t"
	    "leaq 1f(%%rip), %%rcx\n\t"
	    "pushq %%rcx\n\t"
	    "movq %%rsp, (%0)\n\t"
	    "movq %1, %%rsp\n\t"
	    "popq %%rcx\n\t"
	    "jmp *%%rcx\n"
	    "1:\tpopq %%rbp\n\t"
	    "addq $128, %%rsp\n\t"
	    : "+D" (save), "+S" (sp) : :
	    "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12",
	    "r13", "r14", "r15", "memory", "cc");
}
#else
void	fiber_context_switch(struct fiber *from, struct fiber *to);
#endif

/* The low end of a fiber's stack, above the guard. */
static inline uintptr_t
fiber_stack_low(const struct fiber *f)
{
	return (FIBER_STACK_BASE + f->f_id * FIBER_STACK_BYTES +
	    FIBER_GUARD_BYTES);
}

static inline uintptr_t
fiber_stack_high(const struct fiber *f)
{
	return (FIBER_STACK_BASE + (f->f_id + 1) * FIBER_STACK_BYTES);
}

/* Reserve the arena.  Panics where the host has something there. */
void	arena_init(unsigned domains);

/*
 * Let the host back it by large pages, if it has such: half the time of a short
 * run, and several times the memory.
 */
void	arena_large_pages(void);

/* The domain of an address of the arena. */
static inline unsigned
arena_domain(uintptr_t a)
{
	return ((unsigned)((a - ARENA_BASE) / ARENA_DOMAIN_BYTES));
}

/* Of the arena, as told: from mn_start to before mn_end. */
struct mem_name {
	uintptr_t	 mn_start, mn_end;
	uintptr_t	 mn_base;	/* an item begins here, maybe before */
	size_t		 mn_stride;
	const char	*mn_type;
};

/* What is at an address; NULL: nobody said.  Good until the next is told. */
const struct mem_name *mem_name_of(uintptr_t a);
void	mem_name_forget(uintptr_t start, uintptr_t end);

/* Panic if events stop for long while virtual_started. */
void	virtual_watchdog_start(void);

/*
 * Static data must stand at the same address in every run, or the hashes of
 * lock addresses, and with them the run, would vary.  Panics if it does not.
 */
void	virtual_check_linked(void);

#endif /* MACHINE_VIRTUAL_VIRTUAL_H */
