/*
 * What a terminal, or what stands in for one, can show.
 */
#ifndef REPORT_SCREEN_H
#define	REPORT_SCREEN_H

#include <stdbool.h>
#include <stdio.h>

#include "compare.h"

/* Columns of a screen that says nothing, and bounds on what it may say. */
#define	RP_COLUMNS	80
#define	RP_COLUMNS_MIN	60
#define	RP_COLUMNS_MAX	140

struct rp_screen {
	unsigned	width;		/* columns */
	bool		colour;		/* escape codes may be written */
	bool		utf8;		/* else plain ASCII */
};

/*
 * Ask the environment (COLUMNS, NO_COLOR, TERM, the locale) and the terminal
 * behind f.  Colour only if f is a terminal.
 */
struct rp_screen rp_screen(FILE *f);

/* Text in words, broken at the width, further lines indented. */
void		 rp_print_wrapped(FILE *f, const struct rp_screen *s,
		    const char *text);

/*
 * A strip for each workload and implementation: an axis of ratios from 0.5 to
 * 2, a mark where its cells lie, filled if one there is resolved, an arrow for
 * those beyond, and the median.  Where that would be too long to read, a strip
 * for each implementation.
 */
void		 rp_print_strips(FILE *f, const struct rp_screen *s,
		    const struct rp_results *r, const unsigned *impls,
		    unsigned n);

#endif /* REPORT_SCREEN_H */
