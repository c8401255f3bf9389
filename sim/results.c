/*
 * The folder of a sweep.  Read results.h first.
 */
#include "results.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lines.h"

#define	ROUNDS_FILE	"rounds.jsonl"

/* mkdir -p */
static void
make_folders(const char *path)
{
	char part[512];

	for (size_t i = 1; path[i - 1] != '\0'; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, 0777) != 0 && errno != EEXIST)
			err(1, "%s", part);
	}
}

static int
by_text(const void *a, const void *b)
{
	return (strcmp(*(char *const *)a, *(char *const *)b));
}

static void
keep_key(struct results *r, const json_t *line)
{
	r->rs_keys = realloc(r->rs_keys, (r->rs_nkeys + 1) *
	    sizeof(*r->rs_keys));
	if (r->rs_keys == NULL)
		err(1, "%u lines", r->rs_nkeys);
	r->rs_keys[r->rs_nkeys++] = lines_key(line);
}

/*
 * Is it one of the lines that are kept here, the n-th?  Of a foreign one we
 * know nothing, and what follows it is results: nothing is cut off then.
 */
static void
check_line(const struct results *r, const json_t *line, unsigned n)
{
	const char *kind = json_string_value(json_object_get(line, "kind"));

	if (kind == NULL || (n == 1) != (strcmp(kind, "run") == 0))
		errx(2, "%s/%s:%u: no line of a run; move the file away",
		    r->rs_dir, ROUNDS_FILE, n);
}

/* Read what is there; what was torn by a kill is cut off.  Lines read. */
static unsigned
read_lines(struct results *r)
{
	char *text = NULL;
	unsigned n = 0;
	size_t size = 0;
	ssize_t length;
	off_t whole = 0;

	while ((length = getline(&text, &size, r->rs_file)) > 0) {
		json_t *line;

		if (text[length - 1] != '\n')
			break;
		line = json_loads(text, 0, NULL);
		check_line(r, line, ++n);
		if (n > 1)
			keep_key(r, line);
		json_decref(line);
		whole = ftello(r->rs_file);
	}
	free(text);
	if (fseeko(r->rs_file, whole, SEEK_SET) != 0 ||
	    ftruncate(fileno(r->rs_file), whole) != 0)
		err(1, "%s/%s", r->rs_dir, ROUNDS_FILE);
	qsort(r->rs_keys, r->rs_nkeys, sizeof(*r->rs_keys), by_text);
	return (n);
}

/* DIR/latest is the folder that was asked for last. */
static void
link_latest(const char *dir, const char *name)
{
	char link[600], temporary[608];

	snprintf(link, sizeof(link), "%s/latest", dir);
	snprintf(temporary, sizeof(temporary), "%s.new", link);
	if ((unlink(temporary) != 0 && errno != ENOENT) ||
	    symlink(name, temporary) != 0 || rename(temporary, link) != 0)
		err(1, "%s", link);
}

void
results_open(struct results *r, const char *dir, const json_t *run)
{
	const json_t *machine = json_object_get(run, "simulated");
	const char *name = json_string_value(json_object_get(machine,
	    "machine"));
	const char *base = strrchr(name, '/');
	char path[600], identity[17];

	lines_identity(run, identity);
	*r = (struct results){ .rs_keys = NULL };
	snprintf(r->rs_dir, sizeof(r->rs_dir), "%s/%s-%.8s", dir,
	    base != NULL ? base + 1 : name, identity);
	make_folders(r->rs_dir);
	snprintf(path, sizeof(path), "%s/%s", r->rs_dir, ROUNDS_FILE);
	r->rs_file = fopen(path, "a+");
	if (r->rs_file == NULL)
		err(1, "%s", path);
	if (flock(fileno(r->rs_file), LOCK_EX | LOCK_NB) != 0)
		errx(2, "%s: another process writes there; wait for it, or "
		    "give another --results", path);
	rewind(r->rs_file);
	if (read_lines(r) == 0)
		results_add(r, run);
	link_latest(dir, strrchr(r->rs_dir, '/') + 1);
}

bool
results_have(const struct results *r, const char *key)
{
	return (r->rs_nkeys > 0 && bsearch(&key, r->rs_keys, r->rs_nkeys,
	    sizeof(key), by_text) != NULL);
}

void
results_add(struct results *r, const json_t *line)
{
	if (json_dumpf(line, r->rs_file, JSON_COMPACT |
	    JSON_REAL_PRECISION(12)) != 0 || fputc('\n', r->rs_file) == EOF ||
	    fflush(r->rs_file) != 0)
		err(1, "%s/%s", r->rs_dir, ROUNDS_FILE);
}

void
results_close(struct results *r)
{
	for (unsigned i = 0; i < r->rs_nkeys; i++)
		free(r->rs_keys[i]);
	free(r->rs_keys);
	if (r->rs_file != NULL)
		fclose(r->rs_file);
}
