/*
 * Swap accounting: reserve and release, in all and by user.
 *
 * Two counts, each under a mutex of its own, never both at once: what is
 * refused by the second is given back to the first.  In between, others may
 * be refused for what will not be used; FreeBSD has it so.
 *
 * Stands for swap_reserve() and its kin of FreeBSD 10.4 sys/vm/swap_pager.c.
 * Differences: (1) the limit is the thread's, so there is no PROC_LOCK around
 * the second; (2) a user's count that becomes negative is counted, and a
 * refusal silent, where FreeBSD prints; (3) no racct(9).
 */
#include <sys/mutex.h>
#include <sys/ucred.h>
#include <vm/swap_reserve.h>
#include <vm/vm_phys.h>

struct swap_accounting	vm_swap;

void
swap_reserve_startup(void)
{
	mtx_init(&vm_swap.sw_dev_mtx, "swapdev", NULL, MTX_DEF);
	vm_swap.swap_total = vm_swap.swap_reserved = 0;
	vm_swap.overcommit = 0;
	vm_swap.negative = 0;
}

void
swap_reserve_shutdown(void)
{
	mtx_destroy(&vm_swap.sw_dev_mtx);
}

void
swap_total_add(vm_ooffset_t bytes)
{
	mtx_lock(&vm_swap.sw_dev_mtx);
	vm_swap.swap_total += bytes;
	mtx_unlock(&vm_swap.sw_dev_mtx);
}

void
swap_total_remove(vm_ooffset_t bytes)
{
	mtx_lock(&vm_swap.sw_dev_mtx);
	KASSERT(vm_swap.swap_total >= bytes, ("swap_total_remove: %llu of %llu",
	    (unsigned long long)bytes, (unsigned long long)vm_swap.swap_total));
	vm_swap.swap_total -= bytes;
	mtx_unlock(&vm_swap.sw_dev_mtx);
}

static void
check_pages(vm_ooffset_t bytes)
{
	if ((bytes & PAGE_MASK) != 0)
		panic("swap_reserve: %#llx bytes are no pages",
		    (unsigned long long)bytes);
}

/* Bytes that may be reserved in all.  Of memory, what is not wired. */
static vm_ooffset_t
swap_allowed(unsigned overcommit)
{
	vm_ooffset_t bytes = vm_swap.swap_total;

	mtx_assert(&vm_swap.sw_dev_mtx, MA_OWNED);
	if ((overcommit & SWAP_RESERVE_ALLOW_NONWIRED) != 0)
		bytes += ptoa(vm_cnt.v_page_count - vm_cnt.v_free_reserved -
		    atomic_load_int(&vm_cnt.v_wire_count));
	return (bytes);
}

/* Reaching what is allowed exactly is allowed. */
static bool
reserve_in_all(vm_ooffset_t incr, unsigned overcommit)
{
	bool ok;

	mtx_lock(&vm_swap.sw_dev_mtx);
	ok = (overcommit & SWAP_RESERVE_FORCE_ON) == 0 ||
	    vm_swap.swap_reserved + incr <= swap_allowed(overcommit) ||
	    priv_check(curthread, PRIV_VM_SWAP_NOQUOTA) == 0;
	if (ok)
		vm_swap.swap_reserved += incr;
	mtx_unlock(&vm_swap.sw_dev_mtx);
	return (ok);
}

static void
release_in_all(vm_ooffset_t decr)
{
	mtx_lock(&vm_swap.sw_dev_mtx);
	if (vm_swap.swap_reserved < decr)
		panic("swap_release: %#llx bytes of %#llx",
		    (unsigned long long)decr,
		    (unsigned long long)vm_swap.swap_reserved);
	vm_swap.swap_reserved -= decr;
	mtx_unlock(&vm_swap.sw_dev_mtx);
}

static bool
reserve_by_user(vm_ooffset_t incr, struct uidinfo *uip, unsigned overcommit)
{
	bool ok;

	mtx_lock(&uip->ui_vmsize_mtx);
	ok = (overcommit & SWAP_RESERVE_RLIMIT_ON) == 0 ||
	    uip->ui_vmsize + (int64_t)incr <= curthread->td_rlimit_swap ||
	    priv_check(curthread, PRIV_VM_SWAP_NORLIMIT) == 0;
	if (ok)
		uip->ui_vmsize += (int64_t)incr;
	mtx_unlock(&uip->ui_vmsize_mtx);
	return (ok);
}

bool
swap_reserve_by_cred(vm_ooffset_t incr, struct ucred *cred)
{
	unsigned overcommit = atomic_load_int(&vm_swap.overcommit);

	check_pages(incr);
	if (!reserve_in_all(incr, overcommit))
		return (false);
	if (reserve_by_user(incr, cred->cr_ruidinfo, overcommit))
		return (true);
	release_in_all(incr);
	return (false);
}

bool
swap_reserve(vm_ooffset_t incr)
{
	return (swap_reserve_by_cred(incr, curthread->td_ucred));
}

void
swap_reserve_force(vm_ooffset_t incr)
{
	check_pages(incr);
	(void)reserve_in_all(incr, 0);
	(void)reserve_by_user(incr, curthread->td_ucred->cr_ruidinfo, 0);
}

void
swap_release_by_cred(vm_ooffset_t decr, struct ucred *cred)
{
	struct uidinfo *uip = cred->cr_ruidinfo;

	check_pages(decr);
	release_in_all(decr);
	mtx_lock(&uip->ui_vmsize_mtx);
	uip->ui_vmsize -= (int64_t)decr;
	if (uip->ui_vmsize < 0)
		(void)atomic_fetchadd_int(&vm_swap.negative, 1);
	mtx_unlock(&uip->ui_vmsize_mtx);
}

void
swap_release(vm_ooffset_t decr)
{
	swap_release_by_cred(decr, curthread->td_ucred);
}
