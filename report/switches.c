/*
 * Reading and telling what switches of the VM cost.  Read switches.h first.
 */
#include "switches.h"

#include <stdlib.h>

#include "output.h"

static const char *const columns[RP_TSV_COLUMNS] = { "switch", "figure",
    "unit", "off", "on" };

int
rp_switches_load(struct rp_results *r, const char *path,
    char message[RP_MESSAGE])
{
	struct rp_tsv *t = rp_grow(NULL, 1, sizeof(*t));

	if (rp_tsv_load(t, path, columns, "make shm-phys writes it anew",
	    message) != 0) {
		free(t);
		return (-1);
	}
	rp_switches_free(r->switches);
	r->switches = t;
	return (0);
}

void
rp_switches_free(struct rp_tsv *t)
{
	if (t != NULL)
		rp_tsv_free(t);
	free(t);
}

static void
cell(FILE *f, const char *text)
{
	rp_md_escaped(f, text);
	fprintf(f, " |");
}

void
rp_md_switches(FILE *f, const struct rp_results *r)
{
	const struct rp_tsv *t = r->switches;

	if (t == NULL)
		return;
	fprintf(f, "## What switches of the VM cost\n\n"
	    "Counts are exact and the same wherever it runs; times are those "
	    "of one run.\n\n"
	    "| switch | figure | off | on |\n|---|---|---:|---:|\n");
	for (unsigned i = 0; i < t->n; i++) {
		char *const *texts = t->rows[i].texts;

		fprintf(f, "| `");
		rp_md_escaped(f, texts[RP_SWITCH_NAME]);
		fprintf(f, "` | ");
		rp_md_escaped(f, texts[RP_SWITCH_FIGURE]);
		fprintf(f, ", ");
		cell(f, texts[RP_SWITCH_UNIT]);
		fprintf(f, " ");
		cell(f, texts[RP_SWITCH_OFF]);
		fprintf(f, " ");
		cell(f, texts[RP_SWITCH_ON]);
		fprintf(f, "\n");
	}
	rp_md_tsv_source(f, t);
}
