/*
 * The virtual machine and its host: start and end, panic, and the watchdog.
 * Files are the native machine's (native_file.c): the host's are all there is.
 *
 * The environment may set LAB_VIRTUAL_SEED (a number; default 1), which
 * decides where fibers are switched, and LAB_VIRTUAL_SUMMARY, at which a run
 * says on standard error how many events it had and their digest.
 */
#define	_GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include <machine/driver.h>
#include <machine/virtual/virtual.h>
#include <sys/proc.h>

#define	WATCHDOG_US	400000		/* of CPU time, twice: under 2 s */
#define	SEED_DEFAULT	1

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

static void
watchdog_start(void)
{
	struct itimerval every = { { 0, WATCHDOG_US }, { 0, WATCHDOG_US } };
	struct sigaction sa = { .sa_sigaction = watchdog,
	    .sa_flags = SA_SIGINFO | SA_RESTART };

	if (sigaction(SIGPROF, &sa, NULL) != 0 ||
	    setitimer(ITIMER_PROF, &every, NULL) != 0)
		md_panic("virtual: cannot start the watchdog");
}

/* ---- Start and end ---------------------------------------------------- */

static uint64_t
seed_from_environment(void)
{
	const char *text = getenv("LAB_VIRTUAL_SEED");
	char *end;
	uint64_t seed;

	if (text == NULL)
		return (SEED_DEFAULT);
	errno = 0;
	seed = strtoull(text, &end, 0);
	if (errno != 0 || end == text || *end != '\0') {
		fprintf(stderr, "LAB_VIRTUAL_SEED=%s: give a number, as "
		    "LAB_VIRTUAL_SEED=7\n", text);
		exit(2);
	}
	return (seed);
}

/*
 * Static data must stand at the same address in every run, or the hashes of
 * lock addresses, and with them the run, would vary.
 */
void
machine_init(void)
{
	if ((uintptr_t)fibers >> 32 != 0)
		md_panic("virtual: linked to move about; link with -no-pie");
	(void)seed_from_environment();
	arena_init();
}

void
machine_enter(void (*fn)(void *arg), void *arg)
{
	uint64_t seed = seed_from_environment();

	watchdog_start();
	fiber_enter(fn, arg, seed);
	if (getenv("LAB_VIRTUAL_SUMMARY") != NULL)
		fprintf(stderr, "virtual: seed %llu, %llu events, %llu ns, "
		    "digest %016llx\n", (unsigned long long)seed,
		    (unsigned long long)virtual_events,
		    (unsigned long long)virtual_now_ns,
		    (unsigned long long)virtual_digest);
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
