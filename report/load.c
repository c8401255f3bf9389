/*
 * The files of a run: rounds.jsonl, line by line, and environment.json.
 *
 * A last line without its newline is what a killed run leaves behind; if it
 * does not parse it is dropped and noted.  Anything else that does not parse
 * is an error with its line number, since no window may vanish in silence.
 */
#include "results.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line of a window is under 1 kB, and under 64 kB with locks and threads. */
#define	LINE_MAX_BYTES	(16u << 20)

/* One line: 0, -1 with a message, or 1 if it is torn. */
static int
load_line(struct rp_results *r, const char *line, size_t len, char *message)
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
	if (j == NULL && line[len - 1] != '\n')
		return (1);
	if (j == NULL) {
		snprintf(message, RP_MESSAGE, "no JSON: %.200s", error.text);
		return (-1);
	}
	status = rp_add(r, j, message);
	json_decref(j);
	return (status);
}

static int
load_lines(struct rp_results *r, FILE *f, const char *path, char *message)
{
	char why[RP_MESSAGE] = "", *line = NULL;
	size_t size = 0;
	ssize_t len;
	unsigned long n = 0;
	int status = 0;

	while (status == 0 && (len = getline(&line, &size, f)) > 0) {
		n++;
		status = load_line(r, line, (size_t)len, why);
	}
	free(line);
	if (status == 1) {
		r->torn = true;
		status = 0;
	}
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

	snprintf(path, sizeof(path), "%s/rounds.jsonl", folder);
	f = fopen(path, "r");
	if (f == NULL) {
		snprintf(message, RP_MESSAGE, "%.300s: %s; name the folder of "
		    "a run, such as results/latest", path, strerror(errno));
		return (-1);
	}
	status = load_lines(r, f, path, message);
	fclose(f);
	if (status == 0 && r->ncells == 0) {
		snprintf(message, RP_MESSAGE, "%.300s: no window in it; "
		    "run the benchmark again", path);
		status = -1;
	}
	return (status);
}

/* That it is missing is said in the report; that it is broken is an error. */
static int
load_environment(struct rp_results *r, const char *folder, char *message)
{
	char path[PATH_MAX];
	json_error_t error;

	snprintf(path, sizeof(path), "%s/environment.json", folder);
	if (access(path, F_OK) != 0)
		return (0);
	r->environment = json_load_file(path, 0, &error);
	if (json_is_object(r->environment))
		return (0);
	snprintf(message, RP_MESSAGE, "%.250s:%d: %.200s", path, error.line,
	    r->environment == NULL ? error.text : "not a JSON object");
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
	r->folder = folder_name(folder);
	if (load_rounds(r, folder, message) != 0 ||
	    load_environment(r, folder, message) != 0) {
		rp_free(r);
		return (-1);
	}
	rp_arrange(r);
	return (0);
}
