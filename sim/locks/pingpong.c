/*
 * Two CPUs hand one line to and fro by compare-and-set: what the machine's
 * transfer figures were measured with.
 */
#include <sim/locks/program.h>

static void
pingpong(struct program_run *pr, unsigned i)
{
	uint64_t n;

	for (n = 0; n < pr->pr_ops; n++) {
		while (!atomic_cmpset_64(&pr->pr_word, i, 1 - i))
			;
		pr->pr_own[i].po_ops++;
	}
}
PROGRAM(pingpong, pingpong, 2, 0);
