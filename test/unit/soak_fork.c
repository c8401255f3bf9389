/*
 * Address spaces copied by users who pay for it: parent and child each see
 * their own bytes, and when all are gone nobody is charged for anything.
 */
#include "soak.h"
#include "cred_test.h"

#if TEST_SYNCHRONISED
#include <vm/vm_extern.h>

#define	PAGES	4
#define	USERS	3		/* ids 1 to 3, of several workers each */

static struct uidinfo	*users[USERS];

static void
fork_begin(void)
{
	for (unsigned u = 0; u < USERS; u++)
		users[u] = uifind(1 + u);
}

/* What the child sees is what there was, whatever the parent does meanwhile. */
static void
both_write(struct vmspace *parent, struct vmspace *child, unsigned worker,
    unsigned pages)
{
	for (vm_pindex_t i = 0; i < PAGES; i++)
		if (pages >> i & 1)
			ft_page_fill(parent, FT_VA(i),
			    soak_word(worker, 100 + i));
	for (vm_pindex_t i = 0; i < PAGES; i++) {
		CHECK(ft_page_is(child, FT_VA(i), soak_word(worker, i)));
		if (pages >> (PAGES + i) & 1)
			ft_page_fill(child, FT_VA(i),
			    soak_word(worker, 200 + i));
	}
	for (vm_pindex_t i = 0; i < PAGES; i++)
		CHECK(ft_page_is(parent, FT_VA(i),
		    soak_word(worker, pages >> i & 1 ? 100 + i : i)));
}

/* One object for several entries, as protection once differed. */
static void
divide(struct vmspace *vm, uint64_t *seed)
{
	vm_offset_t at = FT_VA(test_random(seed) % PAGES);

	CHECK_EQ(vm_map_protect(&vm->vm_map, at, at + PAGE_SIZE,
	    VM_PROT_READ), KERN_SUCCESS);
	CHECK_EQ(vm_map_protect(&vm->vm_map, at, at + PAGE_SIZE,
	    VM_PROT_RW), KERN_SUCCESS);
}

static void
fork_run(unsigned worker, uint64_t *seed)
{
	struct vmspace *vm = soak_space[worker], *child;

	test_become(1 + worker % USERS, 0);
	CHECK_EQ(vm_mmap_anon(&vm->vm_map, FT_VA(0), ptoa(PAGES), VM_PROT_RW,
	    0), 0);
	for (vm_pindex_t i = 0; i < PAGES; i++)
		ft_page_fill(vm, FT_VA(i), soak_word(worker, i));
	if (test_random(seed) % 2 == 0)
		divide(vm, seed);
	CHECK_EQ(vmspace_fork(vm, &child), 0);
	both_write(vm, child, worker, (unsigned)test_random(seed));
	if (test_random(seed) % 2 == 0) {
		vmspace_free(child);
		child = NULL;
	}
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(PAGES)),
	    KERN_SUCCESS);
	if (child != NULL)
		vmspace_free(child);
	test_become_root();
}

static void
fork_end(void)
{
	for (unsigned u = 0; u < USERS; u++) {
		CHECK_EQ(users[u]->ui_vmsize, 0);
		uifree(users[u]);
	}
}

const struct soak_op soak_fork = { "fork", 3, fork_begin, fork_end, fork_run };
#endif /* TEST_SYNCHRONISED */
