/*
 * What an address of a unit's memory is, by structure and field.
 *
 * Layouts are an implementation's, so they are read from the debug information
 * of this very program; what the arena's ranges are is what md_mem_name() was
 * told.  A name is spelled as in C:
 *
 *	vm_object.lock		an item of a zone or array, and its member;
 *				members of unnamed members are its own
 *	vm_page.md.pv_gen	members of members, but not of a lock, and not
 *				of a structure with one member only
 *	vm_cnt.v_wire_count	a variable of the unit, of a function also
 *	vm_dom[].vmd_free_mtx	some element of an array
 *	page bytes		what C has no word for
 *	?			nobody said
 *
 * The first word of a free item of a zone is the zone's (uma.c), but bears the
 * member's name that is there while it is in use.
 */
#ifndef SIM_NAMES_H
#define	SIM_NAMES_H

#include <workload/lab_unit.h>

#define	SIM_NAME_MAX	96	/* bytes for any name, with the NUL */

/*
 * Know the unit's names, in place of another's.  Takes some 10 ms the first
 * time.
 * Panics if the program was stripped.
 */
void	sim_names_init(const struct lab_unit *u);

/*
 * The name of what is at that address, cut off after size - 1 bytes.  Some
 * microseconds: for tables, not for events.  Of the arena it tells what is
 * there now: ask before lu_end() unmaps it.
 */
void	sim_name(uintptr_t address, char *name, size_t size);

#endif /* SIM_NAMES_H */
