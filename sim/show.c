/*
 * Lines for people.  Read show.h first.
 */
#include "show.h"

#include <stdio.h>
#include <string.h>

#include "lines.h"
#include "plan.h"

/* What most time was waited for, if it was 5 % or more. */
static void
show_wait(const struct sim_run *r)
{
	const struct tally *t = &r->sr_tally;
	double most = 0.05;
	const char *why = NULL;
	char kind = ' ';

	if (t->ty_nfields > 0) {
		double share = lines_share(t->ty_fields[0].tf_transfer +
		    t->ty_fields[0].tf_poll, r);

		if (share >= most) {
			most = share;
			why = t->ty_fields[0].tf_name;
		}
	}
	for (unsigned i = 0; i < t->ty_nsleeps; i++)
		if (lines_share(t->ty_sleeps[i].ts_time, r) >= most) {
			most = lines_share(t->ty_sleeps[i].ts_time, r);
			why = t->ty_sleeps[i].ts_why;
			kind = 'z';
		}
	if (why != NULL)
		printf("  %2.0f %%%s %s", 100 * most, kind == 'z' ?
		    " asleep on" : " for", why);
}

static void
show_window(const struct job *j)
{
	const struct sim_run *r = &j->j_run;

	printf("%10.3f Mop/s  transfer %3.0f %%  pause %3.0f %%  "
	    "sleep %3.0f %%",
	    (double)r->sr_ops * 1e3 / (double)r->sr_ns,
	    100 * lines_share(r->sr_transfer, r),
	    100 * lines_share(r->sr_pause, r),
	    100 * lines_share(r->sr_sleep, r));
	show_wait(r);
}

static void
show_conflict(const struct job *j)
{
	const struct tally *t = &j->j_run.sr_tally;
	unsigned n = 0;

	for (unsigned i = 0; i < t->ty_nfields; i++)
		if (t->ty_fields[i].tf_moves > 0 &&
		    !tally_harness(&t->ty_fields[i]))
			printf("%s%s %.2f", n++ > 0 ? ", " : "",
			    t->ty_fields[i].tf_name,
			    (double)t->ty_fields[i].tf_moves /
			    lines_counted_ops(&j->j_run));
	if (n == 0)
		printf("conflict-free");
}

void
show_job(const struct job *j, bool speed)
{
	const struct sim_run *r = &j->j_run;
	const char *status = lines_status(j);
	char name[128];

	plan_name(r, name, sizeof(name));
	printf("%-36s %-15s ", name, r->sr_workload->lw_unit->lu_impl);
	if (strcmp(status, "ok") != 0)
		printf("%s: %s", status, r->sr_why);
	else if (j->j_kind == JOB_CONFLICT)
		show_conflict(j);
	else
		show_window(j);
	if (j->j_kind == JOB_SENSITIVITY)
		printf("  at %g %g %g %g", r->sr_setting[0], r->sr_setting[1],
		    r->sr_setting[2], r->sr_setting[3]);
	if (speed && strcmp(status, "ok") == 0)
		printf("  [%.1f Mevents/s, %.2f s]", (double)r->sr_events /
		    j->j_seconds / 1e6, j->j_seconds);
	putchar('\n');
	fflush(stdout);
}
