/*
 * One run.  Setting up and the oracle cost nothing: virtual time stands still
 * outside of the workers.
 */
#include "run.h"

#include <string.h>

#include <machine/machine.h>
#include <traces/trace.h>

#include "count.h"
#include "names.h"

#define	LARGE_PAGES_MAX	256	/* CPUs; for more, memory is scarce */
#define	SKEW_MAX	(1000 * SIM_PS_PER_NS)	/* between two starts */

struct shared {
	struct sim_run	*sh_sim;
	struct lab_run	*sh_run;
	uint64_t	 sh_start;	/* ps */
	struct sim_run	 sh_before;	/* the counts, when the window began */
};

static void
stop(void *arg)
{
	struct shared *sh = arg;

	sh->sh_run->lr_stop = 1;
	if (sh->sh_sim->sr_settle_ns > 0)
		count_stop();
}

/* What comes first is not like the rest: lines are where they were set up. */
static void
settled(void *arg)
{
	struct shared *sh = arg;

	count_reset();
	sim_at(sh->sh_start + sh->sh_sim->sr_window_ns * SIM_PS_PER_NS, stop,
	    sh);
}

static void
add_up(struct sim_run *s, unsigned n)
{
	s->sr_transfer = s->sr_pause = s->sr_sleep = s->sr_misses = 0;
	for (unsigned i = 0; i < n; i++) {
		s->sr_transfer += sim_cpus[i].sc_transfer;
		s->sr_pause += sim_cpus[i].sc_pause;
		s->sr_sleep += sim_cpus[i].sc_sleep;
		s->sr_misses += sim_cpus[i].sc_misses;
	}
	s->sr_events = virtual_events;
}

/*
 * No two CPUs begin at one time, and when each does is the seed's: else they
 * would fall into one pattern out of many that are as likely.
 */
static void
skew(uint64_t seed, unsigned i)
{
	uint64_t x = (seed << 16 | i) * 0x9E3779B97F4A7C15ull;

	x = (x ^ x >> 29) * 0xBF58476D1CE4E5B9ull;
	sim_current()->sc_now += (x >> 32) * SKEW_MAX >> 32;
}

/* Warm up, one by one; the first to go on then begins the window. */
static void
work(void *arg, unsigned i)
{
	struct shared *sh = arg;
	struct lab_run *run = sh->sh_run;
	const struct lab_unit *u = run->lr_workload->lw_unit;

	sim_turn(i);
	u->lu_thread_begin(run, i);
	sim_barrier(run->lr_threads);
	if (sh->sh_start == 0) {
		sh->sh_start = sim_current()->sc_now;
		add_up(&sh->sh_before, run->lr_threads);
		sim_at(sh->sh_start + sh->sh_sim->sr_settle_ns *
		    SIM_PS_PER_NS, settled, sh);
	}
	skew(sh->sh_sim->sr_seed, i);
	u->lu_thread_loop(run, i);
	u->lu_thread_end(run, i);
}

/* What a copy of a trace may come to use, with something for the VM's own. */
static size_t
trace_bytes(const struct lab_trace *t)
{
	size_t pages = 0;

	for (uint32_t i = 0; i < t->lt_nobjects; i++)
		pages += t->lt_objects[i].lto_touched;
	return (pages * MD_PAGE_SIZE * 3 / 2);
}

/* In the arena, so that what the workers read and write there has lines. */
static struct lab_run *
prepare(const struct sim_run *s)
{
	size_t bytes = sizeof(struct lab_run) + MD_CACHE_LINE;
	char *p = md_mem_map(0, bytes + s->sr_threads *
	    sizeof(struct lab_slot));
	struct lab_run *run = (struct lab_run *)p;

	memset(p, 0, bytes + s->sr_threads * sizeof(struct lab_slot));
	run->lr_slots = (struct lab_slot *)(p + bytes / MD_CACHE_LINE *
	    MD_CACHE_LINE);
	md_mem_name(run, sizeof(*run), sizeof(*run), "struct lab_run");
	md_mem_name(run->lr_slots, s->sr_threads * sizeof(struct lab_slot),
	    sizeof(struct lab_slot), "struct lab_slot");
	run->lr_workload = s->sr_workload;
	run->lr_variant = s->sr_trace != NULL ? "" : s->sr_variant;
	run->lr_sharing = s->sr_sharing;
	run->lr_threads = s->sr_threads;
	run->lr_home = s->sr_home;
	run->lr_seed = s->sr_seed;
	run->lr_trace = s->sr_trace;
	run->lr_clones = s->sr_trace != NULL ? s->sr_threads : 1;
	run->lr_physmem = s->sr_workload->lw_physmem;
	if (s->sr_trace != NULL)
		run->lr_physmem += trace_bytes(s->sr_trace) * run->lr_clones;
	return (run);
}

static void
sum_up(struct sim_run *s, const struct lab_run *run)
{
	uint64_t begin = UINT64_MAX, end = 0;

	s->sr_ops = 0;
	for (unsigned i = 0; i < run->lr_threads; i++) {
		const struct lab_slot *slot = &run->lr_slots[i];

		s->sr_ops += slot->ls_ops;
		s->sr_thread_ops[i] = slot->ls_ops;
		begin = slot->ls_start_ns < begin ? slot->ls_start_ns : begin;
		end = slot->ls_end_ns > end ? slot->ls_end_ns : end;
	}
	s->sr_ns = end - begin;
}

void
sim_run_once(struct sim_run *s)
{
	const struct lab_unit *u = s->sr_workload->lw_unit;
	struct lab_run *run = prepare(s);
	struct shared sh = { s, run, 0, { .sr_threads = 0 } };

	if (s->sr_threads <= LARGE_PAGES_MAX)
		arena_large_pages();
	sim_model_base(s->sr_workload->lw_name);
	sim_model_setting(s->sr_setting);
	sim_names_init(u);
	s->sr_error = u->lu_begin(run);
	if (s->sr_error == 0) {
		sim_run(run->lr_threads, NULL, work, &sh);
		add_up(s, run->lr_threads);
		s->sr_transfer -= sh.sh_before.sr_transfer;
		s->sr_pause -= sh.sh_before.sr_pause;
		s->sr_sleep -= sh.sh_before.sr_sleep;
		s->sr_misses -= sh.sh_before.sr_misses;
		s->sr_events -= sh.sh_before.sr_events;
		sum_up(s, run);
		tally_take(&s->sr_tally);
		s->sr_error = u->lu_end(run);
	}
	memcpy(s->sr_why, run->lr_why, sizeof(s->sr_why));
}
