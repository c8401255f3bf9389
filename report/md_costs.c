/*
 * RESULTS.md: where the time goes by lock, and the primitives.  Read output.h.
 */
#include "output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define	CELLS_MAX	6	/* the same as the figure has panels */

/* "waits 812 ns an operation for locks in sxbusy": new designs after old. */
static void
waiting_sentence(FILE *f, const struct rp_results *r,
    const struct rp_cell *c)
{
	unsigned *news = rp_grow(NULL, r->nimpls + 1, sizeof(*news));
	unsigned n = rp_new_designs(r, news);
	int base = rp_impl_find(r, RP_BASELINE);
	struct rp_waiting old = rp_waiting(r, c, base, -1);

	fprintf(f, "- `%s`: ", c->name);
	if (old.measured)
		fprintf(f, "`%s` waits %.0f ns an operation, %.0f %% of its "
		    "threads' time", RP_BASELINE, old.wait_ns_per_op,
		    100 * old.wait_share);
	else
		fprintf(f, "`%s` was not measured", RP_BASELINE);
	for (unsigned i = 0; i < n; i++) {
		struct rp_waiting w = rp_waiting(r, c, (int)news[i], -1);

		if (w.measured)
			fprintf(f, "; `%s` %.0f ns, %.0f %%",
			    r->impls[news[i]].name, w.wait_ns_per_op,
			    100 * w.wait_share);
	}
	fprintf(f, ".\n");
	free(news);
}

#define	SHOWN_LEAST	0.02	/* of the longest waiting in the cell */

/*
 * A type of lock is shown in a cell if it has a part in what anyone waits;
 * what is older, and waits for one lock, does not hide the others'.
 */
static bool
waited_for(const struct rp_results *r, const struct rp_cell *c, unsigned type)
{
	double most = 0, longest = 0;

	for (unsigned i = 0; i < r->nimpls; i++) {
		most = fmax(most, rp_waiting(r, c, (int)i, (int)type)
		    .wait_ns_per_op);
		if (!r->impls[i].older)
			longest = fmax(longest, rp_waiting(r, c, (int)i, -1)
			    .wait_ns_per_op);
	}
	return (most > SHOWN_LEAST * longest);
}

/* Of a type, or where name is not negative of that name's locks. */
static void
waiting_row(FILE *f, const struct rp_results *r, const struct rp_cell *c,
    unsigned type, int name)
{
	fprintf(f, "| `%s` | %s%s |", c->name, name < 0 ? "" : "- ",
	    name < 0 ? r->lock_types[type] : r->lock_names[name].name);
	for (unsigned i = 0; i < r->nimpls; i++) {
		struct rp_waiting w = name < 0 ?
		    rp_waiting(r, c, (int)i, (int)type) :
		    rp_waiting_named(c, i, (unsigned)name);

		if (!rp_shown(r, i) || r->impls[i].null)
			continue;
		if (w.measured)
			fprintf(f, " %.0f (%.2f %%, %.*f us) |",
			    w.wait_ns_per_op, 100 * w.contended,
			    w.wait_ns_each < 9950 ? 1 : 0,
			    w.wait_ns_each / 1000);
		else
			fprintf(f, " - |");
	}
	fprintf(f, "\n");
}

/* A type that is shown, and under it the names that were waited for. */
static void
waiting_rows(FILE *f, const struct rp_results *r, const struct rp_cell *c)
{
	for (unsigned t = 0; t < r->nlock_types; t++) {
		if (!waited_for(r, c, t))
			continue;
		waiting_row(f, r, c, t, -1);
		for (unsigned n = 0; n < r->nlock_names; n++) {
			double most = 0;

			for (unsigned i = 0; i < r->nimpls; i++)
				most = fmax(most, rp_waiting_named(c, i, n)
				    .wait_ns_per_op);
			if (most > 0 && strcmp(r->lock_names[n].type,
			    r->lock_types[t]) == 0)
				waiting_row(f, r, c, t, (int)n);
		}
	}
}

static void
waiting_table(FILE *f, const struct rp_results *r, const unsigned *cells,
    unsigned n)
{
	fprintf(f, "\nWaiting in ns an operation; in brackets the share of "
	    "acquisitions that had to wait, and how long each of those "
	    "waited. Few and long waits mean that one thread takes the lock "
	    "again and again while another waits for it. A lock's row is of "
	    "its type; rows with a dash are part of it, by name. Types with "
	    "under 2 %% of a cell's waiting are left out.\n\n| cell | lock |");
	for (unsigned i = 0; i < r->nimpls; i++)
		if (rp_shown(r, i) && !r->impls[i].null)
			fprintf(f, " `%s` |", r->impls[i].name);
	fprintf(f, "\n|---|---|");
	for (unsigned i = 0; i < r->nimpls; i++)
		if (rp_shown(r, i) && !r->impls[i].null)
			fprintf(f, "---:|");
	fprintf(f, "\n");
	for (unsigned i = 0; i < n; i++)
		waiting_rows(f, r, &r->cells[cells[i]]);
}

