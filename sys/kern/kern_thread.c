/*
 * The unit's threads: the table of them, attaching, parking and waking.
 *
 * The table is static, so that a struct thread found in a lock's word may be
 * read whatever has happened since.
 */
#include <sys/lock.h>
#include <sys/sleepqueue.h>
#include <sys/turnstile.h>
#include <sys/ucred.h>

static struct thread threads[MAXTHREADS];

/* Lock words keep flags in the low bits of a thread's address. */
_Static_assert(_Alignof(struct thread) >= 16, "room for lock flags");

void
kern_init(void)
{
	unsigned i;

	md_zero(threads, sizeof(threads));
	for (i = 0; i < MAXTHREADS; i++) {
		threads[i].td_tid = i;
		threads[i].td_rand = i;
	}
	md_set_curthread(NULL);
	lock_types_init();
	turnstile_init();
	sleepq_init();
	ucred_init();
}

struct thread *
kern_thread(unsigned tid)
{
	KASSERT(tid < MAXTHREADS, ("kern_thread: %u of %u", tid, MAXTHREADS));
	return (&threads[tid]);
}

void
kern_thread_attach(unsigned tid)
{
	struct thread *td;

	if (tid >= MAXTHREADS)
		panic("kern_thread_attach: thread %u of %u", tid, MAXTHREADS);
	if (curthread != NULL)
		panic("kern_thread_attach: as %u: already thread %u", tid,
		    curthread->td_tid);
	td = &threads[tid];
	/* Acquire pairs with the release in kern_thread_detach(). */
	if (!atomic_cmpset_acq_int(&td->td_attached, 0, 1))
		panic("kern_thread_attach: thread %u is taken", tid);
	td->td_cpu = md_curcpu();
	td->td_domain = md_curdomain();
	atomic_store_int(&td->td_running, 1);
	td->td_ucred = crhold(&ucred_root);
	td->td_rlimit_swap = RLIM_INFINITY;
	md_set_curthread(td);
}

void
kern_thread_detach(void)
{
	struct thread *td = curthread;

	if (td == NULL)
		panic("kern_thread_detach: not attached");
#ifdef INVARIANTS
	if (td->td_nheld != 0) {
		const struct held_lock *hl = &td->td_held[td->td_nheld - 1];

		panic("kern_thread_detach: thread %u holds %s (%s) since %s:%d",
		    td->td_tid, hl->hl_lock->lo_name,
		    lock_type_name(hl->hl_lock), hl->hl_file, hl->hl_line);
	}
#endif
	KASSERT(td->td_rw_rlocks == 0, ("kern_thread_detach: thread %u: %d "
	    "read locks", td->td_tid, td->td_rw_rlocks));
	crfree(td->td_ucred);
	md_set_curthread(NULL);
	atomic_store_int(&td->td_running, 0);
	atomic_store_rel_int(&td->td_attached, 0);
}

void
thread_will_park(struct thread *td)
{
	KASSERT(td == curthread, ("thread_will_park: %u is not curthread",
	    td->td_tid));
	atomic_store_int(&td->td_park, 1);
}

int
thread_park(struct thread *td, uint64_t deadline_ns)
{
	uint64_t now, left = 0;
	int error = 0;

	atomic_store_int(&td->td_running, 0);
	/* Acquire pairs with the release in threads_wake(). */
	while (atomic_load_acq_int(&td->td_park) != 0) {
		if (deadline_ns != 0) {
			now = md_clock_ns();
			if (now >= deadline_ns) {
				error = ETIMEDOUT;
				break;
			}
			left = deadline_ns - now;
		}
		(void)md_park(&td->td_park, 1, left);
	}
	atomic_store_int(&td->td_running, 1);
	return (error);
}

/*
 * The link is taken out before td_park says that it is free.  After that the
 * thread may already be elsewhere, even parked again: it then wakes for no
 * reason, which thread_park() allows for.
 */
void
threads_wake(struct threadqueue *woken)
{
	struct thread *td;

	while ((td = TAILQ_FIRST(woken)) != NULL) {
		TAILQ_REMOVE(woken, td, td_slpq);
		atomic_store_rel_int(&td->td_park, 0);
		md_unpark(&td->td_park);
	}
}
