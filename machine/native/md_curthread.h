/*
 * The current thread on the native machine: one thread-local word.
 *
 * A unit is linked into the executable, so the access model is local-exec: one
 * instruction from the thread pointer.  Position-independent code for a shared
 * object (the KPI comparison compiles units so) cannot use it and gets
 * initial-exec, one load more; no such object is ever timed.
 */
#ifndef MD_CURTHREAD_H
#define	MD_CURTHREAD_H

struct thread;

#if defined(__PIC__) && !defined(__PIE__)
#define	MD_TLS_MODEL	"initial-exec"
#else
#define	MD_TLS_MODEL	"local-exec"
#endif

extern __thread struct thread *md_curthread_ptr
    __attribute__((tls_model(MD_TLS_MODEL)));

/* The unit's thread that runs here, or NULL outside attach and detach. */
static inline struct thread *
md_curthread(void)
{
	return (md_curthread_ptr);
}

static inline void
md_set_curthread(struct thread *td)
{
	md_curthread_ptr = td;
}

#endif /* MD_CURTHREAD_H */
