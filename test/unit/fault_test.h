/*
 * What the tests of pmap, map, fault and pagers share: mapping memory and
 * using it as a program does, by faulting when the "hardware" says so.
 */
#ifndef TEST_UNIT_FAULT_TEST_H
#define	TEST_UNIT_FAULT_TEST_H

#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>
#include <vm/vm_phys.h>
#include "vm_test.h"

#define	FT_FRAMES	512	/* frames of a test's memory */
#define	FT_BASE		0x10040000ULL	/* not where a table begins */
#define	FT_VA(i)	(FT_BASE + ptoa(i))

/* Map pages of object at FT_VA(0); consumes a reference. */
static inline void
ft_map(struct vmspace *vm, vm_object_t object, vm_pindex_t pages,
    vm_prot_t prot, unsigned eflags)
{
	CHECK_EQ(vm_map_insert(&vm->vm_map, object, 0, FT_VA(0),
	    FT_VA(pages), prot, eflags), KERN_SUCCESS);
}

static inline int
ft_fault(struct vmspace *vm, vm_offset_t va, vm_prot_t type)
{
	return (vm_fault(&vm->vm_map, va, type, VM_FAULT_NORMAL));
}

/* Bytes at va, as an instruction finds them; the page stays, says the test. */
static inline uint64_t *
ft_touch(struct vmspace *vm, vm_offset_t va, vm_prot_t type)
{
	void *p;

	while ((p = pmap_access(&vm->vm_pmap, va, type)) == NULL)
		CHECK_EQ(ft_fault(vm, va, type), KERN_SUCCESS);
	return (p);
}

/*
 * Bytes moved at va, within a page, as instructions do it: the page may be
 * taken away at any time before and after, as by the page daemon.
 */
static inline void
ft_read(struct vmspace *vm, vm_offset_t va, void *dst, size_t bytes)
{
	while (!pmap_load(&vm->vm_pmap, va, dst, bytes))
		CHECK_EQ(ft_fault(vm, va, VM_PROT_READ), KERN_SUCCESS);
}

static inline void
ft_write(struct vmspace *vm, vm_offset_t va, const void *src, size_t bytes)
{
	while (!pmap_store(&vm->vm_pmap, va, src, bytes))
		CHECK_EQ(ft_fault(vm, va, VM_PROT_WRITE), KERN_SUCCESS);
}

static inline uint64_t
ft_load(struct vmspace *vm, vm_offset_t va)
{
	uint64_t v;

	ft_read(vm, va, &v, sizeof(v));
	return (v);
}

static inline void
ft_store(struct vmspace *vm, vm_offset_t va, uint64_t v)
{
	ft_write(vm, va, &v, sizeof(v));
}

/* Is every word of the page v? */
static inline bool
ft_page_is(struct vmspace *vm, vm_offset_t va, uint64_t v)
{
	uint64_t words[PAGE_SIZE / sizeof(v)];

	ft_read(vm, va, words, sizeof(words));
	for (unsigned i = 0; i < nitems(words); i++)
		if (words[i] != v)
			return (false);
	return (true);
}

static inline void
ft_page_fill(struct vmspace *vm, vm_offset_t va, uint64_t v)
{
	uint64_t words[PAGE_SIZE / sizeof(v)];

	for (unsigned i = 0; i < nitems(words); i++)
		words[i] = v;
	ft_write(vm, va, words, sizeof(words));
}

/* The resident page of an object, or NULL. */
static inline vm_page_t
ft_page(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m;

	pv_object_lock(object);
	m = vm_page_lookup(object, pindex);
	pv_object_unlock(object);
	return (m);
}

/* An object of resident, valid pages, each filled with its index plus one. */
static inline vm_object_t
ft_resident(vm_pindex_t pages)
{
	vm_object_t object = vm_object_allocate(OBJT_DEFAULT, pages);
	vm_pindex_t i;
	vm_page_t m;
	unsigned j;

	for (i = 0; i < pages; i++) {
		m = pv_grab(object, i, VM_ALLOC_NORMAL);
		for (j = 0; j < PAGE_SIZE / sizeof(uint64_t); j++)
			((uint64_t *)vm_page_dmap(m))[j] = i + 1;
		pv_object_lock(object);
		m->valid = VM_PAGE_BITS_ALL;
		pv_object_unlock(object);
		pv_xunbusy(m);
	}
	return (object);
}

/* A reference more, for the test itself to keep the object. */
static inline vm_object_t
ft_keep(vm_object_t object)
{
	vm_object_reference(object);
	return (object);
}

#endif /* TEST_UNIT_FAULT_TEST_H */
