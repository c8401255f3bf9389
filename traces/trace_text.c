/*
 * Lines and fields of a trace's text; trace_text.h says how to use them.
 *
 * zlib reads plain files as they are, so one path serves both.  A gzip file
 * that was cut is told from a whole one by its missing check sum, a plain one
 * by a last line without its newline.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <traces/trace_text.h>

int
trace_text_open(struct trace_text *t, const char *path, char *err,
    size_t errlen)
{

	memset(t, 0, sizeof(*t));
	t->tt_path = path;
	t->tt_err = err;
	t->tt_errlen = errlen;
	t->tt_next = t->tt_buf;
	errno = 0;
	t->tt_file = gzopen(path, "rb");
	if (t->tt_file != NULL)
		return (0);
	snprintf(err, errlen, "%s: %s", path,
	    errno != 0 ? strerror(errno) : "out of memory");
	return (-1);
}

void
trace_text_close(struct trace_text *t)
{

	gzclose(t->tt_file);
}

int
trace_text_fail(struct trace_text *t, const char *fmt, ...)
{
	char what[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	snprintf(t->tt_err, t->tt_errlen, "%s:%u: %s", t->tt_path,
	    t->tt_line, what);
	return (-1);
}

/* No more bytes: the end of the text, or why they stopped. */
static int
text_stopped(struct trace_text *t, size_t len)
{
	int zerr;
	const char *why;

	why = gzerror(t->tt_file, &zerr);
	if (zerr == Z_ERRNO)
		return (trace_text_fail(t, "%s", strerror(errno)));
	if (zerr == Z_BUF_ERROR)
		return (trace_text_fail(t, "the gzip data is cut short"));
	if (zerr != Z_OK && zerr != Z_STREAM_END)
		return (trace_text_fail(t, "bad gzip data: %s", why));
	if (len != 0)
		return (trace_text_fail(t,
		    "the text ends within a line: it was cut"));
	if (t->tt_line > 1)
		t->tt_line--;
	return (0);
}

int
trace_text_line(struct trace_text *t)
{
	size_t len;
	int c;

	t->tt_line++;
	for (len = 0; len < LAB_TRACE_LINE_MAX; len++) {
		c = gzgetc(t->tt_file);
		if (c == -1)
			return (text_stopped(t, len));
		if (++t->tt_bytes > LAB_TRACE_TEXT_MAX)
			return (trace_text_fail(t, "more than %u MiB of text",
			    LAB_TRACE_TEXT_MAX >> 20));
		if (c == '\n') {
			t->tt_buf[len] = '\0';
			t->tt_next = t->tt_buf;
			return (1);
		}
		if (c < 0x20 || c > 0x7e)
			return (trace_text_fail(t,
			    "byte %#x is not printable ASCII",
			    (unsigned)c));
		t->tt_buf[len] = (char)c;
	}
	return (trace_text_fail(t, "line longer than %d bytes",
	    LAB_TRACE_LINE_MAX));
}

/* The value of a digit, or base when c is none. */
static unsigned
text_digit(char c, unsigned base)
{

	if (c >= '0' && c <= '9')
		return ((unsigned)(c - '0'));
	if (base == 16 && c >= 'a' && c <= 'f')
		return ((unsigned)(c - 'a') + 10);
	return (base);
}

int
trace_text_number(struct trace_text *t, const char *what, int base,
    uint64_t max, char end, uint64_t *value)
{
	const unsigned b = (unsigned)base;
	const char *start;
	uint64_t v;
	unsigned d;

	start = t->tt_next;
	v = 0;
	while ((d = text_digit(*t->tt_next, b)) < b) {
		if (d > max || v > (max - d) / b)
			return (trace_text_fail(t, "%s is above %llu", what,
			    (unsigned long long)max));
		v = v * b + d;
		t->tt_next++;
	}
	if (t->tt_next == start)
		return (trace_text_fail(t, "%s is not a number", what));
	if (*t->tt_next != end)
		return (trace_text_fail(t, "unexpected \"%.20s\" after %s",
		    t->tt_next, what));
	if (end != '\0')
		t->tt_next++;
	*value = v;
	return (0);
}

int
trace_text_skip(struct trace_text *t, const char *prefix)
{
	size_t n;

	n = strlen(prefix);
	if (strncmp(t->tt_next, prefix, n) != 0)
		return (0);
	t->tt_next += n;
	return (1);
}
