/*
 * The parts of "Is the bump justified" in RESULTS.md, which the page has too.
 * Read decide.h first.
 */
#ifndef REPORT_MD_KPI_H
#define	REPORT_MD_KPI_H

#include "decide.h"

/* The verdict on a pair of KPIs, "-" if there is none. */
const char	*rp_kpi_verdict(const struct rp_results *r, const char *from,
		    const char *to);

/* What was decided and why, in sentences. */
void		 rp_md_decision(FILE *f, const struct rp_results *r);

/*
 * The title of a table's section; false, and a line that says so, if the table
 * is not there.  And the line that names its file.
 */
bool		 rp_md_kpi_begin(FILE *f, const struct rp_results *r,
		    enum rp_kpi_file file, const char *title);
void		 rp_md_kpi_source(FILE *f, const struct rp_results *r,
		    enum rp_kpi_file file);

/* What changes, who breaks, how they migrate; nothing without r->kpi. */
void		 rp_md_verdicts(FILE *f, const struct rp_results *r);
void		 rp_md_matrix(FILE *f, const struct rp_results *r);
void		 rp_md_migration(FILE *f, const struct rp_results *r);

/* "4 removed, 2 renamed": what there is of each class in a row of verdicts. */
void		 rp_kpi_changes(FILE *f, const struct rp_kpi_table *verdicts,
		    unsigned row);
/* "ok", "compile, 12 errors", "-" for a row of the matrix or -1. */
void		 rp_kpi_outcome(FILE *f, const struct rp_kpi_table *matrix,
		    int row);

#endif /* REPORT_MD_KPI_H */
