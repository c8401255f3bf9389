/*
 * Charges in a long life: random operations of several processes of several
 * users, and after each the sum of all charges, found by walking every map and
 * object (charge_test.h), is what is reserved, in all and of each user.
 *
 * The walk does not know how charges move.  Where an operation may be refused,
 * a second model, of the limits alone, says whether it has to be: of a map, of
 * a truncation and of a fork.
 */
#include <string.h>

#include "charge_test.h"

#define	FRAMES		4096
#define	SPACES		5		/* processes, at most */
#define	SEGMENTS	3		/* shared memory objects */
#define	USERS		4		/* ids 1..USERS */
#define	SPAN		40		/* pages of a process's addresses */
#define	LENGTH_MAX	9		/* pages of one operation */
#define	LOW_WATER	600		/* free pages: processes end */
#define	OPERATIONS	120000
#define	OPERATIONS_SLOW	3000		/* under sanitizers, on fibers */

struct process {
	struct vmspace	*vm;
	struct ucred	*cred;
	int64_t		limit;
};

static struct process	procs[SPACES];
static vm_object_t	segments[SEGMENTS];
static struct uidinfo	*users[CH_USERS];
static uint64_t		seed;
static struct {
	unsigned	done, refused;
} ops[16];

static unsigned
operations(void)
{
	return (strcmp(MACHINE_NAME, "native") == 0 &&
	    strcmp(FLAVOUR_NAME, "test") == 0 ? OPERATIONS : OPERATIONS_SLOW);
}

static unsigned
draw(unsigned n)
{
	return (test_random(&seed) % n);
}

/* ---- The two models -------------------------------------------------- */

static void
check_all(void)
{
	struct charges c;
	unsigned i;

	ch_begin(&c);
	for (i = 0; i < SPACES; i++)
		if (procs[i].vm != NULL)
			ch_space(&c, procs[i].vm);
	for (i = 0; i < SEGMENTS; i++)
		ch_object(&c, segments[i]);
	ch_check(&c, users);
}

/* Has a reservation on the account of cred to be refused? */
static bool
is_too_much(const struct ucred *cred, vm_ooffset_t bytes)
{
	unsigned priv = curthread->td_ucred->cr_priv;
	vm_ooffset_t there = vm_swap.swap_total;

	if ((vm_swap.overcommit & SWAP_RESERVE_ALLOW_NONWIRED) != 0)
		there += PAGES(vm_cnt.v_page_count - vm_cnt.v_free_reserved -
		    vm_cnt.v_wire_count);
	if ((vm_swap.overcommit & SWAP_RESERVE_FORCE_ON) != 0 &&
	    vm_swap.swap_reserved + bytes > there &&
	    (priv & PRIV_VM_SWAP_NOQUOTA) == 0)
		return (true);
	return ((vm_swap.overcommit & SWAP_RESERVE_RLIMIT_ON) != 0 &&
	    cred->cr_ruidinfo->ui_vmsize + (int64_t)bytes >
	    curthread->td_rlimit_swap && (priv & PRIV_VM_SWAP_NORLIMIT) == 0);
}

/* Count an operation that did, or was refused though it need not be. */
static void
note(unsigned op, int rv)
{
	if (rv == KERN_RESOURCE_SHORTAGE || rv == ENOMEM) {
		CHECK(vm_swap.overcommit != 0);
		ops[op].refused++;
	} else
		ops[op].done++;
}

/* ---- Operations ------------------------------------------------------ */

static void
range(vm_offset_t *start, vm_offset_t *end)
{
	unsigned first = draw(SPAN), pages = 1 + draw(LENGTH_MAX);

	*start = FT_VA(first);
	*end = FT_VA(first + pages);
}

