/*
 * Which parts of a page are valid and dirty: one bit a block of 512 bytes.
 *
 * valid and dirty are the object's to guard, in write mode, unless said
 * otherwise; who only looks may hold it in read mode.  Busying does not guard
 * them in either KPI (it came to, in 2019).  Here too is what needs both bits
 * and locks to judge a page: advice and the attempt to free.
 *
 * After FreeBSD 10.4 sys/vm/vm_page.c.  Differences: no superpages, no cached
 * pages, so vm_page_ps_is_valid() and vm_page_try_to_cache() do not exist.
 */
#include <sys/systm.h>
#include <vm/pmap.h>
#include <vm/vm_verbs.h>

/* Bits of the blocks that base..base+size-1 touches. */
static uint8_t
vm_page_bits(unsigned base, unsigned size)
{
	unsigned first, last;

	KASSERT(base + size <= PAGE_SIZE,
	    ("vm_page_bits: %u bytes at %u leave the page", size, base));
	if (size == 0)
		return (0);
	first = base >> DEV_BSHIFT;
	last = (base + size - 1) >> DEV_BSHIFT;
	return ((2u << last) - (1u << first));
}

static void
set_valid(vm_page_t m, uint8_t bits)
{
	atomic_store_8(&m->valid, m->valid | bits);
}

bool
vm_page_is_valid(vm_page_t m, unsigned base, unsigned size)
{
	uint8_t bits = vm_page_bits(base, size), valid;

	pv_object_assert_read(m->object);
	valid = atomic_load_8(&m->valid);
	return (valid != 0 && (valid & bits) == bits);
}

/* A block that becomes valid in part must not show what was in its rest. */
static void
zero_block_part(vm_page_t m, unsigned from, unsigned to)
{
	if (from < to && (m->valid & vm_page_bits(from, 1)) == 0)
		md_zero((char *)vm_page_dmap(m) + from, to - from);
}

void
vm_page_set_valid_range(vm_page_t m, unsigned base, unsigned size)
{
	unsigned end = base + size;

	pv_object_assert_locked(m->object);
	if (size == 0)
		return;
	zero_block_part(m, base & ~(DEV_BSIZE - 1), base);
	zero_block_part(m, end,
	    (end + DEV_BSIZE - 1) & ~(DEV_BSIZE - 1));
	set_valid(m, vm_page_bits(base, size));
}

/* Only blocks wholly inside become clean. */
void
vm_page_set_validclean(vm_page_t m, unsigned base, unsigned size)
{
	unsigned first = (base + DEV_BSIZE - 1) & ~(DEV_BSIZE - 1);
	unsigned end = (base + size) & ~(DEV_BSIZE - 1);

	vm_page_set_valid_range(m, base, size);
	if (first < end)
		vm_page_clear_dirty_mask(m, vm_page_bits(first, end - first));
}

void
vm_page_clear_dirty_mask(vm_page_t m, uint8_t bits)
{
	pv_object_assert_locked(m->object);
	atomic_clear_8(&m->dirty, bits);
}

void
vm_page_set_invalid(vm_page_t m, unsigned base, unsigned size)
{
	uint8_t bits = vm_page_bits(base, size);

	pv_object_assert_locked(m->object);
	/* A mapping promises the whole page. */
	if (m->valid == VM_PAGE_BITS_ALL && bits != 0 && vm_page_managed(m))
		pmap_remove_all(m);
	KASSERT(bits == 0 || !vm_page_managed(m) || !pmap_page_is_mapped(m),
	    ("vm_page_set_invalid: page %p is mapped", (void *)m));
	atomic_store_8(&m->valid, m->valid & ~bits);
	atomic_clear_8(&m->dirty, bits);
}

void
vm_page_zero_invalid(vm_page_t m, bool setvalid)
{
	unsigned at;

	pv_object_assert_locked(m->object);
	for (at = 0; at < PAGE_SIZE; at += DEV_BSIZE)
		zero_block_part(m, at, at + DEV_BSIZE);
	if (setvalid)
		set_valid(m, VM_PAGE_BITS_ALL);
}

void
vm_page_test_dirty(vm_page_t m)
{
	pv_object_assert_locked(m->object);
	if (m->dirty != VM_PAGE_BITS_ALL && vm_page_managed(m) &&
	    pmap_is_modified(m))
		vm_page_dirty(m);
}

void
vm_page_advise(vm_page_t m, int advice)
{
	vm_page_lock_assert(m, MA_OWNED);
	pv_object_assert_locked(m->object);
	if (advice == MADV_WILLNEED) {
		vm_page_activate(m);
		return;
	}
	KASSERT(advice == MADV_DONTNEED || advice == MADV_FREE,
	    ("vm_page_advise: page %p, advice %d", (void *)m, advice));
	vm_page_aflag_clear(m, PGA_REFERENCED);
	if (advice == MADV_FREE)
		vm_page_undirty(m);
	else
		vm_page_test_dirty(m);
	if (m->wire_count == 0)
		vm_page_deactivate(m);
}

bool
vm_page_try_to_free(vm_page_t m)
{
	vm_page_lock_assert(m, MA_OWNED);
	if (m->object != NULL)
		pv_object_assert_locked(m->object);
	if (!vm_page_managed(m) || m->dirty != 0 || m->hold_count != 0 ||
	    m->wire_count != 0 || pv_busied(m))
		return (false);
	pmap_remove_all(m);
	/* The mapping may have dirtied it to the last. */
	if (m->dirty != 0)
		return (false);
	vm_page_free(m);
	return (true);
}
