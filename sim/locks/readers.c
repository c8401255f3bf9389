/*
 * Readers of a reader-writer lock that is never written: a count kept by
 * compare-and-set, as rwlock(9) does, and one kept by fetch-and-add.
 */
#include <sim/locks/program.h>

static void
readers_cas(struct program_run *pr, unsigned i)
{
	for (uint64_t n = 0; n < pr->pr_ops; n++) {
		uint64_t v = atomic_load_64(&pr->pr_word);

		while (!atomic_fcmpset_acq_64(&pr->pr_word, &v, v + 1))
			;
		pr->pr_own[i].po_ops++;
		v = atomic_load_64(&pr->pr_word);
		while (!atomic_fcmpset_rel_64(&pr->pr_word, &v, v - 1))
			;
	}
}
PROGRAM(readers_cas, readers_cas, 0, 0);

static void
readers_add(struct program_run *pr, unsigned i)
{
	for (uint64_t n = 0; n < pr->pr_ops; n++) {
		(void)atomic_fetchadd_64(&pr->pr_word, 1);
		pr->pr_own[i].po_ops++;
		(void)atomic_fetchadd_64(&pr->pr_word, (uint64_t)-1);
	}
}
PROGRAM(readers_add, readers_add, 0, 0);
