/*
 * What is counted by the address that was accessed: how often its line came
 * from another CPU, and how long CPUs waited for that, polled it or slept.
 *
 * Only what the run's window saw: from count_reset() on.
 */
#ifndef SIM_COUNT_H
#define	SIM_COUNT_H

#include <stdint.h>

/* Of one address; times in ps, of all CPUs together. */
struct count {
	uintptr_t	 co_address;
	uint64_t	 co_moves;	/* from CPU to CPU */
	uint64_t	 co_transfer;
	uint64_t	 co_poll;
};

/* Of one reason to sleep, as threads give it (td_wmesg). */
struct count_sleep {
	const char	*cs_why;
	uint64_t	 cs_time;
};
#define	COUNT_SLEEPS	64

void	count_reset(void);
void	count_stop(void);	/* what follows does not count */
void	count_move(uintptr_t address);
void	count_transfer(uintptr_t address, uint64_t ps);
void	count_poll(uintptr_t address, uint64_t ps);
void	count_sleep(const char *why, uint64_t ps);

/*
 * All addresses, in no order, those with address 0 unused; how many.  All
 * reasons; the first without a name ends them.
 */
const struct count *count_all(unsigned *n);
const struct count_sleep *count_sleeps(void);

#endif /* SIM_COUNT_H */
