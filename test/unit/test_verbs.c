/*
 * Every verb does what <vm/vm_verbs.h> says of it, in every implementation.
 *
 * What needs one thread to keep another out does not exist in a unit that
 * keeps nobody out.
 */
#include "fault_test.h"

static vm_object_t	object;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	object = ft_resident(4);
}

static void
teardown(void)
{
	vm_object_deallocate(object);
	test_end();
}

/* ---- Alone -------------------------------------------------------------- */

LAB_TEST(verbs_object_lock_made_and_unmade)
{
	struct vm_object o;

	test_boot(FT_FRAMES);
	pv_object_lock_init(&o);
	pv_object_lock(&o);
	pv_object_assert_locked(&o);
	pv_object_assert_read(&o);
	pv_object_unlock(&o);
	pv_object_lock_read(&o);
	pv_object_assert_read(&o);
	pv_object_unlock_read(&o);
	CHECK(pv_object_trylock(&o));
	pv_object_assert_locked(&o);
	pv_object_unlock(&o);
	CHECK_EQ(curthread->td_nheld, 0);
	pv_object_lock_destroy(&o);
	pv_object_lock_init(&o);
	CHECK(pv_object_trylock(&o));
	pv_object_unlock(&o);
	pv_object_lock_destroy(&o);
	test_end();
}

static void
check_busy(vm_page_t m, bool exclusive, bool shared)
{
	pv_object_lock(m->object);
	CHECK_EQ(pv_xbusied(m), TEST_SYNCHRONISED && exclusive);
	CHECK_EQ(pv_sbusied(m), TEST_SYNCHRONISED && shared);
	CHECK_EQ(pv_busied(m), TEST_SYNCHRONISED && (exclusive || shared));
	pv_object_unlock(m->object);
}

LAB_TEST(verbs_busy_object_locked)
{
	vm_page_t m;

	setup();
	m = ft_page(object, 1);
	check_busy(m, false, false);
	pv_object_lock(object);
	CHECK(!pv_sleep_if_busy_locked(m, "test"));
	CHECK(!pv_sleep_if_xbusy_locked(m, "test"));
	pv_flash_locked(m);
	pv_xbusy_locked(m);
	pv_flash_locked(m);
	pv_object_unlock(object);
	check_busy(m, true, false);
	pv_object_lock(object);
	pv_xunbusy_locked(m);
	CHECK(!pv_busied(m));
	pv_sbusy_locked(m);
	pv_sbusy_locked(m);
	/* Shared is good enough for who waits for exclusive to end. */
	CHECK(!pv_sleep_if_xbusy_locked(m, "test"));
	pv_object_unlock(object);
	check_busy(m, false, true);
	pv_object_lock(object);
	pv_sunbusy_locked(m);
	pv_object_unlock(object);
	check_busy(m, false, true);
	pv_object_lock(object);
	pv_sunbusy_locked(m);
	pv_object_unlock(object);
	check_busy(m, false, false);
	teardown();
}

LAB_TEST(verbs_grab)
{
	vm_page_t m;

	setup();
	m = pv_grab(object, 1, VM_ALLOC_NORMAL);
	CHECK(m == ft_page(object, 1));
	check_busy(m, true, false);
	pv_xunbusy(m);
	check_busy(m, false, false);
	CHECK(pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) == m);
	CHECK(pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) == m);
	check_busy(m, false, true);
	pv_sunbusy(m);
	check_busy(m, false, true);
	pv_sunbusy(m);
	check_busy(m, false, false);
	/* Absent: made, zeroed if asked to, wired if asked to. */
	*(uint64_t *)vm_page_dmap(m) = 1;
	m = pv_grab(object, 1, VM_ALLOC_NORMAL);
	pv_free(m);
	CHECK(ft_page(object, 1) == NULL);
	CHECK(pv_grab(object, 1, VM_ALLOC_ZERO | VM_ALLOC_WIRED) == m);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(m), 0);
	CHECK_EQ(m->wire_count, 1);
	check_busy(m, true, false);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_NONE);
	vm_page_unlock(m);
	pv_free(m);
	CHECK(pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) == m);
	check_busy(m, false, true);
	pv_sunbusy(m);
	CHECK_EQ(curthread->td_nheld, 0);
	teardown();
}

