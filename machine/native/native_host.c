/*
 * What else the kernel asks of the host: bulk moves and the end.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/proc.h>

void
md_zero(void *dst, size_t bytes)
{
	memset(dst, 0, bytes);
}

void
md_copy(void *dst, const void *src, size_t bytes)
{
	memcpy(dst, src, bytes);
}

/*
 * The first panic speaks and aborts.  Others stop here for good, so that a
 * failure seen by eight threads reads as one.
 */
void
md_panic(const char *fmt, ...)
{
	static unsigned panicked;
	char text[1024];
	va_list ap;

	if (atomic_swap_int(&panicked, 1) != 0)
		for (;;)
			(void)pause();
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (curthread != NULL)
		fprintf(stderr, "panic: thread %u, CPU %u: %s\n",
		    curthread->td_tid, md_curcpu(), text);
	else
		fprintf(stderr, "panic: unattached, CPU %u: %s\n",
		    md_curcpu(), text);
	(void)fflush(stderr);
	abort();
}
