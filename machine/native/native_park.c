/*
 * Native waiting: futexes, the spin hint and the clock.
 *
 * A unit's park word is an ordinary 32-bit word; FUTEX_WAIT compares and
 * sleeps in one step inside the host kernel, which is the whole of the
 * guarantee that md_park() gives.
 */
#define	_GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <machine/machine.h>

#define	NS_PER_S	1000000000ull

int
md_park(uint32_t *word, uint32_t expect, uint64_t timeout_ns)
{
	struct timespec ts, *tsp = NULL;

	if (timeout_ns != 0) {
		ts.tv_sec = (time_t)(timeout_ns / NS_PER_S);
		ts.tv_nsec = (long)(timeout_ns % NS_PER_S);
		tsp = &ts;
	}
	if (syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expect, tsp, NULL,
	    0) != 0 && errno == ETIMEDOUT)
		return (ETIMEDOUT);
	return (0);
}

void
md_unpark(uint32_t *word)
{
	(void)syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

/* A hint to the core alone: the host's scheduler is not told. */
void
md_spin_hint(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("yield");
#elif defined(__powerpc64__)
	__asm__ volatile("or 27,27,27");
#elif defined(__riscv)
	__asm__ volatile(".4byte 0x0100000f");	/* pause */
#else
#error "no spin hint for this architecture: add its pause instruction here"
#endif
}

void
md_spin_hint_until(const uint64_t *p, uint64_t value)
{
	(void)p, (void)value;
	md_spin_hint();
}

void
md_spin_pause(unsigned n, const void *p)
{
	(void)p;
	while (n-- > 0)
		md_spin_hint();
}

uint64_t
md_clock_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * NS_PER_S + (uint64_t)ts.tv_nsec);
}
