/*
 * What the pagers share: the table of them, the look-up of an object by its
 * handle, the time a device takes, and the end of a getpages.
 *
 * A look-up races with the end of what it finds.  It is safe because the test
 * of OBJ_DEAD and the reference are one critical section, under the lock in
 * which vm_object_deallocate() sets OBJ_DEAD at no reference:
 *
 *	looker (list mutex)		the last reference goes
 *	object->handle matches
 *	lock object			lock object
 *	OBJ_DEAD?  no: ref_count++	ref_count 0: OBJ_DEAD
 *	unlock				pgo_dealloc: unlock, list mutex, off
 *
 * and because the list's mutex keeps a dead object's memory until the looker
 * has let go of it: pgo_dealloc needs that mutex before anything is freed.
 *
 * The pagers of files and of patterns are synchronous: the faulting thread does
 * the I/O itself, with the object unlocked.  The swap pager is not.
 */
#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <vm/vm_verbs.h>
#include <vm/swap_pager.h>

uint64_t	vm_pager_latency_ns;

/* By type of object; the others are made by calls of their own. */
static const struct pagerops *const pagertab[OBJT_DEAD] = {
	[OBJT_DEFAULT] = &defaultpagerops,
	[OBJT_SWAP] = &swap_pager_ops,
	[OBJT_DEVICE] = &devicepagerops,
	[OBJT_PHYS] = &physpagerops,
};

void
vm_pager_init(void)
{
	unsigned type;

	for (type = 0; type < nitems(pagertab); type++)
		if (pagertab[type] != NULL && pagertab[type]->pgo_init != NULL)
			pagertab[type]->pgo_init();
}

vm_object_t
vm_pager_allocate(enum obj_type type, void *handle, vm_ooffset_t size,
    vm_prot_t prot, vm_ooffset_t offset, struct ucred *cred)
{
	const struct pagerops *ops;

	KASSERT(type < OBJT_DEAD, ("vm_pager_allocate: type %d", (int)type));
	lock_assert_sleepable(NULL, "vm_pager_allocate");
	ops = pagertab[type];
	if (ops == NULL || ops->pgo_alloc == NULL)
		return (NULL);
	return (ops->pgo_alloc(handle, size, prot, offset, cred));
}

/*
 * The handle is compared without the object's lock: it does not change while
 * the object is listed.  A dead one is passed over and the walk goes on, for
 * its successor may be listed already.
 */
vm_object_t
vm_pager_object_lookup(struct pagerlst *list, void *handle)
{
	vm_object_t object;
	bool dead;

	TAILQ_FOREACH(object, list, pager_object_list) {
		if (object->handle != handle)
			continue;
		pv_object_lock(object);
		dead = (object->flags & OBJ_DEAD) != 0;
		if (!dead)
			vm_object_reference_locked(object);
		pv_object_unlock(object);
		if (!dead)
			break;
	}
	return (object);
}

void
vm_pager_object_grow(vm_object_t object, vm_pindex_t size)
{

	KASSERT(object->handle != NULL,
	    ("vm_pager_object_grow: object %p is not listed", object));
	if (size > object->size)
		atomic_store_64(&object->size, size);
}

void
vm_pager_io_wait(void)
{
	uint64_t latency_ns = atomic_load_64(&vm_pager_latency_ns);

	if (latency_ns != 0)
		pause_ns("pgrio", latency_ns);
}

bool
vm_pager_in_size(vm_object_t object, vm_pindex_t pindex, int *before,
    int *after)
{
	vm_pindex_t size = atomic_load_64(&object->size);

	pv_object_assert_read(object);
	if (pindex >= size)
		return (false);
	if (before != NULL)
		*before = (int)ulmin(pindex, VM_PAGER_CLUSTER);
	if (after != NULL)
		*after = (int)ulmin(size - 1 - pindex, VM_PAGER_CLUSTER);
	return (true);
}

void
vm_pager_finish(vm_object_t object, vm_page_t *m, int count, int reqpage,
    int nread)
{
	int i;

	pv_object_assert_locked(object);
	for (i = 0; i < count; i++) {
		KASSERT(m[i]->object == object,
		    ("vm_pager_finish: page %p is of object %p", m[i],
		    m[i]->object));
		if (i < nread) {
			atomic_store_8(&m[i]->valid, VM_PAGE_BITS_ALL);
			atomic_store_8(&m[i]->dirty, 0);
		}
		if (i != reqpage)
			vm_page_readahead_finish(m[i]);
	}
}

void
vm_pager_put_pages(vm_object_t object, vm_page_t *m, int count, int flags,
    int *rtvals)
{
	const struct pagerops *pager = object->pager;
	int i;

	pv_object_assert_locked(object);
	if (object->type == OBJT_DEFAULT)
		pager = &swap_pager_ops;
	if (pager != NULL && pager->pgo_putpages != NULL) {
		pager->pgo_putpages(object, m, count, flags, rtvals);
		return;
	}
	for (i = 0; i < count; i++)
		rtvals[i] = VM_PAGER_FAIL;
}
