/*
 * The files of a run: rounds.jsonl, line by line and perhaps gzipped,
 * environment.json and transfer.json.
 *
 * A process that was killed leaves a torn line behind: at the end of the file,
 * or where the next process went on.  It is dropped and noted.  Anything else
 * that does not parse is an error with its line number, since no window may
 * vanish in silence.
 */
#include "compare.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gzip.h"

/* A line of a window is under 1 kB, and under 64 kB with locks and threads. */
#define	LINE_MAX_BYTES	(16u << 20)

/* What a line that may be torn waits for. */
struct torn {
	unsigned long	line;		/* its number; 0: there is none */
	char		why[RP_MESSAGE];
};

static bool
begins_process(json_t *j)
{
	const char *kind = json_string_value(json_object_get(j, "kind"));

	return (kind != NULL && strcmp(kind, "process") == 0);
}

/*
 * Add one line, or leave it as perhaps torn.  After such a line a process must
 * begin.  0, or -1 with a message.
 */
static int
load_line(struct rp_results *r, const char *line, size_t len,
    struct torn *torn, char *message)
{
	json_error_t error;
	json_t *j;
	int status;

	if (len > LINE_MAX_BYTES) {
		snprintf(message, RP_MESSAGE, "longer than %u bytes",
		    LINE_MAX_BYTES);
		return (-1);
	}
	j = json_loadb(line, len, 0, &error);
	if (torn->line != 0 && !begins_process(j)) {
		json_decref(j);
		return (-1);
	}
	if (j == NULL) {
		snprintf(torn->why, sizeof(torn->why), "no JSON: %.200s",
		    error.text);
		return (1);
	}
	status = rp_add(r, j, message);
	json_decref(j);
	return (status);
}

/* All lines; *n is the number of the last one read. */
static int
load_all(struct rp_results *r, FILE *f, struct torn *torn, unsigned long *n,
    char *why)
{
	char *line = NULL;
	size_t size = 0, end = 0;
	ssize_t len;
	int status = 0;

	while (status == 0 && (len = getline(&line, &size, f)) > 0) {
		++*n;
		end = (size_t)len;
		status = load_line(r, line, end, torn, why);
		if (status < 0 && torn->line != 0) {
			/* No process follows it, so it is no torn line. */
			*n = torn->line;
			snprintf(why, RP_MESSAGE, "%s", torn->why);
		} else if (status > 0) {
			r->torn = true;
			torn->line = *n;
			status = 0;
		} else {
			torn->line = 0;
		}
	}
	/* A whole last line that does not parse was never torn. */
	if (status == 0 && torn->line != 0 && end > 0 &&
	    line[end - 1] == '\n') {
		snprintf(why, RP_MESSAGE, "%s", torn->why);
		status = -1;
	}
	free(line);
	return (status);
}

static int
load_lines(struct rp_results *r, FILE *f, const char *path, char *message)
{
	struct torn torn = { .line = 0 };
	char why[RP_MESSAGE] = "";
	unsigned long n = 0;
	int status = load_all(r, f, &torn, &n, why);

	if (status != 0)
		snprintf(message, RP_MESSAGE, "%.200s:%lu: %.250s", path, n,
		    why);
	else if (ferror(f)) {
		snprintf(message, RP_MESSAGE, "%.300s: %s", path,
		    strerror(errno));
		status = -1;
	}
	return (status);
}

static int
load_rounds(struct rp_results *r, const char *folder, char *message)
{
	char path[PATH_MAX];
	FILE *f;
	int status;

	r->rounds_file = RP_ROUNDS_FILE;
	snprintf(path, sizeof(path), "%s/" RP_ROUNDS_FILE ".gz", folder);
	if (access(path, F_OK) == 0)
		r->rounds_file = RP_ROUNDS_FILE ".gz";
	snprintf(path, sizeof(path), "%s/%s", folder, r->rounds_file);
	f = rp_open_gzip(path);
	if (f == NULL) {
		snprintf(message, RP_MESSAGE, "%.300s: %s; name the folder of "
		    "a run, such as results/latest", path, strerror(errno));
		return (-1);
	}
	status = load_lines(r, f, path, message);
	if (fclose(f) != 0 && status == 0) {
		snprintf(message, RP_MESSAGE, "%.300s: damaged or cut short; "
		    "copy it again", path);
		status = -1;
	}
	if (status == 0 && r->ncells == 0) {
		snprintf(message, RP_MESSAGE, "%.300s: no window in it; "
		    "run the benchmark again", path);
		status = -1;
	}
	return (status);
}

/*
 * A JSON object beside the rounds, or NULL.  That it is missing is said in the
 * report; that it is broken is an error.
 */
static int
load_object(json_t **object, const char *folder, const char *file,
    char *message)
{
	char path[PATH_MAX];
	json_error_t error;

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	if (access(path, F_OK) != 0)
		return (0);
	*object = json_load_file(path, 0, &error);
	if (json_is_object(*object))
		return (0);
	snprintf(message, RP_MESSAGE, "%.250s:%d: %.200s", path, error.line,
	    *object == NULL ? error.text : "not a JSON object");
	return (-1);
}

const char *
rp_from_here(const char *path)
{
	char cwd[PATH_MAX];
	size_t n;

	if (getcwd(cwd, sizeof(cwd)) == NULL)
		return (path);
	n = strlen(cwd);
	return (strncmp(path, cwd, n) == 0 && path[n] == '/' ?
	    path + n + 1 : path);
}

/*
 * The folder as reports name it: without symbolic links, so that "latest" and
 * the run it points to give the same text, and relative to the working
 * directory if below it, so that another checkout does too.
 */
static char *
folder_name(const char *folder)
{
	char real[PATH_MAX];

	return (rp_strdup(realpath(folder, real) == NULL ? folder :
	    rp_from_here(real)));
}

int
rp_load(struct rp_results *r, const char *folder, char message[RP_MESSAGE])
{
	memset(r, 0, sizeof(*r));
	r->elapsed_s = NAN;
	r->folder = folder_name(folder);
	if (load_rounds(r, folder, message) != 0 ||
	    load_object(&r->environment, folder, "environment.json",
	    message) != 0 || load_object(&r->transfer, folder,
	    "transfer.json", message) != 0) {
		rp_free(r);
		return (-1);
	}
	rp_arrange(r);
	rp_pairs_init(r);
	return (0);
}
