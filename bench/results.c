/*
 * Making and naming the folder of a run.
 */
#define	_GNU_SOURCE
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "results.h"

#define	MODEL_MAX	40	/* characters of the CPU's name in the key */

static char *
format(const char *a, const char *b)
{
	char *text;

	if (asprintf(&text, "%s/%s", a, b) < 0)
		err(1, "results");
	return (text);
}

/* FNV-1a. */
static uint32_t
hash_text(uint32_t h, const char *text)
{
	while (*text != '\0')
		h = (h ^ (unsigned char)*text++) * 16777619u;
	return (h);
}

/*
 * Depth by depth, what there is and which PUs it spans.  Sizes of memory stay
 * out: they change with the firmware and between starts of a guest.
 */
static uint32_t
shape(hwloc_topology_t t)
{
	uint32_t h = 2166136261u;

	for (int d = 0; d < hwloc_topology_get_depth(t); d++) {
		hwloc_obj_t o = NULL;

		h = hash_text(h, hwloc_obj_type_string(
		    hwloc_get_depth_type(t, d)));
		while ((o = hwloc_get_next_obj_by_depth(t, d, o)) != NULL) {
			char set[256];

			hwloc_bitmap_snprintf(set, sizeof(set), o->cpuset);
			h = hash_text(h, set);
		}
	}
	return (h);
}

/* Lower-case words with dashes: "AMD EPYC(tm)" is "amd-epyc-tm". */
static void
slug(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (; *text != '\0' && n + 1 < size; text++)
		if (isalnum((unsigned char)*text))
			out[n++] = (char)tolower((unsigned char)*text);
		else if (n > 0 && out[n - 1] != '-')
			out[n++] = '-';
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
}

void
results_key(hwloc_topology_t t, char *key, size_t size)
{
	hwloc_obj_t package = hwloc_get_obj_by_type(t, HWLOC_OBJ_PACKAGE, 0);
	const char *model = NULL;
	char name[MODEL_MAX];

	if (package != NULL)
		model = hwloc_obj_get_info_by_name(package, "CPUModel");
	if (model == NULL)
		model = hwloc_obj_get_info_by_name(hwloc_get_root_obj(t),
		    "Architecture");
	slug(model != NULL ? model : "unknown", name, sizeof(name));
	snprintf(key, size, "%s-%dpu-%dnode-%08x", name,
	    hwloc_get_nbobjs_by_type(t, HWLOC_OBJ_PU),
	    hwloc_get_nbobjs_by_type(t, HWLOC_OBJ_NUMANODE), shape(t));
}

static void
make_dir(const char *path)
{
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		err(1, "cannot make %s, give a place with --results", path);
}

/*
 * The run's own folder.  A run that began in the same second has the name
 * already; this one is then called by the next second.
 */
static void
make_run_dir(struct results *r, const char *parent)
{
	time_t now = time(NULL);
	struct tm tm;

	for (;; now++) {
		gmtime_r(&now, &tm);
		strftime(r->rs_id, sizeof(r->rs_id), "%Y%m%dT%H%M%SZ", &tm);
		r->rs_dir = format(parent, r->rs_id);
		if (mkdir(r->rs_dir, 0777) == 0)
			return;
		if (errno != EEXIST)
			err(1, "cannot make %s, give a place with --results",
			    r->rs_dir);
		free(r->rs_dir);
	}
}

/*
 * Two processes that go on with one run would both call themselves the next
 * one, and a block of either would count double.  A file system that knows no
 * locks cannot tell, and is trusted.
 */
static void
lock(struct results *r)
{
	r->rs_lock = open(r->rs_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->rs_lock >= 0 && flock(r->rs_lock, LOCK_EX | LOCK_NB) != 0 &&
	    errno == EWOULDBLOCK)
		errx(2, "another process is writing in %s; wait for its end",
		    r->rs_dir);
}

void
results_make(struct results *r, const char *root, const struct place_map *map)
{
	char *parent;

	results_key(map->pm_topology, r->rs_key, sizeof(r->rs_key));
	parent = format(root, r->rs_key);
	r->rs_latest = format(root, "latest");
	make_dir(root);
	make_dir(parent);
	make_run_dir(r, parent);
	lock(r);
	free(parent);
}

/* Take the last part off a path, and return it. */
static char *
last_part(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == NULL)
		return (path);
	*slash = '\0';
	return (slash + 1);
}

void
results_open(struct results *r, const char *dir, const struct place_map *map)
{
	char *parts;

	r->rs_dir = realpath(dir, NULL);
	if (r->rs_dir == NULL)
		err(2, "cannot find the run %s; --resume wants its folder, "
		    "such as results/latest", dir);
	lock(r);
	results_key(map->pm_topology, r->rs_key, sizeof(r->rs_key));
	parts = strdup(r->rs_dir);
	if (parts == NULL)
		err(1, "results");
	/* root/key/id */
	snprintf(r->rs_id, sizeof(r->rs_id), "%s", last_part(parts));
	(void)last_part(parts);
	r->rs_latest = format(parts, "latest");
	free(parts);
}

char *
results_path(const struct results *r, const char *file)
{
	return (format(r->rs_dir, file));
}

int
results_link(const struct results *r)
{
	char *target = format(r->rs_key, r->rs_id);
	char *temporary = NULL;
	int error = 0;

	if (asprintf(&temporary, "%s.%ld", r->rs_latest, (long)getpid()) < 0)
		err(1, "results");
	if (symlink(target, temporary) != 0 ||
	    rename(temporary, r->rs_latest) != 0) {
		error = errno;
		unlink(temporary);
	}
	free(temporary);
	free(target);
	return (error);
}

void
results_free(struct results *r)
{
	if (r->rs_lock >= 0)
		close(r->rs_lock);
	free(r->rs_dir);
	free(r->rs_latest);
}
