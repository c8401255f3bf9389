/*
 * The progress line.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

#define	NS_PER_S	1000000000ull
#define	SHOW_EVERY_NS	(NS_PER_S / 5)
#define	TIME_SIZE	32
#define	LINE_SIZE	512
#define	COLUMNS_DEFAULT	80
/* The bar goes first where columns are few. */
#define	COLUMNS_BAR	70
#define	BAR_WIDTH	20
/* Up to here times are told in seconds. */
#define	SECONDS_MAX	180

static int	 quiet, terminal, shown;
static uint64_t	 last_ns;
static char	 ratio_text[64];

const char *
progress_time(uint64_t ns, char *text)
{
	uintmax_t s = (ns + NS_PER_S / 2) / NS_PER_S;

	if (s <= SECONDS_MAX)
		snprintf(text, TIME_SIZE, "%ju s", s);
	else
		snprintf(text, TIME_SIZE, "%ju min", (s + 30) / 60);
	return (text);
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

static unsigned
columns(void)
{
	struct winsize w;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_col == 0)
		return (COLUMNS_DEFAULT);
	return (w.ws_col);
}

void
progress_ratio(const char *impl, double ratio)
{
	snprintf(ratio_text, sizeof(ratio_text), "  %s %.2fx", impl, ratio);
}

/* Append to a line; what does not fit is lost. */
static void __attribute__((format(printf, 4, 5)))
add(char *line, size_t size, size_t *used, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line + *used, size - *used, fmt, ap);
	va_end(ap);
	if (n > 0)
		*used += (size_t)n < size - *used ? (size_t)n :
		    size - *used - 1;
}

/* How much is done and left of the whole. */
static void
add_share(const struct progress *p, unsigned width, char *line, size_t size,
    size_t *used)
{
	uint64_t all = p->pg_done_ns + p->pg_left_ns;
	unsigned percent = all > 0 ?
	    (unsigned)(p->pg_done_ns * 100 / all) : 0;
	int bar = (int)(percent * BAR_WIDTH / 100);
	char left[TIME_SIZE];

	add(line, size, used, "%3u%%", percent);
	if (width >= COLUMNS_BAR)
		add(line, size, used, " [%.*s%*s]", bar,
		    "####################", BAR_WIDTH - bar, "");
	add(line, size, used, " %s left  ", progress_time(p->pg_left_ns, left));
}

void
progress_line(const struct progress *p, unsigned width, char *line, size_t size)
{
	size_t used = 0;

	/* The last column would make some terminals wrap. */
	if (width < size)
		size = width > 0 ? width : 1;
	*line = '\0';
	if (p->pg_left_ns != PROGRESS_UNKNOWN)
		add_share(p, width, line, size, &used);
	if (p->pg_processes > 1)
		add(line, size, &used, "process %u/%u ", p->pg_process + 1,
		    p->pg_processes);
	add(line, size, &used, "%s", p->pg_phase);
	if (p->pg_rounds > 0)
		add(line, size, &used, " %u/%u", p->pg_round + 1,
		    p->pg_rounds);
	add(line, size, &used, "%s  %s", ratio_text, p->pg_cell);
}

/* Of the host, whatever machine the units run on. */
static uint64_t
clock_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * NS_PER_S + (uint64_t)ts.tv_nsec);
}

void
progress_show(const struct progress *p)
{
	uint64_t now = clock_ns();
	char line[LINE_SIZE];

	if (quiet || !terminal || now - last_ns < SHOW_EVERY_NS)
		return;
	last_ns = now;
	shown = 1;
	progress_line(p, columns(), line, sizeof(line));
	fprintf(stderr, "\r\033[K%s", line);
	fflush(stderr);
}

void
progress_round(const struct progress *p)
{
	char left[TIME_SIZE];

	if (quiet || terminal)
		return;
	if (p->pg_processes > 1)
		fprintf(stderr, "process %u of %u: ", p->pg_process + 1,
		    p->pg_processes);
	fprintf(stderr, "round %u of %u done, %s left\n", p->pg_round + 1,
	    p->pg_rounds, progress_time(p->pg_left_ns, left));
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
