/*
 * Bars that the simulator was held to: the table that `make sim-bench' writes,
 * in the form of tsv.h.  docs/DATA.md has its columns.
 */
#ifndef REPORT_SIM_BARS_H
#define	REPORT_SIM_BARS_H

#include "tsv.h"

enum rp_bar_met { RP_BAR_NO, RP_BAR_UNKNOWN, RP_BAR_YES, RP_BARS_MET };

/* The columns, as the file has them. */
enum { RP_BAR_NAME, RP_BAR_FIGURE, RP_BAR_UNIT, RP_BAR_LIMIT, RP_BAR_MET };

struct rp_sim_bars {
	struct rp_tsv	table;
	enum rp_bar_met	*met;		/* of each row */
};

/*
 * Read the file into r->sim_bars.  0, or -1 with one line in message that
 * names the file, the line and the remedy; r->sim_bars is as it was then.
 */
int		 rp_sim_bars_load(struct rp_results *r, const char *path,
		    char message[RP_MESSAGE]);
void		 rp_sim_bars_free(struct rp_sim_bars *b);

/* How many are met, or not, or have no figure. */
unsigned	 rp_sim_bars_count(const struct rp_sim_bars *b,
		    enum rp_bar_met met);

#endif /* REPORT_SIM_BARS_H */
