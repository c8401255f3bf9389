/*
 * All verbs at once: faulting on, grabbing, sharing and freeing the same few
 * pages, in every implementation that keeps anybody out.
 *
 * The oracle is in the pages.  Their bytes are written by who has the page
 * exclusively busied, plainly, and must always agree with each other; and
 * nobody makes a writable mapping of a page that another has busied.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#define	PAGES	4
#define	FACTOR	0x9e3779b97f4a7c15ULL

/* What a page holds; a page of zeroes agrees with itself. */
struct contents {
	uint64_t	count;
	uint64_t	product;	/* count * FACTOR */
	uint64_t	between[PAGE_SIZE / sizeof(uint64_t) - 3];
	uint64_t	last;		/* count */
};

_Static_assert(sizeof(struct contents) == PAGE_SIZE, "it fills a page");

static struct vmspace	*vm;
static vm_object_t	object;

static void
check_contents(const struct contents *c)
{
	CHECK_EQ(c->product, c->count * FACTOR);
	CHECK_EQ(c->last, c->count);
}

/* The page is busied by the caller: from here on nobody may map it so. */
static void
forbid_writing(vm_page_t m)
{
	pv_object_lock(object);
	if (m->valid != VM_PAGE_BITS_ALL)
		m->valid = VM_PAGE_BITS_ALL;
	pmap_remove_write(m);
	vm_page_aflag_clear(m, PGA_WRITEABLE);
	pv_object_unlock(object);
}

static void
check_not_writable(vm_page_t m)
{
	CHECK_EQ(atomic_load_8(&m->aflags) & PGA_WRITEABLE, 0);
}

static void
exclusive(vm_pindex_t i)
{
	vm_page_t m = pv_grab(object, i, VM_ALLOC_ZERO);
	struct contents *c = vm_page_dmap(m);

	check_contents(c);
	forbid_writing(m);
	c->count++;
	md_spin_hint();
	c->product = c->count * FACTOR;
	c->last = c->count;
	check_not_writable(m);
	pv_xunbusy(m);
}

static void
shared(vm_pindex_t i)
{
	vm_page_t m = pv_grab_sbusy(object, i, VM_ALLOC_ZERO);
	struct contents *c = vm_page_dmap(m);
	uint64_t count = c->count;

	check_contents(c);
	forbid_writing(m);
	md_spin_hint();
	CHECK_EQ(c->count, count);
	check_not_writable(m);
	pv_sunbusy(m);
}

/* Unmaps and frees, waiting for every busy. */
static void
forget(vm_pindex_t i)
{
	pv_object_lock(object);
	vm_object_page_remove(object, i, i + 1);
	pv_object_unlock(object);
}

static void
busy_begin(void)
{
	vm = vmspace_alloc();
	object = vm_object_allocate(OBJT_DEFAULT, PAGES);
	ft_map(vm, ft_keep(object), PAGES, VM_PROT_RW, 0);
}

static void
busy_run(unsigned worker, uint64_t *seed)
{
	vm_pindex_t p = test_random(seed) % PAGES;

	(void)worker;
	switch (test_random(seed) % 8) {
	case 0:
	case 1:
		exclusive(p);
		break;
	case 2:
	case 3:
		shared(p);
		break;
	case 4:
		forget(p);
		break;
	case 5:
		pmap_remove(&vm->vm_pmap, FT_VA(p), FT_VA(p + 1));
		/* FALLTHROUGH */
	default:
		CHECK_EQ(ft_fault(vm, FT_VA(p), test_random(seed) % 2 == 0 ?
		    VM_PROT_READ : VM_PROT_WRITE), KERN_SUCCESS);
		break;
	}
}

static void
busy_end(void)
{
	for (vm_pindex_t i = 0; i < PAGES; i++)
		shared(i);
	vmspace_free(vm);
	soak_check_at_rest(object);
	vm_object_deallocate(object);
}

const struct soak_op soak_busy = { "busy", 16, busy_begin, busy_end,
	busy_run };
#endif /* TEST_SYNCHRONISED */
