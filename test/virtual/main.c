/*
 * test-virtual: what the instrumentation announces and when, on small programs
 * (micro/), by writing down their events.
 *
 * With --addresses it only prints those that programs see, for test/virtual.sh
 * to compare.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "record.h"

static int	 failed;

void
check(bool holds, const char *fmt, ...)
{
	va_list ap;

	printf("%s - ", holds ? "ok" : "not ok");
	va_start(ap, fmt);
	(void)vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	(void)fflush(stdout);
	failed |= !holds;
}

int
main(int argc, char **argv)
{
	record_init();
	if (argc > 1 && strcmp(argv[1], "--addresses") == 0) {
		printf("program %#llx\nhost %p\n", (unsigned long long)
		    record_run(micro_addresses), (void *)&argc);
		return (0);
	}
	test_events();
	test_entries();
	test_atomics();
	test_moments();
	test_fibers();
	return (failed);
}
