/*
 * Locks that spin on one word: test-and-set, the same after a look, and a
 * ticket.
 */
#include <sim/locks/program.h>

static void
critical(struct program_run *pr, unsigned i)
{
	pr->pr_guarded++;
	pr->pr_own[i].po_ops++;
}

static void
tas(struct program_run *pr, unsigned i)
{
	for (uint64_t n = 0; n < pr->pr_ops; n++) {
		while (atomic_swap_64(&pr->pr_word, 1) != 0)
			md_spin_hint();
		critical(pr, i);
		atomic_store_rel_64(&pr->pr_word, 0);
	}
}
PROGRAM(tas, tas, 0, 1);

static void
ttas(struct program_run *pr, unsigned i)
{
	for (uint64_t n = 0; n < pr->pr_ops; n++) {
		while (atomic_load_64(&pr->pr_word) != 0 ||
		    !atomic_cmpset_acq_64(&pr->pr_word, 0, 1))
			md_spin_hint();
		critical(pr, i);
		atomic_store_rel_64(&pr->pr_word, 0);
	}
}
PROGRAM(ttas, ttas, 0, 1);

static void
ticket(struct program_run *pr, unsigned i)
{
	for (uint64_t n = 0; n < pr->pr_ops; n++) {
		uint64_t mine = atomic_fetchadd_64(&pr->pr_word, 1);

		while (atomic_load_acq_64(&pr->pr_word2) != mine)
			md_spin_hint_until(&pr->pr_word2, mine);
		critical(pr, i);
		atomic_store_rel_64(&pr->pr_word2, mine + 1);
	}
}
PROGRAM(ticket, ticket, 0, 1);
