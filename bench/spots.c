/*
 * Which threads run where: number of threads x placement, as lists of PUs.
 *
 * By default each number of threads that a placement has room for; what was
 * asked for by name must be possible.  Two placements that give the same list
 * are one experiment, and the first keeps it: on a machine with two PUs
 * "scatter" is "compact".
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"

static const char *const default_placements[] = { "compact", "scatter" };

/* What the loops below agree on while they add spots. */
struct making {
	struct cell_table *m_table;
	const struct options *m_options;
	const struct place_map *m_map;
	const char	*m_placement;
	unsigned	 m_node;	/* that the placement is made for */
	unsigned	 m_home;	/* it, or PLACE_NONE if of no matter */
};

/* The placement that has the same list already, or NULL. */
static const char *
find_same(const struct making *m, const unsigned *pus, unsigned n)
{
	const struct cell_table *t = m->m_table;

	for (unsigned i = 0; i < t->t_nspots; i++) {
		const struct spot *s = &t->t_spots[i];

		if (s->s_threads == n && (s->s_home == PLACE_NONE ||
		    s->s_home == m->m_home) &&
		    memcmp(s->s_pus, pus, n * sizeof(*pus)) == 0)
			return (s->s_placement);
	}
	return (NULL);
}

static struct spot *
add_spot(const struct making *m, unsigned n)
{
	struct cell_table *t = m->m_table;
	unsigned *pus = calloc(n, sizeof(*pus));
	char why[PLACE_ERR_MAX];

	if (pus == NULL)
		err(1, "placement");
	if (place_workers(m->m_map, m->m_placement, m->m_node, n,
	    m->m_options->o_oversubscribe, pus, why, sizeof(why)) != 0)
		errx(2, "%s", why);
	t->t_spots = opt_grow(t->t_spots, t->t_nspots, sizeof(*t->t_spots));
	t->t_spots[t->t_nspots] = (struct spot){
		.s_placement = m->m_placement, .s_threads = n, .s_pus = pus,
		.s_home = m->m_home, .s_same = find_same(m, pus, n)
	};
	return (&t->t_spots[t->t_nspots++]);
}

/* 1, 2, 4 ... and the number of PUs the placement has. */
static void
add_powers(const struct making *m, unsigned slots)
{
	unsigned n;

	for (n = 1; n < slots; n *= 2)
		add_spot(m, n);
	add_spot(m, slots);
}

/* The spots of a placement; threads are given, or 0: as the options say. */
static void
add_home(const struct making *m, unsigned threads)
{
	const struct opt_numbers *given = &m->m_options->o_threads;
	unsigned order[m->m_map->pm_npus];
	char why[PLACE_ERR_MAX];
	unsigned slots;

	/* A cell asked for by name keeps its name. */
	if (threads != 0) {
		add_spot(m, threads)->s_same = NULL;
		return;
	}
	slots = place_order(m->m_map, m->m_placement, m->m_node, order, why,
	    sizeof(why));
	if (slots == 0)
		errx(2, "%s", why);
	if (given->n == 0)
		add_powers(m, slots);
	for (unsigned i = 0; i < given->n; i++)
		add_spot(m, given->numbers[i]);
}

/* Only the placement "node" depends on where the memory is. */
static void
add_placement(struct making *m, const char *placement, unsigned threads)
{
	const struct cell_table *t = m->m_table;
	bool each = t->t_nhomes > 1 && strcmp(placement, "node") == 0;

	m->m_placement = placement;
	for (unsigned i = 0; i < (each ? t->t_nhomes : 1); i++) {
		m->m_node = t->t_homes[i];
		m->m_home = each ? m->m_node : PLACE_NONE;
		add_home(m, threads);
	}
}

/* Threads and placement of a cell that was asked for by name. */
static void
add_chosen(struct making *m, const char *name)
{
	const struct cell_table *t = m->m_table;
	const char *placement;
	unsigned threads;

	if (!cell_parse(name, &threads, &placement) || !place_known(placement))
		errx(2, "'%s' is no name of a cell; bench --list names all",
		    name);
	for (unsigned i = 0; i < t->t_nspots; i++)
		if (t->t_spots[i].s_threads == threads &&
		    strcmp(t->t_spots[i].s_placement, placement) == 0)
			return;
	add_placement(m, placement, threads);
}

void
spots_make(struct cell_table *t, const struct options *o,
    const struct place_map *map)
{
	struct making m = { .m_table = t, .m_options = o, .m_map = map };

	for (unsigned i = 0; i < o->o_cells.n; i++)
		add_chosen(&m, o->o_cells.names[i]);
	for (unsigned i = 0; i < o->o_placements.n; i++)
		add_placement(&m, o->o_placements.names[i], 0);
	if (t->t_nspots > 0)
		return;
	for (unsigned i = 0; i < sizeof(default_placements) /
	    sizeof(default_placements[0]); i++)
		add_placement(&m, default_placements[i], 0);
}
