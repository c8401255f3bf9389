/*
 * Kernel memory taken and given back: whoever has it, alone has it.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#include <vm/vm_kmem.h>

#define	PAGES	4

static void
kmem_begin(void)
{
	kmem_init();
}

static void
kmem_run(unsigned worker, uint64_t *seed)
{
	vm_pindex_t pages = 1 + test_random(seed) % PAGES, i;
	struct kmem_arena *arena = test_random(seed) % 2 == 0 ?
	    &kernel_arena : &kmem_arena;
	int flags = test_random(seed) % 2 == 0 ? M_WAITOK : M_NOWAIT;
	uint64_t word[PAGES], found;
	vm_offset_t addr;

	addr = kmem_malloc(arena, ptoa(pages), flags);
	CHECK(addr != 0 || flags == M_NOWAIT);
	if (addr == 0)
		return;
	for (i = 0; i < pages; i++) {
		word[i] = soak_word(worker, test_random(seed) >> 16);
		CHECK(pmap_store(kernel_pmap, addr + ptoa(i), &word[i],
		    sizeof(word[i])));
	}
	md_spin_hint();
	for (i = 0; i < pages; i++) {
		CHECK(pmap_load(kernel_pmap, addr + ptoa(i), &found,
		    sizeof(found)));
		CHECK_EQ(found, word[i]);
	}
	kmem_free(arena, addr, ptoa(pages));
}

static void
kmem_end(void)
{
	kmem_fini();
}

const struct soak_op soak_kmem = { "kmem", 2, kmem_begin, kmem_end, kmem_run };
#endif /* TEST_SYNCHRONISED */
