/*
 * For authors of workloads.
 *
 * A workload is one file: a WORKLOAD() line and the body of one operation.
 *
 *	static int	setup(struct lab_run *run) ...
 *	WORKLOAD(my_grab, "vm_page_grab of a resident page and its release",
 *	    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
 *	    .setup = setup, .oracle = wl_objects_at_rest)
 *	{
 *		pv_xunbusy(pv_grab(t->object, wl_next(t), VM_ALLOC_NORMAL));
 *	}
 *
 * The loops around the operation are generated, so that the operation is
 * inlined and every workload is timed and stopped in the same way.  An
 * operation calls verbs only and never asks which implementation it is in.
 * What it works on is prepared by wl_fixture(), one for all:
 *
 *	private	worker i has object i, its pages 0..pages-1
 *	shared	one object; worker i has the pages i*pages .. (i+1)*pages-1
 *	same	one object, one page
 *
 * A workload ends in an oracle, run after the clock stopped, that says whether
 * what should be true is; a run whose oracle fails reports no figure.
 */
#ifndef WORKLOAD_WORKLOAD_H
#define	WORKLOAD_WORKLOAD_H

#include <sys/linker_set.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>
#include <workload/lab_unit.h>

/* One worker.  Its own lines; written by it alone once the window runs. */
struct wl_thread {
	struct lab_run	*run;
	unsigned	 id;
	uint64_t	 ops_max;	/* stop after so many */
	vm_object_t	 object;	/* what it works on */
	vm_pindex_t	 first;		/* its pages in the object ... */
	vm_pindex_t	 count;		/* ... and their number */
	vm_pindex_t	 next;		/* the next of them, from 0 */
	struct vmspace	*vm;		/* its address space, or NULL */
	vm_offset_t	 va;		/* where page `first' is mapped */
	vm_prot_t	 type;		/* of its faults, if that varies */
	uint64_t	 errors;	/* what an operation found wrong */
	uint64_t	 n;		/* the workload's own counter */
	uint64_t	 random;	/* state of wl_random() */
	vm_page_t	 held;		/* the workload's own page */
	char		*bytes;		/* its own memory, or NULL */
} __cacheline_aligned;

/* A run's own; lr_private points to it. */
struct wl_state {
	struct wl_thread *threads;	/* lr_threads of them */
	unsigned	 nobjects;
	vm_object_t	*objects;
	unsigned	 nspaces;
	struct vmspace	**spaces;
};

struct workload {
	struct lab_workload lab;	/* first: what the driver sees */
	int		(*setup)(struct lab_run *);
	void		(*thread_setup)(struct wl_thread *);
	void		(*loop)(struct wl_thread *);
	/* The same, timing some operations; NULL: latency is a named skip. */
	void		(*sampled_loop)(struct wl_thread *);
	void		(*thread_end)(struct wl_thread *);
	/* 0, or EDOM with lr_why filled. */
	int		(*oracle)(struct lab_run *);
};

extern const struct lab_unit lab_unit;

/* Operations of a worker before the window, not counted. */
#define	WL_WARM_OPS	64

/* 9.x counts a page's soft busies in eight bits: no more workers than that. */
#define	WL_SBUSY_MAX	UINT8_MAX

/* Physical memory of a run that names no size: once, and for each worker. */
#define	WL_PHYSMEM		((size_t)16 << 20)
#define	WL_PHYSMEM_WORKER	((size_t)6 << 20)

/*
 * stop is polled once an operation: one load of a line nobody writes until the
 * end, the same for every implementation.
 */
#define	WL_LOOP(t, op) do {						\
	struct lab_run *run_ = (t)->run;				\
	struct lab_slot *slot_ = &run_->lr_slots[(t)->id];		\
	uint64_t max_ = (t)->ops_max, n_ = 0;				\
									\
	slot_->ls_start_ns = md_clock_ns();				\
	while (n_ < max_ && atomic_load_int(&run_->lr_stop) == 0) {	\
		op;							\
		n_++;							\
	}								\
	slot_->ls_end_ns = md_clock_ns();				\
	slot_->ls_ops = n_;						\
} while (0)

/*
 * The loop that times some of its operations.  How many lie between two of
 * them is drawn, or work that recurs every so many operations would be met
 * always or never.
 */
#define	WL_SAMPLED_LOOP(t, op) do {					\
	struct lab_run *run_ = (t)->run;				\
	struct lab_slot *slot_ = &run_->lr_slots[(t)->id];		\
	struct lab_histogram *hist_ = &run_->lr_histograms[(t)->id];	\
	uint64_t max_ = (t)->ops_max, n_ = 0, begin_ = 0;		\
	uint64_t next_ = wl_sample_gap(t) - 1;				\
									\
	slot_->ls_start_ns = md_clock_ns();				\
	while (n_ < max_ && atomic_load_int(&run_->lr_stop) == 0) {	\
		if (n_ == next_)					\
			begin_ = md_clock_ns();				\
		op;							\
		if (n_ == next_) {					\
			lab_histogram_record(hist_,			\
			    md_clock_ns() - begin_);			\
			next_ += wl_sample_gap(t);			\
		}							\
		n_++;							\
	}								\
	slot_->ls_end_ns = md_clock_ns();				\
	slot_->ls_ops = n_;						\
} while (0)

