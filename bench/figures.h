/*
 * What a window found, as fields of its line in rounds.jsonl.
 */
#ifndef BENCH_FIGURES_H
#define	BENCH_FIGURES_H

#include <jansson.h>

#include "window.h"

/* Add the figures of a window to its line; only one that is ok has any. */
void	figures_add(json_t *line, const struct window *w);

#endif /* BENCH_FIGURES_H */
