/*
 * Physical memory: frames and free lists by domain, and who may take the last.
 *
 * Each domain's free pages are kept by 2 MiB frame (vm_reserv.c) under the
 * domain's mutex (F).  The home domain is asked first, then the others in turn.
 *
 * After FreeBSD 10.x sys/vm/vm_phys.c and vm_page.c vm_page_alloc().
 * Differences: (1) lists by frame in place of the buddy system; (2) a
 * free mutex per domain, where FreeBSD has one.  Waiting for memory is in
 * vm_wait.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/uma.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pageout.h>

#define	VM_PHYS_MIN	64	/* pages; a smaller memory does not boot */
#define	VM_RESERVE_DIV	128	/* share of memory kept from normal requests */

struct vm_domain vm_dom[MAXMEMDOM];
unsigned	vm_ndomains;
unsigned	vm_ndomains_tunable;
struct vmmeter	vm_cnt;

unsigned	vm_phys_home;

/* (c) domain d's frames begin at d << this; segments are evenly spaced. */
static unsigned	vm_phys_segshift;

static void
vm_page_startup(vm_page_t m, vm_paddr_t pa, unsigned domain)
{

	m->phys_addr = pa;
	m->domain = domain;
	m->queue = PQ_NONE;
	m->flags = PG_FREE;
	TAILQ_INIT(&m->md.pv_list);
	/* Not busied is a value like another, and not always zero. */
	pv_page_init(m, VM_ALLOC_NOOBJ | VM_ALLOC_NOBUSY, true);
	m->unmanaged = 1;
}

/* Pages are given out in order of address, the lowest first. */
static void
vm_domain_startup(unsigned domain, vm_page_t pages, unsigned count)
{
	struct vm_domain *vmd = &vm_dom[domain];

	mtx_init(&vmd->vmd_free_mtx, "vm page free queue", NULL, MTX_DEF);
	vmd->vmd_free_count = count;
	vmd->vmd_pages = pages;
	vmd->vmd_page_count = count;
	vmd->vmd_start = (vm_paddr_t)domain << vm_phys_segshift;
	vmd->vmd_dmap = md_mem_map(domain % md_ndomains(), ptoa(count));
	md_mem_name(vmd->vmd_dmap, ptoa(count), PAGE_SIZE, "page bytes");
	for (unsigned i = 0; i < count; i++)
		vm_page_startup(&pages[i], vmd->vmd_start + ptoa(i), domain);
	vm_reserv_startup(vmd);
	for (unsigned q = 0; q < PQ_COUNT; q++) {
		mtx_init(&vmd->vmd_pagequeues[q].pq_mtx, q == PQ_ACTIVE ?
		    "vm active pagequeue" : "vm inactive pagequeue",
		    "vm pagequeue", MTX_DEF);
		TAILQ_INIT(&vmd->vmd_pagequeues[q].pq_pl);
		vmd->vmd_pagequeues[q].pq_cnt = 0;
	}
}

void
vm_phys_startup(size_t physmem, unsigned home)
{
	vm_page_t pages;
	unsigned count;

	vm_ndomains = vm_ndomains_tunable != 0 ? vm_ndomains_tunable :
	    md_ndomains();
	if (vm_ndomains > MAXMEMDOM || home >= vm_ndomains)
		panic("vm_phys_startup: home %u of %u domains, at most %u",
		    home, vm_ndomains, MAXMEMDOM);
	if (physmem / PAGE_SIZE < VM_PHYS_MIN)
		panic("vm_phys_startup: %zu bytes of memory, need %u pages",
		    physmem, VM_PHYS_MIN);
	count = physmem / PAGE_SIZE / vm_ndomains;
	vm_phys_home = home;
	vm_phys_segshift = PDRSHIFT;
	while (((vm_paddr_t)1 << vm_phys_segshift) < ptoa(count))
		vm_phys_segshift++;
	vm_cnt = (struct vmmeter){ .v_page_count = count * vm_ndomains };
	vm_cnt.v_interrupt_free_min = 2;
	vm_cnt.v_free_reserved = vm_cnt.v_interrupt_free_min +
	    vm_cnt.v_page_count / VM_RESERVE_DIV;
	vm_cnt.v_free_mark = vm_cnt.v_free_reserved;
	vm_shortage.waiters = 0;
	pages = kmem_startup_array(vm_cnt.v_page_count, struct vm_page);
	for (unsigned d = 0; d < vm_ndomains; d++)
		vm_domain_startup(d, pages + d * count, count);
}

