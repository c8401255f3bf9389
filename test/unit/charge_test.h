/*
 * What tests of charges share: the sum of all charges, found by walking maps
 * and objects, and the check that it is what is reserved.
 *
 * The walk knows nothing of how charges move.  An object counts once, however
 * many entries and shadows lead to it.
 */
#ifndef TEST_UNIT_CHARGE_TEST_H
#define	TEST_UNIT_CHARGE_TEST_H

#include <vm/vm_extern.h>
#include "cred_test.h"
#include "fault_test.h"

#define	PAGES(n)	((vm_ooffset_t)(n) * PAGE_SIZE)
#define	CH_USERS	8	/* ids 0..7 */
#define	CH_SEEN		4096	/* objects, a power of two */

/* What the walk found: bytes, in all and by user. */
struct charges {
	int64_t		all;
	int64_t		of[CH_USERS];
};

/* Objects met in this walk; others' marks are of an earlier number. */
static struct {
	vm_object_t	object;
	unsigned	walk;
} ch_seen[CH_SEEN];
static unsigned	ch_walk;

static inline void
ch_begin(struct charges *c)
{
	*c = (struct charges){ 0 };
	ch_walk++;
}

/* For the first time in this walk? */
static inline bool
ch_first(vm_object_t object)
{
	unsigned i = ((uintptr_t)object >> 7) * 2654435761U;
	unsigned n;

	for (n = 0; n < CH_SEEN; n++, i++) {
		i %= CH_SEEN;
		if (ch_seen[i].walk != ch_walk) {
			ch_seen[i].object = object;
			ch_seen[i].walk = ch_walk;
			return (true);
		}
		if (ch_seen[i].object == object)
			return (false);
	}
	md_panic("ch_first: more than %d objects", CH_SEEN);
}

static inline void
ch_add(struct charges *c, const struct ucred *cred, vm_ooffset_t bytes)
{
	if (cred == NULL) {
		CHECK_EQ(bytes, 0);
		return;
	}
	CHECK(cred->cr_ruidinfo->ui_uid < CH_USERS);
	c->all += bytes;
	c->of[cred->cr_ruidinfo->ui_uid] += bytes;
}

/* An object and those behind it. */
static inline void
ch_object(struct charges *c, vm_object_t object)
{
	for (; object != NULL && ch_first(object);
	    object = object->backing_object)
		ch_add(c, object->cred, object->charge);
}

static inline void
ch_space(struct charges *c, struct vmspace *vm)
{
	vm_map_entry_t e;

	sx_slock(&vm->vm_map.lock);
	for (e = vm_map_entry_above(&vm->vm_map, 0); e != NULL;
	    e = vm_map_entry_above(&vm->vm_map, e->end)) {
		if (e->cred != NULL)
			ch_add(c, e->cred, e->end - e->start);
		ch_object(c, e->object);
	}
	sx_sunlock(&vm->vm_map.lock);
}

/* What the walk found is what is reserved.  users[i] is user i, or NULL. */
static inline void
ch_check(const struct charges *c, struct uidinfo *const users[CH_USERS])
{
	unsigned i;

	CHECK_EQ(vm_swap.swap_reserved, c->all);
	for (i = 0; i < CH_USERS; i++)
		if (users[i] != NULL)
			CHECK_EQ(users[i]->ui_vmsize, c->of[i]);
}

/* ---- Looking at one map ---------------------------------------------- */

/* The entry at FT_VA(i).  The map is not locked: the test is alone. */
static inline vm_map_entry_t
ch_entry(struct vmspace *vm, unsigned i)
{
	vm_map_entry_t e;

	sx_slock(&vm->vm_map.lock);
	e = vm_map_entry_above(&vm->vm_map, FT_VA(i));
	sx_sunlock(&vm->vm_map.lock);
	CHECK(e != NULL && e->start <= FT_VA(i));
	return (e);
}

/* The space's walk is all there is, and so many pages. */
static inline void
ch_check_pages(struct vmspace *vm, unsigned pages)
{
	struct uidinfo *const nobody[CH_USERS] = { 0 };
	struct charges c;

	ch_begin(&c);
	ch_space(&c, vm);
	ch_check(&c, nobody);
	CHECK_EQ(c.all, PAGES(pages));
}

/* Where the charge of what is at FT_VA(i) is: pages on entry and object. */
static inline void
ch_check_at(struct vmspace *vm, unsigned i, unsigned entry, unsigned object)
{
	vm_map_entry_t e = ch_entry(vm, i);

	CHECK_EQ(e->cred != NULL ? e->end - e->start : 0, PAGES(entry));
	CHECK_EQ(e->object != NULL ? e->object->charge : 0, PAGES(object));
	CHECK(object == 0 || e->object->cred != NULL);
}

/* ---- One space, of a user without privileges ------------------------- */

#define	COW	(MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY)

static struct vmspace *vm;

static inline void
ch_setup(void)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	test_become(1, 0);
}

static inline void
ch_teardown(void)
{
	test_become_root();
	vmspace_free(vm);
	test_end();
}

/* No more than so many pages can be reserved from here on. */
static inline void
ch_limit(unsigned pages)
{
	vm_swap.overcommit = SWAP_RESERVE_FORCE_ON;
	swap_total_add(vm_swap.swap_reserved + PAGES(pages));
}

static inline int
ch_insert(vm_object_t object, unsigned start, unsigned end, vm_prot_t prot,
    unsigned flags)
{
	return (vm_map_insert(&vm->vm_map, object, 0, FT_VA(start), FT_VA(end),
	    prot, flags));
}

static inline void
ch_anon(unsigned start, unsigned end, vm_prot_t prot)
{
	CHECK_EQ(ch_insert(NULL, start, end, prot, 0), KERN_SUCCESS);
}

static inline void
ch_protect(unsigned start, unsigned end, vm_prot_t prot)
{
	CHECK_EQ(vm_map_protect(&vm->vm_map, FT_VA(start), FT_VA(end), prot),
	    KERN_SUCCESS);
}

static inline void
ch_unmap(unsigned start, unsigned end)
{
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(start), FT_VA(end)),
	    KERN_SUCCESS);
}

#endif /* TEST_UNIT_CHARGE_TEST_H */
