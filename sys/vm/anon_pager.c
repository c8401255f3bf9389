/*
 * The anonymous pager: an object whose pages were all "swapped out".
 *
 * Stands for the swap pager's page-in.  The device is replaced by a pattern:
 * what it returns for a page is a word computed from the index, and it really
 * fills the frame with it, so that a reader can tell whether it got the right
 * page whole.  Nothing is ever written back.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>

static void	anon_pager_dealloc(vm_object_t object);
static int	anon_pager_getpages(vm_object_t object, vm_page_t *m,
		    int count, int reqpage);

static const struct pagerops anon_pager_ops = {
	.pgo_name = "anon",
	.pgo_dealloc = anon_pager_dealloc,
	.pgo_getpages = anon_pager_getpages,
	.pgo_haspage = vm_pager_in_size,
};

vm_object_t
vm_anon_pager_allocate(vm_pindex_t size)
{
	vm_object_t object;

	object = vm_object_allocate(OBJT_SWAP, size);
	object->pager = &anon_pager_ops;
	return (object);
}

/* An odd multiplier: pages differ, and none is all zeroes. */
uint64_t
vm_anon_pattern(vm_pindex_t pindex)
{
	return ((pindex + 1) * 0x9e3779b97f4a7c15ULL);
}

static void
anon_pager_dealloc(vm_object_t object)
{
	pv_object_assert_locked(object);
	KASSERT((object->flags & OBJ_DEAD) != 0,
	    ("anon_pager_dealloc: object %p alive", object));
}

/* The device's transfer: one word, then copies of what is there already. */
static void
anon_pager_fill(vm_page_t m)
{
	char *frame = vm_page_dmap(m);
	size_t done;

	*(uint64_t *)(void *)frame = vm_anon_pattern(m->pindex);
	for (done = sizeof(uint64_t); done < PAGE_SIZE; done *= 2)
		md_copy(frame + done, frame, done);
}

/*
 * As the swap pager does, flash the requested page at the end though it stays
 * busied: its waiters wake for nothing and sleep again.
 */
static int
anon_pager_getpages(vm_object_t object, vm_page_t *m, int count, int reqpage)
{
	int i;

	pv_object_assert_locked(object);
	KASSERT(m[count - 1]->pindex < object->size,
	    ("anon_pager_getpages: page %llu beyond object %p",
	    (unsigned long long)m[count - 1]->pindex, object));
	pv_object_unlock(object);
	vm_pager_io_wait();
	for (i = 0; i < count; i++)
		anon_pager_fill(m[i]);
	pv_object_lock(object);
	vm_pager_finish(object, m, count, reqpage, count);
	pv_flash_locked(m[reqpage]);
	return (VM_PAGER_OK);
}
