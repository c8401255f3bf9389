/*
 * What the consumers' tests share: an oracle, a disk, and the meeting of a
 * consumer with a page that another thread has busied.
 *
 * The tests speak in verbs and in the consumer's own functions, so one test
 * judges a consumer on every implementation, however it was ported.  What a
 * port gets wrong shows in one of four ways: it panics in the KPI, an ORACLE
 * fails (a line that begins with "oracle:"), something is left behind (the
 * same), or it hangs.
 */
#ifndef KPI_CONSUMERS_CONSUMER_TEST_H
#define	KPI_CONSUMERS_CONSUMER_TEST_H

#include <unit/fault_test.h>
#include <kpi/consumers/consumer.h>

/* The consumer's result, or its effect on data, is wrong unless e. */
#define	ORACLE(e) do {							\
	if (!(e))							\
		md_panic("wrong result\noracle: %s:%d: %s", __FILE__,	\
		    __LINE__, #e);					\
} while (0)

#define	ORACLE_EQ(a, b) do {						\
	unsigned long long oracle_a_ = (unsigned long long)(a);		\
	unsigned long long oracle_b_ = (unsigned long long)(b);		\
	if (oracle_a_ != oracle_b_)					\
		md_panic("wrong result\noracle: %s:%d: %s == %s "	\
		    "(%#llx, %#llx)", __FILE__, __LINE__, #a, #b,	\
		    oracle_a_, oracle_b_);				\
} while (0)

/* After test_boot(): check that the consumer left nothing, and end the VM. */
static inline void
consumer_end(void)
{
	char why[LAB_WHY_MAX];

	if (vm_leaks(why, sizeof(why)) != 0)
		md_panic("left behind\noracle: left behind: %s", why);
	test_end();
}

/* ---- Data --------------------------------------------------------------- */

/* Byte off of the data called seed; neighbours and other seeds differ. */
static inline uint8_t
consumer_byte(uint64_t seed, vm_ooffset_t off)
{
	return ((uint8_t)(((off + 1) * 0x9e3779b97f4a7c15ULL ^
	    (seed + 1) * 0xff51afd7ed558ccdULL) >> 29));
}

static inline void
consumer_make(uint8_t *p, size_t n, uint64_t seed, vm_ooffset_t off)
{
	while (n-- > 0)
		*p++ = consumer_byte(seed, off++);
}

/* Are these bytes off.. of the data? */
static inline bool
consumer_is(const uint8_t *p, size_t n, uint64_t seed, vm_ooffset_t off)
{
	while (n-- > 0)
		if (*p++ != consumer_byte(seed, off++))
			return (false);
	return (true);
}

static inline bool
consumer_is_zero(const uint8_t *p, size_t n)
{
	while (n-- > 0)
		if (*p++ != 0)
			return (false);
	return (true);
}

static inline struct uio
consumer_uio(enum uio_rw rw, vm_ooffset_t off, void *p, size_t n)
{
	struct uio uio = {
		.uio_base = p, .uio_offset = off, .uio_resid = n, .uio_rw = rw
	};

	return (uio);
}

/* Make a page the caller has busied exclusively valid, with the data. */
static inline void
consumer_fill(vm_page_t m, uint64_t seed)
{
	vm_object_t object = m->object;

	consumer_make(vm_page_dmap(m), PAGE_SIZE, seed, IDX_TO_OFF(m->pindex));
	pv_object_lock(object);
	m->valid = VM_PAGE_BITS_ALL;
	pv_object_unlock(object);
}

/*
 * Fill the free frames that come next with other data, so that neither zeroes
 * nor what a page freed too early held are found in them by luck.
 */
static inline void
consumer_soil(vm_pindex_t pages)
{
	vm_object_t object = vm_object_allocate(OBJT_DEFAULT, pages);
	vm_page_t m;

	for (vm_pindex_t i = 0; i < pages; i++) {
		m = pv_grab(object, i, VM_ALLOC_NORMAL);
		consumer_fill(m, ~0ULL);
		pv_xunbusy(m);
	}
	vm_object_deallocate(object);
}

/* Is the page resident, valid and holds it the data? */
static inline bool
consumer_page_is(vm_object_t object, vm_pindex_t pindex, uint64_t seed)
{
	vm_page_t m = ft_page(object, pindex);

	return (m != NULL && m->valid == VM_PAGE_BITS_ALL &&
	    consumer_is(vm_page_dmap(m), PAGE_SIZE, seed, IDX_TO_OFF(pindex)));
}

