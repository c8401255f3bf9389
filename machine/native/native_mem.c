/*
 * Native memory: 2 MiB-aligned ranges bound to a NUMA node.
 *
 * Three things keep the host's memory out of the measurement.
 * - A range is touched before it is handed out.  A host page fault inside a
 *   timed window costs more than the operation measured.  Binding must come
 *   first, so MAP_POPULATE, which faults inside mmap(), is no use here.
 * - Huge pages are asked for.  With 4 KiB pages the host's TLB misses depend
 *   on which frames a run happened to get, noise of the size of the effects.
 * - A range given back is kept and handed out again for the same node and
 *   size, so all units of a process run in the same host frames and none is
 *   lucky with cache colours.
 *
 * Locking: cache_lock guards the list; map and unmap are set-up, never timed.
 */
#define	_GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/queue.h>

#include <machine/machine.h>
#include <machine/native/native.h>

#define	MEM_ALIGN	((size_t)2 << 20)	/* bytes */
#define	HOST_PAGE_MIN	4096			/* bytes, stride of touching */

/* A range mapped by us, in use or kept. */
struct mem_range {
	SLIST_ENTRY(mem_range) mr_link;	/* (cache_lock) */
	void		*mr_base;	/* (c) */
	size_t		 mr_bytes;	/* (c) multiple of MEM_ALIGN */
	unsigned	 mr_domain;	/* (c) */
	int		 mr_used;	/* (cache_lock) */
};

static pthread_mutex_t cache_lock = PTHREAD_MUTEX_INITIALIZER;
static SLIST_HEAD(, mem_range) cache = SLIST_HEAD_INITIALIZER(cache);

/* Does the topology's word about binding reach the hardware? */
static int
can_bind(void)
{
	hwloc_topology_t topo = native_topology();

	/* On a synthetic or XML topology binding succeeds and does nothing. */
	return (topo != NULL && hwloc_topology_is_thissystem(topo) &&
	    hwloc_get_nbobjs_by_type(topo, HWLOC_OBJ_NUMANODE) > 1);
}

static void
bind_range(void *p, size_t bytes, unsigned domain)
{
	hwloc_topology_t topo = native_topology();
	hwloc_obj_t node;

	if (!can_bind())
		return;
	node = hwloc_get_obj_by_type(topo, HWLOC_OBJ_NUMANODE, domain);
	if (node == NULL)
		md_panic("md_mem_map: no domain %u", domain);
	if (hwloc_set_area_membind(topo, p, bytes, node->nodeset,
	    HWLOC_MEMBIND_BIND, HWLOC_MEMBIND_STRICT |
	    HWLOC_MEMBIND_BYNODESET) != 0)
		md_panic("md_mem_map: binding %zu bytes to domain %u: %s; "
		    "run with mbind(2) allowed, or on one node", bytes, domain,
		    strerror(errno));
}

