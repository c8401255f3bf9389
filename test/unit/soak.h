/*
 * The soak: threads that do everything the VM can do, at random, for as long as
 * they are told, over pages whose bytes tell whether anything was lost.
 *
 * What a thread can do is an operation, in a file of test/unit/soak_*.c, with
 * what it works on and the oracle of that.  An operation ends with nothing held
 * by its thread.
 */
#ifndef TEST_UNIT_SOAK_H
#define	TEST_UNIT_SOAK_H

#include "fault_test.h"

#define	SOAK_WORKERS	8
#define	SOAK_FRAMES	1024	/* fewer than all operations want at once */
#define	SOAK_SWAP	2048	/* pages; more than they want */

struct soak_op {
	const char	*so_name;
	unsigned	 so_weight;	/* how often, beside the others */
	/* Before and after it all, alone, the daemon there after; or NULL. */
	void		(*so_begin)(void);
	void		(*so_end)(void);
	/* Once, by a worker; *seed is its own, for test_random(). */
	void		(*so_run)(unsigned worker, uint64_t *seed);
};

/* All of them, test_soak.c runs. */
extern const struct soak_op	soak_busy, soak_chain, soak_cow, soak_fork,
				soak_handle, soak_kmem, soak_map, soak_pagein,
				soak_shm, soak_swap, soak_wire;

/* An address space of each worker, empty between operations. */
extern struct vmspace	*soak_space[SOAK_WORKERS];

/* A word that only this worker writes, the nth of its own. */
static inline uint64_t
soak_word(unsigned worker, uint64_t n)
{
	return (((uint64_t)worker + 1) << 48 | n);
}

/* As ft_resident() makes it, but that the page daemon keeps what is there. */
static inline vm_object_t
soak_resident(vm_pindex_t pages)
{
	vm_object_t object = ft_resident(pages);

	pv_object_lock(object);
	for (vm_pindex_t i = 0; i < pages; i++)
		vm_page_dirty(vm_page_lookup(object, i));
	pv_object_unlock(object);
	return (object);
}

/* Such an object, wherever its pages are by now. */
static inline void
soak_check_resident(vm_object_t object, vm_pindex_t pages)
{
	struct vmspace *vm = soak_space[0];

	ft_map(vm, ft_keep(object), pages, VM_PROT_READ, 0);
	for (vm_pindex_t i = 0; i < pages; i++)
		CHECK(ft_page_is(vm, FT_VA(i), i + 1));
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(pages)),
	    KERN_SUCCESS);
}

/*
 * The last reference is the caller's, and nobody has a page busied but the
 * daemon while it writes.
 */
static inline void
soak_check_at_rest(vm_object_t object)
{
	vm_page_t m;

	pv_object_lock(object);
	vm_object_pip_wait(object, "soakre");
	CHECK_EQ(object->ref_count, 1);
	TAILQ_FOREACH(m, &object->memq, listq)
		CHECK(!pv_busied(m));
	pv_object_unlock(object);
}

#endif /* TEST_UNIT_SOAK_H */
