/*
 * Operations whose pairs are tested for lines that both need: workload `pair',
 * in units of the simulator only.
 *
 * Each works on one page of its worker's, the middle one of those mapped, and
 * leaves all as it found it, so that one operation is like the next.
 */
#ifndef SIM_UNIT_PAIR_H
#define	SIM_UNIT_PAIR_H

#include <workload/workload.h>

/* What an operation is, for which it may meet on one page. */
#define	PAIR_KNOWS	0x01	/* knows its page, which stays: t->held */
#define	PAIR_MAKES	0x02	/* makes the page if it is absent */
#define	PAIR_REMOVES	0x04	/* takes it away; begins with none */
#define	PAIR_EMPTY	0x08	/* knows that there is none */
#define	PAIR_FREES	0x10	/* frees it without a look for mappings */
#define	PAIR_MAPS	0x20
#define	PAIR_READ_ONLY	0x40	/* its address space is */

struct pair_operation {
	const char	*po_name;
	unsigned	 po_is;		/* PAIR_* */
	void		(*po_do)(struct wl_thread *t);
};

/*
 * The operations, each with those behind it: so that each pair is named once.
 * Those that use an address space are the last.
 */
#define	PAIR_FROM_FAULT_ZERO(X, a)	X(a, fault_zero)
#define	PAIR_FROM_FAULT_WRITE(X, a)					\
	X(a, fault_write) PAIR_FROM_FAULT_ZERO(X, a)
#define	PAIR_FROM_FAULT_READ(X, a)					\
	X(a, fault_read) PAIR_FROM_FAULT_WRITE(X, a)
#define	PAIR_FROM_MAP(X, a)	X(a, map) PAIR_FROM_FAULT_READ(X, a)
#define	PAIR_FROM_VALID(X, a)	X(a, valid) PAIR_FROM_MAP(X, a)
#define	PAIR_FROM_DIRTY(X, a)	X(a, dirty) PAIR_FROM_VALID(X, a)
#define	PAIR_FROM_QUEUE(X, a)	X(a, queue) PAIR_FROM_DIRTY(X, a)
#define	PAIR_FROM_WIRE(X, a)	X(a, wire) PAIR_FROM_QUEUE(X, a)
#define	PAIR_FROM_SBUSY(X, a)	X(a, sbusy) PAIR_FROM_WIRE(X, a)
#define	PAIR_FROM_XBUSY(X, a)	X(a, xbusy) PAIR_FROM_SBUSY(X, a)
#define	PAIR_FROM_GRAB_SBUSY(X, a)					\
	X(a, grab_sbusy) PAIR_FROM_XBUSY(X, a)
#define	PAIR_FROM_GRAB(X, a)	X(a, grab) PAIR_FROM_GRAB_SBUSY(X, a)
#define	PAIR_FROM_GRAB_MISS(X, a)					\
	X(a, grab_miss) PAIR_FROM_GRAB(X, a)
#define	PAIR_FROM_ALLOC(X, a)	X(a, alloc) PAIR_FROM_GRAB_MISS(X, a)
#define	PAIR_FROM_LOOKUP(X, a)	X(a, lookup) PAIR_FROM_ALLOC(X, a)

/* For each pair of operations X(a, b); of those that use an address space. */
#define	PAIR_SPACE_PAIRS(X)						\
	PAIR_FROM_MAP(X, map) PAIR_FROM_FAULT_READ(X, fault_read)	\
	PAIR_FROM_FAULT_WRITE(X, fault_write)				\
	PAIR_FROM_FAULT_ZERO(X, fault_zero)
#define	PAIR_ALL_PAIRS(X)						\
	PAIR_FROM_LOOKUP(X, lookup) PAIR_FROM_ALLOC(X, alloc)		\
	PAIR_FROM_GRAB_MISS(X, grab_miss) PAIR_FROM_GRAB(X, grab)	\
	PAIR_FROM_GRAB_SBUSY(X, grab_sbusy)				\
	PAIR_FROM_XBUSY(X, xbusy) PAIR_FROM_SBUSY(X, sbusy)		\
	PAIR_FROM_WIRE(X, wire) PAIR_FROM_QUEUE(X, queue)		\
	PAIR_FROM_DIRTY(X, dirty) PAIR_FROM_VALID(X, valid)		\
	PAIR_SPACE_PAIRS(X)

/* All of them; the last has no name. */
extern const struct pair_operation pair_operations[];

/* Index in its object of the page that a worker's operation works on. */
static inline vm_pindex_t
pair_page(const struct wl_thread *t)
{
	return (t->first + t->count / 2);
}

#endif /* SIM_UNIT_PAIR_H */
