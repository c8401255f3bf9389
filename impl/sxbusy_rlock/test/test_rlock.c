/*
 * Readers who busy: the soft fault with no more than the read lock, and what
 * it owes to pages that others have busied with no more than that.
 *
 * One step of vm_fault_soft.c at a time; all of them at once, with the pages
 * being freed, in test/unit/soak_busy.c.
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

/*
 * The page is busied while it is being mapped, not only found unbusied: here
 * the pmap is locked, so that the fault stops half-way and can be looked at.
 */
struct halfway {
	vm_page_t	m;
	unsigned	word;		/* the busy word then */
	vm_prot_t	access;
	uint32_t	locked;		/* (a) the pmap is */
};

static void
halfway_thread(void *arg, unsigned i)
{
	struct halfway *h = arg;
	struct mtx *pmap_lock = &vm->vm_pmap.pm_mtx;

	if (i == 1) {
		while (atomic_load_acq_int(&h->locked) == 0)
			md_spin_hint();
		CHECK_EQ(ft_fault(vm, FT_VA(0), h->access), KERN_SUCCESS);
		return;
	}
	mtx_lock(pmap_lock);
	atomic_store_rel_int(&h->locked, 1);
	while ((atomic_load_ptr(&pmap_lock->mtx_lock) & MTX_CONTESTED) == 0)
		md_spin_hint();
	CHECK_EQ(bt_word(h->m), h->word);
	/* It reads: another reader may come and busy, or fail to. */
	CHECK(VM_OBJECT_TRYRLOCK(object));
	CHECK(!vm_page_tryxbusy(h->m));
	VM_OBJECT_RUNLOCK(object);
	mtx_unlock(pmap_lock);
}

static void
halfway(vm_prot_t prot, vm_prot_t access, unsigned word)
{
	struct halfway h = { .word = word, .access = access };

	boot(1, prot);
	h.m = ft_page(object, 0);
	test_threads(2, halfway_thread, &h);
	CHECK_EQ(bt_word(h.m), BT_U);
	end();
}

LAB_TEST(rlock_soft_fault_busies_while_it_maps)
{
	halfway(VM_PROT_READ, VM_PROT_READ, BT_S(1));
	halfway(VM_PROT_RW, VM_PROT_READ, BT_X);
	halfway(VM_PROT_RW, VM_PROT_WRITE, BT_X);
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

/*
 * No page for a page table: the soft fault may not wait for one, and gives the
 * page back that it had busied; else the slow path would wait for it for ever.
 */
static void
short_thread(void *arg, unsigned i)
{
	vm_page_t *got = arg;
	unsigned n;

	if (i == 1) {
		CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_WRITE), KERN_SUCCESS);
		return;
	}
	test_await_sleepers(&vm_shortage, 1);
	CHECK(!mapped(1));
	for (n = 0; n < 4; n++)
		test_free(got[n]);
}

LAB_TEST(rlock_soft_fault_does_not_wait_for_a_table)
{
	vm_page_t m, got[BT_FRAMES];
	unsigned n = 0;

	boot(3, VM_PROT_RW);
	while ((m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ)) != NULL)
		got[n++] = m;
	n -= 4;
	test_threads(2, short_thread, &got[n]);
	CHECK(mapped(1));
	CHECK(!vm_page_busied(ft_page(object, 1)));
	while (n > 0)
		test_free(got[--n]);
	end();
}
