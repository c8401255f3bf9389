/*
 * Texts into memory, then to disk in one step.  Read output.h first.
 *
 * A file is written beside the old one and renamed over it, so a full disk or
 * a kill leaves the old one whole.
 */
#include "output.h"

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
rp_text_open(struct rp_text *t)
{
	t->f = open_memstream(&t->text, &t->size);
	if (t->f == NULL)
		err(1, "report");
}

char *
rp_text_close(struct rp_text *t)
{
	if (fclose(t->f) != 0)
		err(1, "report");
	return (t->text);
}

char *
rp_read_file(const char *path)
{
	struct rp_text t;
	char part[4096];
	size_t n;
	FILE *f = fopen(path, "r");
	bool bad;

	if (f == NULL)
		return (NULL);
	rp_text_open(&t);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		fwrite(part, 1, n, t.f);
	bad = ferror(f) != 0;
	fclose(f);
	rp_text_close(&t);
	if (bad) {
		free(t.text);
		return (NULL);
	}
	return (t.text);
}

int
rp_save(const char *path, const char *text, char message[RP_MESSAGE])
{
	char part[PATH_MAX];
	FILE *f;
	int error = 0;

	snprintf(part, sizeof(part), "%s.part", path);
	f = fopen(part, "w");
	if (f != NULL && fputs(text, f) < 0)
		error = errno;
	if (f == NULL || fclose(f) != 0)
		error = errno;
	if (error == 0 && rename(part, path) != 0)
		error = errno;
	if (error == 0)
		return (0);
	if (f != NULL)
		unlink(part);
	snprintf(message, RP_MESSAGE, "%.300s: %s; nothing was replaced", path,
	    strerror(error));
	return (-1);
}
