/*
 * Adding up by name.  Read tally.h first.
 */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include <machine/machine.h>

#include "count.h"
#include "names.h"

#define	BUCKETS	4096		/* names of a unit; a power of two */

static struct tally_field fields[BUCKETS];

static struct tally_field *
field_of(const char *name)
{
	unsigned h = 5381;

	for (const char *p = name; *p != '\0'; p++)
		h = h * 33 + (unsigned char)*p;
	for (unsigned i = 0; i < BUCKETS; i++) {
		struct tally_field *f = &fields[(h + i) % BUCKETS];

		if (*f->tf_name == '\0')
			memcpy(f->tf_name, name, strlen(name) + 1);
		if (strcmp(f->tf_name, name) == 0)
			return (f);
	}
	md_panic("sim: more than %u names", BUCKETS);
}

static void
add(struct tally_field *f, uint64_t moves, uint64_t transfer, uint64_t poll)
{
	f->tf_moves += moves;
	f->tf_transfer += transfer;
	f->tf_poll += poll;
}

/* Most time first, then most moves; names break ties. */
static int
by_time(const void *a, const void *b)
{
	const struct tally_field *x = a, *y = b;
	uint64_t tx = x->tf_transfer + x->tf_poll;
	uint64_t ty = y->tf_transfer + y->tf_poll;

	if (tx != ty)
		return (tx < ty ? 1 : -1);
	if (x->tf_moves != y->tf_moves)
		return (x->tf_moves < y->tf_moves ? 1 : -1);
	return (strcmp(x->tf_name, y->tf_name));
}

static void
take_fields(struct tally *t)
{
	const struct tally_field *f;

	qsort(fields, BUCKETS, sizeof(*fields), by_time);
	for (f = fields; f < &fields[BUCKETS]; f++) {
		if (f->tf_moves + f->tf_transfer + f->tf_poll == 0)
			break;
		if (t->ty_nfields < TALLY_FIELDS) {
			t->ty_fields[t->ty_nfields++] = *f;
			continue;
		}
		memcpy(t->ty_fields[TALLY_FIELDS - 1].tf_name, "other",
		    sizeof("other"));
		add(&t->ty_fields[TALLY_FIELDS - 1], f->tf_moves,
		    f->tf_transfer, f->tf_poll);
	}
}

static void
take_sleeps(struct tally *t)
{
	const struct count_sleep *s = count_sleeps();

	for (; s->cs_why != NULL && t->ty_nsleeps < TALLY_SLEEPS; s++) {
		struct tally_sleep *to = &t->ty_sleeps[t->ty_nsleeps++];

		strncpy(to->ts_why, s->cs_why, sizeof(to->ts_why) - 1);
		to->ts_time = s->cs_time;
	}
}

bool
tally_harness(const struct tally_field *f)
{
	return (strcmp(f->tf_name, "pair_turn") == 0 ||
	    strncmp(f->tf_name, "lab_run.", strlen("lab_run.")) == 0);
}

void
tally_take(struct tally *t)
{
	unsigned n;
	const struct count *c = count_all(&n);
	char name[TALLY_NAME];

	memset(fields, 0, sizeof(fields));
	memset(t, 0, sizeof(*t));
	for (unsigned i = 0; i < n; i++, c++)
		if (c->co_address != 0) {
			sim_name(c->co_address, name, sizeof(name));
			add(field_of(name), c->co_moves, c->co_transfer,
			    c->co_poll);
		}
	take_fields(t);
	take_sleeps(t);
}
