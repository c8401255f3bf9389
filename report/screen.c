/*
 * What a terminal can show, and text that fits it.  Read screen.h first.
 */
#include "screen.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static unsigned
width_of(int fd)
{
	const char *columns = getenv("COLUMNS");
	unsigned long width = columns == NULL ? 0 : strtoul(columns, NULL, 10);
	struct winsize size;

	if (width == 0 && fd >= 0 && ioctl(fd, TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
	if (width == 0)
		width = RP_COLUMNS;
	return (width < RP_COLUMNS_MIN ? RP_COLUMNS_MIN :
	    width > RP_COLUMNS_MAX ? RP_COLUMNS_MAX : (unsigned)width);
}

struct rp_screen
rp_screen(FILE *f)
{
	const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
	int fd = fileno(f);
	struct rp_screen s = { .width = width_of(fd) };

	s.colour = fd >= 0 && isatty(fd) == 1 &&
	    (no_colour == NULL || *no_colour == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0;
	s.utf8 = setlocale(LC_CTYPE, "") != NULL &&
	    strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	return (s);
}

void
rp_print_wrapped(FILE *f, const struct rp_screen *s, const char *text)
{
	unsigned at = (unsigned)strspn(text, " ");
	bool opens = true;

	fprintf(f, "%*s", (int)at, "");
	text += at;
	while (*text != '\0') {
		unsigned n = (unsigned)strcspn(text, " ");

		if (!opens && at + 1 + n > s->width) {
			fputs("\n    ", f);
			at = 4;
		} else if (!opens) {
			fputc(' ', f);
			at++;
		}
		fprintf(f, "%.*s", (int)n, text);
		opens = false;
		at += n;
		text += n;
		text += *text == ' ';
	}
	fputc('\n', f);
}