#define	WORKLOAD(ident, text, ...)					\
static inline __attribute__((always_inline)) void			\
	ident##_op(struct wl_thread *t);				\
static void								\
ident##_loop(struct wl_thread *t)					\
{									\
	WL_LOOP(t, ident##_op(t));					\
}									\
static void								\
ident##_sampled_loop(struct wl_thread *t)				\
{									\
	WL_SAMPLED_LOOP(t, ident##_op(t));				\
}									\
WORKLOAD_RECORD(ident, text, ident##_loop,				\
    .sampled_loop = ident##_sampled_loop, __VA_ARGS__)			\
static inline void							\
ident##_op(struct wl_thread *t)

/* The record alone, for a workload that brings a loop of its own. */
#define	WORKLOAD_RECORD(ident, text, loopfn, ...)			\
static const struct workload ident##_workload = {			\
	.lab.lw_unit = &lab_unit,					\
	.lab.lw_name = #ident,						\
	.lab.lw_op = text,						\
	.loop = loopfn,							\
	__VA_ARGS__							\
};									\
DATA_SET(lab_workloads, ident##_workload);

/* ---- fixture.c ---------------------------------------------------------- */

/* Where worker i's pages are mapped: so far apart that MAXTHREADS have room. */
#define	WL_VA_SHIFT	29
#define	WL_VA(i)	((vm_offset_t)((i) + 1) << WL_VA_SHIFT)

/* How the fixture makes an object of so many pages. */
typedef vm_object_t	wl_make_object(vm_pindex_t pages);

vm_object_t	wl_make_default(vm_pindex_t pages);	/* zero fill, charged */
vm_object_t	wl_make_resident(vm_pindex_t pages);	/* pages present */
vm_object_t	wl_make_anon(vm_pindex_t pages);	/* kept by a pager */

/* Pages [0, pages) resident; page i begins with vm_anon_pattern(i). */
void		wl_fill(vm_object_t object, vm_pindex_t pages);

/*
 * The state of a run with room for so many objects and address spaces, and its
 * workers, who know their run, number and random state.
 */
void		wl_state_alloc(struct lab_run *run, unsigned objects,
		    unsigned spaces);

/*
 * Make the objects of a run by its sharing, and point each worker at its own.
 * pages is the number a worker works on (1 where all share the same).
 */
int		wl_fixture(struct lab_run *run, vm_pindex_t pages,
		    wl_make_object *make);

/*
 * Map the workers' pages: an address space each, or one for all, at WL_VA().
 * eflags are vm_map_insert()'s.
 */
int		wl_map(struct lab_run *run, bool one_space, vm_prot_t prot,
		    unsigned eflags);

/* Undo both. */
void		wl_fixture_free(struct lab_run *run);

static inline struct wl_state *
wl_state(struct lab_run *run)
{
	return (run->lr_private);
}

/* The worker's pages in turn; absolute index in its object. */
static inline vm_pindex_t
wl_next(struct wl_thread *t)
{
	vm_pindex_t i = t->next;

	t->next = i + 1 == t->count ? 0 : i + 1;
	return (t->first + i);
}

/* xorshift64*: numbers of the worker's own, from the run's seed. */
static inline uint64_t
wl_random(struct wl_thread *t)
{
	t->random ^= t->random >> 12;
	t->random ^= t->random << 25;
	t->random ^= t->random >> 27;
	return (t->random * 0x2545f4914f6cdd1dULL >> 16);
}

/* Operations from one that is timed to the next: 1 and up. */
static inline uint64_t
wl_sample_gap(struct wl_thread *t)
{
	return (1 + wl_random(t) % (2 * LAB_SAMPLE_EVERY - 1));
}

/* Does the comma-separated variant of the run hold this word? */
bool		wl_variant(const struct lab_run *run, const char *word);

/* EDOM, with why the oracle fails. */
int		wl_wrong(struct lab_run *run, const char *what,
		    uint64_t number);

/* Sum of the workers' errors; 0 or wl_wrong(). */
int		wl_no_errors(struct lab_run *run);

/* Every resident page is unbusied and its object's counts are consistent. */
int		wl_objects_at_rest(struct lab_run *run);

/* The same, and no page is resident. */
int		wl_objects_empty(struct lab_run *run);

/*
 * What is mapped at va, if anything, is the page that the map's entry and the
 * objects behind it have there, and not writable if it is still to be copied.
 * The second: so it is at every worker's pages, and objects are at rest.
 */
int		wl_mapping_right(struct lab_run *run, struct vmspace *vm,
		    vm_offset_t va);
int		wl_mappings_right(struct lab_run *run);

/*
 * Unmap a worker's pages and free them, so that they fault as if new.  Takes
 * the object lock.
 */
void		wl_forget_pages(struct wl_thread *t);

/* Page fault, which must succeed; else the worker counts an error. */
void		wl_fault(struct wl_thread *t, vm_offset_t va, vm_prot_t type);

#endif /* WORKLOAD_WORKLOAD_H */
