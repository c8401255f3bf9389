/*
 * The virtual machine and its host: panic, and the watchdog.  Files are the
 * native machine's (native_file.c): the host's are all there is.
 */
#define	_GNU_SOURCE
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include <machine/machine.h>
#include <machine/virtual/virtual.h>
#include <sys/proc.h>

#define	WATCHDOG_US	400000		/* of CPU time, twice: under 2 s */

uint64_t	virtual_events;
int		virtual_started;

/* ---- Watchdog --------------------------------------------------------- */

static uintptr_t
interrupted_pc(const void *context)
{
	const ucontext_t *uc = context;

#if defined(__x86_64__)
	return ((uintptr_t)uc->uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
	return ((uintptr_t)uc->uc_mcontext.pc);
#else
	(void)uc;
	return (0);
#endif
}

/*
 * Two periods of CPU time without an event: a loop that polls plain memory, or
 * none.  It would never give way.  The process ends here, so the handler may
 * format its message; stdio's locks it leaves alone, as the loop may hold them.
 */
static void
watchdog(int sig, siginfo_t *si, void *context)
{
	static uint64_t events_last;
	static unsigned silent;
	const struct thread *td = fiber_current->f_curthread;
	char text[512];
	int n;

	(void)sig, (void)si;
	silent = virtual_events == events_last ? silent + 1 : 0;
	events_last = virtual_events;
	if (silent < 2 || !virtual_started)
		return;
	n = snprintf(text, sizeof(text), "panic: watchdog: fiber %u, thread "
	    "%d, runs without an event near pc %#lx (addr2line -fie BINARY "
	    "%#lx): a loop that waits must use atomics or md_spin_hint()\n",
	    fiber_current->f_id, td != NULL ? (int)td->td_tid : -1,
	    (unsigned long)interrupted_pc(context),
	    (unsigned long)interrupted_pc(context));
	(void)!write(STDERR_FILENO, text, (size_t)n);
	abort();
}

void
virtual_watchdog_start(void)
{
	struct itimerval every = { { 0, WATCHDOG_US }, { 0, WATCHDOG_US } };
	struct sigaction sa = { .sa_sigaction = watchdog,
	    .sa_flags = SA_SIGINFO | SA_RESTART };

	if (sigaction(SIGPROF, &sa, NULL) != 0 ||
	    setitimer(ITIMER_PROF, &every, NULL) != 0)
		md_panic("virtual: cannot start the watchdog");
}

void
virtual_check_linked(void)
{
	if ((uintptr_t)&fiber_current >> 32 != 0)
		md_panic("virtual: linked to move about; link with -no-pie");
}

void
md_panic(const char *fmt, ...)
{
	const struct thread *td = fiber_current->f_curthread;
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (td != NULL)
		fprintf(stderr, "panic: thread %u, CPU %u: %s\n", td->td_tid,
		    fiber_current->f_cpu, text);
	else
		fprintf(stderr, "panic: unattached, CPU %u: %s\n",
		    fiber_current->f_cpu, text);
	(void)fflush(stderr);
	abort();
}
