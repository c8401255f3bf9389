/*
 * RESULTS.md: the bars of the simulator, those that are not met first.  Read
 * sim_bars.h first.
 */
#include "sim_bars.h"

#include "scaling.h"

static void
row(FILE *f, char *const *texts, enum rp_bar_met met)
{
	static const char *const marks[RP_BARS_MET] = { "**no**", "n/a",
	    "yes" };

	fprintf(f, "| ");
	rp_md_escaped(f, texts[RP_BAR_NAME]);
	fprintf(f, " | ");
	rp_md_escaped(f, texts[RP_BAR_FIGURE]);
	if (met != RP_BAR_UNKNOWN) {
		fprintf(f, " ");
		rp_md_escaped(f, texts[RP_BAR_UNIT]);
	}
	fprintf(f, " | ");
	rp_md_escaped(f, texts[RP_BAR_LIMIT]);
	fprintf(f, " | %s |\n", marks[met]);
}

void
rp_md_sim_bars(FILE *f, const struct rp_results *r)
{
	const struct rp_sim_bars *b = r->sim_bars;

	if (b == NULL)
		return;
	fprintf(f, "### Bars of the simulator\n\n"
	    "Of %u bars %u %s met", b->table.n,
	    rp_sim_bars_count(b, RP_BAR_YES),
	    rp_sim_bars_count(b, RP_BAR_YES) == 1 ? "is" : "are");
	if (rp_sim_bars_count(b, RP_BAR_UNKNOWN) > 0)
		fprintf(f, ", and %u could not be judged",
		    rp_sim_bars_count(b, RP_BAR_UNKNOWN));
	fprintf(f, "; those that are not come first.\n\n"
	    "| bar | figure | limit | met |\n|---|---:|---:|---|\n");
	for (unsigned met = 0; met < RP_BARS_MET; met++)
		for (unsigned i = 0; i < b->table.n; i++)
			if (b->met[i] == met)
				row(f, b->table.rows[i].texts, met);
	rp_md_tsv_source(f, &b->table);
}
