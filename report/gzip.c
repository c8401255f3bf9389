/*
 * Reading a file that may be compressed as a stream.
 */
#define	_GNU_SOURCE
#include <errno.h>
#include <stdio.h>

#include <zlib.h>

#include "gzip.h"

static ssize_t
gzip_read(void *cookie, char *buffer, size_t size)
{
	int n = gzread(cookie, buffer, (unsigned)size);

	/* A file cut short ends early; only the end's own check sees it. */
	if (n < 0 || (n == 0 && gzeof(cookie) == 0)) {
		errno = EIO;
		return (-1);
	}
	return (n);
}

static int
gzip_close(void *cookie)
{
	return (gzclose_r(cookie) == Z_OK ? 0 : EOF);
}

FILE *
rp_open_gzip(const char *path)
{
	cookie_io_functions_t functions = { .read = gzip_read,
	    .close = gzip_close };
	gzFile file = gzopen(path, "r");
	FILE *f;

	if (file == NULL)
		return (NULL);
	f = fopencookie(file, "r", functions);
	if (f == NULL)
		gzclose_r(file);
	return (f);
}
