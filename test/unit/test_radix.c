/*
 * The trie against a model: an array that is searched from end to end.
 *
 * Indexes are drawn so that near and far ones meet: dense runs, runs at high
 * addresses, single bits and the two ends of the range.
 */
#include <vm/vm_radix.h>
#include "vm_test.h"

#define	PAGES	96	/* pages of the model, each in the trie or not */
#define	OPS	30000

static struct vm_page	page[PAGES];
static bool		in_trie[PAGES];
static struct vm_radix	trie;

static vm_pindex_t
draw_index(uint64_t *seed)
{
	uint64_t r = test_random(seed);

	switch (r % 5) {
	case 0:
		return ((r >> 8) % 64);
	case 1:
		return (0xabcdef0000000000ULL + (r >> 8) % 300);
	case 2:
		return (1ULL << ((r >> 8) % 64));
	case 3:
		return (~0ULL - (r >> 8) % 20);
	default:
		return (r >> ((r >> 8) % 60));
	}
}

static vm_page_t
model_lookup(vm_pindex_t index)
{
	for (unsigned i = 0; i < PAGES; i++)
		if (in_trie[i] && page[i].pindex == index)
			return (&page[i]);
	return (NULL);
}

/* Nearest at or above; or, not up, at or below. */
static vm_page_t
model_near(vm_pindex_t index, bool up)
{
	vm_page_t best = NULL;

	for (unsigned i = 0; i < PAGES; i++) {
		if (!in_trie[i] || (up ? page[i].pindex < index :
		    page[i].pindex > index))
			continue;
		if (best == NULL || (up ? page[i].pindex < best->pindex :
		    page[i].pindex > best->pindex))
			best = &page[i];
	}
	return (best);
}

/* Put page i in, or take it out, or put it in another's place. */
static void
change(unsigned i, uint64_t *seed)
{
	vm_page_t old;

	if (in_trie[i]) {
		CHECK(vm_radix_remove(&trie, page[i].pindex) == &page[i]);
		in_trie[i] = false;
		return;
	}
	page[i].pindex = draw_index(seed);
	old = model_lookup(page[i].pindex);
	if (old == NULL)
		CHECK_EQ(vm_radix_insert(&trie, &page[i]), 0);
	else {
		CHECK(vm_radix_replace(&trie, &page[i]) == old);
		in_trie[old - page] = false;
	}
	in_trie[i] = true;
}

static void
compare(vm_pindex_t index)
{
	CHECK(vm_radix_lookup(&trie, index) == model_lookup(index));
	CHECK(vm_radix_lookup_ge(&trie, index) == model_near(index, true));
	CHECK(vm_radix_lookup_le(&trie, index) == model_near(index, false));
}

LAB_TEST(radix_agrees_with_a_searched_array)
{
	uint64_t seed = 20130809;
	unsigned i;

	test_boot(64);
	for (unsigned op = 0; op < OPS; op++) {
		i = test_random(&seed) % PAGES;
		change(i, &seed);
		compare(page[i].pindex);
		compare(page[i].pindex + 1);
		compare(draw_index(&seed));
	}
	for (i = 0; i < PAGES; i++)
		if (in_trie[i])
			change(i, &seed);
	CHECK_EQ(trie.rt_root, 0);
	CHECK_EQ(vm_radix_nodes(), 0);
	test_end();
}

/* Path compression: no node without two branches, whatever the indexes. */
LAB_TEST(radix_has_fewer_nodes_than_pages)
{
	uint64_t seed = 42;
	long pages = 0;

	test_boot(64);
	for (unsigned i = 0; i < PAGES; i++) {
		page[i].pindex = draw_index(&seed);
		if (vm_radix_lookup(&trie, page[i].pindex) != NULL)
			continue;
		CHECK_EQ(vm_radix_insert(&trie, &page[i]), 0);
		pages++;
		CHECK(vm_radix_nodes() < pages);
	}
	vm_radix_reclaim_allnodes(&trie);
	CHECK_EQ(trie.rt_root, 0);
	test_end();
}

LAB_TEST(radix_insert_fails_without_a_node_and_changes_nothing)
{
	test_boot(64);
	page[0].pindex = 1;
	page[1].pindex = 2;
	page[2].pindex = 1000;
	CHECK_EQ(vm_radix_insert(&trie, &page[0]), 0);
	CHECK_EQ(vm_radix_insert(&trie, &page[1]), 0);
	vm_radix_set_max(1);
	CHECK_EQ(vm_radix_insert(&trie, &page[2]), ENOMEM);
	CHECK(vm_radix_lookup(&trie, 1000) == NULL);
	CHECK(vm_radix_lookup_ge(&trie, 3) == NULL);
	CHECK(vm_radix_lookup_le(&trie, 999) == &page[1]);
	vm_radix_set_max(0);
	CHECK_EQ(vm_radix_insert(&trie, &page[2]), 0);
	CHECK(vm_radix_lookup(&trie, 1000) == &page[2]);
	vm_radix_reclaim_allnodes(&trie);
	test_end();
}

LAB_TEST_PANIC(radix_insert_twice_panics, "is taken")
{
	test_boot(64);
	page[0].pindex = page[1].pindex = 7;
	(void)vm_radix_insert(&trie, &page[0]);
	(void)vm_radix_insert(&trie, &page[1]);
}

LAB_TEST_PANIC(radix_remove_of_none_panics, "no page at index 0x17")
{
	test_boot(64);
	page[0].pindex = 7;
	(void)vm_radix_insert(&trie, &page[0]);
	(void)vm_radix_remove(&trie, 0x17);
}
