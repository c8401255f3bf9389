/*
 * Hard and soft busy of a page, 9.x.
 *
 * No atomic is used: the object's lock, which every function asserts, makes
 * the plain read-modify-writes safe.  That is the cost and the limit of this
 * design: to end a busy, or to wait for its end, one needs the lock of the
 * whole object.  Read <vm/vm_page_busy.h> first.
 */
#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <vm/vm_verbs.h>

void
vm_page_busy(vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
	KASSERT((m->oflags & VPO_BUSY) == 0,
	    ("vm_page_busy: page %p already busy, oflags %#x", m, m->oflags));
	m->oflags |= VPO_BUSY;
}

/*
 * WANTED is cleared before the wakeup, both under the object's lock, so a
 * sleeper that comes later sets it again and is not forgotten.
 *
 * A marked store here and in vm_page_sleep(), with the code of a plain one:
 * the page's busier may be looking at VPO_BUSY, its own, without the lock.
 */
void
vm_page_flash(vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
	if ((m->oflags & VPO_WANTED) != 0) {
		atomic_store_16(&m->oflags, m->oflags & ~VPO_WANTED);
		wakeup(m);
	}
}

void
vm_page_wakeup(vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
	KASSERT((m->oflags & VPO_BUSY) != 0,
	    ("vm_page_wakeup: page %p not busy, oflags %#x", m, m->oflags));
	m->oflags &= ~VPO_BUSY;
	vm_page_flash(m);
}

void
vm_page_io_start(vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
	KASSERT(m->busy < UINT8_MAX,
	    ("vm_page_io_start: page %p has %u soft busies", m, m->busy));
	m->busy++;
}

void
vm_page_io_finish(vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
	KASSERT(m->busy > 0, ("vm_page_io_finish: page %p is not busy", m));
	m->busy--;
	if (m->busy == 0)
		vm_page_flash(m);
}

/*
 * The object must be remembered: once its lock is gone the page may be freed
 * and serve another.
 */
void
vm_page_sleep(vm_page_t m, const char *msg)
{
	vm_object_t object = m->object;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	if (mtx_owned(vm_page_lockptr(m)))
		vm_page_unlock(m);
	atomic_store_16(&m->oflags, m->oflags | VPO_WANTED);
	VM_OBJECT_MSLEEP(object, m, PVM, msg, 0);
}

void
vm_page_readahead_finish(vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
	vm_page_lock(m);
	if (m->valid == 0) {
		vm_page_free(m);
		vm_page_unlock(m);
		return;
	}
	if ((m->oflags & VPO_WANTED) != 0)
		vm_page_activate(m);
	else
		vm_page_deactivate(m);
	vm_page_unlock(m);
	vm_page_wakeup(m);
}
