/*
 * Reads the diagnostics of gcc and clang: one text format (classify.h).
 *
 *	FILE:LINE:COLUMN: error: TEXT		also "fatal error"
 *	FILE:LINE:COLUMN: note: TEXT here	belongs to the error before it
 *
 * COLUMN, and LINE, may be left out.  Everything else is skipped: source lines,
 * carets, "In file included from", "2 errors generated."
 */
#include <ctype.h>
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "classify.h"

static void *
need(void *p)
{
	if (p == NULL)
		err(1, "out of memory");
	return (p);
}

/* Take ":NUMBER" off the end of a place, which may have none. */
static bool
take_number(char *place, unsigned *number)
{
	char *colon = strrchr(place, ':');
	char *end;
	unsigned long n;

	if (colon == NULL || colon == place ||
	    !isdigit((unsigned char)colon[1]))
		return (false);
	n = strtoul(colon + 1, &end, 10);
	if (*end != '\0')
		return (false);
	*colon = '\0';
	*number = (unsigned)n;
	return (true);
}

/*
 * Is it a diagnostic of this severity?  Then place is what stands before, and
 * the words are returned.
 */
static const char *
severity(const char *line, const char *word, char **place)
{
	const char *at = strstr(line, word);

	if (at == NULL || at == line)
		return (NULL);
	*place = need(strndup(line, (size_t)(at - line)));
	return (at + strlen(word));
}

static void
add(struct kpi_diags *ds, char *place, const char *text)
{
	struct kpi_diag *d;
	unsigned last = 0, before = 0;

	ds->ds_list = need(reallocarray(ds->ds_list, ds->ds_n + 1,
	    sizeof(*ds->ds_list)));
	d = &ds->ds_list[ds->ds_n++];
	memset(d, 0, sizeof(*d));
	if (take_number(place, &last) && take_number(place, &before)) {
		d->kd_line = before;
		d->kd_column = last;
	} else
		d->kd_line = last;
	d->kd_file = place;
	d->kd_text = need(strdup(text));
}

static void
drop(struct kpi_diag *d)
{
	free(d->kd_file);
	free(d->kd_name);
	free(d->kd_text);
}

/*
 * The error before this one is at the same line about the same name: a compiler
 * has more than one thing to say of one mistake.
 */
static bool
repeats(const struct kpi_diags *ds)
{
	const struct kpi_diag *d = &ds->ds_list[ds->ds_n - 1];

	return (ds->ds_n > 1 && d->kd_name[0] != '\0' &&
	    d->kd_line == d[-1].kd_line &&
	    strcmp(d->kd_name, d[-1].kd_name) == 0 &&
	    strcmp(d->kd_file, d[-1].kd_file) == 0);
}

/* The last error's note has come, or none will: it can be classified. */
static void
finish(struct kpi_diags *ds, const char *note, char *const *declared,
    size_t n)
{
	struct kpi_diag *d;

	if (ds->ds_n == 0 || ds->ds_list[ds->ds_n - 1].kd_name != NULL)
		return;
	d = &ds->ds_list[ds->ds_n - 1];
	d->kd_name = need(kpi_diag_name(d, note));
	d->kd_class = kpi_diag_classify(d->kd_text, d->kd_name, declared, n);
	ds->ds_count[d->kd_class]++;
	if (!repeats(ds))
		return;
	/* Of the two, arity says more. */
	if (d->kd_class == KPI_DIAG_ARITY) {
		struct kpi_diag before = d[-1];

		d[-1] = *d;
		*d = before;
	}
	ds->ds_count[d->kd_class]--;
	drop(d);
	ds->ds_n--;
}

struct kpi_diags *
kpi_diags_read(FILE *from, char *const *declared, size_t n)
{
	struct kpi_diags *ds = need(calloc(1, sizeof(*ds)));
	char *line = NULL, *place;
	const char *text;
	size_t size = 0;

	while (getline(&line, &size, from) >= 0) {
		line[strcspn(line, "\r\n")] = '\0';
		if ((text = severity(line, ": error: ", &place)) != NULL ||
		    (text = severity(line, ": fatal error: ", &place)) !=
		    NULL) {
			finish(ds, NULL, declared, n);
			add(ds, place, text);
		} else if ((text = severity(line, ": note: ", &place)) !=
		    NULL) {
			free(place);
			/* "declared here", not "expanded from macro". */
			if (strstr(text, " here") != NULL)
				finish(ds, text, declared, n);
		}
	}
	finish(ds, NULL, declared, n);
	free(line);
	return (ds);
}

void
kpi_diags_free(struct kpi_diags *ds)
{
	for (size_t i = 0; i < ds->ds_n; i++)
		drop(&ds->ds_list[i]);
	free(ds->ds_list);
	free(ds);
}