void
rp_md_locks(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	unsigned cells[CELLS_MAX], n = rp_most_waiting(r, cells, CELLS_MAX);
	struct rp_estimate cost = rp_counting_cost(r);

	fprintf(f, "## Where the time goes, by lock\n\n");
	if (r->nlock_types == 0) {
		fprintf(f, "This run has no windows that measure waiting.\n\n");
		return;
	}
	if (n == 0) {
		fprintf(f, "In no cell do threads wait for locks %g %% of "
		    "their time or more. Data: `%s/locks.tsv`.\n\n",
		    100 * RP_WAIT_LOW, p->data);
		return;
	}
	fprintf(f, "Waiting is measured in windows of its own, by units that "
	    "count. ");
	if (cost.n > 0)
		fprintf(f, "Counting makes an operation %.1f times as long "
		    "in the median of cells, %.1f times at most, and so "
		    "changes who meets whom at a lock: ", cost.median,
		    cost.max);
	fprintf(f, "%shis says which lock is waited for, not how much of the "
	    "throughput above it costs. Nor is a lock waited for that is got "
	    "at the first try, however long its cache line was under way from "
	    "another processor: a reader of a read-write lock writes its word "
	    "too. Most waiting first:\n\n",
	    cost.n > 0 ? "t" : "T");
	for (unsigned i = 0; i < n; i++)
		waiting_sentence(f, r, &r->cells[cells[i]]);
	fprintf(f, "\n![Waiting for locks by type](%s/locks.svg)\n",
	    p->links);
	waiting_table(f, r, cells, n);
	fprintf(f, "\nData: `%s/locks.tsv` (every cell), "
	    "`%s/locks_most.tsv`. Figure: `%s/locks.svg`, drawn by "
	    "`plots/locks.gp`.\n\n", p->data, p->data, p->figures);
}

static void
bars(FILE *f, const struct rp_results *r)
{
	struct rp_bar b[RP_BARS];

	rp_bars(r, b);
	fprintf(f, "| bar | limit | median | interval | outcome |\n"
	    "|---|---:|---:|---|---|\n");
	for (unsigned i = 0; i < RP_BARS; i++) {
		const struct rp_estimate *v = &b[i].value;

		fprintf(f, "| %s | %.2f %s | ", b[i].name, b[i].limit,
		    b[i].unit);
		if (v->n > 0)
			fprintf(f, "%.2f %s | ", rp_no_minus(v->median),
			    b[i].unit);
		else
			fprintf(f, "- | ");
		if (v->bounded)
			fprintf(f, "[%.2f, %.2f] | ", rp_no_minus(v->lo),
			    rp_no_minus(v->hi));
		else
			fprintf(f, "%s | ", v->n > 0 ?
			    rp_verdict_name(RP_FEW) : "-");
		fprintf(f, "%s |\n", rp_bar_outcome(&b[i]));
	}
}

/* Why the bar of the read lock may be out of reach. */
static void
reader_floor(FILE *f, const struct rp_results *r)
{
	struct rp_estimate e = rp_reader_floor(r);

	if (e.n > 0)
		fprintf(f, "\nA lock whose readers come and go with one "
		    "atomic instruction each cannot be cheaper than "
		    "`cas_pair`, which here is %.2f of `pthread_rwlock_rd`: "
		    "that is the floor under the bar of `rw_rd`.\n",
		    e.median);
}

static void
primitive_table(FILE *f, const struct rp_results *r, const unsigned *rows,
    unsigned n)
{
	fprintf(f, "\n| row |");
	for (unsigned i = 0; i < r->nimpls; i++)
		if (r->impls[i].again < 0)
			fprintf(f, r->impls[i].reference ? " (reference) |" :
			    " `%s` |", r->impls[i].name);
	fprintf(f, "\n|---|");
	for (unsigned i = 0; i < r->nimpls; i++)
		if (r->impls[i].again < 0)
			fprintf(f, "---:|");
	for (unsigned i = 0; i < n; i++) {
		fprintf(f, "\n| %s |", r->cells[rows[i]].variant);
		for (unsigned j = 0; j < r->nimpls; j++) {
			struct rp_estimate e = rp_ns(&r->cells[rows[i]],
			    (int)j);

			if (r->impls[j].again >= 0)
				continue;
			if (e.n > 0)
				fprintf(f, " %.2f |", e.median);
			else
				fprintf(f, " - |");
		}
	}
	fprintf(f, "\n");
}

void
rp_md_primitives(FILE *f, const struct rp_results *r,
    const struct rp_places *p)
{
	unsigned *rows = rp_grow(NULL, r->ncells + 1, sizeof(*rows));
	unsigned n = rp_primitive_rows(r, rows);

	fprintf(f, "## Primitives\n\n");
	if (n == 0)
		fprintf(f, "No primitive was measured in this run.\n\n");
	else {
		fprintf(f, "Each against a bar that was set beforehand, on "
		    "one thread and uncontended. The value is the median of "
		    "the ratios (the last: differences) inside each round; it "
		    "is met at or below the limit. Read from `sxbusy`, the "
		    "last from `null`.\n\n");
		bars(f, r);
		reader_floor(f, r);
		fprintf(f, "\nMedian ns of one operation, which is a pair "
		    "(take and give back) where there are two halves:\n");
		primitive_table(f, r, rows, n);
		if (rp_primitive(r, "busy_cycle") != NULL)
			fprintf(f, "\n`xbusy` and `sbusy` are the busy state "
			    "alone: the object is locked outside the clock. "
			    "`busy_cycle` is what a caller of that release "
			    "writes to busy a page and let go of it, locks "
			    "included; compare the designs by that row.\n");
		fprintf(f, "\nData: `%s/primitives.tsv`. Figure: "
		    "[primitives](%s/primitives.svg), drawn by "
		    "`plots/primitives.gp`. Command: `build/report %s "
		    "--bars`.\n\n", p->data, p->links, r->folder);
	}
	free(rows);
}
