/*
 * kpi classify [--declared NAMES] [--list] [FILE]: count the errors in what a
 * compiler wrote, by class (classify.h).
 *
 * Without FILE, standard input.  Writes the six counts, tab separated, in the
 * order of kpi_matrix.tsv; with --list a line an error instead: FILE:LINE,
 * class, identifier, the compiler's words.  NAMES has a name a line, what the
 * headers of the release declare.
 */
#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "classify.h"
#include "cmd.h"

static FILE *
open_input(const char *name)
{
	FILE *f = fopen(name, "r");

	if (f == NULL)
		err(2, "%s: name a file that can be read", name);
	return (f);
}

static int
compare(const void *a, const void *b)
{
	return (strcmp(*(char *const *)a, *(char *const *)b));
}

/* The lines of a file, sorted; they live until the program ends. */
static char **
read_names(const char *file, size_t *n)
{
	FILE *f = open_input(file);
	char **names = NULL, *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, f) >= 0) {
		line[strcspn(line, "\r\n")] = '\0';
		names = reallocarray(names, *n + 1, sizeof(*names));
		if (names == NULL || (names[*n] = strdup(line)) == NULL)
			err(1, "%s", file);
		(*n)++;
	}
	free(line);
	(void)fclose(f);
	if (*n > 0)
		qsort(names, *n, sizeof(*names), compare);
	return (names);
}

static void
print_list(const struct kpi_diags *ds)
{
	for (size_t i = 0; i < ds->ds_n; i++) {
		const struct kpi_diag *d = &ds->ds_list[i];

		printf("%s:%u\t%s\t%s\t%s\n", d->kd_file, d->kd_line,
		    kpi_diag_class_names[d->kd_class], d->kd_name, d->kd_text);
	}
}

static void
print_counts(const struct kpi_diags *ds)
{
	for (unsigned c = 0; c < KPI_DIAG_CLASSES; c++)
		printf("%u%c", ds->ds_count[c],
		    c + 1 < KPI_DIAG_CLASSES ? '\t' : '\n');
}

int
kpi_cmd_classify(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "declared", required_argument, NULL, 'd' },
		{ "list", no_argument, NULL, 'l' },
		{ NULL, 0, NULL, 0 }
	};
	struct kpi_diags *ds;
	char **declared = NULL;
	size_t n = 0;
	int c, list = 0;
	FILE *from;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
		switch (c) {
		case 'd':
			declared = read_names(optarg, &n);
			break;
		case 'l':
			list = 1;
			break;
		default:
			kpi_usage(argv[0]);
		}
	if (argc - optind > 1)
		kpi_usage(argv[0]);
	from = optind < argc ? open_input(argv[optind]) : stdin;
	ds = kpi_diags_read(from, declared, n);
	if (list)
		print_list(ds);
	else
		print_counts(ds);
	kpi_diags_free(ds);
	for (size_t i = 0; i < n; i++)
		free(declared[i]);
	free(declared);
	if (fflush(stdout) != 0 || ferror(stdout))
		err(1, "classify: standard output");
	return (0);
}
