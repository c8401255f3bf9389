/*
 * What must hold of two CPUs, tried with other distances in time in each round:
 * guarded is a round in which it did.
 */
#include <sim/locks/program.h>

#define	CLOSE_NS	10
#define	NOTICED_NS	50	/* a pause, a way, a few events */

/* Reads that hit. */
static void
linger(struct program_run *pr, unsigned i, uint64_t n)
{
	for (; n > 0; n--)
		(void)atomic_load_64(&pr->pr_own[i].po_next);
}

static void
wait_for(const uint64_t *word, uint64_t value)
{
	while (atomic_load_64(word) != value)
		md_spin_hint();
}

/* Both are here, the second one about when the first one is. */
static void
meet(struct program_run *pr, unsigned i, uint64_t n)
{
	atomic_store_64(&pr->pr_own[i].po_flag, n);
	while (atomic_load_64(&pr->pr_own[1 - i].po_flag) < n)
		md_spin_hint();
}

/*
 * One zeroes a block, the other copies it: what the copy has is by who was
 * first.  If both were within a few ns, it may have either.
 */
static void
blocks(struct program_run *pr, unsigned i)
{
	struct program_own *block = &pr->pr_own[3], *to = &pr->pr_own[2];
	uint64_t n, at, other;

	for (n = 1; n <= pr->pr_ops; n++) {
		if (i == 0)
			block->po_next = n;
		meet(pr, i, 2 * n);
		md_spin_pause((unsigned)(i == 0 ? n % 128 : n % 97), NULL);
		at = md_clock_ns();
		if (i == 0) {
			md_zero(block, MD_CACHE_LINE);
			atomic_store_64(&pr->pr_word, at);
		} else
			md_copy(to, block, MD_CACHE_LINE);
		meet(pr, i, 2 * n + 1);
		if (i == 0)
			continue;
		other = atomic_load_64(&pr->pr_word);
		if ((other + CLOSE_NS > at && at + CLOSE_NS > other) ||
		    (to->po_next == 0) == (other < at))
			pr->pr_guarded++;
		pr->pr_own[i].po_ops++;
	}
}
PROGRAM(blocks, blocks, 2, 1);

/* What is copied next is what is there when the way to it is over. */
static void
copied(struct program_run *pr, unsigned i)
{
	uint64_t n;

	for (n = 1; n <= pr->pr_ops; n++) {
		if (i == 0)	/* the next write hits */
			atomic_store_64(&pr->pr_own[3].po_next, 0);
		meet(pr, i, 2 * n);
		if (i == 0) {
			linger(pr, i, n % 64);
			atomic_store_64(&pr->pr_word, n);
			atomic_store_64(&pr->pr_own[3].po_next, n);
		} else {
			wait_for(&pr->pr_word, n);
			md_copy(&pr->pr_own[2], &pr->pr_own[3], MD_CACHE_LINE);
			if (pr->pr_own[2].po_next == n)
				pr->pr_guarded++;
			pr->pr_own[i].po_ops++;
		}
		meet(pr, i, 2 * n + 1);
	}
}
PROGRAM(copied, copied, 2, 1);

/*
 * Who polls sees a write after a poll and a way at most, even if its last poll
 * had to wait for the line: from CPU 0, whose pauses vary, to CPU 1.
 */
static void
noticed(struct program_run *pr, unsigned i)
{
	uint64_t n, seen;

	for (n = 1; n <= pr->pr_ops; n++) {
		meet(pr, i, 2 * n);
		if (i == 0) {
			linger(pr, i, n % 97);
			atomic_store_64(&pr->pr_word, 2 * n);
			md_spin_pause((unsigned)(20 + n % 13), NULL);
			linger(pr, i, n % 31);
			atomic_store_64(&pr->pr_word, 2 * n + 1);
			atomic_store_64(&pr->pr_word2, md_clock_ns());
		} else {
			wait_for(&pr->pr_word, 2 * n + 1);
			seen = md_clock_ns();
			md_spin_pause(50, NULL);
			if (seen <= atomic_load_64(&pr->pr_word2) + NOTICED_NS)
				pr->pr_guarded++;
			pr->pr_own[i].po_ops++;
		}
		meet(pr, i, 2 * n + 1);
	}
}
PROGRAM(noticed, noticed, 2, 1);
