/*
 * What switches of the VM cost and save: figures with a switch off and on, that
 * no cell is, such as the bytes of all pv entries of a segment.  A table in the
 * form of tsv.h; docs/DATA.md has its columns.
 */
#ifndef REPORT_SWITCHES_H
#define	REPORT_SWITCHES_H

#include "tsv.h"

/* The columns, as the file has them. */
enum { RP_SWITCH_NAME, RP_SWITCH_FIGURE, RP_SWITCH_UNIT, RP_SWITCH_OFF,
    RP_SWITCH_ON };

/*
 * Read the file into r->switches.  0, or -1 with one line in message that
 * names the file, the line and the remedy; r->switches is as it was then.
 */
int	 rp_switches_load(struct rp_results *r, const char *path,
	    char message[RP_MESSAGE]);
void	 rp_switches_free(struct rp_tsv *t);

/* RESULTS.md: all of them; nothing where none was given. */
void	 rp_md_switches(FILE *f, const struct rp_results *r);

#endif /* REPORT_SWITCHES_H */
