/*
 * Going from one fiber to another.
 *
 * On x86-64 a switch is in line (virtual.h), about ten instructions.  Elsewhere
 * it is ucontext's, which is right but makes a system call.
 */
#include <stdlib.h>
#include <sys/mman.h>
#ifndef __x86_64__
#include <ucontext.h>
#endif

#include <machine/machine.h>
#include <machine/virtual/virtual.h>

/* Map the stack of a fiber that has none yet; the page below it faults. */
static void
stack_map(const struct fiber *f)
{
	void *low = (void *)(fiber_stack_low(f) - FIBER_GUARD_BYTES);

	if (mmap(low, FIBER_STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE |
	    MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0) !=
	    low || mprotect(low, FIBER_GUARD_BYTES, PROT_NONE) != 0)
		md_panic("virtual: cannot map the stack of fiber %u at %p",
		    f->f_id, low);
}

#ifdef __x86_64__

/*
 * Stacks lie at a power of two of each other: if all began at their top, the
 * few lines that each has in use would fight for the same sets of the host's
 * caches.
 */
static uintptr_t
colour(const struct fiber *f)
{
	return (f->f_id % 128 * 9 * 64);
}

/*
 * The first switch takes the entry's address off the stack and goes there: what
 * is left must look as after a call, the stack pointer 8 below a multiple of
 * 16.
 */
void
fiber_context_init(struct fiber *f, void (*entry)(void))
{
	uintptr_t *sp;

	if (f->f_context == NULL)
		stack_map(f);
	sp = (uintptr_t *)(fiber_stack_high(f) - colour(f));
	*--sp = 0;
	*--sp = (uintptr_t)entry;
	f->f_context = sp;
}

#else

void
fiber_context_init(struct fiber *f, void (*entry)(void))
{
	ucontext_t *uc = f->f_context;

	if (uc == NULL) {
		stack_map(f);
		uc = calloc(1, sizeof(*uc));
		if (uc == NULL)
			md_panic("virtual: no memory for fiber %u", f->f_id);
		f->f_context = uc;
	}
	(void)getcontext(uc);
	uc->uc_stack.ss_sp = (void *)fiber_stack_low(f);
	uc->uc_stack.ss_size = fiber_stack_high(f) - fiber_stack_low(f);
	uc->uc_link = NULL;
	makecontext(uc, entry, 0);
}

void
fiber_context_switch(struct fiber *from, struct fiber *to)
{
	(void)swapcontext(from->f_context, to->f_context);
}

#endif
