/*
 * Running a small program as a fiber and writing down its events.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <machine/machine.h>

#include "record.h"

#define	EVENTS_MAX	64

static struct fiber	 fibers[RECORD_FIBERS] = {
	{ .f_id = 0 }, { .f_id = 1 }
};
/* The host's stack is nobody's. */
static struct fiber	 host = { .f_id = FIBERS_MAX };
struct fiber		*fiber_current = &host;

struct micro		*record_object;
unsigned		 record_n, record_n_early;
void			(*record_hook)(unsigned, const volatile void *);

static struct {
	unsigned	 e_kind;
	uintptr_t	 e_place;
} events[EVENTS_MAX];

/* What run_main() is to do. */
static micro_fn		*to_run;
static uint64_t		 result;

void
record_init(void)
{
	virtual_check_linked();
	arena_init(1);
	record_object = md_mem_map(0, sizeof(*record_object));
#ifndef __x86_64__
	/* Room to save into. */
	fiber_context_init(&host, abort);
#endif
}

void
record_event(unsigned kind, const volatile void *p)
{
	if (!virtual_started) {
		record_n_early++;
		return;
	}
	virtual_events++;
	if (record_n < EVENTS_MAX) {
		events[record_n].e_kind = kind;
		events[record_n].e_place = (uintptr_t)p;
	}
	record_n++;
	if (record_hook != NULL)
		record_hook(kind, p);
}

void
record_begin(void)
{
	record_n = 0;
	virtual_started = 1;
}

void
record_end(void)
{
	virtual_started = 0;
}

static void
run_main(void)
{
	struct fiber *self = fiber_current;

	record_begin();
	result = to_run(record_object);
	record_end();
	fiber_current = &host;
	fiber_context_switch(self, &host);
	abort();
}

uint64_t
record_run_on(unsigned fiber, micro_fn *fn)
{
	to_run = fn;
	fiber_context_init(&fibers[fiber], run_main);
	fiber_current = &fibers[fiber];
	fiber_context_switch(&host, fiber_current);
	return (result);
}

uint64_t
record_run(micro_fn *fn)
{
	return (record_run_on(0, fn));
}

const char *
record_text(void)
{
	static char text[EVENTS_MAX * 16];
	size_t at = 0;
	unsigned i;

	text[0] = '\0';
	for (i = 0; i < record_n && i < EVENTS_MAX; i++) {
		uintptr_t offset = events[i].e_place -
		    (uintptr_t)record_object;
		const char *gap = i == 0 ? "" : " ";

		if (events[i].e_place == 0)
			at += (size_t)sprintf(text + at, "%sF", gap);
		else if (offset < sizeof(*record_object))
			at += (size_t)sprintf(text + at, "%s%c%zu", gap,
			    (int)events[i].e_kind, (size_t)offset);
		else
			at += (size_t)sprintf(text + at, "%s%c*", gap,
			    (int)events[i].e_kind);
	}
	return (text);
}
