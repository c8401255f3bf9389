/*
 * Sleep queues: wait on an address ("channel") with a lock as interlock.
 *
 * 256 chains; hash ((addr >> 8) ^ addr) & 255; each is a spin lock and a list
 * of sleepers.  Facts: FreeBSD sys/kern/subr_sleepqueue.c, kern_synch.c, 10.x.
 *
 * Why no wake-up is lost.  A sleeper (1) takes the chain lock, (2) releases
 * the interlock, (3) puts itself on the chain, (4) releases the chain lock and
 * parks.  A waker changes the condition under the interlock and then takes the
 * chain lock; so it comes either before (1), and the sleeper's test, made
 * under the interlock, saw the new condition, or after (4), and it finds the
 * sleeper on the chain.
 *
 * Every sleep may return early; callers test their condition in a loop.
 * Under INVARIANTS all sleepers of one channel must name the same lock.
 */
#ifndef SYS_SLEEPQUEUE_H
#define	SYS_SLEEPQUEUE_H

#include <sys/proc.h>

struct mtx;
struct rwlock;
struct sx;

/* Priorities are recorded, not acted on: Linux schedules. */
#define	PRIMASK	0x0ff
#define	PSWP	0x54
#define	PVM	0x55
#define	PUSER	0x88
#define	PDROP	0x200	/* do not take the interlock again */

void	sleepq_init(void);

/*
 * Sleep on wchan, with the interlock held on entry and, unless PDROP, again on
 * return (rw_sleep and sx_sleep in the mode held).  timo_ns 0 sleeps until
 * woken.  Returns 0, or EWOULDBLOCK after the time.
 */
int	msleep(const void *wchan, struct mtx *interlock, int pri,
	    const char *wmesg, uint64_t timo_ns);
int	rw_sleep(const void *wchan, struct rwlock *interlock, int pri,
	    const char *wmesg, uint64_t timo_ns);
int	sx_sleep(const void *wchan, struct sx *interlock, int pri,
	    const char *wmesg, uint64_t timo_ns);

/* Sleep for a time, no channel, no interlock. */
void	pause_ns(const char *wmesg, uint64_t timo_ns);

/* Wake every sleeper of a channel, in the order they came. */
void	wakeup(const void *wchan);

/* Number of threads asleep on a channel; a snapshot, for tests and reports. */
unsigned	sleepq_sleepers(const void *wchan);

#endif /* SYS_SLEEPQUEUE_H */
