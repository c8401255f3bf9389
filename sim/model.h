/*
 * A machine's costs and places: reading its file.
 *
 *	model.c		the fields of the file
 *	topology.c	places and distances, by hwloc
 */
#ifndef SIM_MODEL_H
#define	SIM_MODEL_H

#include "sim.h"

/* Where an error is, and room for the line that says so. */
struct model_place {
	char		*message;
	size_t		 size;
	const char	*path;
	unsigned	 line;		/* 0: of the whole file */
};

/* Write the line; returns -1. */
int	model_complain(const struct model_place *at, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

/*
 * Fill the places, nodes and distances of sim_model from mo_topology and
 * mo_distances.  0, or -1 with a line.
 */
int	model_read_topology(const struct model_place *at);

#endif /* SIM_MODEL_H */
