/*
 * Readers who busy: soft faults and grabs with no more than the read lock, on
 * the same pages, while others free them.
 *
 * First one rule of <vm/grab_verbs.h> and vm_fault_soft.c at a time, then all
 * at once.  The oracle is in the pages: their bytes are written by who has the
 * page exclusively busied, plainly, and must always agree with each other.
 */
#include "test/busy_test.h"
#include <unit/fault_test.h>

static struct vmspace	*vm;
static vm_object_t	object;

static void
boot(vm_pindex_t pages, vm_prot_t prot)
{
	test_boot(BT_FRAMES);
	vm = vmspace_alloc();
	object = ft_resident(pages);
	ft_map(vm, object, pages, prot, 0);
}

static void
end(void)
{
	vmspace_free(vm);
	test_end();
}

static bool
mapped(vm_pindex_t i)
{
	return (pmap_extract(&vm->vm_pmap, FT_VA(i), NULL) != NULL);
}

/* ---- A busy page and a fault -------------------------------------------- */

struct meet {
	int		grab;		/* the holder's flags */
	vm_prot_t	access;		/* the faulter's */
	uint32_t	held;		/* (a) */
	uint32_t	released;	/* (a) */
};

static void
meet_holder(struct meet *mt)
{
	vm_page_t m;

	VM_OBJECT_RLOCK(object);
	m = vm_page_grab(object, 1, mt->grab);
	VM_OBJECT_RUNLOCK(object);
	atomic_store_rel_int(&mt->held, 1);
	test_await_sleepers(m, 1);
	CHECK(!mapped(1));
	atomic_store_rel_int(&mt->released, 1);
	bt_settle(m);
}

static void
meet_thread(void *arg, unsigned i)
{
	struct meet *mt = arg;

	if (i == 0) {
		meet_holder(mt);
		return;
	}
	while (atomic_load_acq_int(&mt->held) == 0)
		md_spin_hint();
	CHECK_EQ(ft_fault(vm, FT_VA(1), mt->access), KERN_SUCCESS);
	CHECK_EQ(atomic_load_acq_int(&mt->released), 1);
	CHECK(mapped(1));
}

static void
fault_waits(int grab, vm_prot_t prot, vm_prot_t access)
{
	struct meet mt = { .grab = grab, .access = access };

	boot(3, prot);
	test_threads(2, meet_thread, &mt);
	CHECK(!vm_page_busied(ft_page(object, 1)));
	end();
}

#define	SHARED	(VM_ALLOC_SBUSY | VM_ALLOC_IGN_SBUSY)

LAB_TEST(rlock_fault_waits_for_exclusive_busy)
{
	fault_waits(VM_ALLOC_NORMAL, VM_PROT_READ, VM_PROT_READ);
	fault_waits(VM_ALLOC_NORMAL, VM_PROT_RW, VM_PROT_READ);
	fault_waits(VM_ALLOC_NORMAL, VM_PROT_RW, VM_PROT_WRITE);
}

/* Who has it shared was promised that nobody writes; a mapping could. */
LAB_TEST(rlock_writable_mapping_waits_for_shared_busy)
{
	fault_waits(SHARED, VM_PROT_RW, VM_PROT_READ);
	fault_waits(SHARED, VM_PROT_RW, VM_PROT_WRITE);
}

/* A mapping that cannot write shares: nobody waits, nobody is counted out. */
LAB_TEST(rlock_read_only_mapping_shares)
{
	vm_page_t m;

	boot(3, VM_PROT_READ);
	m = pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL);
	CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_READ), KERN_SUCCESS);
	CHECK(mapped(1));
	CHECK_EQ(bt_word(m), BT_S(1));
	pv_sunbusy(m);
	end();
}

/* ---- What the soft fault leaves ----------------------------------------- */

LAB_TEST(rlock_soft_fault_leaves_nothing_but_the_mapping)
{
	uint64_t page_locks;
	vm_page_t m;

	boot(3, VM_PROT_RW);
	m = ft_page(object, 1);
	page_locks = curthread->td_lockstat[LO_PAGE].acquired;
	CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_READ), KERN_SUCCESS);
	CHECK_EQ(curthread->td_lockstat[LO_PAGE].acquired, page_locks);
	CHECK_EQ(bt_word(m), BT_U);
	CHECK_EQ(m->queue, PQ_NONE);
	CHECK_EQ(m->dirty, 0);
	CHECK_EQ(object->ref_count, 1);
	CHECK_EQ(object->paging_in_progress, 0);
	CHECK(mapped(1));
	/* The neighbours came along. */
	CHECK(mapped(0) && mapped(2));
	CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_WRITE), KERN_SUCCESS);
	CHECK_EQ(m->dirty, VM_PAGE_BITS_ALL);
	CHECK_EQ(bt_word(m), BT_U);
	VM_OBJECT_ASSERT_UNLOCKED(object);
	end();
}

