/*
 * What the comparison of KPIs found: the tables that `make kpi' writes.
 *
 * They are read from one folder, results/kpi or results/reference/kpi.  A file
 * that is not there is no error: decide.c then says that it is missing.
 *
 * I1  every row has all columns that kpi_data.c names for its file, a count
 *     where a count is due and a word where an outcome is: "ok", or how it
 *     fails.
 */
#ifndef REPORT_KPI_DATA_H
#define	REPORT_KPI_DATA_H

#include "kpi_table.h"

enum rp_kpi_file {
	RP_KPI_VERDICTS, RP_KPI_MATRIX, RP_KPI_MIGRATION, RP_KPI_REMAINING,
	RP_KPI_USES,
	RP_KPI_SIZES, RP_KPI_CHECKS, RP_KPI_FILES
};

struct rp_kpi {
	char		*folder;	/* as it is to be named in reports */
	struct rp_kpi_table tables[RP_KPI_FILES];
};

/*
 * Read the folder into r->kpi.  0, or -1 with one line in message that names
 * the file, the line and the remedy; r->kpi is as it was then.
 */
int		 rp_kpi_load(struct rp_results *r, const char *folder,
		    char message[RP_MESSAGE]);
void		 rp_kpi_free(struct rp_kpi *k);

/* "kpi_matrix.tsv" */
const char	*rp_kpi_file_name(enum rp_kpi_file file);

/* The table of a file, an empty one without data (k is NULL). */
const struct rp_kpi_table *rp_kpi_table(const struct rp_kpi *k,
		    enum rp_kpi_file file);

/*
 * Of the consumers that a port was tried on for an implementation, how many
 * run; how many there are.
 */
unsigned	 rp_kpi_ran(const struct rp_kpi_table *matrix,
		    const char *port, const char *impl, unsigned *ok);

/* Classes of errors in the matrix, columns of it. */
#define	RP_KPI_ERRORS	6
extern const char *const rp_kpi_errors[RP_KPI_ERRORS];

/* Errors of all classes in a row of the matrix. */
unsigned long long rp_kpi_errors_of(const struct rp_kpi_table *matrix,
		    unsigned row);

#endif /* REPORT_KPI_DATA_H */
