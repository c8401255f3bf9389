/*
 * KPI.md: the comparison for a person who decides on a bump.
 *
 * Made of kpi.json and of the tables beside it, so that it says what they say.
 * A table that is not there leaves its section out.
 */
#ifndef KPI_PAGE_H
#define	KPI_PAGE_H

#include <jansson.h>
#include <stdio.h>

#define	KPI_PAGE	"KPI.md"

/* The verdict of each pair in a sentence; how many changes of each class. */
void	 kpi_page_verdicts(FILE *, const json_t *kpi);
/* The decision table. */
void	 kpi_page_rule(FILE *, const json_t *kpi);
/* A section a pair: its changes by class. */
void	 kpi_page_changes(FILE *, const json_t *kpi);

/* Who breaks, how they migrate: from the tables in a folder. */
void	 kpi_page_matrix(FILE *, const char *folder);
void	 kpi_page_migration(FILE *, const char *folder);

/*
 * A cell of a table: as code, in a line, bars escaped, at most KPI_PAGE_CELL
 * bytes of it; a text that is empty is a dash.
 */
#define	KPI_PAGE_CELL	96
void	 kpi_page_code(FILE *, const char *text);
/* The same as prose, and whole. */
void	 kpi_page_text(FILE *, const char *text);

#endif /* KPI_PAGE_H */
