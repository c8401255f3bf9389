/*
 * The debug information of this program, by libdw.
 *
 * A unit is compiled with its implementation's name for a working directory
 * (unit.mk), which tells its files from those of other units.  Symbols are of
 * no use here: units have the same ones, all local.
 */
#include "debug.h"

#include <dwarf.h>
#include <err.h>
#include <fcntl.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	PROGRAM	"/proc/self/exe"

/* A structure, by name. */
struct structure {
	const char	*st_name;
	Dwarf_Die	 st_die;
};

/* What is known of a unit. */
struct debug_unit {
	const char	*du_impl;
	struct debug_variable *du_variables;	/* by address */
	size_t		 du_nvariables;
	struct structure *du_structures;
	size_t		 du_nstructures;
	struct debug_unit *du_next;
};

static Dwarf		*debug;
static struct debug_unit *units, *unit;	/* those read, the one asked for */

static void *
grown(void *array, size_t n, size_t size)
{
	/* Doubled when n is a power of two. */
	if (n < 64 ? n != 0 : (n & (n - 1)) != 0)
		return (array);
	array = realloc(array, (n < 64 ? 64 : 2 * n) * size);
	if (array == NULL)
		err(1, PROGRAM ": %zu names", n);
	return (array);
}

/* ---- Types -------------------------------------------------------------- */

/* Of a variable, a member or an array. */
static bool
type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute a;

	return (dwarf_attr_integrate(die, DW_AT_type, &a) != NULL &&
	    dwarf_formref_die(&a, type) != NULL);
}

bool
debug_element(Dwarf_Die *type, Dwarf_Die *element)
{
	return (dwarf_tag(type) == DW_TAG_array_type &&
	    type_of(type, element));
}

void
debug_peel(Dwarf_Die *type)
{
	Dwarf_Die inner;

	if (dwarf_peel_type(type, &inner) == 0)
		*type = inner;
}

uintptr_t
debug_size(Dwarf_Die *type)
{
	Dwarf_Word size;

	return (dwarf_aggregate_size(type, &size) == 0 ? size : 0);
}

static bool
has_members(Dwarf_Die *type)
{
	int tag = dwarf_tag(type);

	return (tag == DW_TAG_structure_type || tag == DW_TAG_union_type);
}

/* The first member from *die on, *die included, or false. */
static bool
member_from(Dwarf_Die *die)
{
	while (dwarf_tag(die) != DW_TAG_member)
		if (dwarf_siblingof(die, die) != 0)
			return (false);
	return (true);
}

static bool
first_member(Dwarf_Die *type, Dwarf_Die *die)
{
	return (has_members(type) && dwarf_child(type, die) == 0 &&
	    member_from(die));
}

static bool
next_member(Dwarf_Die *die)
{
	return (dwarf_siblingof(die, die) == 0 && member_from(die));
}

unsigned
debug_members(Dwarf_Die *type)
{
	unsigned n = 0;
	Dwarf_Die m;

	for (bool is = first_member(type, &m); is; is = next_member(&m))
		n++;
	return (n);
}

bool
debug_member_at(Dwarf_Die *type, uintptr_t offset, const char **name,
    uintptr_t *start, Dwarf_Die *member)
{
	Dwarf_Attribute a;
	Dwarf_Word at;
	Dwarf_Die m;

	for (bool is = first_member(type, &m); is; is = next_member(&m)) {
		at = 0;
		if (dwarf_attr(&m, DW_AT_data_member_location, &a) != NULL)
			(void)dwarf_formudata(&a, &at);
		if (!type_of(&m, member) || offset < at ||
		    offset - at >= debug_size(member))
			continue;
		*name = dwarf_diename(&m);
		*start = at;
		return (true);
	}
	return (false);
}

/* ---- The program -------------------------------------------------------- */

