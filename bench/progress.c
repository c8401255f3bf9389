/*
 * The progress line.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <machine/machine.h>

#include "progress.h"

#define	NS_PER_S	1000000000ull
#define	SHOW_EVERY_NS	(NS_PER_S / 5)
#define	BAR_WIDTH	20

static int	 quiet, terminal, shown;
static uint64_t	 last_ns;

static uintmax_t
seconds(uint64_t ns)
{
	return ((ns + NS_PER_S / 2) / NS_PER_S);
}

void
progress_init(int q)
{
	quiet = q;
	terminal = isatty(STDERR_FILENO);
}

void
progress_end(void)
{
	if (shown)
		fputs("\r\033[K", stderr);
	shown = 0;
	fflush(stderr);
}

void
progress_show(const char *phase, uint64_t done_ns, uint64_t left_ns,
    const char *cell)
{
	uint64_t now = md_clock_ns(), all = done_ns + left_ns;
	unsigned percent = all > 0 ? (unsigned)(done_ns * 100 / all) : 0;
	unsigned bar = percent * BAR_WIDTH / 100;

	if (quiet || !terminal || now - last_ns < SHOW_EVERY_NS)
		return;
	last_ns = now;
	shown = 1;
	fprintf(stderr, "\r\033[K%3u%% [%.*s%*s] %ju s left  %s  %s",
	    percent, (int)bar, "####################",
	    (int)(BAR_WIDTH - bar), "", seconds(left_ns),
	    phase, cell);
	fflush(stderr);
}

void
progress_round(unsigned round, unsigned rounds, uint64_t left_ns)
{
	if (quiet || terminal)
		return;
	fprintf(stderr, "round %u of %u done, %ju s left\n", round + 1,
	    rounds, seconds(left_ns));
}

void
progress_note(const char *fmt, ...)
{
	va_list ap;

	progress_end();
	fputs("bench: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}
