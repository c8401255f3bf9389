/*
 * The start and the end of a unit's VM, and the check between them that a run
 * left nothing behind.
 *
 * A benchmark boots a VM for every window, so booting costs a pass over the
 * page array and never touches a frame.  Everything static in the VM is set
 * here or below; nothing survives a shutdown.
 */
#include <sys/systm.h>
#include <sys/shm.h>
#include <sys/ucred.h>
#include <vm/swap_pager.h>
#include <vm/swap_reserve.h>
#include <vm/uma.h>
#include <vm/vm_pager.h>
#include <vm/vm_pageout.h>
#include <vm/vm_verbs.h>

/* No lock's order depends on the slot, so all have one name and type. */
static void
pa_lock_init(void)
{

	for (unsigned i = 0; i < PA_LOCK_COUNT; i++)
		mtx_init(&pa_lock[i].pl_mtx, "vm page", NULL, MTX_DEF);
}

static void
pa_lock_destroy(void)
{

	for (unsigned i = 0; i < PA_LOCK_COUNT; i++)
		mtx_destroy(&pa_lock[i].pl_mtx);
}

void
vm_boot(size_t physmem, unsigned home)
{

	kern_init();
	kern_thread_attach(0);
	/* A VM with more domains than the machine shares them out in turn. */
	uma_startup(home % md_ndomains());
	vm_phys_startup(physmem, home);
	vm_pageout_init();
	pa_lock_init();
	ucred_zinit();
	swap_reserve_startup();
	vm_radix_zinit();
	vm_page_fake_zinit();
	vm_object_zinit();
	vm_pager_init();
	pmap_init();
	vm_map_zinit();
	shminit();
	swap_pager_init();
}

void
vm_shutdown(void)
{

	KASSERT(curthread->td_tid == 0, ("vm_shutdown: thread %u",
	    curthread->td_tid));
	swap_pager_shutdown();
	vm_pageout_shutdown();
	swap_reserve_shutdown();
	pa_lock_destroy();
	vm_phys_shutdown();
	uma_shutdown();
	kern_thread_detach();
}

/* The reason being written. */
struct leak_report {
	char		*why;
	size_t		left;	/* bytes at why, with the final NUL */
	int		kinds;
};

/* Append text; what does not fit is cut off. */
static void
leak_text(struct leak_report *lr, const char *text)
{

	KASSERT(lr->left > 0, ("leak_text: no room for the NUL"));
	while (*text != '\0' && lr->left > 1) {
		*lr->why++ = *text++;
		lr->left--;
	}
	*lr->why = '\0';
}

static void
leak_number(struct leak_report *lr, long n)
{
	char digits[24], *p = digits + sizeof(digits);
	unsigned long u = n < 0 ? 0 - (unsigned long)n : (unsigned long)n;

	*--p = '\0';
	do {
		*--p = '0' + u % 10;
		u /= 10;
	} while (u != 0);
	if (n < 0)
		*--p = '-';
	leak_text(lr, p);
}

/* n is how many too many; fewer than none is as wrong. */
static void
leak_add(struct leak_report *lr, long n, const char *what)
{

	if (n == 0)
		return;
	if (lr->kinds++ > 0)
		leak_text(lr, ", ");
	leak_number(lr, n);
	leak_text(lr, " ");
	leak_text(lr, what);
}

static void
leak_pages(struct leak_report *lr)
{
	long used = 0, busy = 0, held = 0, wired = 0, queued = 0;
	vm_page_t m;

	for (unsigned d = 0; d < vm_ndomains; d++) {
		m = vm_dom[d].vmd_pages;
		for (unsigned i = 0; i < vm_dom[d].vmd_page_count; i++, m++) {
			used += (m->flags & PG_FREE) == 0;
			busy += pv_busied(m);
			held += m->hold_count != 0;
			wired += m->wire_count != 0;
			queued += (m->flags & PG_FREE) != 0 &&
			    m->queue != PQ_NONE;
		}
	}
	/* The tables of pmaps that still exist are theirs, wired. */
	leak_add(lr, used - (long)pmap_ptpage_count(), "pages not free");
	leak_add(lr, busy, "pages busy");
	leak_add(lr, held, "pages held");
	leak_add(lr, wired - (long)pmap_ptpage_count(), "pages wired");
	leak_add(lr, queued, "free pages queued");
	leak_add(lr, (long)vm_cnt.v_page_count - used - (long)vm_free_count(),
	    "pages lost from the free lists");
}

int
vm_leaks(char *why, size_t whylen)
{
	struct leak_report lr = { .why = why, .left = whylen };

	KASSERT(curthread->td_tid == 0 && whylen > 0,
	    ("vm_leaks: thread %u, %zu bytes", curthread->td_tid, whylen));
	leak_text(&lr, "");
	leak_pages(&lr);
	leak_add(&lr, pmap_pv_count(), "pv entries");
	leak_add(&lr, vm_page_fake_count(), "fictitious pages");
	leak_add(&lr, vm_object_count(), "objects");
	leak_add(&lr, shm_segments(), "shared memory segments");
	leak_add(&lr, vm_map_entries(), "map entries");
	leak_add(&lr, vm_radix_nodes(), "radix nodes");
	leak_add(&lr, swap_used(), "swap blocks");
	leak_add(&lr, swap_meta_inuse(), "swap map entries");
	leak_add(&lr, swbuf_inuse(), "swap buffers");
	leak_add(&lr, (long)atop(vm_swap.swap_reserved),
	    "pages of swap reserved");
	leak_add(&lr, (long)(uidinfo_root.ui_vmsize / PAGE_SIZE),
	    "pages of swap charged to user 0");
	leak_add(&lr, vm_swap.negative, "users paid back too much");
	leak_add(&lr, ucred_count(), "credentials");
	return (lr.kinds);
}
