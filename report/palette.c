/*
 * Choices that every figure and table shares: colours, who stands for the new
 * design, and the order of the rows of primitives.  Read output.h first.
 *
 * The colours are told apart by readers who are colour-blind too, and an
 * implementation keeps its colour in every figure and every run.
 */
#include "output.h"

#include <stdlib.h>
#include <string.h>

const char *
rp_impl_colour(const struct rp_results *r, unsigned impl)
{
	static const struct {
		const char *name, *colour;
	} known[] = {
		{ "giant", "0x882255" },
		{ "vm_mtx", "0xcc79a7" },
		{ RP_BASELINE, "0x5b6270" },
		{ "rwlock_vpo", "0xe69f00" },
		{ "rwlock_read", "0xd55e00" },
		{ "sxbusy", "0x0072b2" },
		{ "sxbusy_rlock", "0x009e73" },
		{ "null", "0xb4b8bf" },
		{ RP_REFERENCE, "0x8a8f98" },
	};
	static const char *const others[] = { "0xcc3d7a", "0x7b4ab5",
	    "0xb8a800", "0x56b4e9", "0x8c6d31", "0x1b7f8c", "0xf28cb1",
	    "0x3d3d9e", "0x8fc35a", "0x703010", "0x00b3c6" };
	const unsigned nknown = sizeof(known) / sizeof(known[0]);
	unsigned other = 0;

	if (r->impls[impl].again >= 0)
		return (rp_impl_colour(r, (unsigned)r->impls[impl].again));
	for (unsigned i = 0; i <= impl; i++) {
		unsigned k = 0;

		while (k < nknown &&
		    strcmp(known[k].name, r->impls[i].name) != 0)
			k++;
		if (i == impl && k < nknown)
			return (known[k].colour);
		other += k == nknown && rp_shown(r, i);
	}
	return (others[(other - 1) % (sizeof(others) / sizeof(others[0]))]);
}

const char *
rp_lock_colour(unsigned type)
{
	/* None of them is an implementation's: browns, purples, olives. */
	static const char *const colours[] = { "0x6d3f5b", "0xc98bb0",
	    "0x9c8c5a", "0x3f5d3a", "0xb9c58d", "0x7a2e2e", "0xe0b7a0",
	    "0x4a4a80", "0xa7a9d8", "0x54747a", "0xb8d0d3", "0x2e2a25",
	    "0xd9cf9c", "0x92755c", "0x856aa0", "0xcfcfcf" };

	return (colours[type % (sizeof(colours) / sizeof(colours[0]))]);
}

unsigned
rp_new_designs(const struct rp_results *r, unsigned *impls)
{
	static const char *const before[] = { RP_BASELINE, "rwlock_vpo",
	    "rwlock_read" };
	unsigned n = 0, k;

	for (unsigned i = 0; i < r->nimpls; i++) {
		for (k = 0; k < 3; k++)
			if (strcmp(r->impls[i].name, before[k]) == 0)
				break;
		if (k == 3 && !r->impls[i].null && !r->impls[i].older &&
		    rp_shown(r, i))
			impls[n++] = i;
	}
	return (n);
}

/* Rank of a row of the table of primitives: like stands by like. */
static unsigned
primitive_rank(const char *row)
{
	static const char *const rows[] = { "empty_loop", "empty", "clock",
	    "timer", "cas_pair", "xbusy", "sbusy", "busy_cycle",
	    "pthread_mutex", "mtx", "page_lock", "object_lock",
	    "pthread_rwlock_rd", "ck_rwlock_rd", "rw_rd",
	    "object_lock_read", "sx_sh", "pthread_rwlock_wr",
	    "ck_rwlock_wr", "rw_wr" };
	const unsigned n = sizeof(rows) / sizeof(rows[0]);
	unsigned i = 0;

	while (i < n && strcmp(rows[i], row) != 0)
		i++;
	return (i);
}

unsigned
rp_primitive_rows(const struct rp_results *r, unsigned *cells)
{
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];
		unsigned at = n;

		if (rp_compared(c) || c->threads != 1)
			continue;
		/* Insertion keeps rows of equal rank in the cells' order. */
		while (at > 0 && primitive_rank(r->cells[cells[at - 1]]
		    .variant) > primitive_rank(c->variant)) {
			cells[at] = cells[at - 1];
			at--;
		}
		cells[at] = i;
		n++;
	}
	return (n);
}

unsigned
rp_compared_cells(const struct rp_results *r)
{
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i++)
		n += rp_compared(&r->cells[i]);
	return (n);
}
