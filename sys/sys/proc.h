/*
 * The thread, as the kernel part of the lab knows it.
 *
 * A struct thread belongs to one unit.  A driver's thread becomes one of the
 * unit's threads by kern_thread_attach() and stops being one by
 * kern_thread_detach(); the structures themselves are type-stable from
 * kern_init() on, so that a lock's owner word may be followed at any time.
 *
 * Locking key: (t) the thread itself; (q) chain lock of the sleep queue or
 * turnstile it waits on; (a) atomic; (c) constant after attach.
 */
#ifndef SYS_PROC_H
#define	SYS_PROC_H

#include <sys/queue.h>
#include <sys/systm.h>

#define	MAXTHREADS	1024	/* threads of one unit at one time */
#define	MAXHELD		24	/* locks one thread may hold at once */
#define	MAXLOCKTYPES	32	/* types told apart by statistics */
#define	MAXLOCKNAMES	32	/* names that are not their type's */

struct lock_object;
struct ucred;

/* One held lock; kept in INVARIANTS and LOCK_STATS builds. */
struct held_lock {
	struct lock_object *hl_lock;
	const char	*hl_file;
	int		 hl_line;
	int		 hl_shared;	/* held in shared mode */
	uint64_t	 hl_since_ns;	/* LOCK_STATS: when it was got */
};

/*
 * What one thread spent on one lock type.  INVARIANTS builds count the
 * acquisitions, for tests; LOCK_STATS builds keep all of it.
 */
struct lock_stat {
	uint64_t	acquired;
	uint64_t	contended;
	uint64_t	wait_ns;
	uint64_t	hold_ns;
};

struct thread {
	unsigned	 td_tid;	/* (c) 0..MAXTHREADS-1, dense */
	unsigned	 td_cpu;	/* (c) CPU it is pinned to */
	unsigned	 td_domain;	/* (c) domain of that CPU */
	uint32_t	 td_attached;	/* (a) 1 while a machine thread is it */
	int		 td_rw_rlocks;	/* (t) rwlocks held for reading */
	uint32_t	 td_park;	/* (a) 1 while it is to stay parked */
	uint32_t	 td_running;	/* (a) 0 while parked: owners are
					   spun on only while running */
	const void	*td_wchan;	/* (q) what it sleeps on, or NULL */
	const char	*td_wmesg;	/* (q) why, for reports */
	const void	*td_wlock;	/* (q) the interlock it named */
	int		 td_wqueue;	/* (q) turnstile queue it is on */
	uint32_t	 td_rand;	/* (t) state of the spin back-off */
	struct ucred	*td_ucred;	/* (t) on whose account it acts */
	int64_t		 td_rlimit_swap; /* (t) bytes, see resourcevar.h */
	TAILQ_ENTRY(thread) td_slpq;	/* (q) */
#if defined(INVARIANTS) || defined(LOCK_STATS)
	int		 td_nheld;	/* (t) */
	struct held_lock td_held[MAXHELD];		/* (t) */
	struct lock_stat td_lockstat[MAXLOCKTYPES];	/* (t) */
#endif
#ifdef LOCK_STATS
	struct lock_stat td_namestat[1 + MAXLOCKNAMES];	/* (t) */
#endif
} __cacheline_aligned;

TAILQ_HEAD(threadqueue, thread);

#include <md_curthread.h>

#define	curthread	md_curthread()

/* Forget every thread, sleeper and statistic.  Single-threaded. */
void	kern_init(void);

/*
 * Make the calling machine thread thread number tid of this unit; curthread
 * is valid from here on, its credentials are user 0's and it has no limit.
 * Panics if tid is taken or out of range.
 */
void	kern_thread_attach(unsigned tid);

/*
 * Undo it.  The thread must hold no lock (checked under INVARIANTS); its
 * credentials are let go.
 */
void	kern_thread_detach(void);

/* Thread tid < MAXTHREADS, attached or not. */
struct thread *kern_thread(unsigned tid);

/*
 * For sleep queues and turnstiles.  A sleeper calls thread_will_park() on
 * itself before a waker can find it, then thread_park(), which returns when
 * woken (0) or at md_clock_ns() == deadline_ns (ETIMEDOUT; 0 = never).
 * threads_wake() resumes all of a private queue, first to last, and empties
 * it; a thread's queue link is free for use again once td_park is 0.
 */
void	thread_will_park(struct thread *td);
int	thread_park(struct thread *td, uint64_t deadline_ns);
void	threads_wake(struct threadqueue *woken);

#endif /* SYS_PROC_H */
