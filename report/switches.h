/*
 * What switches of the VM cost and save: figures with a switch off and on, that
 * no cell is, such as the bytes of all pv entries of a segment.
 *
 * Lines that begin with # say of what they were made and come first; then the
 * names of the columns, then a figure a line.  docs/DATA.md has the form.
 */
#ifndef REPORT_SWITCHES_H
#define	REPORT_SWITCHES_H

#include "results.h"

/* The columns, as the file has them. */
enum { RP_SWITCH_NAME, RP_SWITCH_FIGURE, RP_SWITCH_UNIT, RP_SWITCH_OFF,
    RP_SWITCH_ON, RP_SWITCH_COLUMNS };

struct rp_switch {
	char		*texts[RP_SWITCH_COLUMNS];
};

struct rp_switches {
	char		*file;		/* as it is to be named in reports */
	char		*text;		/* what all texts point into */
	char		*made;		/* of what: the first comment */
	struct rp_switch *rows;		/* in the order of the file */
	unsigned	n;
};

/*
 * Read the file into r->switches.  0, or -1 with one line in message that
 * names the file, the line and the remedy; r->switches is as it was then.
 */
int	 rp_switches_load(struct rp_results *r, const char *path,
	    char message[RP_MESSAGE]);
void	 rp_switches_free(struct rp_switches *s);

/* RESULTS.md: all of them; nothing where none was given. */
void	 rp_md_switches(FILE *f, const struct rp_results *r);

#endif /* REPORT_SWITCHES_H */
