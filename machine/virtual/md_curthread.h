/*
 * The current thread on the virtual machine: a word of the running fiber.
 *
 * Calls, not inline loads: all fibers share one host thread, so a thread-local
 * variable would be shared by all, and a load in instrumented code would be an
 * event that the native machine does not have.
 */
#ifndef MD_CURTHREAD_H
#define	MD_CURTHREAD_H

struct thread;

/* This machine ends a run in which nobody can go on; tests ask for that. */
#define	MD_FINDS_DEADLOCK	1

/* The unit's thread that runs here, or NULL outside attach and detach. */
struct thread	*md_curthread(void);
void		 md_set_curthread(struct thread *td);

#endif /* MD_CURTHREAD_H */