LAB_TEST(verbs_alloc)
{
	vm_object_t hog;
	vm_pindex_t n;
	vm_page_t m;

	setup();
	hog = vm_object_allocate(OBJT_DEFAULT, FT_FRAMES);
	m = pv_alloc(hog, 0, VM_ALLOC_NORMAL);
	CHECK(m == ft_page(hog, 0));
	check_busy(m, true, false);
	pv_xunbusy(m);
	m = pv_alloc_sbusy(hog, 1, VM_ALLOC_NORMAL);
	CHECK(m == ft_page(hog, 1));
	check_busy(m, false, true);
	pv_sunbusy(m);
	for (n = 2; (m = pv_alloc(hog, n, VM_ALLOC_NORMAL)) != NULL; n++)
		pv_xunbusy(m);
	CHECK(pv_alloc_sbusy(hog, n, VM_ALLOC_NORMAL) == NULL);
	CHECK_EQ(hog->resident_page_count, n);
	CHECK_EQ(curthread->td_nheld, 0);
	vm_object_deallocate(hog);
	teardown();
}

/* Which way an implementation answers is its own; what it leaves is not. */
LAB_TEST(verbs_fault_soft)
{
	struct vmspace *vm;
	struct faultstate fs;
	bool mapped;

	setup();
	vm = vmspace_alloc();
	ft_map(vm, ft_keep(object), 4, VM_PROT_READ, 0);
	fs = (struct faultstate){
		.map = &vm->vm_map, .vaddr = FT_VA(1),
		.fault_type = VM_PROT_READ, .fault_flags = VM_FAULT_NORMAL,
		.lookup_still_valid = true,
	};
	CHECK_EQ(vm_map_lookup(fs.map, fs.vaddr, fs.fault_type, &fs.entry,
	    &fs.first_object, &fs.first_pindex, &fs.prot, &fs.wired),
	    KERN_SUCCESS);
	CHECK_EQ(curthread->td_nheld, 1);
	mapped = pv_fault_soft(&fs);
	CHECK_EQ(curthread->td_nheld, 1);
	sx_assert(&vm->vm_map.lock, SA_LOCKED);
	vm_map_lookup_done(fs.map);
	CHECK_EQ(pmap_extract(&vm->vm_pmap, FT_VA(1), NULL) != NULL, mapped);
	check_busy(ft_page(object, 1), false, false);
	CHECK_EQ(object->ref_count, 2);
	CHECK_EQ(object->paging_in_progress, 0);
	vmspace_free(vm);
	teardown();
}

#if TEST_SYNCHRONISED
/* ---- The object lock ---------------------------------------------------- */

LAB_TEST_PANIC(verbs_assert_locked_panics, " vm object not ")
{
	setup();
	pv_object_assert_locked(object);
}

LAB_TEST_PANIC(verbs_assert_read_panics, " vm object not ")
{
	setup();
	pv_object_assert_read(object);
}

struct turns {
	vm_page_t	m;
	uint32_t	step;	/* (a) */
	void		(*sleep)(struct turns *);
	void		(*wake)(struct turns *);
};

static void
await_step(struct turns *t, unsigned step)
{
	while (atomic_load_acq_int(&t->step) < step)
		md_spin_hint();
}

static void
exclusion_thread(void *arg, unsigned i)
{
	struct turns *t = arg;

	if (i == 0) {
		pv_object_lock(object);
		atomic_store_rel_int(&t->step, 1);
		await_step(t, 2);
		pv_object_unlock(object);
		pv_object_lock_read(object);
		atomic_store_rel_int(&t->step, 3);
		await_step(t, 4);
		pv_object_unlock_read(object);
		return;
	}
	await_step(t, 1);
	CHECK(!pv_object_trylock(object));
	atomic_store_rel_int(&t->step, 2);
	await_step(t, 3);
	CHECK(!pv_object_trylock(object));
	atomic_store_rel_int(&t->step, 4);
	pv_object_lock(object);
	pv_object_unlock(object);
}

LAB_TEST(verbs_object_lock_excludes)
{
	struct turns t = { .step = 0 };

	setup();
	test_threads(2, exclusion_thread, &t);
	teardown();
}

/* ---- Sleep and wake ----------------------------------------------------- */

static void
turns_thread(void *arg, unsigned i)
{
	struct turns *t = arg;

	if (i == 1) {
		pv_object_lock(object);
		t->sleep(t);
		pv_object_assert_locked(object);
		CHECK_EQ(atomic_load_acq_int(&t->step), 1);
		pv_object_unlock(object);
		return;
	}
	test_await_sleepers(t->m, 1);
	/* The sleeper has let the object go. */
	pv_object_lock(object);
	atomic_store_rel_int(&t->step, 1);
	pv_object_unlock(object);
	t->wake(t);
	CHECK_EQ(sleepq_sleepers(t->m), 0);
}

