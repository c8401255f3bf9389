/*
 * Lines and fields of a trace's text, for trace.c alone.
 *
 * Reads a plain or a gzipped file line by line within fixed bounds, so that a
 * hostile file costs no more than its limits, and takes fields off a line.
 * Every failure is written once, as "path:line: what", to the caller's err.
 */
#ifndef TRACES_TRACE_TEXT_H
#define	TRACES_TRACE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include <zlib.h>

#include <traces/trace.h>

struct trace_text {
	gzFile		tt_file;
	const char	*tt_path;
	char		*tt_err;
	size_t		 tt_errlen;
	unsigned	 tt_line;	/* of the line in hand, from 1 */
	uint64_t	 tt_bytes;	/* read so far, decompressed */
	char		*tt_next;	/* first character not yet taken */
	char		 tt_buf[LAB_TRACE_LINE_MAX + 1];
};

/* 0, or -1 with err filled. */
int	trace_text_open(struct trace_text *, const char *path, char *err,
	    size_t errlen);
void	trace_text_close(struct trace_text *);

/* Get the next line: 1, 0 at the end of the text, or -1 with err filled. */
int	trace_text_line(struct trace_text *);

/* Fill err for the line in hand.  Always -1. */
int	trace_text_fail(struct trace_text *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/*
 * Take a number of digits of base (10 or 16), without a sign and not above
 * max, and the character end that must follow; '\0' means the line's end.
 * 0, or -1 with err filled; what names the field in it.
 */
int	trace_text_number(struct trace_text *, const char *what, int base,
	    uint64_t max, char end, uint64_t *value);

/* Take the prefix if the rest of the line begins with it; whether it did. */
int	trace_text_skip(struct trace_text *, const char *prefix);

#endif /* TRACES_TRACE_TEXT_H */