/* Of nothing, it is known what it costs, if there is room. */
static void
op_map(struct process *p, unsigned op)
{
	static const vm_prot_t prots[] = {
		VM_PROT_RW, VM_PROT_RW, VM_PROT_READ, VM_PROT_NONE
	};
	static const unsigned flags[] = {
		0, 0, 0, MAP_INHERIT_SHARE, MAP_ACC_NO_CHARGE
	};
	vm_prot_t prot = prots[draw(nitems(prots))];
	unsigned f = flags[draw(nitems(flags))];
	vm_ooffset_t before = vm_swap.swap_reserved;
	vm_offset_t start, end;
	bool refuse;
	int rv;

	range(&start, &end);
	refuse = prot == VM_PROT_RW && f != MAP_ACC_NO_CHARGE &&
	    is_too_much(p->cred, end - start);
	rv = vm_map_insert(&p->vm->vm_map, NULL, 0, start, end, prot, f);
	if (rv == KERN_NO_SPACE) {
		CHECK_EQ(vm_swap.swap_reserved, before);
		return;
	}
	CHECK_EQ(rv, refuse ? KERN_RESOURCE_SHORTAGE : KERN_SUCCESS);
	CHECK(!refuse || vm_swap.swap_reserved == before);
	note(op, rv);
}

/* A segment, shared or privately. */
static void
op_map_segment(struct process *p, unsigned op)
{
	vm_object_t object = segments[draw(SEGMENTS)];
	unsigned f = draw(2) == 0 ? MAP_INHERIT_SHARE :
	    MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY;
	vm_offset_t start, end;
	int rv;

	range(&start, &end);
	rv = vm_map_insert(&p->vm->vm_map, ft_keep(object), PAGES(draw(3)),
	    start, end, draw(3) == 0 ? VM_PROT_READ : VM_PROT_RW, f);
	if (rv != KERN_SUCCESS)
		vm_object_deallocate(object);
	if (rv != KERN_NO_SPACE)
		note(op, rv);
}

static void
op_unmap(struct process *p, unsigned op)
{
	vm_offset_t start, end;

	range(&start, &end);
	note(op, vm_map_remove(&p->vm->vm_map, start, end));
}

static void
op_protect(struct process *p, unsigned op)
{
	static const vm_prot_t prots[] = {
		VM_PROT_RW, VM_PROT_RW, VM_PROT_READ, VM_PROT_NONE
	};
	vm_offset_t start, end;

	range(&start, &end);
	note(op, vm_map_protect(&p->vm->vm_map, start, end,
	    prots[draw(nitems(prots))]));
}

static void
op_inherit(struct process *p, unsigned op)
{
	vm_offset_t start, end;

	range(&start, &end);
	note(op, vm_map_inherit(&p->vm->vm_map, start, end, draw(3)));
}

/* There may be nothing, or nothing that may be written: that is no refusal. */
static void
op_fault(struct process *p, unsigned op)
{
	int rv;

	rv = ft_fault(p->vm, FT_VA(draw(SPAN)), draw(2) == 0 ? VM_PROT_READ :
	    VM_PROT_WRITE);
	if (rv == KERN_SUCCESS || rv == KERN_RESOURCE_SHORTAGE)
		note(op, rv);
	else
		CHECK(rv == KERN_INVALID_ADDRESS ||
		    rv == KERN_PROTECTION_FAILURE);
}

static void
op_exit(struct process *p, unsigned op)
{
	if (p->vm == NULL)
		return;
	vmspace_free(p->vm);
	crfree(p->cred);
	p->vm = NULL;
	note(op, 0);
}

/* Into a place that is free, if there is one. */
static void
op_fork(struct process *p, unsigned op)
{
	struct process *child = procs;
	vm_ooffset_t before = vm_swap.swap_reserved;
	int error;

	while (child < procs + SPACES && child->vm != NULL)
		child++;
	if (child == procs + SPACES)
		return;
	error = vmspace_fork(p->vm, &child->vm);
	note(op, error);
	if (error != 0)
		return;
	child->cred = crhold(p->cred);
	child->limit = p->limit;
	/* It was let, so it was not too much: now it is just reached. */
	CHECK(vm_swap.swap_reserved == before || !is_too_much(p->cred, 0));
}