static void
turns(bool shared, void (*sleep)(struct turns *), void (*wake)(struct turns *))
{
	struct turns t = { .sleep = sleep, .wake = wake };

	setup();
	t.m = shared ? pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) :
	    pv_grab(object, 1, VM_ALLOC_NORMAL);
	test_threads(2, turns_thread, &t);
	teardown();
}

static void
sleep_if_busy(struct turns *t)
{
	CHECK(pv_sleep_if_busy_locked(t->m, "test"));
}

static void
sleep_if_xbusy(struct turns *t)
{
	CHECK(pv_sleep_if_xbusy_locked(t->m, "test"));
}

static void
object_sleep(struct turns *t)
{
	pv_object_sleep(object, t->m, PVM, "test", 0);
}

static void
wake_xunbusy(struct turns *t)
{
	pv_xunbusy(t->m);
}

static void
wake_xunbusy_locked(struct turns *t)
{
	pv_object_lock(object);
	pv_xunbusy_locked(t->m);
	pv_object_unlock(object);
}

static void
wake_sunbusy(struct turns *t)
{
	pv_sunbusy(t->m);
}

static void
wake_sunbusy_locked(struct turns *t)
{
	pv_object_lock(object);
	pv_sunbusy_locked(t->m);
	pv_object_unlock(object);
}

/* Wakes, and the page is as busied as before. */
static void
wake_flash(struct turns *t)
{
	pv_object_lock(object);
	pv_flash_locked(t->m);
	CHECK(pv_xbusied(t->m));
	pv_xunbusy_locked(t->m);
	pv_object_unlock(object);
}

static void
wake_free(struct turns *t)
{
	pv_free(t->m);
}

static void
wake_channel(struct turns *t)
{
	pv_object_lock(object);
	wakeup(t->m);
	pv_object_unlock(object);
	pv_xunbusy(t->m);
}

LAB_TEST(verbs_sleep_if_busy_and_who_wakes)
{
	turns(false, sleep_if_busy, wake_xunbusy);
	turns(false, sleep_if_busy, wake_xunbusy_locked);
	turns(false, sleep_if_busy, wake_flash);
	turns(false, sleep_if_busy, wake_free);
	turns(true, sleep_if_busy, wake_sunbusy);
	turns(true, sleep_if_busy, wake_sunbusy_locked);
}

LAB_TEST(verbs_sleep_if_xbusy_and_who_wakes)
{
	turns(false, sleep_if_xbusy, wake_xunbusy);
	turns(false, sleep_if_xbusy, wake_xunbusy_locked);
	turns(false, sleep_if_xbusy, wake_flash);
	turns(false, sleep_if_xbusy, wake_free);
}

LAB_TEST(verbs_object_sleep)
{
	turns(false, object_sleep, wake_channel);
}

/* ---- Grab waits --------------------------------------------------------- */

struct grab_wait {
	vm_page_t	m;
	bool		have_shared, want_shared;
	uint32_t	released;	/* (a) */
};

static void
grab_wait_thread(void *arg, unsigned i)
{
	struct grab_wait *g = arg;
	vm_page_t m;

	if (i == 1) {
		m = g->want_shared ?
		    pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) :
		    pv_grab(object, 1, VM_ALLOC_NORMAL);
		CHECK_EQ(atomic_load_acq_int(&g->released), 1);
		check_busy(m, !g->want_shared, g->want_shared);
		return;
	}
	test_await_sleepers(g->m, 1);
	atomic_store_rel_int(&g->released, 1);
	if (g->have_shared)
		pv_sunbusy(g->m);
	else
		pv_xunbusy(g->m);
}

static void
grab_waits(bool have_shared, bool want_shared)
{
	struct grab_wait g = {
		.have_shared = have_shared, .want_shared = want_shared
	};

	setup();
	g.m = have_shared ? pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) :
	    pv_grab(object, 1, VM_ALLOC_NORMAL);
	test_threads(2, grab_wait_thread, &g);
	if (want_shared)
		pv_sunbusy(g.m);
	else
		pv_xunbusy(g.m);
	teardown();
}

LAB_TEST(verbs_grab_waits)
{
	grab_waits(false, false);
	grab_waits(true, false);
	grab_waits(false, true);
}
#endif /* TEST_SYNCHRONISED */