static void
add_variable(Dwarf_Die *die)
{
	struct debug_variable v = { .dv_name = dwarf_diename(die) };
	Dwarf_Attribute a;
	Dwarf_Op *ops;
	size_t n;

	if (v.dv_name == NULL ||
	    dwarf_attr(die, DW_AT_location, &a) == NULL ||
	    dwarf_getlocation(&a, &ops, &n) != 0 || n != 1 ||
	    ops[0].atom != DW_OP_addr || !type_of(die, &v.dv_type))
		return;
	v.dv_start = ops[0].number;
	v.dv_end = v.dv_start + debug_size(&v.dv_type);
	unit->du_variables = grown(unit->du_variables, unit->du_nvariables,
	    sizeof(v));
	unit->du_variables[unit->du_nvariables++] = v;
}

static void
add_structure(Dwarf_Die *die)
{
	struct structure s = { dwarf_diename(die), *die };

	if (s.st_name == NULL || dwarf_hasattr(die, DW_AT_declaration))
		return;
	unit->du_structures = grown(unit->du_structures, unit->du_nstructures,
	    sizeof(s));
	unit->du_structures[unit->du_nstructures++] = s;
}

/* A file's, and those in functions and their blocks. */
static void
walk(Dwarf_Die *parent)
{
	Dwarf_Die die;

	if (dwarf_child(parent, &die) != 0)
		return;
	do {
		switch (dwarf_tag(&die)) {
		case DW_TAG_variable:
			add_variable(&die);
			break;
		case DW_TAG_structure_type:
			add_structure(&die);
			break;
		case DW_TAG_subprogram:
		case DW_TAG_lexical_block:
			walk(&die);
			break;
		}
	} while (dwarf_siblingof(&die, &die) == 0);
}

static bool
is_of(Dwarf_Die *cu, const char *impl)
{
	Dwarf_Attribute a;
	const char *dir;

	return (dwarf_attr(cu, DW_AT_comp_dir, &a) != NULL &&
	    (dir = dwarf_formstring(&a)) != NULL && strcmp(dir, impl) == 0);
}

static int
by_address(const void *a, const void *b)
{
	const struct debug_variable *x = a, *y = b;

	return ((x->dv_start > y->dv_start) - (x->dv_start < y->dv_start));
}

static int
by_name(const void *a, const void *b)
{
	const struct structure *x = a, *y = b;

	return (strcmp(x->st_name, y->st_name));
}

static void
open_program(void)
{
	int fd = open(PROGRAM, O_RDONLY);

	if (fd < 0 || (debug = dwarf_begin(fd, DWARF_C_READ)) == NULL)
		errx(1, PROGRAM ": no debug information (%s); was it "
		    "stripped?", dwarf_errmsg(-1));
}

static void
read_unit(const char *impl)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die die;

	unit = calloc(1, sizeof(*unit));
	if (unit == NULL)
		err(1, "%s", impl);
	unit->du_impl = impl;
	unit->du_next = units;
	units = unit;
	while (dwarf_get_units(debug, cu, &cu, NULL, NULL, &die, NULL) == 0)
		if (is_of(&die, impl))
			walk(&die);
	if (unit->du_nvariables == 0)
		errx(1, PROGRAM ": no debug information of %s", impl);
	qsort(unit->du_variables, unit->du_nvariables,
	    sizeof(struct debug_variable), by_address);
	qsort(unit->du_structures, unit->du_nstructures,
	    sizeof(struct structure), by_name);
}

void
debug_open(const char *impl)
{
	if (debug == NULL)
		open_program();
	for (unit = units; unit != NULL; unit = unit->du_next)
		if (strcmp(unit->du_impl, impl) == 0)
			return;
	read_unit(impl);
}

const struct debug_variable *
debug_variable_at(uintptr_t a)
{
	size_t low = 0, high = unit->du_nvariables;
	const struct debug_variable *v = unit->du_variables;

	/* The last that begins at or before a. */
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (v[mid].dv_start > a)
			high = mid;
		else
			low = mid + 1;
	}
	return (low > 0 && a < v[low - 1].dv_end ? &v[low - 1] : NULL);
}

bool
debug_struct(const char *name, Dwarf_Die *type)
{
	struct structure key = { .st_name = name }, *s;

	s = bsearch(&key, unit->du_structures, unit->du_nstructures,
	    sizeof(key), by_name);
	if (s != NULL)
		*type = s->st_die;
	return (s != NULL);
}
