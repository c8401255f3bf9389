/*
 * Reading the bars of the simulator.  Read sim_bars.h first.
 */
#include "sim_bars.h"

#include <stdlib.h>
#include <string.h>

#include "field.h"

#define	REMEDY	"make sim-bench writes it anew"

static const char *const columns[RP_TSV_COLUMNS] = { "bar", "figure", "unit",
    "limit", "met" };
static const char *const words[RP_BARS_MET] = { "no", "n/a", "yes" };

/* 0, or -1 with a message: a row's last word is none of those. */
static int
find_met(struct rp_sim_bars *b, const char *path, char message[RP_MESSAGE])
{
	b->met = rp_grow(NULL, b->table.n, sizeof(*b->met));
	for (unsigned i = 0; i < b->table.n; i++) {
		const struct rp_tsv_row *row = &b->table.rows[i];
		unsigned met = RP_BAR_NO;

		while (met < RP_BARS_MET && strcmp(words[met],
		    row->texts[RP_BAR_MET]) != 0)
			met++;
		if (met == RP_BARS_MET) {
			rp_fail(message, "%.250s:%u: met is none of yes, no, "
			    "n/a; " REMEDY, path, row->line);
			return (-1);
		}
		b->met[i] = met;
	}
	return (0);
}

int
rp_sim_bars_load(struct rp_results *r, const char *path,
    char message[RP_MESSAGE])
{
	struct rp_sim_bars *b = rp_grow(NULL, 1, sizeof(*b));

	b->met = NULL;
	if (rp_tsv_load(&b->table, path, columns, REMEDY, message) != 0 ||
	    find_met(b, path, message) != 0) {
		rp_sim_bars_free(b);
		return (-1);
	}
	rp_sim_bars_free(r->sim_bars);
	r->sim_bars = b;
	return (0);
}

void
rp_sim_bars_free(struct rp_sim_bars *b)
{
	if (b == NULL)
		return;
	rp_tsv_free(&b->table);
	free(b->met);
	free(b);
}

unsigned
rp_sim_bars_count(const struct rp_sim_bars *b, enum rp_bar_met met)
{
	unsigned n = 0;

	for (unsigned i = 0; i < b->table.n; i++)
		n += b->met[i] == met;
	return (n);
}
