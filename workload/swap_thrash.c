/*
 * What it costs to work on more memory than there is.
 *
 * Stands for a machine that swaps.  The workers' pages are together one and a
 * half times the memory; one operation is a look at a page drawn at random,
 * all of its words, and in one of four a new word for each.  Two in three meet
 * a page that is there, the others fault it in; the page daemon, which is the
 * first worker, writes pages out and frees them meanwhile.  The swap space is
 * a file of the host, in its page cache: locks decide, not a disk.
 * Variant `direct': who needs a transfer does it; `iod': the second worker does
 * them all, and who waits sleeps, as each KPI has it.
 * The oracle: every page holds the words last written to it, whole.
 */
#include <vm/swap_pager.h>
#include <vm/uma.h>
#include <vm/vm_phys.h>
#include <workload/beside_daemon.h>

#define	PHYSMEM		((size_t)4 << 20)
#define	WORDS		(PAGE_SIZE / sizeof(uint64_t))

static const char *const swap_thrash_variants[] = { "direct", "iod", NULL };

/* What a worker has written to its pages last; 0: nothing. */
static uint64_t *
written(const struct wl_thread *t)
{
	return ((uint64_t *)(void *)t->bytes);
}

static int
swap_thrash_setup(struct lab_run *run)
{
	vm_pindex_t pages = vm_cnt.v_page_count * 3 / 2 / run->lr_threads + 1;
	struct wl_thread *t;
	int error;

	error = swap_on(NULL, 2 * pages * run->lr_threads);
	if (error != 0)
		panic("swap_thrash: swap space: errno %d", error);
	wl_fixture(run, pages, wl_make_default);
	for (unsigned i = 0; i < run->lr_threads; i++) {
		t = &wl_state(run)->threads[i];
		t->bytes = (char *)kmem_startup_array(pages, uint64_t);
	}
	error = wl_map(run, true, VM_PROT_RW, 0);
	return (error != 0 ? error : wl_daemon_setup(run));
}

static void
look(struct wl_thread *t, vm_pindex_t page)
{
	vm_offset_t va = t->va + ptoa(page);
	uint64_t words[WORDS];

	while (!pmap_load(&t->vm->vm_pmap, va, words, sizeof(words)))
		wl_fault(t, va, VM_PROT_READ);
	for (unsigned i = 0; i < WORDS; i++)
		if (words[i] != written(t)[page])
			t->errors++;
}

static void
change(struct wl_thread *t, vm_pindex_t page)
{
	vm_offset_t va = t->va + ptoa(page);
	uint64_t words[WORDS], word = wl_random(t);

	for (unsigned i = 0; i < WORDS; i++)
		words[i] = word;
	while (!pmap_store(&t->vm->vm_pmap, va, words, sizeof(words)))
		wl_fault(t, va, VM_PROT_WRITE);
	written(t)[page] = word;
}

static int
swap_thrash_oracle(struct lab_run *run)
{
	struct wl_thread *t;

	for (unsigned i = 0; i < run->lr_threads; i++) {
		t = &wl_state(run)->threads[i];
		for (vm_pindex_t page = 0; page < t->count; page++) {
			if (written(t)[page] == 0)
				continue;
			wl_daemon_make_room();
			look(t, page);
		}
	}
	return (wl_mappings_right(run));
}

static inline void
swap_thrash_op(struct wl_thread *t)
{
	uint64_t draw = wl_random(t);
	vm_pindex_t page = draw / 4 % t->count;

	look(t, page);
	if (draw % 4 == 0)
		change(t, page);
}

WL_BESIDE_DAEMON(swap_thrash)
WORKLOAD_RECORD(swap_thrash, "a page of more than there is memory for, used",
    swap_thrash_loop, .sampled_loop = swap_thrash_sampled_loop,
    .lab.lw_sharing = LAB_SHARED, .lab.lw_threads_min = WL_DAEMON + 1,
    .lab.lw_variants = swap_thrash_variants, .lab.lw_roles = WL_DAEMON,
    .lab.lw_physmem = PHYSMEM, .lab.lw_windows = 2,
    .setup = swap_thrash_setup, .thread_end = wl_daemon_done,
    .oracle = swap_thrash_oracle)
