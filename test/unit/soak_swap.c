/*
 * Memory of which there is not enough: an object of all workers, each with
 * pages of its own in it, written and looked for at random while the page
 * daemon sends them out.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#define	PAGES	(SOAK_FRAMES / SOAK_WORKERS)	/* of a worker */
#define	STEPS	8				/* pages of an operation */

static vm_object_t	object;
static struct vmspace	*vm;			/* of all workers */

/* What its pages are full of, which a worker alone knows; 0: never written. */
static uint64_t		words[SOAK_WORKERS][PAGES];
static uint64_t		written[SOAK_WORKERS];

static void
swap_begin(void)
{
	vm = vmspace_alloc();
	object = vm_object_allocate(OBJT_DEFAULT, SOAK_WORKERS * PAGES);
	ft_map(vm, ft_keep(object), SOAK_WORKERS * PAGES, VM_PROT_RW, 0);
}

/* Pages, and what is kept of them in swap, are gone; for who waits for it. */
static void
forget(unsigned worker)
{
	vm_pindex_t first = worker * PAGES;

	pv_object_lock(object);
	vm_object_page_remove(object, first, first + PAGES);
	pv_object_unlock(object);
	for (unsigned p = 0; p < PAGES; p++)
		words[worker][p] = 0;
}

static void
swap_run(unsigned worker, uint64_t *seed)
{
	uint64_t *word = words[worker];

	if (test_random(seed) % (8 * PAGES / STEPS) == 0)
		forget(worker);
	for (unsigned n = 0; n < STEPS; n++) {
		vm_pindex_t p = test_random(seed) % PAGES;
		vm_offset_t va = FT_VA(worker * PAGES + p);

		CHECK(ft_page_is(vm, va, word[p]));
		if (test_random(seed) % 2 == 0) {
			word[p] = soak_word(worker, ++written[worker]);
			ft_page_fill(vm, va, word[p]);
		}
	}
}

static void
swap_end(void)
{
	for (unsigned w = 0; w < SOAK_WORKERS; w++)
		for (unsigned p = 0; p < PAGES; p++)
			CHECK(ft_page_is(vm, FT_VA(w * PAGES + p),
			    words[w][p]));
	vmspace_free(vm);
	soak_check_at_rest(object);
	vm_object_deallocate(object);
}

const struct soak_op soak_swap = { "swap", 4, swap_begin, swap_end, swap_run };
#endif /* TEST_SYNCHRONISED */
