/*
 * Fictitious pages: a struct vm_page for memory that is not the VM's, so that a
 * driver's memory can be in an object and be mapped.
 *
 * One is born exclusively busied, wired once and unmanaged, and stays wired: it
 * is never queued, freed or paged out, and goes by vm_page_putfake() alone.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_page.c vm_page_getfake() and its neighbours.
 * Difference: the lab has no memory but its frames, so the address is that of a
 * frame the driver has taken for itself, and the page finds its bytes there.
 */
#include <sys/systm.h>
#include <vm/uma.h>
#include <vm/vm_verbs.h>
#include <vm/vm_phys.h>

static uma_zone_t fakepg_zone;

void
vm_page_fake_zinit(void)
{

	fakepg_zone = uma_zcreate_of("fakepg", struct vm_page);
}

long
vm_page_fake_count(void)
{

	return (uma_zone_inuse(fakepg_zone));
}

static void
vm_page_fake_address(vm_page_t m, vm_paddr_t paddr)
{

	KASSERT((paddr & PAGE_MASK) == 0,
	    ("vm_page_fake_address: page %p at %#llx", (void *)m,
	    (unsigned long long)paddr));
	m->phys_addr = paddr;
	m->domain = PHYS_TO_VM_PAGE(paddr)->domain;
}

vm_page_t
vm_page_getfake(vm_paddr_t paddr)
{
	vm_page_t m;

	lock_assert_sleepable(NULL, "vm_page_getfake");
	m = uma_zalloc(fakepg_zone, M_WAITOK | M_ZERO);
	vm_page_fake_address(m, paddr);
	m->queue = PQ_NONE;
	m->flags = PG_FICTITIOUS;
	m->wire_count = 1;
	m->unmanaged = 1;
	pv_page_init(m, VM_ALLOC_NORMAL, true);
	TAILQ_INIT(&m->md.pv_list);
	return (m);
}

void
vm_page_updatefake(vm_page_t m, vm_paddr_t paddr)
{

	KASSERT((m->flags & PG_FICTITIOUS) != 0,
	    ("vm_page_updatefake: page %p, flags %#x", (void *)m, m->flags));
	vm_page_fake_address(m, paddr);
}

void
vm_page_putfake(vm_page_t m)
{

	KASSERT((m->flags & PG_FICTITIOUS) != 0 && !vm_page_managed(m),
	    ("vm_page_putfake: page %p, flags %#x", (void *)m, m->flags));
	KASSERT(m->object == NULL && m->wire_count == 1,
	    ("vm_page_putfake: page %p is in %p, wired %u", (void *)m,
	    (void *)m->object, m->wire_count));
	uma_zfree(fakepg_zone, m);
}
