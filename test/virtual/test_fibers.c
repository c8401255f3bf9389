/*
 * What events have to do with fibers, the start of the program and the host's
 * addresses; the watchdog.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "record.h"

/* The section of micro_spin(). */
extern const char	 __start_micro_spin_text[], __stop_micro_spin_text[];

static unsigned		 polls;

static void
stacks(struct micro *m)
{
	uint64_t first;

	(void)record_run_on(1, micro_local);
	check(record_n == 0, "the own stack is no place for events");
	m->m_pointer = (uint32_t *)(fiber_stack_high(&(struct fiber){
	    .f_id = 1 }) - 64);
	(void)record_run_on(0, micro_through_pointer);
	check(strcmp(record_text(), "r24 w*") == 0,
	    "another's is: \"%s\"", record_text());
	first = record_run_on(0, micro_thread_local);
	check(record_run_on(1, micro_thread_local) == first + 1,
	    "fibers share a thread-local variable");
}

static void
third_poll_ends(unsigned kind, const volatile void *p)
{
	(void)kind, (void)p;
	if (++polls == 3)
		record_object->m_x = 1;
}

/* In the child: poll for ever, but not longer than 4 s. */
static void
spin(int fd)
{
	const struct rlimit none = { 0, 0 }, few = { 4, 4 };

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)setrlimit(RLIMIT_CPU, &few);
	(void)dup2(fd, STDERR_FILENO);
	virtual_watchdog_start();
	(void)record_run(micro_spin);
	_exit(0);
}

static void
watchdog(void)
{
	char text[512] = "";
	const char *near;
	struct rusage used;
	unsigned long pc = 0;
	int fds[2], status = 0;
	pid_t child;

	if (pipe(fds) != 0 || (child = fork()) < 0) {
		perror("test-virtual");
		exit(2);
	}
	if (child == 0)
		spin(fds[1]);
	(void)wait4(child, &status, 0, &used);
	(void)close(fds[1]);
	(void)!read(fds[0], text, sizeof(text) - 1);
	(void)close(fds[0]);
	check(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
	    used.ru_utime.tv_sec + used.ru_stime.tv_sec < 2,
	    "spinning on a plain variable ends within 2 s of CPU time");
	near = strstr(text, "near pc ");
	if (near != NULL)
		pc = strtoul(near + strlen("near pc "), NULL, 16);
	check(strstr(text, "watchdog") != NULL &&
	    pc >= (uintptr_t)__start_micro_spin_text &&
	    pc < (uintptr_t)__stop_micro_spin_text,
	    "and the place is named: %lx", pc);
}

void
test_fibers(void)
{
	struct micro *m = record_object;

	check(record_n_early >= 2 && micro_early == 7,
	    "a constructor's accesses before main() do no harm");
	check((uintptr_t)m == ARENA_BASE, "the arena is at its address");
	stacks(m);
	m->m_x = 0;
	record_hook = third_poll_ends;
	(void)record_run(micro_spin_atomic);
	record_hook = NULL;
	check(strcmp(record_text(), "R0 R0 R0") == 0,
	    "spinning on an atomic is an event a turn: \"%s\"", record_text());
	m->m_x = 0;
	watchdog();
}
