/*
 * The soft fault with the object read-locked: find, busy, map, unbusy.
 *
 * Stands for FreeBSD 10.4's vm_fault_soft_fast(), whose place and
 * preconditions it takes, and from which it differs in busying the page
 * (<vm/grab_verbs.h>, R1).  Why each step is safe:
 *
 * S1  The look-up reads the trie under the read lock; the trie changes only
 *     under the write lock.
 * S2  valid changes only under the write lock, and the object cannot die while
 *     the map, share-locked, refers to it; so both tests hold to the end.
 * S3  A mapping without write permission needs the contents to stay meaningful
 *     only: shared busy, which keeps exclusive busiers (who may be filling or
 *     freeing the page) out and lets other readers in.
 * S4  A mapping with write permission lets its user change the page, which who
 *     holds it shared busy for I/O has been promised will not happen: so
 *     exclusive busy, whatever the kind of fault.  Two such faults on one page
 *     at once make one of them take the slow path and wait; this is the price
 *     of R1 and a cell in which this implementation may lose.
 * S5  pmap_enter() of a managed page wants it busied or its object locked;
 *     both hold.  It may not sleep for a page-table page with the object
 *     locked: it fails, and the slow path does it.
 * S6  dirty belongs to who has the page exclusively busied, or to the page
 *     lock, or to the write lock.  10.4, which does not busy, takes the page
 *     lock here; a write fault holds the busy by S4 and needs none.
 * S7  The object is unlocked before the busy ends: the page's identity is the
 *     busier's to keep (R3), and the end of a busy needs no object lock.
 *
 * No reference, no paging-in-progress, no queue is touched: nothing to undo.
 */
#include <sys/systm.h>
#include <sys/rwlock.h>
#include <vm/vm_pager.h>
#include <vm/vm_verbs.h>

static bool
soft_busy(vm_page_t m, bool write)
{
	return (write ? vm_page_tryxbusy(m) != 0 : vm_page_trysbusy(m) != 0);
}

static void
soft_unbusy(vm_page_t m, bool write)
{
	if (write)
		vm_page_xunbusy(m);
	else
		vm_page_sunbusy(m);
}

/* Object read-locked; the page comes busied and mapped, or NULL. */
static vm_page_t
soft_map(struct faultstate *fs, bool write)
{
	vm_page_t m;

	if ((fs->first_object->flags & OBJ_DEAD) != 0)
		return (NULL);
	m = vm_page_lookup(fs->first_object, fs->first_pindex);
	if (m == NULL || !vm_page_is_all_valid(m) || !soft_busy(m, write))
		return (NULL);
	if (pmap_enter(fs->map->pmap, fs->vaddr, fs->fault_type, m, fs->prot,
	    PMAP_ENTER_NOSLEEP) == KERN_SUCCESS)
		return (m);
	soft_unbusy(m, write);
	return (NULL);
}

bool
vm_fault_soft(struct faultstate *fs)
{
	bool write = (fs->prot & VM_PROT_WRITE) != 0;
	vm_page_t m;

	if (fs->fault_flags != VM_FAULT_NORMAL || fs->wired)
		return (false);
	VM_OBJECT_RLOCK(fs->first_object);
	m = soft_map(fs, write);
	if (m != NULL && (fs->fault_type & VM_PROT_WRITE) != 0 &&
	    vm_page_managed(m)) {
		vm_page_dirty(m);
		vm_pager_page_unswapped(m);
	}
	VM_OBJECT_RUNLOCK(fs->first_object);
	if (m == NULL)
		return (false);
	soft_unbusy(m, write);
	vm_fault_prefault(fs);
	return (true);
}
