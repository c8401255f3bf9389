/*
 * perf events and resource usage of a thread; bench/counters.h says how.
 */
#define	_GNU_SOURCE
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "counters.h"
#include "sysinfo.h"

/* Files that events leave to the rest of the program. */
#define	FILES_LEFT	32

const char *const counter_names[COUNTERS] = {
	[COUNTER_CYCLES] = "cycles",
	[COUNTER_INSTRUCTIONS] = "instructions",
	[COUNTER_CACHE_MISSES] = "cache_misses",
	[COUNTER_MIGRATIONS] = "migrations",
	[COUNTER_SWITCHES] = "switches",
	[COUNTER_FAULTS] = "faults"
};

static const struct {
	uint32_t	type;
	uint64_t	config;
} events[COUNTER_EVENTS] = {
	[COUNTER_CYCLES] =
	    { PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES },
	[COUNTER_INSTRUCTIONS] =
	    { PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS },
	[COUNTER_CACHE_MISSES] =
	    { PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES },
	[COUNTER_MIGRATIONS] =
	    { PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS }
};

/* A thread's own. */
static __thread struct {
	bool		open;
	int		fd[COUNTER_EVENTS];	/* -1: refused */
	struct counter_reading last[COUNTER_EVENTS];	/* at the last stop */
	struct rusage	usage;
} self;

static int
event_fd(enum counter i, bool kernel)
{
	struct perf_event_attr attr = {
		.type = events[i].type,
		.size = sizeof(attr),
		.config = events[i].config,
		.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED |
		    PERF_FORMAT_TOTAL_TIME_RUNNING,
		.disabled = 1,
		.exclude_kernel = !kernel,
		.exclude_hv = !kernel
	};

	return ((int)syscall(SYS_perf_event_open, &attr, 0, -1, -1,
	    PERF_FLAG_FD_CLOEXEC));
}

/* A file a thread and event: more than the usual limit on large machines. */
static bool
more_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
	    limit.rlim_cur >= limit.rlim_max)
		return (false);
	limit.rlim_cur = limit.rlim_max;
	return (setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

static bool
files_left(int fd)
{
	struct rlimit limit;

	return (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
	    (rlim_t)fd + FILES_LEFT < limit.rlim_cur);
}

/* A run can do without an event, but not without its results. */
static int
event_fd_spare(enum counter i, bool kernel)
{
	do {
		int fd = event_fd(i, kernel);

		if (fd >= 0 ? files_left(fd) : errno != EMFILE)
			return (fd);
		if (fd >= 0)
			close(fd);
	} while (more_files());
	errno = EMFILE;
	return (-1);
}

/*
 * Open an event of the calling thread; -1 and errno if it is refused.  Where
 * the kernel's share is, *kernel becomes false and the event counts user mode.
 * That is of use for hardware events only: a migration happens in the kernel.
 */
static int
event_open(enum counter i, bool *kernel)
{
	int fd = event_fd_spare(i, true);

	*kernel = true;
	if (fd >= 0 || (errno != EACCES && errno != EPERM) ||
	    events[i].type != PERF_TYPE_HARDWARE)
		return (fd);
	*kernel = false;
	return (event_fd_spare(i, false));
}

void
counters_open(void)
{
	bool kernel;

	for (unsigned i = 0; i < COUNTER_EVENTS; i++)
		self.fd[i] = event_open(i, &kernel);
	memset(self.last, 0, sizeof(self.last));
	self.open = true;
}

void
counters_close(void)
{
	for (unsigned i = 0; self.open && i < COUNTER_EVENTS; i++)
		if (self.fd[i] >= 0)
			close(self.fd[i]);
	self.open = false;
}

static bool
event_read(unsigned i, struct counter_reading *r)
{
	return (self.open && self.fd[i] >= 0 &&
	    read(self.fd[i], r, sizeof(*r)) == (ssize_t)sizeof(*r));
}

void
counters_start(void)
{
	getrusage(RUSAGE_THREAD, &self.usage);
	prctl(PR_TASK_PERF_EVENTS_ENABLE);
}

static void
have(struct counts *c, enum counter i, uint64_t value)
{
	c->c_have |= 1u << i;
	c->c_value[i] = value;
}

void
counters_stop(struct counts *c)
{
	const struct rusage *before = &self.usage;
	struct counter_reading after;
	struct rusage now;
	uint64_t value;

	prctl(PR_TASK_PERF_EVENTS_DISABLE);
	getrusage(RUSAGE_THREAD, &now);
	memset(c, 0, sizeof(*c));
	have(c, COUNTER_SWITCHES, (uint64_t)(now.ru_nvcsw - before->ru_nvcsw +
	    now.ru_nivcsw - before->ru_nivcsw));
	have(c, COUNTER_FAULTS, (uint64_t)(now.ru_minflt - before->ru_minflt +
	    now.ru_majflt - before->ru_majflt));
	for (unsigned i = 0; i < COUNTER_EVENTS; i++) {
		if (!event_read(i, &after))
			continue;
		if (counter_scale(&self.last[i], &after, &value))
			have(c, i, value);
		self.last[i] = after;
	}
}

bool
counter_scale(const struct counter_reading *before,
    const struct counter_reading *after, uint64_t *value)
{
	uint64_t counted = after->cr_value - before->cr_value;
	uint64_t enabled = after->cr_enabled_ns - before->cr_enabled_ns;
	uint64_t running = after->cr_running_ns - before->cr_running_ns;

	if (running == 0)
		return (false);
	/* A count times a time does not fit 64 bits. */
	*value = (uint64_t)((unsigned __int128)counted * enabled / running);
	return (true);
}

void
counts_add(struct counts *sum, const struct counts *c)
{
	sum->c_have &= c->c_have;
	for (unsigned i = 0; i < COUNTERS; i++)
		sum->c_value[i] += c->c_value[i];
}

/* Try one event; 0, or the errno of its refusal. */
static int
event_try(enum counter i, bool *kernel)
{
	int fd = event_open(i, kernel), error = errno;

	if (fd < 0)
		return (error);
	close(fd);
	return (0);
}

/* "cycles, instructions: No such file or directory", or as the header says. */
static void
describe(char *text, size_t size, enum counter first, enum counter last)
{
	char level[16];
	bool kernel = true, all_kernel = true;
	int error = 0;
	size_t n = 0;

	for (enum counter i = first; i <= last; i++) {
		int e = event_try(i, &kernel);

		all_kernel &= e != 0 || kernel;
		if (e == 0 || n >= size)
			continue;
		error = e;
		n += (size_t)snprintf(text + n, size - n, "%s%s",
		    n == 0 ? "n/a: " : ", ", counter_names[i]);
	}
	if (n > 0 && n < size)
		n += (size_t)snprintf(text + n, size - n, ": %s",
		    strerror(error));
	else if (n == 0 && all_kernel)
		snprintf(text, size, "available");
	if (all_kernel || n >= size)
		return;
	sysinfo_line("/proc/sys/kernel/perf_event_paranoid", level,
	    sizeof(level));
	snprintf(text + n, size - n, "%suser mode only: "
	    "kernel.perf_event_paranoid is %s", n > 0 ? "; others " : "",
	    level);
}

void
counters_describe(char *hardware, char *migrations, size_t size)
{
	describe(hardware, size, COUNTER_CYCLES, COUNTER_CACHE_MISSES);
	describe(migrations, size, COUNTER_MIGRATIONS, COUNTER_MIGRATIONS);
}
