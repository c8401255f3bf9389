/*
 * When an event is told and when its access happens: what a client may conclude
 * when it switches fibers there.
 */
#include <string.h>

#include "record.h"

/* What the hook saw at each event so far, and the place it looks at. */
static uint32_t	 seen[8];
static unsigned	 nseen;
static const volatile uint32_t *watched;
static unsigned	 writes_at;		/* another fiber writes at this event */

static void
watch(unsigned kind, const volatile void *p)
{
	(void)kind, (void)p;
	if (nseen < 8)
		seen[nseen] = *watched;
	nseen++;
	if (nseen == writes_at)
		*(uint32_t *)(uintptr_t)watched = 5;
}

static uint64_t
run(micro_fn *fn, const volatile uint32_t *p, unsigned at)
{
	uint64_t result;

	watched = p;
	writes_at = at;
	nseen = 0;
	record_hook = watch;
	result = record_run(fn);
	record_hook = NULL;
	return (result);
}

static void
plain(struct micro *m)
{
	(void)run(micro_write_then_read, &m->m_x, 0);
	check(nseen == 2 && seen[0] == 0 && seen[1] == 7,
	    "a plain write happens after its event, before the next");
	check(run(micro_write_then_read, &m->m_y, 2) == 5,
	    "a plain read sees what was written at its event");
	m->m_x = 0;
	(void)run(micro_increment, &m->m_x, 2);
	check(m->m_x == 1, "x++ loses what was written at its second event");
	m->m_volatile = 0;
	(void)run(micro_volatile, &m->m_volatile, 1);
	check(m->m_volatile == 6,
	    "a volatile access happens after its event, too");
}

/*
 * A client that let others run between the two announcements would take the
 * target for written when it is not.  So none switches at plain accesses.
 */
static void
copies(struct micro *m)
{
	const uint32_t *last = (uint32_t *)&m->m_to.b_words[8];

	memset(&m->m_from, 7, sizeof(m->m_from));
	memset(&m->m_to, 0, sizeof(m->m_to));
	(void)run(micro_copy_struct, last, 0);
	check(nseen == 4 && seen[1] == 0 && seen[2] == 0 && seen[3] == 0 &&
	    *last != 0, "a structure's copy is announced before any of it");
	memset(&m->m_to, 0, sizeof(m->m_to));
	(void)run(micro_copy_struct, (uint32_t *)&m->m_from.b_words[8], 4);
	check(*last == 5, "and takes what was written until its last event");
}

void
test_moments(void)
{
	memset(record_object, 0, sizeof(*record_object));
	plain(record_object);
	if (strcmp(micro_compiler, "gcc") == 0)
		copies(record_object);
}
