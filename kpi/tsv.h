/*
 * A table as the KPI case writes them: a line of column names, then rows, tabs
 * between.  Columns are found by name, so a file may have more of them.
 */
#ifndef KPI_TSV_H
#define	KPI_TSV_H

#include <stddef.h>

struct kpi_tsv {
	char	*tv_text;	/* what the others point into */
	char	**tv_cells;	/* the names, then row by row */
	size_t	 tv_ncolumns, tv_nrows;	/* the names are no row */
};

/*
 * Read folder/file.  Every row must have as many fields as there are columns,
 * and each of columns, a list that ends in NULL, must be there: exits with
 * status 2 and one line naming file and line if not.  A file that is not there
 * has no columns and no rows.  Free with kpi_tsv_free().
 */
struct kpi_tsv	 kpi_tsv_read(const char *folder, const char *file,
		    const char *const *columns);
void		 kpi_tsv_free(struct kpi_tsv *);

const char	*kpi_tsv_text(const struct kpi_tsv *, size_t row,
		    const char *column);
/* A count, 0 if it is none. */
unsigned long	 kpi_tsv_count(const struct kpi_tsv *, size_t row,
		    const char *column);

/* Is it the first row with its text in a column? */
int		 kpi_tsv_first(const struct kpi_tsv *, size_t row,
		    const char *column);

#endif /* KPI_TSV_H */