/* Its owner pays; the process's limit and privileges count. */
static void
op_truncate(struct process *p, unsigned op)
{
	vm_object_t object = segments[draw(SEGMENTS)];
	vm_pindex_t size = draw(14);
	bool refuse;
	int error;

	(void)p;
	refuse = size > object->size &&
	    is_too_much(object->cred, PAGES(size - object->size));
	error = vm_object_truncate(object, size);
	CHECK_EQ(error, refuse ? ENOMEM : 0);
	note(op, error);
}

static struct ucred *
draw_cred(void)
{
	return (test_cred(1 + draw(USERS), draw(8) == 0 ? draw(4) : 0));
}

static void
op_setuid(struct process *p, unsigned op)
{
	thread_set_ucred(draw_cred());
	crfree(p->cred);
	p->cred = crhold(curthread->td_ucred);
	note(op, 0);
}

static void
op_limits(struct process *p, unsigned op)
{
	p->limit = draw(4) == 0 ? RLIM_INFINITY : (int64_t)PAGES(draw(120));
	vm_swap.overcommit = draw(8);
	swap_total_remove(vm_swap.swap_total);
	swap_total_add(PAGES(draw(400)));
	note(op, 0);
}

/* Often, so that the rest has something to work on: by weight. */
static const struct {
	void		(*op)(struct process *, unsigned);
	unsigned	weight;
} table[] = {
	{ op_map, 24 }, { op_map_segment, 8 }, { op_unmap, 12 },
	{ op_protect, 12 }, { op_inherit, 4 }, { op_fault, 30 },
	{ op_fork, 6 }, { op_exit, 2 }, { op_truncate, 3 }, { op_setuid, 3 },
	{ op_limits, 1 },
};
_Static_assert(nitems(table) <= nitems(ops), "a count each");

/* ---- The run --------------------------------------------------------- */

/* A process that is there; made if it is not. */
static struct process *
some_process(void)
{
	struct process *p = &procs[draw(SPACES)];

	if (p->vm != NULL)
		return (p);
	for (p = procs; p < procs + SPACES; p++)
		if (p->vm != NULL && draw(2) == 0)
			return (p);
	for (p = procs; p->vm != NULL; p++)
		if (p == procs + SPACES - 1)
			return (p);
	p->vm = vmspace_alloc();
	p->cred = draw_cred();
	p->limit = RLIM_INFINITY;
	return (p);
}

static void
operate(void)
{
	struct process *p = some_process();
	unsigned i = 0, w = 0, n = 0;

	for (; n < nitems(table); n++)
		w += table[n].weight;
	for (w = draw(w); w >= table[i].weight; i++)
		w -= table[i].weight;
	thread_set_ucred(crhold(p->cred));
	curthread->td_rlimit_swap = p->limit;
	table[i].op(p, i);
}

static void
end_all(void)
{
	unsigned i;

	for (i = 0; i < SPACES; i++)
		op_exit(&procs[i], 0);
}

static void
run(uint64_t with)
{
	unsigned i, n;

	test_boot(FRAMES);
	seed = with;
	for (i = 1; i <= USERS; i++)
		users[i] = uifind(i);
	for (i = 0; i < SEGMENTS; i++) {
		test_become(1 + i, 0);
		segments[i] = vm_object_allocate_cred(OBJT_DEFAULT, 6,
		    curthread->td_ucred);
		segments[i]->flags |= OBJ_NOSPLIT;
	}
	for (n = 0; n < operations(); n++) {
		if (vm_free_count() < LOW_WATER)
			end_all();
		operate();
		check_all();
	}
	end_all();
	for (i = 0; i < SEGMENTS; i++)
		vm_object_deallocate(segments[i]);
	test_become_root();
	for (i = 1; i <= USERS; i++) {
		CHECK_EQ(users[i]->ui_vmsize, 0);
		uifree(users[i]);
	}
	test_end();
}

LAB_TEST(charge_random)
{
	unsigned i;

	run(1);
	/* Each was done, and what can be refused was. */
	for (i = 0; i < nitems(table); i++)
		CHECK(ops[i].done > 0);
	CHECK(ops[0].refused > 0 && ops[1].refused > 0);
	CHECK(ops[3].refused > 0 && ops[6].refused > 0);
	CHECK(ops[8].refused > 0);
}
