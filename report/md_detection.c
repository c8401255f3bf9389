/*
 * What the lab's test of itself came to: on a terminal, as tables, and as a
 * section of RESULTS.md.  Read detection.h first.
 */
#include <err.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "detection.h"

#define	TABLE		"detection.tsv"
#define	COMPARISONS	"detection_comparisons.tsv"

/* 0 of 0 is said to be 0: what stands beside it says that there are none. */
static double
share(unsigned k, unsigned n)
{
	return (n > 0 ? (double)k / n : 0);
}

static void
print_level(FILE *f, const struct rp_level *l)
{
	double lo = 0, hi = 1;

	if (l->comparisons > 0)
		rp_share(l->called, l->comparisons, &lo, &hi);
	fprintf(f, "  %5u %%  %7.2f %%  %4u  %4u = %5.1f %% (%.1f to %.1f)  "
	    "%4u = %5.1f %%\n", l->percent, l->truth, l->comparisons,
	    l->called, 100 * share(l->called, l->comparisons), 100 * lo,
	    100 * hi, l->covered, 100 * share(l->covered, l->comparisons));
}

bool
rp_print_detection(const struct rp_detection *d, FILE *f)
{
	struct rp_detection_bar bars[RP_DETECTION_BARS];
	bool met = true;

	fprintf(f, "planted  calibrated     n  called different (95 %%)"
	    "      interval holds it\n");
	for (unsigned i = 0; i < d->nlevels; i++)
		print_level(f, &d->levels[i]);
	rp_detection_bars(d, bars);
	for (unsigned i = 0; i < RP_DETECTION_BARS; i++) {
		const struct rp_detection_bar *b = &bars[i];

		fprintf(f, "%-25s %4u of %4u = %5.1f %%, %s %2.0f %% of at "
		    "least %u: %s\n", b->name, b->count, b->n,
		    100 * share(b->count, b->n), b->at_most ? "at most" :
		    "at least", 100 * b->limit, b->n_min, b->met ? "met" :
		    b->n < b->n_min ? "not met, too few" : "not met");
		met = met && b->met;
	}
	return (met);
}

void
rp_table_detection(FILE *f, const struct rp_detection *d, const char *source)
{
	fprintf(f, "# source: %s, %u runs, by build/report --detection\n"
	    "# what was said of planted effects; shares with their exact "
	    "95 %% interval\n"
	    "# planted_percent\tcalibrated_percent\tcomparisons\tcalled\t"
	    "share\tlo\thi\tfound\tcovered\tcoverage\n", source, d->runs);
	for (unsigned i = 0; i < d->nlevels; i++) {
		const struct rp_level *l = &d->levels[i];
		double lo, hi;

		if (l->comparisons == 0)
			continue;
		rp_share(l->called, l->comparisons, &lo, &hi);
		fprintf(f, "%u\t%.4g\t%u\t%u\t%.4f\t%.4f\t%.4f\t%u\t%u\t"
		    "%.4f\n", l->percent, l->truth, l->comparisons, l->called,
		    share(l->called, l->comparisons), lo, hi, l->found,
		    l->covered, share(l->covered, l->comparisons));
	}
}

/* "NaN", which gnuplot reads, whatever the sign. */
static void
column(FILE *f, double v)
{
	if (isnan(v))
		fputs("\tNaN", f);
	else
		fprintf(f, "\t%.5g", v + 0.0);	/* -0 is 0 */
}

void
rp_table_comparisons(FILE *f, const struct rp_detection *d, const char *source)
{
	fprintf(f, "# source: %s, %u runs, by build/report --detection\n"
	    "# every comparison; how much longer an operation takes, in per "
	    "cent, as calibrated and as\n"
	    "# measured, with the interval; p after Holm's correction; the "
	    "noise floor in per cent\n"
	    "# run\tcell\timpl\tplanted\tcalibrated\tmeasured\tlo\thi\tp\t"
	    "floor\treplicates\tverdict\n", source, d->runs);
	for (unsigned i = 0; i < d->ncomparisons; i++) {
		const struct rp_comparison *c = &d->comparisons[i];
		const struct rp_contrast *k = &c->contrast;

		fprintf(f, "%s\t%s\t%s\t%u", c->run, c->cell, c->impl,
		    c->percent);
		column(f, 100 * expm1(-c->truth));
		column(f, 100 * expm1(-k->log_ratio.median));
		column(f, 100 * expm1(-k->log_ratio.hi));
		column(f, 100 * expm1(-k->log_ratio.lo));
		column(f, k->p_holm);
		column(f, 100 * expm1(k->floor));
		fprintf(f, "\t%u\t%s\n", k->log_ratio.n,
		    rp_verdict_name(k->verdict));
	}
}

