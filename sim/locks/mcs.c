/*
 * The lock of Mellor-Crummey and Scott: each waits on a line of its own.  A
 * CPU's link is its index and 1; 0 is nobody.
 */
#include <sim/locks/program.h>

static void
mcs_lock(struct program_run *pr, unsigned i)
{
	struct program_own *own = &pr->pr_own[i];
	uint64_t before;

	atomic_store_64(&own->po_next, 0);
	atomic_store_64(&own->po_flag, 0);
	before = atomic_swap_64(&pr->pr_word, i + 1);
	if (before == 0)
		return;
	atomic_store_rel_64(&pr->pr_own[before - 1].po_next, i + 1);
	while (atomic_load_acq_64(&own->po_flag) == 0)
		md_spin_hint_until(&own->po_flag, 1);
}

static void
mcs_unlock(struct program_run *pr, unsigned i)
{
	struct program_own *own = &pr->pr_own[i];
	uint64_t next = atomic_load_acq_64(&own->po_next);

	if (next == 0) {
		if (atomic_cmpset_rel_64(&pr->pr_word, i + 1, 0))
			return;
		while ((next = atomic_load_acq_64(&own->po_next)) == 0)
			md_spin_hint();
	}
	atomic_store_rel_64(&pr->pr_own[next - 1].po_flag, 1);
}

static void
mcs(struct program_run *pr, unsigned i)
{
	for (uint64_t n = 0; n < pr->pr_ops; n++) {
		mcs_lock(pr, i);
		pr->pr_guarded++;
		pr->pr_own[i].po_ops++;
		mcs_unlock(pr, i);
	}
}
PROGRAM(mcs, mcs, 0, 1);
