/*
 * Names of cells and of what they are made of.
 */
#include <stdio.h>

#include "cell.h"

const char *
sharing_name(enum lab_sharing sharing)
{
	return (sharing == LAB_PRIVATE ? "private" :
	    sharing == LAB_SHARED ? "shared" : "same");
}

const char *
cell_impl(const struct cell_entry *e)
{
	return (e->e_bench->lw_unit->lu_impl);
}

void
cell_window_name(const struct cell *c, const struct cell_entry *e, char *name,
    size_t size)
{
	snprintf(name, size, "%s/%s", cell_impl(e), c->c_name);
}
