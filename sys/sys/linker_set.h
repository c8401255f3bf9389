/*
 * Linker sets, as FreeBSD's <sys/linker_set.h>: a file adds a pointer to a
 * named section, the linker concatenates, a driver walks from __start_set_X to
 * __stop_set_X.  The section survives the localisation of a unit's symbols,
 * which makes it the one thing a unit shows to the outside.
 */
#ifndef SYS_LINKER_SET_H
#define	SYS_LINKER_SET_H

#define	DATA_SET(set, sym)						\
	static const void *const __set_##set##_##sym			\
	    __attribute__((section("set_" #set), used)) = &sym

#endif /* SYS_LINKER_SET_H */
