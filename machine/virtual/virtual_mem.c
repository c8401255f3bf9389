/*
 * Virtual memory: one arena at a fixed host address, a part for each domain, so
 * that the domain of an address can be told from the address and no address
 * depends on the host.
 *
 * Ranges are cut off in order and, once given back, handed out again to the
 * next who asks for the same size of the same domain.
 */
#include <string.h>
#include <sys/mman.h>

#include <machine/machine.h>
#include <machine/virtual/virtual.h>
#include <virtual_client.h>

#define	RANGE_ALIGN	((size_t)2 << 20)	/* bytes */
#define	RANGES_MAX	1024			/* ever mapped in a run */

/* A range that was handed out; r_used while it is. */
struct range {
	void		*r_base;
	size_t		 r_bytes;
	unsigned	 r_domain;
	int		 r_used;
};

static struct range	ranges[RANGES_MAX];
static unsigned		nranges;
static size_t		domain_used[DOMAINS_MAX];
static unsigned		ndomains;

void
arena_init(unsigned domains)
{
	void *base = (void *)ARENA_BASE;

	ndomains = domains;
	if (mmap(base, ndomains * ARENA_DOMAIN_BYTES, PROT_READ |
	    PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
	    MAP_FIXED_NOREPLACE, -1, 0) != base)
		md_panic("virtual: cannot reserve %zu bytes at %p; is "
		    "ulimit -v set?", ndomains * ARENA_DOMAIN_BYTES,
		    base);
}

void
arena_large_pages(void)
{
	(void)madvise((void *)ARENA_BASE, ndomains * ARENA_DOMAIN_BYTES,
	    MADV_HUGEPAGE);
}

static struct range *
range_new(unsigned domain, size_t bytes)
{
	struct range *r;

	if (domain >= ndomains || nranges == RANGES_MAX ||
	    bytes > ARENA_DOMAIN_BYTES - domain_used[domain])
		md_panic("md_mem_map: %zu bytes on domain %u: no room", bytes,
		    domain);
	r = &ranges[nranges++];
	r->r_base = (void *)(ARENA_BASE + domain * ARENA_DOMAIN_BYTES +
	    domain_used[domain]);
	r->r_bytes = bytes;
	r->r_domain = domain;
	domain_used[domain] += bytes;
	return (r);
}

void *
md_mem_map(unsigned domain, size_t bytes)
{
	struct range *r;

	bytes = (bytes + RANGE_ALIGN - 1) & ~(RANGE_ALIGN - 1);
	if (bytes == 0)
		md_panic("md_mem_map: 0 bytes, or too many to round up");
	for (r = ranges; r < &ranges[nranges]; r++)
		if (!r->r_used && r->r_bytes == bytes && r->r_domain == domain)
			break;
	if (r == &ranges[nranges])
		r = range_new(domain, bytes);
	r->r_used = 1;
	return (r->r_base);
}

void
md_mem_unmap(void *p, size_t bytes)
{
	struct range *r;

	bytes = (bytes + RANGE_ALIGN - 1) & ~(RANGE_ALIGN - 1);
	for (r = ranges; r < &ranges[nranges]; r++)
		if (r->r_base == p && r->r_bytes == bytes && r->r_used)
			break;
	if (r == &ranges[nranges])
		md_panic("md_mem_unmap: %p, %zu bytes: not mapped so", p,
		    bytes);
	r->r_used = 0;
	mem_name_forget((uintptr_t)p, (uintptr_t)p + bytes);
}

void
md_zero(void *dst, size_t bytes)
{
	client_bulk('z', dst, bytes);
	memset(dst, 0, bytes);
}

void
md_copy(void *dst, const void *src, size_t bytes)
{
	client_bulk('r', src, bytes);
	client_bulk('y', dst, bytes);
	memcpy(dst, src, bytes);
}
