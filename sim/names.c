/*
 * Names of addresses.  Read names.h first.
 */
#include "names.h"

#include <stdio.h>
#include <string.h>

#include <machine/virtual/virtual.h>

#include "debug.h"

/* A name being written. */
struct text {
	char		*at;
	size_t		 left;	/* bytes at `at', with the NUL */
};

static void
append(struct text *t, const char *more)
{
	size_t n = strlen(more);

	if (n >= t->left)
		n = t->left - 1;
	memcpy(t->at, more, n);
	t->at += n;
	t->left -= n;
	*t->at = '\0';
}

/* Locks begin with what they have in common. */
static bool
is_lock(Dwarf_Die *type)
{
	const char *name;
	uintptr_t start;
	Dwarf_Die member;

	return (debug_member_at(type, 0, &name, &start, &member) &&
	    name != NULL && strcmp(name, "lock_object") == 0);
}

/* Append the elements and members of the type that lead to the offset. */
static void
append_path(struct text *t, Dwarf_Die type, uintptr_t offset)
{
	uintptr_t start = 0;
	const char *name;
	bool named = true;
	Dwarf_Die inner;

	for (;; type = inner, offset -= start) {
		debug_peel(&type);
		if (debug_element(&type, &inner)) {
			append(t, "[]");
			start = debug_size(&inner) == 0 ? 0 :
			    offset / debug_size(&inner) * debug_size(&inner);
			continue;
		}
		if (named && (is_lock(&type) || debug_members(&type) == 1))
			return;
		if (!debug_member_at(&type, offset, &name, &start, &inner))
			return;
		named = name != NULL;
		if (named) {
			append(t, ".");
			append(t, name);
		}
	}
}

static void
append_item(struct text *t, const struct mem_name *n, uintptr_t a)
{
	static const char tag[] = "struct ";
	size_t taglen = sizeof(tag) - 1;
	Dwarf_Die type;

	if (strncmp(n->mn_type, tag, taglen) == 0 &&
	    debug_struct(n->mn_type + taglen, &type)) {
		append(t, n->mn_type + taglen);
		append_path(t, type, (a - n->mn_base) % n->mn_stride);
	} else
		append(t, n->mn_type);
}

void
sim_names_init(const struct lab_unit *u)
{
	debug_open(u->lu_impl);
}

void
sim_name(uintptr_t a, char *name, size_t size)
{
	struct text t = { name, size };
	const struct debug_variable *v;
	const struct mem_name *n;

	*name = '\0';
	if ((v = debug_variable_at(a)) != NULL) {
		append(&t, v->dv_name);
		append_path(&t, v->dv_type, a - v->dv_start);
	} else if ((n = mem_name_of(a)) != NULL)
		append_item(&t, n, a);
	else if (a >= FIBER_STACK_BASE &&
	    a < FIBER_STACK_BASE + FIBERS_MAX * FIBER_STACK_BYTES)
		append(&t, "stack");
	else
		append(&t, "?");
}