/* No more than the read lock: another reader does not stop them. */
static void
beside_thread(void *arg, unsigned i)
{
	uint32_t *step = arg;	/* (a) 1 read-locked, 2 the other is done */

	if (i == 0) {
		VM_OBJECT_RLOCK(object);
		atomic_store_rel_int(step, 1);
		while (atomic_load_acq_int(step) != 2)
			md_spin_hint();
		VM_OBJECT_RUNLOCK(object);
		return;
	}
	while (atomic_load_acq_int(step) != 1)
		md_spin_hint();
	CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_WRITE), KERN_SUCCESS);
	pv_xunbusy(pv_grab(object, 1, VM_ALLOC_NORMAL));
	pv_sunbusy(pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL));
	atomic_store_rel_int(step, 2);
}

LAB_TEST(rlock_fault_and_grab_beside_a_reader)
{
	uint32_t step = 0;

	boot(3, VM_PROT_RW);
	test_threads(2, beside_thread, &step);
	end();
}

/* What is not resident and valid is the slow path's. */
LAB_TEST(rlock_soft_fault_gives_way)
{
	vm_page_t m;

	boot(3, VM_PROT_RW);
	pv_free(pv_grab(object, 1, VM_ALLOC_NORMAL));
	CHECK_EQ(*ft_touch(vm, FT_VA(1), VM_PROT_READ), 0);
	m = ft_page(object, 2);
	VM_OBJECT_WLOCK(object);
	pmap_remove_all(m);
	m->valid = 0;
	VM_OBJECT_WUNLOCK(object);
	CHECK_EQ(*ft_touch(vm, FT_VA(2), VM_PROT_READ), 0);
	CHECK_EQ(m->valid, VM_PAGE_BITS_ALL);
	/* A wiring fault counts on the page's state: never soft. */
	CHECK_EQ(vm_fault(&vm->vm_map, FT_VA(0), VM_PROT_READ,
	    VM_FAULT_WIRE), KERN_SUCCESS);
	m = ft_page(object, 0);
	CHECK_EQ(m->wire_count, 1);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_ACTIVE);
	vm_page_unlock(m);
	end();
}

/* ---- All at once -------------------------------------------------------- */

#define	WORKERS	4
#define	PAGES	4
#define	ROUNDS	400
#define	FACTOR	0x9e3779b97f4a7c15ULL

/* First and last words of a page; a page of zeroes agrees with itself. */
struct contents {
	uint64_t	count;
	uint64_t	product;	/* count * FACTOR */
	uint64_t	between[PAGE_SIZE / sizeof(uint64_t) - 3];
	uint64_t	last;		/* count */
};

static void
check_contents(const struct contents *c)
{
	CHECK_EQ(c->product, c->count * FACTOR);
	CHECK_EQ(c->last, c->count);
}

static void
exclusive(vm_pindex_t i)
{
	vm_page_t m = pv_grab(object, i, VM_ALLOC_ZERO);
	struct contents *c = vm_page_dmap(m);

	CHECK(vm_page_xbusied(m));
	if (m->valid != VM_PAGE_BITS_ALL) {
		VM_OBJECT_WLOCK(object);
		m->valid = VM_PAGE_BITS_ALL;
		VM_OBJECT_WUNLOCK(object);
	}
	check_contents(c);
	c->count++;
	md_spin_hint();
	c->product = c->count * FACTOR;
	c->last = c->count;
	pv_xunbusy(m);
}

static void
shared(vm_pindex_t i)
{
	vm_page_t m = pv_grab_sbusy(object, i, VM_ALLOC_ZERO);
	struct contents *c = vm_page_dmap(m);
	uint64_t count = c->count;

	CHECK(vm_page_sbusied(m));
	check_contents(c);
	md_spin_hint();
	CHECK_EQ(c->count, count);
	pv_sunbusy(m);
}

/* Unmaps and frees, waiting for every busy. */
static void
forget(vm_pindex_t i)
{
	VM_OBJECT_WLOCK(object);
	vm_object_page_remove(object, i, i + 1);
	VM_OBJECT_WUNLOCK(object);
}

static void
stress_thread(void *arg, unsigned i)
{
	uint64_t seed = i + 1;
	vm_pindex_t p;
	unsigned n;

	(void)arg;
	for (n = 0; n < ROUNDS; n++) {
		p = test_random(&seed) % PAGES;
		switch (test_random(&seed) % 8) {
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
			CHECK_EQ(ft_fault(vm, FT_VA(p), n % 2 == 0 ?
			    VM_PROT_READ : VM_PROT_WRITE), KERN_SUCCESS);
			break;
		}
	}
}

LAB_TEST(rlock_stress)
{
	vm_pindex_t i;

	boot(PAGES, VM_PROT_RW);
	for (i = 0; i < PAGES; i++)
		forget(i);
	test_threads(WORKERS, stress_thread, NULL);
	for (i = 0; i < PAGES; i++) {
		shared(i);
		CHECK_EQ(bt_word(ft_page(object, i)), BT_U);
	}
	CHECK_EQ(object->paging_in_progress, 0);
	end();
}
