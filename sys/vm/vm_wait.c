/*
 * Waiting for memory.
 *
 * After FreeBSD 10.x sys/vm/vm_page.c vm_wait(), vm_waitpfault() and
 * vm_page_free_wakeup().  Differences: (1) there need be no page daemon: what
 * ends a shortage is that some thread frees pages; (2) waiters go on above
 * v_free_reserved, where FreeBSD has v_free_min.
 *
 * Why no wake-up of a waiter for memory is lost.  vm_shortage.waiters changes
 * under the home domain's mutex (H), which is also the sleep's interlock.
 *  1. A waiter sets the flag under H, then reads each domain's count under
 *     that domain's mutex, H's last and keeping H.
 *  2. If H had to be dropped for that and vm_shortage.wakeups has grown, a
 *     waker was here meanwhile: the waiter starts over.  (The flag does not
 *     tell: another waiter may have set it again.)  Else the flag has been set
 *     ever since 1, and the waiter sleeps, giving up H.
 *  3. A freer raises the count and reads the flag in one critical section of
 *     its domain's mutex.  Either that comes before the waiter's section
 *     there, and the waiter counted the page; or after, and it sees the flag.
 *  4. A freer that saw the flag takes H and then compares the sum of the
 *     counts with the mark.  Freers that saw it do so one after another, so
 *     the last of them sees what all of them freed: if the mark is passed, it
 *     or an earlier one clears the flag and wakes everybody, all under H.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <sys/sleepqueue.h>
#include <vm/vm_pageout.h>

struct vm_shortage vm_shortage;

/* Step 4 of the argument above. */
void
vm_wait_freed(void)
{
	struct vm_domain *home = &vm_dom[vm_phys_home];

	mtx_lock(&home->vmd_free_mtx);
	if (vm_shortage.waiters != 0 &&
	    vm_free_count() > vm_cnt.v_free_reserved) {
		atomic_store_int(&vm_shortage.waiters, 0);
		vm_shortage.wakeups++;
		wakeup(&vm_shortage);
	}
	mtx_unlock(&home->vmd_free_mtx);
}

/*
 * The free pages, each domain's read under its mutex.  Home's is held on entry
 * and return; it is dropped in between if there are others.
 */
static unsigned
vm_wait_count(struct vm_domain *home)
{
	unsigned total = 0;

	mtx_assert(&home->vmd_free_mtx, MA_OWNED);
	if (vm_ndomains > 1)
		mtx_unlock(&home->vmd_free_mtx);
	for (unsigned d = 0; d < vm_ndomains; d++) {
		if (d == vm_phys_home)
			continue;
		mtx_lock(&vm_dom[d].vmd_free_mtx);
		total += vm_dom[d].vmd_free_count;
		mtx_unlock(&vm_dom[d].vmd_free_mtx);
	}
	if (vm_ndomains > 1)
		mtx_lock(&home->vmd_free_mtx);
	return (total + home->vmd_free_count);
}

/* A flag left set by the last waiter costs the next freer a look, no more. */
static void
vm_wait_for_pages(int pri, const char *wmesg)
{
	struct vm_domain *home = &vm_dom[vm_phys_home];
	unsigned wakeups;

	lock_assert_sleepable(NULL, wmesg);
	pagedaemon_wakeup();
	mtx_lock(&home->vmd_free_mtx);
	for (;;) {
		atomic_store_int(&vm_shortage.waiters, 1);
		wakeups = vm_shortage.wakeups;
		if (vm_wait_count(home) > vm_cnt.v_free_reserved)
			break;
		if (vm_shortage.wakeups == wakeups)
			msleep(&vm_shortage, &home->vmd_free_mtx, pri,
			    wmesg, 0);
	}
	mtx_unlock(&home->vmd_free_mtx);
}

void
vm_wait(void)
{

	vm_wait_for_pages(PVM, "vmwait");
}

void
vm_waitpfault(void)
{

	vm_wait_for_pages(PUSER, "pfault");
}