/* ---- A disk ------------------------------------------------------------- */

#define	TEST_DISK_PAGES	16

struct test_disk {
	struct disk	td_disk;	/* first: consumers get its address */
	unsigned	td_reads;	/* (a) transfers begun */
	unsigned	td_writes;	/* (a) */
	int		td_error;	/* what transfers return, if not 0 */
	uint64_t	td_time_ns;	/* a transfer takes */
	uint8_t		td_bytes[TEST_DISK_PAGES * PAGE_SIZE];
};

static inline int
test_disk_strategy(struct disk *d, enum uio_rw rw, vm_ooffset_t off,
    void *data, size_t len)
{
	struct test_disk *td = (struct test_disk *)d;

	lock_assert_sleepable(NULL, "disk");
	ORACLE(off + len <= sizeof(td->td_bytes));
	atomic_fetchadd_int(rw == UIO_READ ? &td->td_reads : &td->td_writes,
	    1);
	if (td->td_time_ns != 0)
		pause_ns("disk", td->td_time_ns);
	if (td->td_error != 0)
		return (td->td_error);
	if (rw == UIO_READ)
		md_copy(data, td->td_bytes + off, len);
	else
		md_copy(td->td_bytes + off, data, len);
	return (0);
}

/* A disk whose bytes are the data called seed. */
static inline struct disk *
test_disk_init(struct test_disk *td, uint64_t seed)
{
	td->td_disk.d_strategy = test_disk_strategy;
	td->td_reads = td->td_writes = 0;
	td->td_error = 0;
	td->td_time_ns = 0;
	consumer_make(td->td_bytes, sizeof(td->td_bytes), seed, 0);
	return (&td->td_disk);
}

/* ---- A meeting ---------------------------------------------------------- */

/* What the consumer owes to a page that another has busied. */
enum manners {
	WAITS,			/* it sleeps until the busy ends */
	PASSES,			/* it does its work meanwhile */
	WAITS_OR_PASSES		/* the releases differ; the result may not */
};

struct meeting {
	vm_object_t	object;
	vm_pindex_t	pindex;
	bool		shared;		/* busied so; else exclusively */
	enum manners	manners;
	/* The consumer's part, and what the holder does before it lets go. */
	void		(*call)(struct meeting *);
	void		(*before)(struct meeting *);	/* or NULL */
	uint64_t	seed;		/* for these two to use */
	int		error;		/* likewise */
	vm_page_t	m;		/* the page */
	uint32_t	done;		/* (a) call() returned */
};

/* Wait until the consumer is done or sleeps on the page. */
static inline void
meeting_await(struct meeting *mt)
{
	while (atomic_load_acq_int(&mt->done) == 0 &&
	    sleepq_sleepers(mt->m) == 0)
		md_spin_hint();
}

static inline void
meeting_thread(void *arg, unsigned i)
{
	struct meeting *mt = arg;

	if (i == 1) {
		mt->call(mt);
		atomic_store_rel_int(&mt->done, 1);
		return;
	}
	meeting_await(mt);
	if (mt->manners == WAITS)
		ORACLE("the consumer waits" && !atomic_load_int(&mt->done));
	if (mt->manners == PASSES)
		ORACLE("the consumer passes" && atomic_load_int(&mt->done));
	if (mt->before != NULL)
		mt->before(mt);
	if (mt->shared)
		pv_sunbusy(mt->m);
	else
		pv_xunbusy(mt->m);
}

/*
 * Busy the page at mt->pindex, making it if need be (invalid then), and let
 * another thread call the consumer.  When that sleeps on the page, or is done,
 * the busy ends.  Returns when both have.
 */
static inline void
meet(struct meeting *mt)
{
	mt->done = 0;
	mt->m = mt->shared ?
	    pv_grab_sbusy(mt->object, mt->pindex, VM_ALLOC_NORMAL) :
	    pv_grab(mt->object, mt->pindex, VM_ALLOC_NORMAL);
	test_threads(2, meeting_thread, mt);
	ORACLE(mt->done == 1);
}

/* A meeting's before(): the holder was making the page valid. */
static inline void
meeting_fill(struct meeting *mt)
{
	consumer_fill(mt->m, mt->seed);
}

#endif /* KPI_CONSUMERS_CONSUMER_TEST_H */
