/*
 * Where pages lie: the reduced reservations.  Goal: objects do not share a
 * 2 MiB frame, and so a page lock, while there are free frames; memory is used
 * to the last page all the same; the lists of frames keep their invariant.
 */
#include <vm/vm_phys.h>
#include <vm/vm_verbs.h>
#include "vm_test.h"

#define	FRAMES	4

static unsigned
frame_of(vm_page_t m)
{
	return (m->phys_addr >> PDRSHIFT);
}

/* I1 of <vm/vm_reserv.h>, and the sum of free pages. */
static void
check_lists(void)
{
	struct vm_domain *vmd = &vm_dom[0];
	struct vm_reserv *vr;
	unsigned pages = 0;

	TAILQ_FOREACH(vr, &vmd->vmd_whole, vr_link) {
		CHECK_EQ(vr->vr_free, vr->vr_pages);
		pages += vr->vr_free;
	}
	TAILQ_FOREACH(vr, &vmd->vmd_part, vr_link) {
		CHECK(vr->vr_free > 0 && vr->vr_free < vr->vr_pages);
		pages += vr->vr_free;
	}
	CHECK_EQ(pages, vmd->vmd_free_count);
}

/* The pages come busied; their own thread ends that and frees them. */
static void
free_pages(vm_object_t object)
{
	vm_page_t m;

	while ((m = TAILQ_FIRST(&object->memq)) != NULL)
		pv_free(m);
}

static vm_page_t
alloc_at(vm_object_t object, vm_pindex_t pindex)
{
	return (pv_alloc(object, pindex, VM_ALLOC_INTERRUPT));
}

LAB_TEST(reserv_objects_lie_apart)
{
	vm_object_t a, b;
	vm_page_t ma, mb, none;
	unsigned i, fa, fb;

	vm_ndomains_tunable = 1;
	test_boot(FRAMES * VM_RESERV_PAGES);
	a = vm_object_allocate(OBJT_DEFAULT, 64);
	b = vm_object_allocate(OBJT_DEFAULT, 64);
	fa = frame_of(alloc_at(a, 0));
	fb = frame_of(alloc_at(b, 0));
	CHECK(fa != fb);
	for (i = 1; i < 64; i++) {
		ma = alloc_at(a, i);
		mb = alloc_at(b, i);
		CHECK_EQ(frame_of(ma), fa);
		CHECK_EQ(frame_of(mb), fb);
		CHECK(vm_page_lockptr(ma) != vm_page_lockptr(mb));
	}
	none = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	CHECK(frame_of(none) == fa || frame_of(none) == fb);
	vm_page_free(none);
	check_lists();
	free_pages(a);
	free_pages(b);
	vm_object_deallocate(a);
	vm_object_deallocate(b);
	test_end();
}

/*
 * Each object has a page only now and then, never both at once: they must not
 * come to share a frame for all that.
 */
LAB_TEST(reserv_is_kept_by_who_comes_and_goes)
{
	vm_object_t a, b;
	unsigned i, fa, fb;

	vm_ndomains_tunable = 1;
	test_boot(FRAMES * VM_RESERV_PAGES);
	a = vm_object_allocate(OBJT_DEFAULT, 64);
	b = vm_object_allocate(OBJT_DEFAULT, 64);
	fa = frame_of(alloc_at(a, 0));
	free_pages(a);
	fb = frame_of(alloc_at(b, 0));
	free_pages(b);
	CHECK(fa != fb);
	for (i = 0; i < 100; i++) {
		CHECK_EQ(frame_of(alloc_at(a, i % 64)), fa);
		free_pages(a);
		CHECK_EQ(frame_of(alloc_at(b, i % 64)), fb);
		free_pages(b);
		check_lists();
	}
	vm_object_deallocate(a);
	vm_object_deallocate(b);
	test_end();
}

LAB_TEST(reserv_uses_every_page)
{
	vm_object_t objects[FRAMES + 1];
	vm_page_t m;
	unsigned i, n = 0;

	vm_ndomains_tunable = 1;
	test_boot(FRAMES * VM_RESERV_PAGES);
	for (i = 0; i <= FRAMES; i++)
		objects[i] = vm_object_allocate(OBJT_DEFAULT, 1 << 20);
	while ((m = alloc_at(objects[n % (FRAMES + 1)], n)) != NULL) {
		CHECK(m->object == objects[n % (FRAMES + 1)]);
		n++;
		check_lists();
	}
	CHECK_EQ(n, FRAMES * VM_RESERV_PAGES);
	CHECK_EQ(vm_free_count(), 0);
	for (i = 0; i <= FRAMES; i++) {
		free_pages(objects[i]);
		check_lists();
		vm_object_deallocate(objects[i]);
	}
	CHECK(TAILQ_EMPTY(&vm_dom[0].vmd_part));
	test_end();
}

/*
 * An object whose frame is of another domain than the one asked now: that
 * frame is guarded by the other domain's mutex, which is not held, and may
 * not be looked into.  For ThreadSanitizer: the frame changes all the while.
 */
#define	SMALL	64	/* pages of a domain: one frame each */
#define	TURNS	500

static void
use_both_domains(void *arg, unsigned i)
{
	vm_object_t object = arg;
	vm_page_t m[2];
	unsigned n;

	for (n = 0; n < TURNS; n++) {
		if (i == 0) {
			m[0] = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
			CHECK(m[0] != NULL);
			test_free(m[0]);
			continue;
		}
		/* The page left at home, and one of domain 1; home again. */
		m[0] = alloc_at(object, 0);
		m[1] = alloc_at(object, 1);
		pv_free(m[0]);
		m[0] = alloc_at(object, 0);
		pv_free(m[0]);
		pv_free(m[1]);
	}
}

LAB_TEST(reserv_frame_of_another_domain_is_let_alone)
{
	vm_page_t m, got[SMALL];
	vm_object_t object;
	unsigned n = 0;

	vm_ndomains_tunable = 2;
	test_boot(2 * SMALL);
	object = vm_object_allocate(OBJT_DEFAULT, 2);
	while ((m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ))->domain == 0)
		got[n++] = m;
	test_free(m);
	test_free(got[--n]);
	test_threads(2, use_both_domains, object);
	while (n > 0)
		test_free(got[--n]);
	vm_object_deallocate(object);
	test_end();
}
