/*
 * The throughputs of one cell for ministat, the program of FreeBSD that tells
 * samples apart.  Read output.h first.
 *
 * What is written are the replicates that a report counts: rounds, or where a
 * run has enough processes, the median over the rounds of each.  ministat
 * takes the samples for independent, and so does not see that rounds are
 * blocks: it says less than the report, by other means.
 */
#include "output.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "replicate.h"

#define	SAMPLES_MAX	7	/* that ministat compares at once */

/* The values of one implementation. */
struct column {
	unsigned	impl;
	unsigned	n;
	double		*values;
};

/* A cell by the name that reports give it, or by that in the data. */
static const struct rp_cell *
find_cell(const struct rp_results *r, const char *name)
{
	const size_t n = strlen(name);

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];

		if (strcmp(c->name, name) == 0 || strcmp(c->key, name) == 0)
			return (c);
		/* The data's name of a cell ends before its home. */
		if (strncmp(c->key, name, n) == 0 &&
		    strncmp(c->key + n, "/home=", 6) == 0)
			return (c);
	}
	return (NULL);
}

static struct column
read_column(const struct rp_cell *c, unsigned impl)
{
	const struct rp_arm *a = rp_arm(c, impl);
	struct column column = { .impl = impl };
	struct rp_value *values;

	if (rp_arm_verdict(a) != RP_UNRESOLVED)
		return (column);
	values = rp_grow(NULL, a->nwindows, sizeof(*values));
	for (unsigned i = 0; i < a->nwindows; i++)
		values[i] = (struct rp_value){ a->windows[i].process,
		    a->windows[i].ops_per_s_total };
	column.values = rp_grow(NULL, a->nwindows, sizeof(*column.values));
	column.n = rp_reduce(values, a->nwindows, c->by_process,
	    column.values);
	free(values);
	return (column);
}

/* Columns of the implementations that are listed, or -1 with a message. */
static int
listed(const struct rp_results *r, const struct rp_cell *c, const char *list,
    struct column **columns, unsigned *n, char *message)
{
	for (const char *at = list; *at != '\0'; at += *at == ',') {
		int len = (int)strcspn(at, ",");
		char *name = rp_strdup(at);
		int impl;

		name[len] = '\0';
		impl = rp_impl_find(r, name);
		free(name);
		*columns = rp_grow(*columns, *n + 1, sizeof(**columns));
		if (impl < 0 || ((*columns)[*n] = read_column(c,
		    (unsigned)impl)).n == 0) {
			snprintf(message, RP_MESSAGE, "%.*s has no figure in "
			    "%.200s; leave --impl out for all that have one",
			    len > 64 ? 64 : len, at, c->name);
			return (-1);
		}
		(*n)++;
		at += len;
	}
	return (0);
}

static void
measured(const struct rp_results *r, const struct rp_cell *c,
    struct column **columns, unsigned *n)
{
	for (unsigned i = 0; i < r->nimpls; i++) {
		struct column column = read_column(c, i);

		if (column.n == 0)
			continue;
		*columns = rp_grow(*columns, *n + 1, sizeof(**columns));
		(*columns)[(*n)++] = column;
	}
}

static const char *
name_of(const struct rp_results *r, const struct column *c)
{
	return (r->impls[c->impl].reference ? "reference" :
	    r->impls[c->impl].name);
}

static void
print_columns(FILE *f, const struct rp_results *r, const struct rp_cell *c,
    const struct column *columns, unsigned n)
{
	unsigned rows = UINT_MAX;

	fprintf(f, "# %s, operations a second, %s\n#", c->name,
	    rp_replicates(r));
	for (unsigned i = 0; i < n; i++) {
		fprintf(f, " %s", name_of(r, &columns[i]));
		/* ministat knows no gaps: what one lacks, none has. */
		if (columns[i].n < rows)
			rows = columns[i].n;
	}
	fputc('\n', f);
	for (unsigned row = 0; row < rows; row++)
		for (unsigned i = 0; i < n; i++)
			fprintf(f, "%.12g%c", columns[i].values[row],
			    i == n - 1 ? '\n' : ' ');
}

static int
save_columns(FILE *f, const struct rp_results *r, const struct rp_cell *c,
    const struct column *columns, unsigned n, const char *folder,
    char *message)
{
	if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
		snprintf(message, RP_MESSAGE, "%.300s: %s; --out needs a "
		    "folder whose parent exists", folder, strerror(errno));
		return (-1);
	}
	for (unsigned i = 0; i < n; i++) {
		char path[PATH_MAX], *text;
		struct rp_text t;
		int status;

		rp_text_open(&t);
		print_columns(t.f, r, c, &columns[i], 1);
		text = rp_text_close(&t);
		snprintf(path, sizeof(path), "%s/%s", folder,
		    name_of(r, &columns[i]));
		status = rp_save(path, text, message);
		free(text);
		if (status != 0)
			return (-1);
	}
	fputs("ministat", f);
	for (unsigned i = 0; i < n && i < SAMPLES_MAX; i++)
		fprintf(f, " %s/%s", folder, name_of(r, &columns[i]));
	fputc('\n', f);
	return (0);
}

int
rp_ministat(const struct rp_results *r, const char *cell, const char *impls,
    const char *folder, FILE *f, char message[RP_MESSAGE])
{
	const struct rp_cell *c = find_cell(r, cell);
	struct column *columns = NULL;
	unsigned n = 0;
	int status = 0;

	if (c == NULL) {
		snprintf(message, RP_MESSAGE, "no cell %.200s in %.200s; "
		    "--out DIR lists them in DIR/cells.tsv", cell, r->folder);
		return (-1);
	}
	if (impls != NULL)
		status = listed(r, c, impls, &columns, &n, message);
	else
		measured(r, c, &columns, &n);
	if (status == 0 && n == 0) {
		snprintf(message, RP_MESSAGE, "nothing was measured in "
		    "%.200s; see RESULTS.md for why", c->name);
		status = -1;
	}
	if (status == 0 && folder != NULL)
		status = save_columns(f, r, c, columns, n, folder, message);
	else if (status == 0)
		print_columns(f, r, c, columns, n);
	for (unsigned i = 0; i < n; i++)
		free(columns[i].values);
	free(columns);
	return (status);
}
