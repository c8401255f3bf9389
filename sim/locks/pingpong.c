/*
 * Two CPUs hand one line to and fro by compare-and-set: what the machines'
 * transfer figures were measured with.
 *
 * Between two tries a random number of reads that hit: else both CPUs would
 * fall into step, and times into multiples of a try.
 */
#include <sim/locks/program.h>

static void
pingpong(struct program_run *pr, unsigned i)
{
	uint64_t n, ops = pr->pr_ops, random = i + 1;
	unsigned k;

	for (n = 0; n < ops; n++)
		while (!atomic_cmpset_64(&pr->pr_word, i, 1 - i)) {
			random = random * 6364136223846793005ull + 1;
			for (k = random >> 63; k > 0; k--)
				(void)atomic_load_64(&pr->pr_own[i].po_next);
		}
	pr->pr_own[i].po_ops = n;
}
PROGRAM(pingpong, pingpong, 2, 0);
