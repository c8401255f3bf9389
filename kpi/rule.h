/*
 * When a change demands a bump of __FreeBSD_version.
 *
 * One table, rule.c, gives every class of change (compare.h) what it demands
 * and why.  The verdict of a pair is the highest that one of its changes
 * demands, however many there are.  Basis: the policy printed in FreeBSD's
 * sys/param.h and the practice of the table of versions in the Porter's
 * Handbook: bump by one when code outside the tree must be changed or compiled
 * anew.
 */
#ifndef KPI_RULE_H
#define	KPI_RULE_H

#include "compare.h"

enum kpi_verdict {
	KPI_NOTHING,
	KPI_NOTE,		/* say it in UPDATING, bump nothing */
	KPI_BUMP,
};

struct kpi_rule {
	const char	*ru_meaning;	/* of the class */
	enum kpi_verdict ru_verdict;
	const char	*ru_why;
	const char	*ru_must;	/* of a consumer, if nobody says more */
	bool		 ru_advice;	/* do successors' advice speak of it? */
	bool		 ru_edit;	/* sources change; else compile anew */
};

/* What FreeBSD did at a step, and where that is recorded. */
struct kpi_history {
	const char	*hi_old, *hi_new;	/* folders of impl/ */
	enum kpi_verdict hi_verdict;
	const char	*hi_what;
};

extern const char *const kpi_verdict_names[KPI_BUMP + 1];

const struct kpi_rule *kpi_rule_of(enum kpi_class);

enum kpi_verdict kpi_verdict_of(const struct kpi_pair *);

/*
 * "5 removed, 2 layout": the classes that demand the verdict, and how many
 * changes each has; "no change" if there is none.  To be freed.
 */
char		*kpi_because(const struct kpi_pair *);

/* NULL if FreeBSD had no such step, or it is not known. */
const struct kpi_history *kpi_history_of(const char *old, const char *new);

#endif /* KPI_RULE_H */
