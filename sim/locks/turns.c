/*
 * CPUs that take turns by one word, and write it once for nothing in each turn:
 * who polls it says which value is its own, or looks at each.  Both ways take
 * as long.
 */
#include <sim/locks/program.h>

#define	CPUS	16

static void
turns(struct program_run *pr, unsigned i, int told)
{
	uint64_t n = i, end = pr->pr_ops * CPUS;

	for (; n < end; n += CPUS) {
		while (atomic_load_acq_64(&pr->pr_word) != n)
			if (told)
				md_spin_hint_until(&pr->pr_word, n);
			else
				md_spin_hint();
		if (pr->pr_guarded == n)
			pr->pr_guarded++;
		pr->pr_own[i].po_ops++;
		atomic_store_64(&pr->pr_word, n);
		md_spin_pause((unsigned)(n % 13), NULL);
		atomic_store_rel_64(&pr->pr_word, n + 1);
	}
}

static void
told(struct program_run *pr, unsigned i)
{
	turns(pr, i, 1);
}
PROGRAM(told, told, CPUS, 1);

static void
looked(struct program_run *pr, unsigned i)
{
	turns(pr, i, 0);
}
PROGRAM(looked, looked, CPUS, 1);