static bool
read_row(const char *line, struct rp_detection_row *r)
{
	return (sscanf(line, "%u\t%lf\t%u\t%u\t%lf\t%lf\t%lf\t%u\t%u\t%lf",
	    &r->percent, &r->truth, &r->comparisons, &r->called, &r->share,
	    &r->lo, &r->hi, &r->found, &r->covered, &r->coverage) == 10);
}

unsigned
rp_detection_read(const char *folder,
    struct rp_detection_row rows[RP_DETECTION_ROWS])
{
	char path[PATH_MAX], *line = NULL;
	size_t size = 0;
	unsigned n = 0;
	FILE *table;

	snprintf(path, sizeof(path), "%s/%s", folder, TABLE);
	table = fopen(path, "r");
	if (table == NULL)
		return (0);
	while (n < RP_DETECTION_ROWS && getline(&line, &size, table) > 0)
		n += read_row(line, &rows[n]);
	fclose(table);
	free(line);
	return (n);
}

void
rp_md_detection(FILE *f, const struct rp_places *p)
{
	struct rp_detection_row rows[RP_DETECTION_ROWS];
	unsigned n = rp_detection_read(p->data, rows);

	if (n == 0)
		return;
	fprintf(f, "## What the lab can see\n\n"
	    "`make self-test` slows copies of an implementation by a known "
	    "amount, calibrated within each process, and asks the report "
	    "what it would have said: how often each effect is called "
	    "different, with the exact 95 %% interval of that share, and how "
	    "often the interval of the median holds the truth. At 0 %% every "
	    "call is a false alarm (at most %.0f %% wanted); of 5 %% at "
	    "least %.0f %% shall be found; intervals shall hold the truth in "
	    "at least %.0f %%.\n\n"
	    "| planted | calibrated | comparisons | called different | "
	    "interval holds it |\n|---:|---:|---:|---:|---:|\n",
	    100 * RP_FALSE_MAX, 100 * RP_FOUND_MIN, 100 * RP_COVERED_MIN);
	for (unsigned i = 0; i < n; i++)
		fprintf(f, "| %u %% | %.2f %% | %u | %u: %.1f %% (%.1f to "
		    "%.1f) | %.1f %% |\n", rows[i].percent,
		    rp_no_minus(rows[i].truth), rows[i].comparisons,
		    rows[i].called, 100 * rows[i].share, 100 * rows[i].lo,
		    100 * rows[i].hi, 100 * rows[i].coverage);
	fprintf(f, "\n![How often a planted effect is found](%s/detection.svg)"
	    "\n\nData: `%s/%s` and, each comparison, `%s/%s`. Command: `make "
	    "self-test`.\n\n", p->links, p->data, TABLE, p->data, COMPARISONS);
}

/* Write one table.  0, or -1 with a message. */
static int
save(const struct rp_detection *d, const char *folder, const char *out,
    const char *name, void (*table)(FILE *, const struct rp_detection *,
    const char *), char message[RP_MESSAGE])
{
	char path[PATH_MAX];
	struct rp_text t;
	int status;

	rp_text_open(&t);
	table(t.f, d, rp_from_here(folder));
	rp_text_close(&t);
	snprintf(path, sizeof(path), "%s/%s", out, name);
	status = rp_save(path, t.text, message);
	free(t.text);
	return (status);
}

int
rp_detection_report(const char *folder, const char *out)
{
	char message[RP_MESSAGE];
	struct rp_detection d;
	bool met;

	rp_detection_init(&d);
	if (rp_detection_load(&d, folder, message) != 0)
		errx(2, "%s", message);
	if (out != NULL) {
		mkdir(out, 0777);	/* that it failed, save() will say */
		if (save(&d, folder, out, COMPARISONS, rp_table_comparisons,
		    message) != 0 || save(&d, folder, out, TABLE,
		    rp_table_detection, message) != 0)
			errx(2, "%s", message);
	}
	met = rp_print_detection(&d, stdout);
	if (fflush(stdout) != 0)
		err(2, "standard output");
	rp_detection_free(&d);
	return (met ? 0 : 1);
}
