/*
 * Reading a file that may be compressed as a stream.
 */
#ifndef REPORT_GZIP_H
#define	REPORT_GZIP_H

#include <stdio.h>

/*
 * Open a file for reading, gzipped or not.  NULL with errno if it cannot be;
 * data that are cut short or damaged end in a read error, and fclose() fails.
 */
FILE	*rp_open_gzip(const char *path);

#endif /* REPORT_GZIP_H */
