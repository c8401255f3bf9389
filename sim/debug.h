/*
 * What the debug information of this program says of one unit: its variables
 * and its structures.
 */
#ifndef SIM_DEBUG_H
#define	SIM_DEBUG_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stdint.h>

/* A variable that has an address. */
struct debug_variable {
	uintptr_t	 dv_start, dv_end;
	const char	*dv_name;
	Dwarf_Die	 dv_type;
};

/*
 * Read what the unit of that implementation has, if it was not read before; all
 * below is of the one that was opened last.
 */
void	debug_open(const char *impl);

/* The variable at an address, or NULL. */
const struct debug_variable *debug_variable_at(uintptr_t a);

/* The structure of that name, without "struct"; false: there is none. */
bool	debug_struct(const char *name, Dwarf_Die *type);

/*
 * Of the member, of a structure or union, in which the offset lies: its name,
 * or NULL if it has none, its offset and its type.  False: it lies in none.
 */
bool	debug_member_at(Dwarf_Die *type, uintptr_t offset, const char **name,
	    uintptr_t *start, Dwarf_Die *member);

/* The members of a structure or union; 0 of anything else. */
unsigned debug_members(Dwarf_Die *type);

/* What a type is once typedefs and qualifiers are off. */
void	debug_peel(Dwarf_Die *type);

/* Bytes; 0 if it has no size. */
uintptr_t debug_size(Dwarf_Die *type);

/* What an array is of, with all its dimensions; false: it is none. */
bool	debug_element(Dwarf_Die *type, Dwarf_Die *element);

#endif /* SIM_DEBUG_H */
