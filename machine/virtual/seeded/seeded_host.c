/*
 * The seeded client's start and end.
 *
 * The environment may set LAB_VIRTUAL_SEED (a number; default 1), which
 * decides where fibers are switched, and LAB_VIRTUAL_SUMMARY, at which a run
 * says on standard error how many events it had and their digest.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <machine/driver.h>
#include <machine/virtual/seeded/seeded.h>

#define	SEED_DEFAULT	1

static uint64_t
seed_from_environment(void)
{
	const char *text = getenv("LAB_VIRTUAL_SEED");
	char *end;
	uint64_t seed;

	if (text == NULL)
		return (SEED_DEFAULT);
	errno = 0;
	seed = strtoull(text, &end, 0);
	if (errno != 0 || end == text || *end != '\0') {
		fprintf(stderr, "LAB_VIRTUAL_SEED=%s: give a number, as "
		    "LAB_VIRTUAL_SEED=7\n", text);
		exit(2);
	}
	return (seed);
}

void
machine_init(void)
{
	virtual_check_linked();
	(void)seed_from_environment();
	arena_init(SEEDED_DOMAINS);
}

void
machine_enter(void (*fn)(void *arg), void *arg)
{
	uint64_t seed = seed_from_environment();

	virtual_watchdog_start();
	seeded_enter(fn, arg, seed);
	if (getenv("LAB_VIRTUAL_SUMMARY") != NULL)
		fprintf(stderr, "virtual: seed %llu, %llu events, %llu ns, "
		    "digest %016llx\n", (unsigned long long)seed,
		    (unsigned long long)virtual_events,
		    (unsigned long long)seeded_now_ns,
		    (unsigned long long)seeded_digest);
}
