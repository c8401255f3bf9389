/*
 * The folder of a sweep: DIR/<machine>-<identity>/rounds.jsonl.
 *
 * A result is a function of what the identity is made of, so the folder is a
 * store: what is in it need not be run again, and a run that was broken off
 * goes on by being asked for once more.
 */
#ifndef SIM_RESULTS_H
#define	SIM_RESULTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

struct results {
	char		 rs_dir[512];
	FILE		*rs_file;	/* at its end; NULL: there is none */
	char		**rs_keys;	/* of the lines in it, sorted */
	unsigned	 rs_nkeys;
};

/*
 * Open or make the folder under DIR for this first line, and point DIR/latest
 * to it.  Ends the process with
 * one line and status 1, or 2 if another process has it.
 */
void	results_open(struct results *, const char *dir, const json_t *run);

/* Is there a line of that key?  What was added since is not looked at. */
bool	results_have(const struct results *, const char *key);

/* Append a line, all of it or nothing. */
void	results_add(struct results *, const json_t *line);

void	results_close(struct results *);

#endif /* SIM_RESULTS_H */
