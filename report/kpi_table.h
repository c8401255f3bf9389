/*
 * A table as `make kpi' writes it: a line of column names, then rows, tabs
 * between.  The program that compares KPIs reads its own tables with it, and
 * the report does; docs/KPI-CASE.md says what is in which.
 *
 * Columns are found by name, so that a file may have more of them, in any
 * order.
 */
#ifndef REPORT_KPI_TABLE_H
#define	REPORT_KPI_TABLE_H

#include "results.h"

/* One file: its columns, and the texts of its rows, row by row. */
struct rp_kpi_table {
	bool		present;
	char		**columns;
	unsigned	ncolumns;
	char		**texts;	/* nrows * ncolumns */
	unsigned	nrows;
	char		*text;		/* what all of these point into */
};

/*
 * Read a file.  Every row must have as many fields as there are columns, and
 * each of need, a list that ends in NULL, must be there.  0, a table that is
 * not present if there is no such file; or -1 with one line in message that
 * names the file, the line and the remedy.  rp_kpi_table_free() it.
 */
int		 rp_kpi_table_read(struct rp_kpi_table *t, const char *path,
		    const char *const *need, char message[RP_MESSAGE]);
void		 rp_kpi_table_free(struct rp_kpi_table *t);

/* The text in a row; "" where the file has no such column. */
const char	*rp_kpi_text(const struct rp_kpi_table *t, unsigned row,
		    const char *column);
/* A column that holds counts. */
unsigned long long rp_kpi_count(const struct rp_kpi_table *t, unsigned row,
		    const char *column);

/*
 * The row in which each column of a list that ends in NULL has the text that
 * follows its name; -1 if there is none.
 */
int		 rp_kpi_find(const struct rp_kpi_table *t, ...)
		    __attribute__((sentinel));

/* Whether a row is the first that has its text in a column. */
bool		 rp_kpi_first(const struct rp_kpi_table *t, unsigned row,
		    const char *column);

#endif /* REPORT_KPI_TABLE_H */
