/*
 * The order in which a placement uses the PUs.
 *
 * Every placement is a filter and a sort key over the same table of PUs.  The
 * ranks make the keys: rank[PLACE_CORE] of a PU is the place of its core among
 * the cores of its L3, rank[PLACE_PU] its own place among the PUs of its core.
 * bench/topology.c makes the table.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "placement.h"

const char *const place_names[] = {
	"compact", "scatter", "l3", "smt", "node", NULL
};

/* A PU and its sort key; most significant part first, then its index. */
struct place_key {
	unsigned	k_part[PLACE_LEVELS];
	unsigned	k_index;
};

bool
place_known(const char *placement)
{
	for (unsigned i = 0; place_names[i] != NULL; i++)
		if (strcmp(place_names[i], placement) == 0)
			return (true);
	return (strncmp(placement, "list:", 5) == 0);
}

static int
key_compare(const void *va, const void *vb)
{
	const struct place_key *a = va, *b = vb;

	for (unsigned i = 0; i < PLACE_LEVELS; i++)
		if (a->k_part[i] != b->k_part[i])
			return (a->k_part[i] < b->k_part[i] ? -1 : 1);
	return (a->k_index < b->k_index ? -1 : a->k_index > b->k_index);
}

/* Whether any core has two PUs that may be used. */
static bool
has_smt(const struct place_map *map)
{
	for (unsigned i = 0; i < map->pm_npus; i++)
		if (map->pm_pus[i].pu_rank[PLACE_PU] > 0)
			return (true);
	return (false);
}

/* Whether a PU takes part in the named placement. */
static bool
takes_part(const struct place_pu *pu, const char *placement, unsigned home)
{
	if (strcmp(placement, "node") == 0)
		return (pu->pu_at[PLACE_NODE] == home);
	if (strcmp(placement, "l3") == 0)
		return (pu->pu_at[PLACE_L3] != PLACE_NONE &&
		    pu->pu_rank[PLACE_CORE] == 0 &&
		    pu->pu_rank[PLACE_PU] == 0);
	return (true);
}

static struct place_key
key_of(const struct place_pu *pu, const char *placement, unsigned index)
{
	struct place_key k = { .k_index = index };

	if (strcmp(placement, "smt") == 0)
		return (k);
	k.k_part[0] = pu->pu_rank[PLACE_PU];
	if (strcmp(placement, "scatter") == 0) {
		k.k_part[1] = pu->pu_rank[PLACE_CORE];
		k.k_part[2] = pu->pu_rank[PLACE_L3];
		k.k_part[3] = pu->pu_rank[PLACE_NODE];
		k.k_part[4] = pu->pu_at[PLACE_PACKAGE];
	}
	return (k);
}

/* Index of the PU with the system's number os, or PLACE_NONE. */
static unsigned
find_os(const struct place_map *map, unsigned long os)
{
	for (unsigned i = 0; i < map->pm_npus; i++)
		if (map->pm_pus[i].pu_os == os)
			return (i);
	return (PLACE_NONE);
}

/* Say which processors may be named, in the short form "0-3,6". */
static void
say_allowed(const struct place_map *map, unsigned long os, char *err,
    size_t errlen)
{
	hwloc_bitmap_t set = hwloc_bitmap_alloc();
	char allowed[128];

	for (unsigned i = 0; i < map->pm_npus; i++)
		hwloc_bitmap_set(set, map->pm_pus[i].pu_os);
	hwloc_bitmap_list_snprintf(allowed, sizeof(allowed), set);
	hwloc_bitmap_free(set);
	snprintf(err, errlen, "processor %lu is outside the allowed set; "
	    "this process may use %s", os, allowed);
}

/* Append the PUs first..last to out, which holds n; returns the new n or 0. */
static unsigned
add_range(const struct place_map *map, unsigned long first,
    unsigned long last, unsigned *out, unsigned n, char *err, size_t errlen)
{
	for (unsigned long os = first; os <= last; os++) {
		unsigned index = find_os(map, os);

		if (index == PLACE_NONE) {
			say_allowed(map, os, err, errlen);
			return (0);
		}
		for (unsigned i = 0; i < n; i++)
			if (out[i] == index) {
				snprintf(err, errlen,
				    "processor %lu is listed twice", os);
				return (0);
			}
		out[n++] = index;
	}
	return (n);
}

/* Parse "0,2,4-7"; strtoul's leniency about signs and blanks is refused. */
static unsigned
order_list(const struct place_map *map, const char *text, unsigned *out,
    char *err, size_t errlen)
{
	const char *p = text;
	unsigned n = 0;

	for (;;) {
		unsigned long first, last;
		char *end;

		if (*p < '0' || *p > '9')
			break;
		first = last = strtoul(p, &end, 10);
		if (*end == '-' && end[1] >= '0' && end[1] <= '9')
			last = strtoul(end + 1, &end, 10);
		if (last < first || (*end != ',' && *end != '\0'))
			break;
		n = add_range(map, first, last, out, n, err, errlen);
		if (n == 0 || *end == '\0')
			return (n);
		p = end + 1;
	}
	snprintf(err, errlen, "'list:%s' is not a list of processors; "
	    "write it as list:0,2,4-7", text);
	return (0);
}

unsigned
place_order(const struct place_map *map, const char *placement,
    unsigned home, unsigned *out, char *err, size_t errlen)
{
	struct place_key keys[map->pm_npus];
	unsigned n = 0;

	if (strncmp(placement, "list:", 5) == 0)
		return (order_list(map, placement + 5, out, err, errlen));
	snprintf(err, errlen, "this machine has no placement '%s'", placement);
	if (strcmp(placement, "smt") == 0 && !has_smt(map))
		return (0);
	for (unsigned i = 0; i < map->pm_npus; i++)
		if (takes_part(&map->pm_pus[i], placement, home))
			keys[n++] = key_of(&map->pm_pus[i], placement, i);
	qsort(keys, n, sizeof(keys[0]), key_compare);
	for (unsigned i = 0; i < n; i++)
		out[i] = keys[i].k_index;
	return (n);
}

int
place_workers(const struct place_map *map, const char *placement,
    unsigned home, unsigned n, bool oversubscribe, unsigned *out, char *err,
    size_t errlen)
{
	unsigned order[map->pm_npus];
	unsigned slots = place_order(map, placement, home, order, err, errlen);

	if (slots == 0)
		return (-1);
	if (n > slots && !oversubscribe) {
		snprintf(err, errlen, "%u threads do not fit the %u processors "
		    "of placement %s; use fewer, or --oversubscribe", n, slots,
		    placement);
		return (-1);
	}
	for (unsigned i = 0; i < n; i++)
		out[i] = order[i % slots];
	return (0);
}
