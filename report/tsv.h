/*
 * A table that a tool of the lab wrote and a report tells of: lines that begin
 * with # come first and say of what it was made; then the names of the
 * columns, then a row a line, tabs between.
 */
#ifndef REPORT_TSV_H
#define	REPORT_TSV_H

#include "results.h"

#define	RP_TSV_COLUMNS	5	/* of all such tables */

struct rp_tsv_row {
	char		*texts[RP_TSV_COLUMNS];	/* none of them empty */
	unsigned	line;			/* of the file, from 1 */
};

struct rp_tsv {
	char		*file;		/* as it is to be named in reports */
	char		*text;		/* what all texts point into */
	char		*made;		/* of what: the first comment, or "" */
	struct rp_tsv_row *rows;	/* in the order of the file */
	unsigned	n;
};

/*
 * Read a file with these columns and at least one row.  0, or -1 with one line
 * in message that names the file, the line and the remedy, such as "make x
 * writes it anew"; t is empty then.
 */
int	 rp_tsv_load(struct rp_tsv *t, const char *path,
	    const char *const columns[RP_TSV_COLUMNS], const char *remedy,
	    char message[RP_MESSAGE]);
void	 rp_tsv_free(struct rp_tsv *t);

/* The last line of a section: the file and of what it was made. */
void	 rp_md_tsv_source(FILE *f, const struct rp_tsv *t);

#endif /* REPORT_TSV_H */
