/*
 * A client of the virtual machine that runs one small program at a time and
 * writes down its events.
 */
#ifndef TEST_VIRTUAL_RECORD_H
#define	TEST_VIRTUAL_RECORD_H

#include <stdbool.h>

#include <machine/virtual/virtual.h>

#include "micro/micro.h"

#define	RECORD_FIBERS	2

/* What the programs work on; zero it before a run if that matters. */
extern struct micro	*record_object;

/* Events so far of the run; those before the machine was started. */
extern unsigned		 record_n, record_n_early;

/*
 * Called at each event, before the access: p is what it is of.  It may look at
 * memory, and change it as another thread could.
 */
extern void		(*record_hook)(unsigned kind, const volatile void *p);

void	record_init(void);

/* Run fn(record_object) as that fiber; what it returns. */
uint64_t record_run_on(unsigned fiber, micro_fn *fn);
uint64_t record_run(micro_fn *fn);

/* The same of entry points called by hand: fn(record_object). */
void	record_begin(void);
void	record_end(void);

/*
 * The events, "r0 W16 F": r and w are plain, R and W volatile or atomic, A is a
 * read and a write in one, F a fence, each with the offset in the object, or *
 * for a place outside.
 */
const char *record_text(void);

/* virtual_client.h's. */
void	record_event(unsigned kind, const volatile void *p);

/* ---- The tests, a file each ------------------------------------------- */

/* Print "ok - TEXT" or "not ok - TEXT"; the latter counts. */
void	check(bool holds, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

void	test_events(void);
void	test_entries(void);
void	test_atomics(void);
void	test_moments(void);
void	test_fibers(void);

#endif /* TEST_VIRTUAL_RECORD_H */
