/*
 * What a comparison is written as: kpi.json for programs, two tables for awk.
 *
 * results/kpi/ holds
 *
 *	kpi.json	everything: the rule, and each pair with its changes
 *	kpi_changes.tsv	a change a line; fields as in kpi.json
 *	kpi_verdicts.tsv	a pair a line
 *	kpi_sizes.tsv	a structure of an implementation a line
 *
 * Tables begin with a line of column names; what there is not is "-", and a tab
 * or newline in a text is a space.  docs/KPI-CASE.md lists the fields.
 */
#ifndef KPI_OUTPUT_H
#define	KPI_OUTPUT_H

#include <jansson.h>

#include "compare.h"

#define	KPI_SCHEMA	1		/* of kpi.json */
#define	KPI_JSON	"kpi.json"
#define	KPI_CHANGES	"kpi_changes.tsv"
#define	KPI_VERDICTS	"kpi_verdicts.tsv"
#define	KPI_SIZES	"kpi_sizes.tsv"

/* The rule and no pairs; to be json_decref()ed. */
json_t	*kpi_json_new(void);
void	 kpi_json_add(json_t *kpi, const struct kpi_pair *);

/* Add the sizes of a surface's structures, unless its name is there. */
void	 kpi_json_sizes(json_t *kpi, const struct kpi_surface *);

/*
 * The tables, made of that JSON, so that they say what it says.  To be freed.
 */
char	*kpi_changes_table(const json_t *kpi);
char	*kpi_verdicts_table(const json_t *kpi);
char	*kpi_sizes_table(const json_t *kpi);

/*
 * Replace a file of a folder, which is made if need be; exits with status 1 and
 * one line if that cannot be done, the old file kept.
 */
void	 kpi_write(const char *folder, const char *file, const char *text);

/*
 * Read kpi.json.  Exits with status 2 and one line naming the file if there is
 * none, or it is none.  To be json_decref()ed.
 */
json_t	*kpi_json_read(const char *path);

/* A text of an object, or "" if it has none. */
const char *kpi_json_text(const json_t *object, const char *key);

#endif /* KPI_OUTPUT_H */
