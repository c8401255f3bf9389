/*
 * The machine: all that the code in sys/, impl/ and workload/ knows of the
 * world beneath it.
 *
 * Two machines implement this contract.  native/ is Linux: POSIX threads,
 * futexes, memory placed by hwloc.  virtual/ runs the same sources as fibers
 * whose every memory access is an event.  The code above never includes a
 * Linux header to reach around this file; machine.syms lists every symbol a
 * unit may leave undefined, and the build checks it.
 *
 * A "CPU" here is a dense number 0..md_ncpus()-1 given by the driver, not the
 * operating system's; a "domain" is a NUMA node numbered the same way.
 *
 * The current thread is reached by md_curthread() and md_set_curthread(),
 * inline functions of <md_curthread.h>, which each machine supplies in its
 * own folder because they must cost one instruction.
 */
#ifndef MACHINE_MACHINE_H
#define	MACHINE_MACHINE_H

#include <stddef.h>
#include <stdint.h>

/*
 * False sharing is avoided at this distance.  FreeBSD pads to 128 on amd64
 * (two 64-byte lines, because the adjacent-line prefetcher fetches pairs).
 */
#define	MD_CACHE_LINE	128
#define	MD_PAGE_SIZE	4096

struct thread;

/* ---- Where am I ------------------------------------------------------- */

/* Number of CPUs the driver gave to this run, at least 1. */
unsigned	md_ncpus(void);

/* Number of memory domains, at least 1. */
unsigned	md_ndomains(void);

/* The CPU the calling thread is pinned to; 0 for a thread never pinned. */
unsigned	md_curcpu(void);

/* The memory domain of that CPU. */
unsigned	md_curdomain(void);

/* ---- Threads ---------------------------------------------------------- */

/*
 * Run fn(arg, 0) .. fn(arg, n - 1) as n threads, thread i on CPU
 * i % md_ncpus(), and return when all have returned.  For tests and
 * conformance; a benchmark driver brings its own pool of pinned threads.
 */
void		md_run(unsigned n, void (*fn)(void *arg, unsigned i),
		    void *arg);

/*
 * Sleep until *word differs from expect, or timeout_ns has passed (0 = no
 * timeout).  May return early for no reason: the caller loops.  Returns 0, or
 * ETIMEDOUT.  A thread that stores a new value and then calls md_unpark()
 * cannot be missed: the comparison and the going to sleep are one step.
 */
int		md_park(uint32_t *word, uint32_t expect, uint64_t timeout_ns);

/* Wake one thread parked on word, if there is one. */
void		md_unpark(uint32_t *word);

/*
 * Tell the machine that the caller polls memory in a loop.  On native a pause
 * instruction; on virtual the point where a fiber gives way.  Every loop that
 * waits for another thread must call it.  Who polls may be let run only when
 * what it reads was written, so a loop that counts its polls, and goes on to
 * something else after so many, has no use for it: md_spin_pause().
 */
void		md_spin_hint(void);

/*
 * The same, of who goes on only when *p is that value and polls nothing else: a
 * machine that knows need not let it look at any other.
 */
void		md_spin_hint_until(const uint64_t *p, uint64_t value);

/*
 * So many pauses in a row, with nothing looked at in between: a back-off.  What
 * is waited for is at p, which is for reports and not read.
 */
void		md_spin_pause(unsigned n, const void *p);

/* ---- Time ------------------------------------------------------------- */

/* Monotonic nanoseconds; virtual time on the virtual machine. */
uint64_t	md_clock_ns(void);

/* ---- Memory ----------------------------------------------------------- */

/*
 * Map bytes (rounded up to 2 MiB) homed on a memory domain, aligned to 2 MiB.
 * Contents are undefined.  Never fails: panics with the size asked for.  The
 * machine may hand a range that was unmapped out again, so that every unit of
 * a process runs in the same frames and no implementation is lucky with them.
 */
void		*md_mem_map(unsigned domain, size_t bytes);
void		 md_mem_unmap(void *p, size_t bytes);

/*
 * The bytes at p are, from now until they are unmapped or named anew, items of
 * stride bytes each, of a type that C spells so ("struct vm_page") or, where it
 * has no word for it, of what they are ("page bytes").  type is not copied.  A
 * machine that tells what an address is keeps it, which is no event; native
 * does nothing.
 */
void		 md_mem_name(const void *p, size_t bytes, size_t stride,
		    const char *type);

/* Bulk moves.  The only ones sys/ uses on page contents. */
void		 md_zero(void *dst, size_t bytes);
void		 md_copy(void *dst, const void *src, size_t bytes);

/* ---- Files ------------------------------------------------------------ */

/*
 * Open a file for reading; returns a descriptor, or a negative errno.
 * md_file_read() returns the bytes read at an offset (short at end of file),
 * or a negative errno.
 */
int		 md_file_open(const char *path);
long		 md_file_read(int fd, void *buf, size_t bytes, uint64_t off);
void		 md_file_close(int fd);

/*
 * Make a file, empty it if it is there, and open it for reading and writing;
 * returns a descriptor, or a negative errno.  path NULL makes one without a
 * name, in $TMPDIR or /tmp, that is gone when it is closed.
 */
int		 md_file_create(const char *path);
/*
 * Write at an offset; what lies between the end and it reads as zero.  Returns
 * bytes, all of them, or a negative errno, and then some may be written.
 */
long		 md_file_write(int fd, const void *buf, size_t bytes,
		    uint64_t off);

/* ---- The end ---------------------------------------------------------- */

/* Print the message with the current thread's number, and abort. */
void		 md_panic(const char *fmt, ...)
		    __attribute__((noreturn, format(printf, 1, 2)));

#endif /* MACHINE_MACHINE_H */
