/*
 * What tests of the VM share: a small VM that must be left clean, and numbers
 * that repeat.
 */
#ifndef TEST_VM_TEST_H
#define	TEST_VM_TEST_H

#include <sys/proc.h>
#include <sys/sleepqueue.h>
#include <vm/uma.h>
#include <vm/vm_phys.h>
#include <vm/vm_verbs.h>
#include <workload/lab_unit.h>
#include <lab_test.h>

/*
 * Does this unit lock objects and busy pages at all?  impl/null does not, and
 * tests of that do not exist in its unit.
 */
#ifndef IMPL_UNIT_FLAGS
#define	IMPL_UNIT_FLAGS	0
#endif
#define	TEST_SYNCHRONISED	((IMPL_UNIT_FLAGS & LAB_UNSYNCHRONISED) == 0)

/*
 * Are the fine locks one, as in impl/vm_mtx?  There is no test then of what
 * takes two threads, each with another of them.
 */
#ifdef VM_ONE_LOCK
#define	TEST_ONE_LOCK	1
#else
#define	TEST_ONE_LOCK	0
#endif

/* A VM with so many frames, at home on domain 0. */
static inline void
test_boot(unsigned frames)
{
	vm_boot(ptoa(frames), 0);
}

/* Check that nothing is left, and end the VM.  The caller stays thread 0. */
static inline void
test_end(void)
{
	char why[LAB_WHY_MAX];

	if (vm_leaks(why, sizeof(why)) != 0)
		md_panic("test_end: left behind: %s", why);
	vm_shutdown();
	kern_thread_attach(0);
}

/* xorshift64*: the same numbers on every machine; *state is not 0. */
static inline uint64_t
test_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (*state * 0x2545f4914f6cdd1dULL);
}

/* Wait until n threads sleep on chan. */
static inline void
test_await_sleepers(const void *chan, unsigned n)
{
	while (sleepq_sleepers(chan) != n)
		md_spin_hint();
}

/* Lock what vm_page_free() needs, for pages in an object or in none. */
static inline void
test_free(vm_page_t m)
{
	vm_object_t object = m->object;

	if (object != NULL)
		pv_object_lock(object);
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
	if (object != NULL)
		pv_object_unlock(object);
}

#endif /* TEST_VM_TEST_H */