/* Map with slack, then cut it away on both sides. */
static void *
map_aligned(size_t bytes)
{
	uintptr_t raw, base;
	size_t head;
	void *p;

	p = mmap(NULL, bytes + MEM_ALIGN, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		md_panic("md_mem_map: cannot map %zu bytes: %s", bytes,
		    strerror(errno));
	raw = (uintptr_t)p;
	base = (raw + MEM_ALIGN - 1) & ~(uintptr_t)(MEM_ALIGN - 1);
	head = base - raw;
	if (head > 0)
		(void)munmap(p, head);
	if (MEM_ALIGN - head > 0)
		(void)munmap((char *)base + bytes, MEM_ALIGN - head);
	return ((void *)base);
}

static struct mem_range *
new_range(unsigned domain, size_t bytes)
{
	struct mem_range *mr;
	volatile char *p;
	size_t i;

	mr = calloc(1, sizeof(*mr));
	if (mr == NULL)
		md_panic("md_mem_map: no memory to note %zu bytes", bytes);
	mr->mr_base = map_aligned(bytes);
	mr->mr_bytes = bytes;
	mr->mr_domain = domain;
	/* A refusal only means small pages: the host has none to give. */
	(void)madvise(mr->mr_base, bytes, MADV_HUGEPAGE);
	bind_range(mr->mr_base, bytes, domain);
	p = mr->mr_base;
	for (i = 0; i < bytes; i += HOST_PAGE_MIN)
		p[i] = 0;
	return (mr);
}

void *
md_mem_map(unsigned domain, size_t bytes)
{
	struct mem_range *mr;

	bytes = (bytes + MEM_ALIGN - 1) & ~(MEM_ALIGN - 1);
	if (bytes == 0)
		md_panic("md_mem_map: 0 bytes, or too many to round up");
	pthread_mutex_lock(&cache_lock);
	SLIST_FOREACH(mr, &cache, mr_link)
		if (!mr->mr_used && mr->mr_bytes == bytes &&
		    mr->mr_domain == domain)
			break;
	if (mr == NULL) {
		mr = new_range(domain, bytes);
		SLIST_INSERT_HEAD(&cache, mr, mr_link);
	}
	mr->mr_used = 1;
	pthread_mutex_unlock(&cache_lock);
	return (mr->mr_base);
}

/* Nobody asks. */
void
md_mem_name(const void *p, size_t bytes, size_t stride, const char *type)
{
	(void)p, (void)bytes, (void)stride, (void)type;
}

void
md_mem_unmap(void *p, size_t bytes)
{
	struct mem_range *mr;

	bytes = (bytes + MEM_ALIGN - 1) & ~(MEM_ALIGN - 1);
	pthread_mutex_lock(&cache_lock);
	SLIST_FOREACH(mr, &cache, mr_link)
		if (mr->mr_base == p)
			break;
	if (mr == NULL || !mr->mr_used || mr->mr_bytes != bytes)
		md_panic("md_mem_unmap: %p, %zu bytes: not mapped so", p,
		    bytes);
	mr->mr_used = 0;
	pthread_mutex_unlock(&cache_lock);
}

void
native_mem_purge(void)
{
	SLIST_HEAD(, mem_range) keep = SLIST_HEAD_INITIALIZER(keep);
	struct mem_range *mr;

	pthread_mutex_lock(&cache_lock);
	while ((mr = SLIST_FIRST(&cache)) != NULL) {
		SLIST_REMOVE_HEAD(&cache, mr_link);
		if (mr->mr_used) {
			SLIST_INSERT_HEAD(&keep, mr, mr_link);
			continue;
		}
		(void)munmap(mr->mr_base, mr->mr_bytes);
		free(mr);
	}
	SLIST_FIRST(&cache) = SLIST_FIRST(&keep);
	pthread_mutex_unlock(&cache_lock);
}

int
native_mem_verify(const void *p, size_t bytes, unsigned domain)
{
	hwloc_topology_t topo = native_topology();
	hwloc_bitmap_t where;
	hwloc_obj_t node;
	int error = ENOTSUP;

	if (topo == NULL || !hwloc_topology_is_thissystem(topo))
		return (ENOTSUP);
	node = hwloc_get_obj_by_type(topo, HWLOC_OBJ_NUMANODE, domain);
	where = hwloc_bitmap_alloc();
	if (node != NULL && where != NULL && hwloc_get_area_memlocation(topo,
	    p, bytes, where, HWLOC_MEMBIND_BYNODESET) == 0)
		error = hwloc_bitmap_isequal(where, node->nodeset) ? 0 : EXDEV;
	hwloc_bitmap_free(where);
	return (error);
}

int
native_mem_verify_used(void)
{
	struct mem_range *mr;
	int error = 0;

	pthread_mutex_lock(&cache_lock);
	SLIST_FOREACH(mr, &cache, mr_link)
		if (mr->mr_used && error == 0)
			error = native_mem_verify(mr->mr_base, mr->mr_bytes,
			    mr->mr_domain);
	pthread_mutex_unlock(&cache_lock);
	return (error);
}
