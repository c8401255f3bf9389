/*
 * Kernel memory: what zones and boot-time tables are carved from.
 *
 * Chunks come from the machine, on the home domain, and are cut from the front
 * only; nothing goes back before kmem_shutdown(), which returns every chunk.
 * FreeBSD's kmem arena is a vmem(9) over kernel address space; this one needs
 * neither free nor addresses (docs/FIDELITY.md: reduced).
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/uma.h>

#define	KMEM_CHUNK	((size_t)4 << 20)	/* bytes asked for at once */

/* Stands at the start of its own chunk. */
struct kmem_chunk {
	struct kmem_chunk *kc_next;
	size_t		kc_bytes;
} __cacheline_aligned;

/* km_mtx guards the rest; a leaf lock, taken under a zone's. */
static struct {
	struct mtx	km_mtx;
	struct kmem_chunk *km_chunks;
	char		*km_next;	/* first free byte of the last chunk */
	char		*km_end;
	unsigned	km_home;	/* constant after kmem_startup() */
} kmem;

void
kmem_startup(unsigned home)
{

	KASSERT(kmem.km_chunks == NULL, ("kmem_startup: chunk %p is left",
	    (void *)kmem.km_chunks));
	mtx_init(&kmem.km_mtx, "kmem", NULL, MTX_DEF);
	kmem.km_home = home;
	kmem.km_next = kmem.km_end = NULL;
}

void
kmem_shutdown(void)
{
	struct kmem_chunk *kc;

	while ((kc = kmem.km_chunks) != NULL) {
		kmem.km_chunks = kc->kc_next;
		md_mem_unmap(kc, kc->kc_bytes);
	}
	mtx_destroy(&kmem.km_mtx);
}

/* Get a chunk with room for bytes; what is left of the last one is lost. */
static void
kmem_grow(size_t bytes)
{
	struct kmem_chunk *kc;
	size_t size;

	mtx_assert(&kmem.km_mtx, MA_OWNED);
	size = bytes + sizeof(*kc);
	if (size < KMEM_CHUNK)
		size = KMEM_CHUNK;
	kc = md_mem_map(kmem.km_home, size);
	md_mem_name(kc, size, size, "kernel memory");
	kc->kc_bytes = size;
	kc->kc_next = kmem.km_chunks;
	kmem.km_chunks = kc;
	kmem.km_next = (char *)(kc + 1);
	kmem.km_end = (char *)kc + size;
}

void *
kmem_startup_alloc(size_t bytes)
{
	char *p;

	KASSERT(bytes > 0, ("kmem_startup_alloc: %zu bytes", bytes));
	bytes = howmany(bytes, MD_CACHE_LINE) * MD_CACHE_LINE;
	mtx_lock(&kmem.km_mtx);
	if (bytes > (size_t)(kmem.km_end - kmem.km_next))
		kmem_grow(bytes);
	p = kmem.km_next;
	kmem.km_next += bytes;
	mtx_unlock(&kmem.km_mtx);
	md_zero(p, bytes);
	return (p);
}

void *
kmem_startup_items(size_t n, size_t size, const char *type)
{
	void *p = kmem_startup_alloc(n * size);

	md_mem_name(p, n * size, size, type);
	return (p);
}
