/*
 * The phys pager: memory that is never paged out and whose mappings nobody
 * counts.  Its pages are unmanaged from vm_page_alloc() on: no pv entry is made
 * for a mapping, no queue has them, no charge is made for them.
 *
 * An object with a handle is listed, and found by it; one without is private
 * to who made it.  Order of locks: phys_pager_mtx, then an object's.
 *
 * Mirrors FreeBSD 10.4 sys/vm/phys_pager.c, which is 9.3's but that a dead
 * object keeps no handle.
 *
 * Locking key: (L) phys_pager_mtx.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>

/* Pages around one that the pager has, for it has all: the aligned block. */
#define	PHYSCLUSTER	1024

static struct mtx	phys_pager_mtx;			/* "phys_pager list" */
static struct pagerlst	phys_pager_object_list;		/* (L) */

static void
phys_pager_init(void)
{

	mtx_init(&phys_pager_mtx, "phys_pager list", NULL, MTX_DEF);
	TAILQ_INIT(&phys_pager_object_list);
}

static vm_object_t
phys_pager_object(vm_pindex_t size)
{
	vm_object_t object;

	object = vm_object_allocate(OBJT_PHYS, size);
	object->pager = &physpagerops;
	return (object);
}

/*
 * The object of a handle.  Allocation may sleep, so the list is let go for it
 * and looked through once more; who lost the race throws its own away.
 */
static vm_object_t
phys_pager_handled(void *handle, vm_pindex_t size)
{
	vm_object_t object, mine = NULL;

	mtx_lock(&phys_pager_mtx);
	object = vm_pager_object_lookup(&phys_pager_object_list, handle);
	if (object == NULL) {
		mtx_unlock(&phys_pager_mtx);
		mine = phys_pager_object(size);
		mtx_lock(&phys_pager_mtx);
		object = vm_pager_object_lookup(&phys_pager_object_list,
		    handle);
		if (object == NULL) {
			object = mine;
			mine = NULL;
			object->handle = handle;
			TAILQ_INSERT_TAIL(&phys_pager_object_list, object,
			    pager_object_list);
		}
	}
	vm_pager_object_grow(object, size);
	mtx_unlock(&phys_pager_mtx);
	/* It never had a handle, so its end does not ask for the list. */
	if (mine != NULL)
		vm_object_deallocate(mine);
	return (object);
}

static vm_object_t
phys_pager_alloc(void *handle, vm_ooffset_t size, vm_prot_t prot,
    vm_ooffset_t offset, struct ucred *cred)
{
	vm_pindex_t pages = OFF_TO_IDX(offset + round_page(size));

	/* Nothing is charged: no swap space will ever be wanted. */
	(void)cred;
	(void)prot;
	if ((offset & PAGE_MASK) != 0)
		return (NULL);
	if (handle == NULL)
		return (phys_pager_object(pages));
	return (phys_pager_handled(handle, pages));
}

/*
 * The object is dead, so a look-up that comes between passes it over, and
 * cannot be at it still when the list's mutex has been had.
 */
static void
phys_pager_dealloc(vm_object_t object)
{

	pv_object_assert_locked(object);
	KASSERT((object->flags & OBJ_DEAD) != 0,
	    ("phys_pager_dealloc: object %p alive", object));
	if (object->handle == NULL)
		return;
	pv_object_unlock(object);
	mtx_lock(&phys_pager_mtx);
	TAILQ_REMOVE(&phys_pager_object_list, object, pager_object_list);
	mtx_unlock(&phys_pager_mtx);
	pv_object_lock(object);
	object->handle = NULL;
}

/* Cannot fail, and keeps the object's lock: there is nothing to wait for. */
static int
phys_pager_getpages(vm_object_t object, vm_page_t *m, int count, int reqpage)
{
	int i;

	pv_object_assert_locked(object);
	for (i = 0; i < count; i++) {
		if (m[i]->valid == 0) {
			if ((m[i]->flags & PG_ZERO) == 0)
				pmap_zero_page(m[i]);
			atomic_store_8(&m[i]->valid, VM_PAGE_BITS_ALL);
		}
		KASSERT(vm_page_is_all_valid(m[i]) &&
		    atomic_load_8(&m[i]->dirty) == 0,
		    ("phys_pager_getpages: page %p is %#x valid, %#x dirty",
		    m[i], m[i]->valid, m[i]->dirty));
		/* The requested one stays busied; who waits looks again. */
		if (i == reqpage)
			pv_flash_locked(m[i]);
		else
			pv_xunbusy_locked(m[i]);
	}
	return (VM_PAGER_OK);
}

static void
phys_pager_putpages(vm_object_t object, vm_page_t *m, int count, int flags,
    int *rtvals)
{

	panic("phys_pager_putpages: object %p, %d pages from %p, %#x, %p",
	    (void *)object, count, (void *)m[0], flags, (void *)rtvals);
}

static bool
phys_pager_haspage(vm_object_t object, vm_pindex_t pindex, int *before,
    int *after)
{
	int at = (int)(pindex % PHYSCLUSTER);

	pv_object_assert_read(object);
	if (before != NULL)
		*before = at;
	if (after != NULL)
		*after = PHYSCLUSTER - 1 - at;
	return (true);
}

const struct pagerops physpagerops = {
	.pgo_name = "phys",
	.pgo_init = phys_pager_init,
	.pgo_alloc = phys_pager_alloc,
	.pgo_dealloc = phys_pager_dealloc,
	.pgo_getpages = phys_pager_getpages,
	.pgo_putpages = phys_pager_putpages,
	.pgo_haspage = phys_pager_haspage,
};
