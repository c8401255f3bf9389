/*
 * The page daemon's thread: asleep while there is memory, then passes over the
 * queues until there is again.
 *
 * Why no wake-up of the daemon is lost that somebody waits for.  It clears
 * vm_pages_needed and then counts, holding its mutex; who waits for memory
 * sets the flag holding the mutex, always.  An allocation looks at the flag
 * first and may see one that is about to be cleared: then the next one below
 * the mark, or the first that has to wait, wakes the daemon.
 *
 * An object's lock is gone when the object is.  So the daemon, before it lets
 * go of the page lock that keeps a page in an object and waits for the
 * object's, announces it; who ends the object has since had the lock of each
 * of its pages, sees that, and waits until the daemon has had its look.
 *
 * Mirrors FreeBSD sys/vm/vm_pageout.c vm_pageout_worker() and _init().
 * Differences: (1) one daemon for all domains; (2) nothing is killed when swap
 * is full: who waits goes on waiting; (3) passes that find nothing follow each
 * other at once until an active page can have become inactive, then after a
 * fiftieth of a second, where FreeBSD takes half of one after the first;
 * (4) FreeBSD's objects are type-stable and need no announcement.
 */
#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <vm/vm_pageout.h>
#include <vm/vm_verbs.h>

#define	RETRY_NS	20000000	/* after passes that found nothing */

static struct mtx	pageout_mtx;	/* "vm pageout" */
static bool		pageout_stop;	/* pageout_mtx */
volatile unsigned	vm_pages_needed; /* pageout_mtx to write */
/* An object whose lock is waited for: pageout_mtx to clear, or (a). */
volatile uintptr_t	vm_pageout_wanted;

/*
 * FreeBSD's formulas, but for v_free_reserved, which is the lab's own: small
 * memories must do.
 */
void
vm_pageout_init(void)
{
	unsigned pages = vm_cnt.v_page_count, min = 4;

	if (pages > 1024)
		min += (pages - 1024) / 200;
	vm_cnt.v_free_severe = vm_cnt.v_free_reserved + min / 2;
	vm_cnt.v_free_min = vm_cnt.v_free_reserved + min;
	vm_cnt.v_free_target = vm_cnt.v_free_reserved +
	    (pages > 6144 ? 4 : 2) * vm_cnt.v_free_min;
	vm_cnt.v_inactive_target = (unsigned)ulmin(
	    vm_cnt.v_free_target * 3 / 2, pages / 3);
	mtx_init(&pageout_mtx, "vm pageout", NULL, MTX_DEF);
	vm_pages_needed = 0;
	vm_pageout_wanted = 0;
}

void
vm_pageout_shutdown(void)
{

	KASSERT(vm_cnt.v_free_mark == vm_cnt.v_free_reserved,
	    ("vm_pageout_shutdown: the daemon is about"));
	mtx_destroy(&pageout_mtx);
}

void
pagedaemon_wakeup(void)
{

	mtx_lock(&pageout_mtx);
	if (vm_pages_needed == 0) {
		atomic_store_int(&vm_pages_needed, 1);
		wakeup((const void *)&vm_pages_needed);
	}
	mtx_unlock(&pageout_mtx);
}

void
vm_pageout_begin(void)
{

	pageout_stop = false;
	atomic_store_int(&vm_cnt.v_free_mark, vm_cnt.v_free_min * 11 / 10);
}

void
vm_pageout_stop(void)
{

	mtx_lock(&pageout_mtx);
	pageout_stop = true;
	wakeup((const void *)&vm_pages_needed);
	mtx_unlock(&pageout_mtx);
}

void
vm_pageout(void)
{
	int idle = 0;			/* passes that found nothing */
	bool found;

	mtx_lock(&pageout_mtx);
	while (!pageout_stop) {
		atomic_store_int(&vm_pages_needed, 0);
		if (!vm_paging_needed()) {
			idle = 0;
			msleep((const void *)&vm_pages_needed, &pageout_mtx,
			    PVM, "psleep", 0);
			continue;
		}
		mtx_unlock(&pageout_mtx);
		found = vm_pageout_scan(idle) != 0;
		mtx_lock(&pageout_mtx);
		idle = found ? 0 : idle + 1;
		if (idle > ACT_INIT && !pageout_stop)
			msleep((const void *)&vm_pages_needed, &pageout_mtx,
			    PVM, "psleep", RETRY_NS);
	}
	mtx_unlock(&pageout_mtx);
	atomic_store_int(&vm_cnt.v_free_mark, vm_cnt.v_free_reserved);
}

void
vm_pageout_announce(vm_object_t object)
{

	if (object != NULL) {
		KASSERT(vm_pageout_wanted == 0,
		    ("vm_pageout_announce: object %p besides %p",
		    (void *)object, (void *)vm_pageout_wanted));
		atomic_store_ptr(&vm_pageout_wanted, (uintptr_t)object);
		return;
	}
	mtx_lock(&pageout_mtx);
	atomic_store_ptr(&vm_pageout_wanted, 0);
	wakeup((const void *)&vm_pageout_wanted);
	mtx_unlock(&pageout_mtx);
}

void
vm_pageout_forget(vm_object_t object)
{

	if (__predict_true(atomic_load_ptr(&vm_pageout_wanted) !=
	    (uintptr_t)object))
		return;
	mtx_lock(&pageout_mtx);
	while (atomic_load_ptr(&vm_pageout_wanted) == (uintptr_t)object)
		msleep((const void *)&vm_pageout_wanted, &pageout_mtx, PVM,
		    "pgodie", 0);
	mtx_unlock(&pageout_mtx);
}
