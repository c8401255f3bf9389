/*
 * For workloads beside which the page daemon runs.
 *
 * A VM has no thread of its own, so the first worker lends one: it is the
 * daemon till the last of the others has stopped, and counts no operation; if
 * the variant has the word `iod', the second is what transfers pages.
 */
#ifndef WORKLOAD_BESIDE_DAEMON_H
#define	WORKLOAD_BESIDE_DAEMON_H

#include <workload/workload.h>

/* Workers that are none: .lab.lw_roles of such a workload. */
#define	WL_DAEMON	1

/* In setup, last: a daemon will come.  ENOTSUP when workers are too few. */
int		wl_daemon_setup(struct lab_run *run);

/* Is the worker to serve the others?  Then it has, till all were done. */
bool		wl_daemon_served(struct wl_thread *t);

/* A thread_end: a worker that is no daemon has stopped. */
void		wl_daemon_done(struct wl_thread *t);

/* The two loops of a WORKLOAD_RECORD() around an operation. */
#define	WL_BESIDE_DAEMON(ident)						\
static void								\
ident##_loop(struct wl_thread *t)					\
{									\
	if (!wl_daemon_served(t))					\
		WL_LOOP(t, ident##_op(t));				\
}									\
static void								\
ident##_sampled_loop(struct wl_thread *t)				\
{									\
	if (!wl_daemon_served(t))					\
		WL_SAMPLED_LOOP(t, ident##_op(t));			\
}

/*
 * After the window, on one thread: let a fault have memory, as the daemon
 * would.
 */
void		wl_daemon_make_room(void);

#endif /* WORKLOAD_BESIDE_DAEMON_H */