void
vm_phys_shutdown(void)
{
	struct vm_domain *vmd;

	for (vmd = vm_dom; vmd < vm_dom + vm_ndomains; vmd++) {
		md_mem_unmap(vmd->vmd_dmap, ptoa(vmd->vmd_page_count));
		mtx_destroy(&vmd->vmd_free_mtx);
		for (unsigned q = 0; q < PQ_COUNT; q++)
			mtx_destroy(&vmd->vmd_pagequeues[q].pq_mtx);
	}
	vm_ndomains = 0;
}

void *
vm_page_dmap(vm_page_t m)
{
	struct vm_domain *vmd = &vm_dom[m->domain];

	KASSERT(m->phys_addr - vmd->vmd_start < ptoa(vmd->vmd_page_count),
	    ("vm_page_dmap: page %p at %#llx is not in its domain", (void *)m,
	    (unsigned long long)m->phys_addr));
	return (vmd->vmd_dmap + (m->phys_addr - vmd->vmd_start));
}

vm_page_t
PHYS_TO_VM_PAGE(vm_paddr_t pa)
{
	unsigned d = pa >> vm_phys_segshift;

	KASSERT(d < vm_ndomains && pa - vm_dom[d].vmd_start <
	    ptoa(vm_dom[d].vmd_page_count),
	    ("PHYS_TO_VM_PAGE: no memory at %#llx", (unsigned long long)pa));
	return (vm_dom[d].vmd_pages + atop(pa - vm_dom[d].vmd_start));
}

/* Racy peeks: exact only for the domains whose mutex the caller holds. */
unsigned
vm_free_count(void)
{
	unsigned total = 0;

	for (unsigned d = 0; d < vm_ndomains; d++)
		total += atomic_load_int(&vm_dom[d].vmd_free_count);
	return (total);
}

/* The pages a class must leave. */
static unsigned
vm_phys_reserve(int req)
{
	int class = req & VM_ALLOC_CLASS_MASK;

	KASSERT(class <= VM_ALLOC_SYSTEM,
	    ("vm_phys_reserve: class %d in %#x", class, req));
	if (class == VM_ALLOC_NORMAL)
		return (vm_cnt.v_free_reserved);
	return (class == VM_ALLOC_SYSTEM ? vm_cnt.v_interrupt_free_min : 0);
}

/*
 * Memory may be short: may the request have a page, and has the daemon been
 * told?  With several domains the peek may let simultaneous requests each take
 * one page of the reserve.
 */
static __attribute__((noinline)) bool
vm_domain_low(unsigned count, int req)
{
	unsigned total = vm_free_count();

	if (total <= atomic_load_int(&vm_cnt.v_free_mark) &&
	    atomic_load_int(&vm_pages_needed) == 0)
		pagedaemon_wakeup();
	return (count > 0 && total > vm_phys_reserve(req));
}

/*
 * The mark, which is no less than any reserve, is of all domains together, but
 * mostly this one's count alone exceeds it and the others' lines need not be
 * read.
 */
static vm_page_t
vm_domain_alloc(struct vm_domain *vmd, vm_object_t object, int req)
{
	vm_page_t m = NULL;
	unsigned count;

	mtx_lock(&vmd->vmd_free_mtx);
	count = vmd->vmd_free_count;
	if (count > atomic_load_int(&vm_cnt.v_free_mark) ||
	    vm_domain_low(count, req)) {
		m = vm_reserv_alloc(vmd, object);
		atomic_store_int(&vmd->vmd_free_count, count - 1);
		m->flags = 0;
	}
	mtx_unlock(&vmd->vmd_free_mtx);
	return (m);
}

vm_page_t
vm_phys_alloc(vm_object_t object, int req)
{
	unsigned d = vm_phys_home;
	vm_page_t m;

	for (unsigned tried = 0; tried < vm_ndomains; tried++) {
		m = vm_domain_alloc(&vm_dom[d], object, req);
		if (m != NULL)
			return (m);
		if (++d == vm_ndomains)
			d = 0;
	}
	return (NULL);
}

void
vm_phys_free(vm_page_t m)
{
	struct vm_domain *vmd = &vm_dom[m->domain];
	bool wanted;

	KASSERT(m->object == NULL && m->queue == PQ_NONE && !pv_busied(m),
	    ("vm_phys_free: page %p in use: object %p, queue %u", (void *)m,
	    (void *)m->object, m->queue));
	mtx_lock(&vmd->vmd_free_mtx);
	KASSERT((m->flags & PG_FREE) == 0,
	    ("vm_phys_free: page %p is free, flags %#x", (void *)m, m->flags));
	m->flags = PG_FREE;
	vm_reserv_free(vmd, m);
	atomic_store_int(&vmd->vmd_free_count, vmd->vmd_free_count + 1);
	wanted = atomic_load_int(&vm_shortage.waiters) != 0;
	mtx_unlock(&vmd->vmd_free_mtx);
	if (__predict_false(wanted))
		vm_wait_freed();
}
