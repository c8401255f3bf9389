/*
 * Kernel memory: addresses from an arena, pages behind them, and back.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_kern.c kmem_malloc(), kmem_unback(),
 * kmem_free(); how pages are got and mapped is each KPI's: vm_kmem_back.c.
 * Differences: (1) an arena is a bitmap searched from its start, where 10.4
 * has vmem(9) and 9.3 a map; (2) 9.3's kmem_alloc() gets its pages by wiring
 * faults, here it is kmem_malloc() of the other object; (3) tables for the
 * whole arena are made with it, as pmap_growkernel() does ahead of need.
 */
#include <sys/systm.h>
#include <vm/vm_kmem.h>
#include <vm/vm_verbs.h>

struct kmem_arena	kernel_arena, kmem_arena;
struct pmap		kernel_pmap_store;

static void
arena_init(struct kmem_arena *arena, unsigned which)
{

	mtx_init(&arena->va_mtx, "kmem arena", NULL, MTX_DEF);
	arena->va_base = VM_MIN_KERNEL_ADDRESS + which * ptoa(VM_KMEM_PAGES);
	/* Indexes are from the start of all kernel addresses. */
	arena->va_object = vm_object_allocate(OBJT_PHYS,
	    (which + 1) * VM_KMEM_PAGES);
	md_zero(arena->va_used, sizeof(arena->va_used));
	pmap_growkernel(kernel_pmap, arena->va_base,
	    arena->va_base + ptoa(VM_KMEM_PAGES));
}

static void
arena_fini(struct kmem_arena *arena)
{

	for (unsigned i = 0; i < nitems(arena->va_used); i++)
		KASSERT(arena->va_used[i] == 0,
		    ("arena_fini: arena at %#llx, word %u: %#llx in use",
		    (unsigned long long)arena->va_base, i,
		    (unsigned long long)arena->va_used[i]));
	vm_object_deallocate(arena->va_object);
	arena->va_object = NULL;
	mtx_destroy(&arena->va_mtx);
}

void
kmem_init(void)
{

	pmap_pinit(kernel_pmap);
	arena_init(&kernel_arena, 0);
	arena_init(&kmem_arena, 1);
}

void
kmem_fini(void)
{

	arena_fini(&kmem_arena);
	arena_fini(&kernel_arena);
	pmap_release(kernel_pmap);
}

/* ---- Addresses ----------------------------------------------------------- */

static bool
arena_bit(const struct kmem_arena *arena, vm_pindex_t i)
{

	return ((arena->va_used[i / 64] >> i % 64 & 1) != 0);
}

static void
arena_flip(struct kmem_arena *arena, vm_pindex_t i, vm_pindex_t n)
{

	mtx_assert(&arena->va_mtx, MA_OWNED);
	for (; n > 0; i++, n--)
		arena->va_used[i / 64] ^= (uint64_t)1 << i % 64;
}

/* The first hole of n pages, which is taken; 0: none. */
static vm_offset_t
arena_alloc(struct kmem_arena *arena, vm_pindex_t n)
{
	vm_pindex_t found = 0, i;

	KASSERT(n > 0, ("arena_alloc: no page"));
	mtx_lock(&arena->va_mtx);
	for (i = 0; i < VM_KMEM_PAGES && found < n; i++)
		found = arena_bit(arena, i) ? 0 : found + 1;
	if (found == n)
		arena_flip(arena, i - n, n);
	mtx_unlock(&arena->va_mtx);
	return (found == n ? arena->va_base + ptoa(i - n) : 0);
}

static void
arena_free(struct kmem_arena *arena, vm_offset_t addr, vm_pindex_t n)
{
	vm_pindex_t i = atop(addr - arena->va_base);

	mtx_lock(&arena->va_mtx);
	KASSERT(i + n <= VM_KMEM_PAGES && arena_bit(arena, i) &&
	    arena_bit(arena, i + n - 1), ("arena_free: %llu pages at %#llx",
	    (unsigned long long)n, (unsigned long long)addr));
	arena_flip(arena, i, n);
	mtx_unlock(&arena->va_mtx);
}

/* ---- Memory -------------------------------------------------------------- */

vm_offset_t
kmem_malloc(struct kmem_arena *arena, size_t size, int flags)
{
	vm_pindex_t pages = atop(round_page(size));
	vm_offset_t addr;

	KASSERT(((flags & M_WAITOK) != 0) != ((flags & M_NOWAIT) != 0),
	    ("kmem_malloc: flags %#x", (unsigned)flags));
	addr = arena_alloc(arena, pages);
	if (addr == 0)
		return (0);
	if (kmem_back(arena->va_object, addr, pages, flags) != 0) {
		arena_free(arena, addr, pages);
		return (0);
	}
	return (addr);
}

vm_offset_t
kmem_alloc(size_t size)
{

	return (kmem_malloc(&kernel_arena, size, M_WAITOK | M_ZERO));
}

void
kmem_unback(vm_object_t object, vm_offset_t addr, vm_pindex_t pages)
{
	vm_pindex_t i;
	vm_page_t m;

	KASSERT(object == kernel_object || object == kmem_object,
	    ("kmem_unback: object %p is not the kernel's", object));
	pmap_remove(kernel_pmap, addr, addr + ptoa(pages));
	pv_object_lock(object);
	for (i = 0; i < pages; i++) {
		m = vm_page_lookup(object, kmem_index(addr) + i);
		vm_page_lock(m);
		vm_page_unwire(m, PQ_NONE);
		vm_page_free(m);
		vm_page_unlock(m);
	}
	pv_object_unlock(object);
}

/* The pages first: who gets the addresses next finds none there. */
void
kmem_free(struct kmem_arena *arena, vm_offset_t addr, size_t size)
{
	vm_pindex_t pages = atop(round_page(size));

	kmem_unback(arena->va_object, addr, pages);
	arena_free(arena, addr, pages);
}
