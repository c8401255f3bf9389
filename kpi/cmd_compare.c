/*
 * kpi compare --out DIR OLD NEW [--abidiff FILE --abidiff-status N] ...: what
 * differs between two surfaces, and whether that demands a bump.
 *
 * Any number of pairs.  --abidiff and its status are of the pair before them.
 * Writes kpi.json and its tables (output.h) into DIR, and a line a pair on the
 * terminal.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/output.h"

#include "abidiff.h"
#include "cmd.h"
#include "output.h"
#include "rule.h"
#include "store.h"

struct wanted {
	const char	*old, *new;
	const char	*abidiff;	/* file of its text, or NULL */
	long		 status;	/* -1: not given */
};

struct options {
	const char	*out;
	struct wanted	*pairs;
	size_t		 npairs;
};

static long
status_of(const char *text)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (errno != 0 || *end != '\0' || end == text || n < 0 || n > 255)
		errx(2, "--abidiff-status %s: give the status that abidiff "
		    "exited with", text);
	return (n);
}

/* An option and its value, which must be there. */
static void
set_option(struct options *o, const char *command, const char *option,
    const char *value)
{
	struct wanted *last = o->npairs > 0 ? &o->pairs[o->npairs - 1] : NULL;

	if (value == NULL)
		kpi_usage(command);
	if (strcmp(option, "--out") == 0)
		o->out = value;
	else if (last == NULL || last->new == NULL)
		errx(2, "%s: name the pair it is of before it", option);
	else if (strcmp(option, "--abidiff") == 0)
		last->abidiff = value;
	else if (strcmp(option, "--abidiff-status") == 0)
		last->status = status_of(value);
	else
		kpi_usage(command);
}

static void
add_folder(struct options *o, const char *folder)
{
	if (o->npairs > 0 && o->pairs[o->npairs - 1].new == NULL) {
		o->pairs[o->npairs - 1].new = folder;
		return;
	}
	o->pairs = kpi_grow(o->pairs, o->npairs + 1, sizeof(*o->pairs));
	o->pairs[o->npairs++] = (struct wanted){ .old = folder, .status = -1 };
}

static struct options
parse(int argc, char **argv)
{
	struct options o = { .out = NULL };

	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) != 0)
			add_folder(&o, argv[i]);
		else {
			set_option(&o, argv[0], argv[i], argv[i + 1]);
			i++;
		}
	}
	if (o.out == NULL || o.npairs == 0 ||
	    o.pairs[o.npairs - 1].new == NULL)
		kpi_usage(argv[0]);
	for (size_t i = 0; i < o.npairs; i++)
		if ((o.pairs[i].abidiff != NULL) != (o.pairs[i].status >= 0))
			errx(2, "--abidiff and --abidiff-status go together");
	return (o);
}

static void
merge_abidiff(struct kpi_pair *p, const struct kpi_surface *old,
    const struct kpi_surface *new, const struct wanted *w)
{
	char *text = rp_read_file(w->abidiff);

	if (text == NULL)
		err(2, "%s", w->abidiff);
	kpi_abidiff_merge(p, old, new, text, (unsigned)w->status, w->abidiff);
	free(text);
}

/* Compare a pair, add it, and say its verdict. */
static void
compare(json_t *kpi, const struct wanted *w)
{
	struct kpi_surface *old = kpi_surface_read(w->old);
	struct kpi_surface *new = kpi_surface_read(w->new);
	struct kpi_pair *p = kpi_compare(old, new);
	char *because;

	if (w->abidiff != NULL)
		merge_abidiff(p, old, new, w);
	kpi_json_add(kpi, p);
	kpi_json_sizes(kpi, old);
	kpi_json_sizes(kpi, new);
	because = kpi_because(p);
	printf("%s -> %s: %s: %s\n", p->pa_old, p->pa_new,
	    kpi_verdict_names[kpi_verdict_of(p)], because);
	free(because);
	kpi_pair_free(p);
	kpi_surface_free(old);
	kpi_surface_free(new);
}

static void
write_table(const char *out, const char *file, char *text)
{
	kpi_write(out, file, text);
	free(text);
}

int
kpi_cmd_compare(int argc, char **argv)
{
	struct options o = parse(argc, argv);
	json_t *kpi = kpi_json_new();
	char *text;

	for (size_t i = 0; i < o.npairs; i++)
		compare(kpi, &o.pairs[i]);
	text = json_dumps(kpi, JSON_INDENT(1));
	if (text == NULL)
		errx(1, "%s: no memory for it", KPI_JSON);
	write_table(o.out, KPI_JSON, text);
	write_table(o.out, KPI_CHANGES, kpi_changes_table(kpi));
	write_table(o.out, KPI_VERDICTS, kpi_verdicts_table(kpi));
	write_table(o.out, KPI_SIZES, kpi_sizes_table(kpi));
	json_decref(kpi);
	free(o.pairs);
	if (fflush(stdout) != 0)
		err(1, "standard output");
	return (0);
}
