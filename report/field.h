/*
 * Fields of a line of rounds.jsonl: presence, type and range are checked, and
 * what is wrong is said.  Each returns 0, or -1 with a message.
 */
#ifndef REPORT_FIELD_H
#define	REPORT_FIELD_H

#include "results.h"

#define	RP_ROUNDS_MAX	1000000	/* of a run: bounds what a bad line can do */
#define	RP_THREADS_MAX	1000000

int	rp_fail(char message[RP_MESSAGE], const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

/*
 * A string field.  Control characters are refused: a tab or newline in a name
 * would tear the tables that are written from it.
 */
int	rp_get_string(json_t *line, const char *field, const char **value,
	    char message[RP_MESSAGE]);

/* A number of at least min and at most max. */
int	rp_get_number(json_t *line, const char *field, double min, double max,
	    double *value, char message[RP_MESSAGE]);

/* The same, with a value that stands for a field that is not there. */
int	rp_get_optional(json_t *line, const char *field, double min, double max,
	    double absent, double *value, char message[RP_MESSAGE]);

#endif /* REPORT_FIELD_H */
