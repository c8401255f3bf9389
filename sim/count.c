/*
 * Counting by address: an open hash that grows.  Read count.h first.
 */
#include "count.h"

#include <stdlib.h>
#include <string.h>

#include <machine/machine.h>

#define	SLOTS_FIRST	(1u << 12)

static struct count	*slots;
static unsigned		 nslots, nused;
static struct count_sleep sleeps[COUNT_SLEEPS + 1];
static struct count	 uncounted;	/* where it all goes when stopped */
static int		 stopped = 1;

static struct count *
find(uintptr_t address)
{
	unsigned i = (unsigned)((address >> 1) * 0x9E3779B97F4A7C15ull >> 32);

	while (slots[i & (nslots - 1)].co_address != address &&
	    slots[i & (nslots - 1)].co_address != 0)
		i++;
	return (&slots[i & (nslots - 1)]);
}

static void
grow(void)
{
	struct count *old = slots;
	unsigned nold = nslots;

	nslots = nold == 0 ? SLOTS_FIRST : 2 * nold;
	slots = calloc(nslots, sizeof(*slots));
	if (slots == NULL)
		md_panic("sim: no memory to count %u addresses", nslots);
	for (unsigned i = 0; i < nold; i++)
		if (old[i].co_address != 0)
			*find(old[i].co_address) = old[i];
	free(old);
}

static struct count *
count_of(uintptr_t address)
{
	struct count *c;

	if (stopped)
		return (&uncounted);
	if (2 * nused >= nslots)
		grow();
	c = find(address);
	if (c->co_address == 0) {
		c->co_address = address;
		nused++;
	}
	return (c);
}

void
count_reset(void)
{
	if (slots != NULL)
		memset(slots, 0, nslots * sizeof(*slots));
	memset(sleeps, 0, sizeof(sleeps));
	nused = 0;
	stopped = 0;
}

void
count_stop(void)
{
	stopped = 1;
}

void
count_move(uintptr_t address)
{
	count_of(address)->co_moves++;
}

void
count_transfer(uintptr_t address, uint64_t ps)
{
	count_of(address)->co_transfer += ps;
}

void
count_poll(uintptr_t address, uint64_t ps)
{
	if (address != 0)
		count_of(address)->co_poll += ps;
}

void
count_sleep(const char *why, uint64_t ps)
{
	unsigned i = 0;

	if (stopped)
		return;
	if (why == NULL)
		why = "?";
	while (sleeps[i].cs_why != NULL && strcmp(sleeps[i].cs_why, why) != 0)
		i++;
	if (i == COUNT_SLEEPS)
		i--;		/* the last one has the rest, too */
	sleeps[i].cs_why = why;
	sleeps[i].cs_time += ps;
}

const struct count *
count_all(unsigned *n)
{
	*n = nslots;
	return (slots);
}

const struct count_sleep *
count_sleeps(void)
{
	return (sleeps);
}
