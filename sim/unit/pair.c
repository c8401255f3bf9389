/*
 * Two operations, in turn: which lines do both need?
 *
 * Variant "A+B" is worker 0 doing A and worker 1 doing B, operations of
 * operations.c.  They never overlap.  So a line that moves in an operation is
 * one that the other needs too, and wrote or writes: no time is in that, nobody
 * waits for a lock, and it is the same each time.  (Left to themselves, one
 * worker would have the lock again before the other saw it free.)  Whose turn
 * it is, pair_turn, moves besides, and lr_stop once.
 *
 * Each has an address space of its own; with ",one" both are in
 * one.  In `private' and `shared' a worker's page is far from the other's, and
 * all around it are resident, but both may lie in one 2 MiB of physical memory,
 * as pages of one object do.  In `same' both work on one page; pairs that
 * cannot are a named skip.
 * The oracle: pages are there or not as the operations leave them, mappings are
 * right, nothing is left busy.
 */
#include <errno.h>
#include <string.h>

#include <sim/unit/pair.h>

#define	PAGES	64			/* of a worker; resident ... */
#define	MAPPED	(VM_FAULT_PREFAULT + 1)	/* ... and mapped, in the middle */

/* Whose turn it is, or TURN_FREE. */
static struct {
	volatile unsigned worker;
} __cacheline_aligned pair_turn;
#define	TURN_FREE	2

#define	PAIR(a, b)	#a "+" #b,
#define	PAIR_ONE(a, b)	#a "+" #b ",one",
static const char *const pair_variants[] = {
	PAIR_ALL_PAIRS(PAIR)
	PAIR_SPACE_PAIRS(PAIR_ONE)
	NULL
};

static const struct pair_operation *
operation_of(const struct wl_thread *t)
{
	return (&pair_operations[t->n]);
}

/* The operation named up to '+', ',' or the end; the number is kept. */
static const char *
choose(struct wl_thread *t, const char *name)
{
	size_t n;

	for (n = 0; name[n] != '\0' && name[n] != '+' && name[n] != ','; n++)
		;
	for (t->n = 0; operation_of(t)->po_name != NULL; t->n++)
		if (strlen(operation_of(t)->po_name) == n &&
		    memcmp(operation_of(t)->po_name, name, n) == 0)
			break;
	return (name + n + (name[n] != '\0'));
}

static bool
is(const struct wl_thread *t, unsigned what)
{
	return ((operation_of(t)->po_is & what) != 0);
}

/* Why a's operation may not be done where b's is, or NULL. */
static const char *
clash(const struct wl_thread *a, const struct wl_thread *b)
{
	if (is(a, PAIR_KNOWS) && is(b, PAIR_REMOVES))
		return ("one knows the page, the other removes it");
	if (is(a, PAIR_EMPTY) && is(b, PAIR_MAKES))
		return ("one knows that no page is there, the other makes it");
	if (is(a, PAIR_FREES) && is(b, PAIR_MAPS))
		return ("one frees the page while the other maps it");
	return (NULL);
}

static vm_page_t
find(struct wl_thread *t)
{
	vm_page_t m;

	pv_object_lock_read(t->object);
	m = vm_page_lookup(t->object, pair_page(t));
	pv_object_unlock_read(t->object);
	return (m);
}

/* Its page is there or not, as its operation needs it. */
static void
prepare(struct wl_thread *t)
{
	if (is(t, PAIR_REMOVES) && find(t) != NULL)
		pv_free(pv_grab(t->object, pair_page(t), VM_ALLOC_NORMAL));
	t->held = is(t, PAIR_KNOWS) ? find(t) : NULL;
}

static int
pair_setup(struct lab_run *run)
{
	struct wl_thread *t;
	const char *why;
	int error;

	pair_turn.worker = 0;
	wl_fixture(run, PAGES, wl_make_resident);
	t = wl_state(run)->threads;
	choose(&t[1], choose(&t[0], run->lr_variant));
	why = clash(&t[0], &t[1]);
	if (why == NULL)
		why = clash(&t[1], &t[0]);
	if (run->lr_sharing == LAB_SAME && why != NULL) {
		memcpy(run->lr_why, why, strlen(why) + 1);
		return (ENOTSUP);
	}
	for (unsigned i = 0; i < 2 && run->lr_sharing != LAB_SAME; i++) {
		t[i].first += (PAGES - MAPPED) / 2;
		t[i].count = MAPPED;
	}
	error = wl_map(run, wl_variant(run, "one"), VM_PROT_RW, 0);
	for (unsigned i = 0; error == 0 && i < 2; i++) {
		prepare(&t[i]);
		if (is(&t[i], PAIR_READ_ONLY) && vm_map_protect(
		    &t[i].vm->vm_map, t[i].va, t[i].va + ptoa(t[i].count),
		    VM_PROT_READ) != KERN_SUCCESS)
			return (wl_wrong(run, "vm_map_protect, worker", i));
	}
	return (error);
}

/* They wait for each other from the start: none warms up alone. */
static void
pair_begin(struct wl_thread *t)
{
	(void)t;
}

/* The other may go on alone. */
static void
pair_end(struct wl_thread *t)
{
	(void)t;
	atomic_store_rel_int(&pair_turn.worker, TURN_FREE);
}

static int
pair_oracle(struct lab_run *run)
{
	struct wl_thread *t = wl_state(run)->threads;

	for (unsigned i = 0; i < 2; i++) {
		vm_page_t m = find(&t[i]);

		if (is(&t[i], PAIR_KNOWS) && m != t[i].held)
			return (wl_wrong(run, "another page, worker", i));
		if (run->lr_sharing == LAB_SAME)
			continue;
		if (is(&t[i], PAIR_REMOVES) != (m == NULL))
			return (wl_wrong(run, m == NULL ? "no page, worker" :
			    "page left behind, worker", i));
		if (m != NULL && *(uint64_t *)vm_page_dmap(m) !=
		    vm_anon_pattern(pair_page(&t[i])))
			return (wl_wrong(run, "wrong bytes, worker", i));
	}
	return (wl_mappings_right(run));
}

WORKLOAD(pair, "one of two operations, done in turn",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
    .lab.lw_threads_min = 2, .lab.lw_threads_max = 2,
    .lab.lw_variants = pair_variants,
    .setup = pair_setup, .thread_setup = pair_begin,
    .thread_end = pair_end, .oracle = pair_oracle)
{
	unsigned worker, self = t->id;

	while ((worker = atomic_load_acq_int(&pair_turn.worker)) != self &&
	    worker != TURN_FREE)
		md_spin_hint();
	operation_of(t)->po_do(t);
	if (worker != TURN_FREE)
		atomic_store_rel_int(&pair_turn.worker, 1 - self);
}
