/*
 * The folder of a run: results/<machine key>/<run id>/, and results/latest.
 */
#ifndef BENCH_RESULTS_H
#define	BENCH_RESULTS_H

#include "placement.h"

#define	RESULTS_KEY_MAX	96

struct results {
	char	*rs_dir;	/* the run's folder */
	char	*rs_latest;	/* the link */
	char	 rs_key[RESULTS_KEY_MAX];
	char	 rs_id[32];
	int	 rs_lock;	/* the folder, kept open: it is ours alone */
};

/*
 * The machine key: CPU model, PUs, nodes and a hash of the topology's shape.
 * The same on each start of one machine.
 */
void	results_key(hwloc_topology_t, char *key, size_t size);

/*
 * Make the folder, or end the process with a line and status 1.  It is this
 * process's alone until results_free(), or until it is killed.
 */
void	results_make(struct results *, const char *root,
	    const struct place_map *);

/*
 * The folder of a run that was begun, and the key of this machine; or end the
 * process with a line and status 2, as when another process has the folder.
 */
void	results_open(struct results *, const char *dir,
	    const struct place_map *);

/* Path of a file in it; the caller frees it. */
char	*results_path(const struct results *, const char *file);

/*
 * Point results/latest to the run, in one step: there is always an old or a
 * new link.  Returns 0, or an errno.
 */
int	results_link(const struct results *);
void	results_free(struct results *);

#endif /* BENCH_RESULTS_H */
