/*
 * RESULTS.md: who breaks, from the matrix of consumers that `make kpi' makes.
 * Read kpi_data.h first; docs/KPI-CASE.md, section 2, says what ports and
 * outcomes are.
 */
#include <string.h>

#include "md_kpi.h"

void
rp_kpi_outcome(FILE *f, const struct rp_kpi_table *matrix, int row)
{
	unsigned long long errors;

	if (row < 0) {
		fputs("-", f);
		return;
	}
	fputs(rp_kpi_text(matrix, (unsigned)row, "outcome"), f);
	errors = rp_kpi_errors_of(matrix, (unsigned)row);
	if (errors > 0)
		fprintf(f, ", %llu error%s", errors, errors == 1 ? "" : "s");
}

/* The columns of a table of implementations. */
static void
impl_head(FILE *f, const struct rp_kpi_table *t, const char *first)
{
	unsigned n = 1;

	fprintf(f, "| %s |", first);
	for (unsigned i = 0; i < t->nrows; i++)
		if (rp_kpi_first(t, i, "impl")) {
			fprintf(f, " `%s` |", rp_kpi_text(t, i, "impl"));
			n++;
		}
	fprintf(f, "\n|");
	while (n-- > 0)
		fprintf(f, "---|");
	fprintf(f, "\n");
}

/* How many consumers run, by port and implementation. */
static void
ports(FILE *f, const struct rp_kpi_table *t)
{
	impl_head(f, t, "port");
	for (unsigned i = 0; i < t->nrows; i++) {
		const char *port = rp_kpi_text(t, i, "port");

		if (!rp_kpi_first(t, i, "port"))
			continue;
		fprintf(f, "| %s |", port);
		for (unsigned j = 0; j < t->nrows; j++) {
			const char *impl = rp_kpi_text(t, j, "impl");
			unsigned ok, all;

			if (!rp_kpi_first(t, j, "impl"))
				continue;
			all = rp_kpi_ran(t, port, impl, &ok);
			fprintf(f, all == 0 ? " - |" : " %u of %u |", ok,
			    all);
		}
		fprintf(f, "\n");
	}
	fprintf(f, "\n");
}

/* What becomes of each consumer, in one port. */
static void
outcomes(FILE *f, const struct rp_kpi_table *t, const char *port,
    const char *title)
{
	fprintf(f, "%s:\n\n", title);
	impl_head(f, t, "consumer");
	for (unsigned i = 0; i < t->nrows; i++) {
		const char *consumer = rp_kpi_text(t, i, "consumer");

		if (!rp_kpi_first(t, i, "consumer"))
			continue;
		fprintf(f, "| `%s` |", consumer);
		for (unsigned j = 0; j < t->nrows; j++) {
			if (!rp_kpi_first(t, j, "impl"))
				continue;
			fputs(" ", f);
			rp_kpi_outcome(f, t, rp_kpi_find(t, "consumer",
			    consumer, "port", port, "impl",
			    rp_kpi_text(t, j, "impl"), NULL));
			fputs(" |", f);
		}
		fprintf(f, "\n");
	}
	fprintf(f, "\n");
}

/* Errors of consumers as they are: what a port has to do, by kind. */
static void
errors(FILE *f, const struct rp_kpi_table *t)
{
	fprintf(f, "What the compiler says of them all as they are, each error "
	    "counted for the name it is about:\n\n");
	impl_head(f, t, "errors about");
	for (unsigned c = 0; c < RP_KPI_ERRORS; c++) {
		const char *class = rp_kpi_errors[c];

		fprintf(f, "| %s |", strcmp(class, "object_lock") == 0 ?
		    "object lock" : class);
		for (unsigned i = 0; i < t->nrows; i++) {
			const char *impl = rp_kpi_text(t, i, "impl");
			unsigned long long n = 0;

			if (!rp_kpi_first(t, i, "impl"))
				continue;
			for (unsigned j = 0; j < t->nrows; j++)
				if (strcmp(rp_kpi_text(t, j, "port"),
				    "original") == 0 && strcmp(rp_kpi_text(t,
				    j, "impl"), impl) == 0)
					n += rp_kpi_count(t, j, class);
			fprintf(f, " %llu |", n);
		}
		fprintf(f, "\n");
	}
	fprintf(f, "\n");
}

/* What one mistake in a port that is right otherwise leads to. */
static void
mistakes(FILE *f, const struct rp_kpi_table *t)
{
	unsigned n = 0;

	for (unsigned i = 0; i < t->nrows; i++) {
		if (strcmp(rp_kpi_text(t, i, "port"), "mistaken") != 0)
			continue;
		if (n++ == 0)
			fprintf(f, "A port with one mistake, right otherwise "
			    "(`kpi/port/mistaken/CONSUMER.sed` says which), "
			    "and what finds it:\n\n"
			    "| consumer | on | found by | what it says |\n"
			    "|---|---|---|---|\n");
		fprintf(f, "| `%s` | `%s` | ", rp_kpi_text(t, i, "consumer"),
		    rp_kpi_text(t, i, "impl"));
		rp_kpi_outcome(f, t, (int)i);
		fprintf(f, " | ");
		rp_md_escaped(f, rp_kpi_text(t, i, "detail"));
		fprintf(f, " |\n");
	}
	if (n > 0)
		fprintf(f, "\n");
}

void
rp_md_matrix(FILE *f, const struct rp_results *r)
{
	const struct rp_kpi_table *t = rp_kpi_table(r->kpi, RP_KPI_MATRIX);

	if (!rp_md_kpi_begin(f, r, RP_KPI_MATRIX, "Who breaks"))
		return;
	fprintf(f, "Consumers that build and pass their test, by how their "
	    "source was made (docs/KPI-CASE.md, section 2):\n\n");
	ports(f, t);
	outcomes(f, t, "original", "Each as it is");
	errors(f, t);
	outcomes(f, t, "converted", "Each as the semantic patch makes it");
	mistakes(f, t);
	fprintf(f, "An outcome other than `ok` and `compile` is of a consumer "
	    "that builds and goes wrong.\n");
	rp_md_kpi_source(f, r, RP_KPI_MATRIX);
}
