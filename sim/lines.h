/*
 * What a run has to say, as a line of rounds.jsonl (docs/DATA.md).
 */
#ifndef SIM_LINES_H
#define	SIM_LINES_H

#include <jansson.h>

#include "job.h"
#include "options.h"

/* The first line: all that results depend on, and the command. */
json_t		*lines_run(const struct options *, unsigned njobs);

/*
 * The part of it that results depend on, as 16 digits: runs of one identity
 * give equal lines.
 */
void		 lines_identity(const json_t *run, char text[17]);

/* The line of a job that has ended. */
json_t		*lines_job(const struct job *);

/* What tells it from other jobs' lines of one identity; to be freed. */
char		*lines_key(const json_t *line);
char		*lines_job_key(const struct job *);

/* "ok", "skip" or "failed". */
const char	*lines_status(const struct job *);

/* Operations while lines' moves were counted; at least 1. */
double		 lines_counted_ops(const struct sim_run *);

/* ps of all CPUs' time in the window as a share of it. */
double		 lines_share(uint64_t ps, const struct sim_run *);

#endif /* SIM_LINES_H */
