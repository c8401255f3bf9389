/*
 * Finding what a line speaks of, or making it: implementations, lock types,
 * cells, arms.  Read read.h first.
 */
#include <stdio.h>
#include <string.h>

#include "read.h"

unsigned
rp_intern_impl(struct rp_results *r, const char *name)
{
	int i = rp_impl_find(r, name);

	if (i >= 0)
		return ((unsigned)i);
	r->impls = rp_grow(r->impls, r->nimpls + 1, sizeof(*r->impls));
	r->impls[r->nimpls] = (struct rp_impl){ .name = rp_strdup(name),
	    .reference = strcmp(name, RP_REFERENCE) == 0,
	    .null = strcmp(name, "null") == 0,
	    .older = strcmp(name, "giant") == 0 ||
		strcmp(name, "vm_mtx") == 0, .again = -1 };
	return (r->nimpls++);
}

unsigned
rp_intern_lock_type(struct rp_results *r, const char *name)
{
	for (unsigned i = 0; i < r->nlock_types; i++)
		if (strcmp(r->lock_types[i], name) == 0)
			return (i);
	r->lock_types = rp_grow(r->lock_types, r->nlock_types + 1,
	    sizeof(*r->lock_types));
	r->lock_types[r->nlock_types] = rp_strdup(name);
	return (r->nlock_types++);
}

unsigned
rp_intern_lock_name(struct rp_results *r, const char *type, const char *name)
{
	for (unsigned i = 0; i < r->nlock_names; i++)
		if (strcmp(r->lock_names[i].type, type) == 0 &&
		    strcmp(r->lock_names[i].name, name) == 0)
			return (i);
	r->lock_names = rp_grow(r->lock_names, r->nlock_names + 1,
	    sizeof(*r->lock_names));
	r->lock_names[r->nlock_names] = (struct rp_lock_name){
	    rp_strdup(type), rp_strdup(name) };
	return (r->nlock_names++);
}

/*
 * The cell's own name does not hold the home domain, yet a sweep over homes
 * must not be mixed: the key does.
 */
struct rp_cell *
rp_intern_cell(struct rp_results *r, const struct rp_line *l)
{
	struct rp_cell *c;
	char key[RP_MESSAGE];
	int i;

	snprintf(key, sizeof(key), "%s/home=%d", l->cell, l->home);
	if ((i = rp_cell_find(r, key)) >= 0)
		return (&r->cells[i]);
	r->cells = rp_grow(r->cells, r->ncells + 1, sizeof(*r->cells));
	c = &r->cells[r->ncells++];
	*c = (struct rp_cell){ .key = rp_strdup(key),
	    .workload = rp_strdup(l->workload),
	    .variant = rp_strdup(l->variant),
	    .sharing = rp_strdup(l->sharing),
	    .placement = rp_strdup(l->placement),
	    .threads = l->threads, .home = l->home };
	if (l->threads > r->threads_max)
		r->threads_max = l->threads;
	return (c);
}

struct rp_arm *
rp_intern_arm(struct rp_cell *c, unsigned impl)
{
	if (impl >= c->narms) {
		c->arms = rp_grow(c->arms, impl + 1, sizeof(*c->arms));
		memset(&c->arms[c->narms], 0,
		    (impl + 1 - c->narms) * sizeof(*c->arms));
		c->narms = impl + 1;
	}
	return (&c->arms[impl]);
}
