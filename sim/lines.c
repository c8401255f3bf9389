/*
 * Lines of rounds.jsonl.  Read lines.h first.
 */
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <bench/sysinfo.h>

#include "plan.h"

extern const char lab_build[];

/* ---- The run ------------------------------------------------------------ */

static json_t *
commit(void)
{
	char *const head[] = { "git", "rev-parse", "HEAD", NULL };
	char text[64];

	if (sysinfo_run(head, text, sizeof(text)) != 0)
		return (json_string("n/a"));
	text[strcspn(text, "\n")] = '\0';
	return (json_string(text));
}

static json_t *
impls(void)
{
	const struct lab_unit *const *u;
	json_t *list = json_array();

	for (u = __start_set_lab_units; u < __stop_set_lab_units; u++)
		json_array_append_new(list, json_string((*u)->lu_impl));
	return (list);
}

/* In ns, as the machine's file has them; but for smt, a factor. */
static json_t *
costs(void)
{
	json_t *list = json_pack("{sf}", "smt", sim_model.mo_smt);
	char base[64];
	const char *name;
	uint64_t ps;

	for (unsigned i = 0; (name = sim_model_field(i, &ps)) != NULL; i++)
		json_object_set_new(list, name, json_real((double)ps /
		    SIM_PS_PER_NS));
	for (unsigned i = 0; i < sim_model.mo_nbases; i++) {
		snprintf(base, sizeof(base), "plain.%s",
		    sim_model.mo_bases[i].name);
		json_object_set_new(list, base, json_real((double)
		    sim_model.mo_bases[i].plain / SIM_PS_PER_NS));
	}
	return (list);
}

static json_t *
distances(void)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < sim_model.mo_ndistances; i++)
		json_array_append_new(list,
		    json_integer(sim_model.mo_distances[i]));
	return (list);
}

#define	HASH_FIRST	0xcbf29ce484222325ull	/* FNV-1a */
#define	HASH_STEP(hash, byte)	(((hash) ^ (byte)) * 0x100000001b3ull)

static uint64_t
hash_numbers(uint64_t hash, const uint16_t *numbers)
{
	for (unsigned i = 0; i < sim_model.mo_ncpus; i++) {
		hash = HASH_STEP(hash, numbers[i] & 0xff);
		hash = HASH_STEP(hash, numbers[i] >> 8);
	}
	return (hash);
}

/* Where the CPUs are: a topology's name may be a file's or this machine's. */
static json_t *
places(void)
{
	uint64_t hash = HASH_FIRST;
	char text[17];

	hash = hash_numbers(hash, sim_model.mo_core);
	hash = hash_numbers(hash, sim_model.mo_l3);
	hash = hash_numbers(hash, sim_model.mo_package);
	hash = hash_numbers(hash, sim_model.mo_node);
	snprintf(text, sizeof(text), "%016jx", (uintmax_t)hash);
	return (json_string(text));
}

static json_t *
machine(const struct options *o)
{
	return (json_pack("{ss ss ss so si ss so so}",
	    "machine", sim_model.mo_name,
	    "description", sim_model.mo_description,
	    "topology", sim_model.mo_topology, "places", places(),
	    "cpus", (int)sim_model.mo_ncpus,
	    "memory", o->o_first_touch ? "first touch" : "bound",
	    "distances", distances(), "costs", costs()));
}

json_t *
lines_run(const struct options *o, unsigned njobs)
{
	char key[80];

	snprintf(key, sizeof(key), "sim-%s", sim_model.mo_name);
	return (json_pack("{si ss ss ss so sI so si sI si si s[i] s[] so}",
	    "schema", 1, "kind", "run", "machine_key", key,
	    "build", lab_build, "commit", commit(),
	    "seed", (json_int_t)o->o_seed, "impls", impls(),
	    "cells", (int)njobs, "window_ns", (json_int_t)o->o_window_ns,
	    "rounds", (int)o->o_rounds, "processes", 1,
	    "homes", (int)o->o_home, "passes", "simulated", machine(o)));
}

void
lines_identity(const json_t *run, char text[17])
{
	static const char *const parts[] = { "build", "seed", "window_ns",
	    "simulated" };
	uint64_t hash = HASH_FIRST;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		char *part = json_dumps(json_object_get(run, parts[i]),
		    JSON_ENCODE_ANY | JSON_SORT_KEYS | JSON_COMPACT);

		for (const char *p = part; *p != '\0'; p++)
			hash = HASH_STEP(hash, (unsigned char)*p);
		free(part);
	}
	snprintf(text, 17, "%016jx", (uintmax_t)hash);
}

/* ---- A job -------------------------------------------------------------- */

double
lines_share(uint64_t ps, const struct sim_run *r)
{
	return (r->sr_ns == 0 ? 0 : (double)ps / SIM_PS_PER_NS /
	    (double)r->sr_ns / r->sr_threads);
}

const char *
lines_status(const struct job *j)
{
	if (j->j_status == JOB_DIED)
		return ("failed");
	return (j->j_run.sr_error == 0 ? "ok" :
	    j->j_run.sr_error == ENOTSUP ? "skip" : "failed");
}

/* Where the time of the CPUs went; the rest is work. */
static json_t *
times(const struct sim_run *r)
{
	double transfer = lines_share(r->sr_transfer, r);
	double pause = lines_share(r->sr_pause, r);
	double sleep = lines_share(r->sr_sleep, r);
	double work = 1 - transfer - pause - sleep;

	return (json_pack("{sf sf sf sf}", "work", work > 0 ? work : 0,
	    "transfer", transfer, "pause", pause, "sleep", sleep));
}

static json_t *
waits(const struct sim_run *r)
{
	const struct tally *t = &r->sr_tally;
	json_t *list = json_array();
	char name[TALLY_NAME + 8];

	for (unsigned i = 0; i < t->ty_nfields; i++)
		json_array_append_new(list, json_pack("{ss sf}", "name",
		    t->ty_fields[i].tf_name, "share", lines_share(
		    t->ty_fields[i].tf_transfer + t->ty_fields[i].tf_poll,
		    r)));
	for (unsigned i = 0; i < t->ty_nsleeps; i++) {
		snprintf(name, sizeof(name), "sleep: %s",
		    t->ty_sleeps[i].ts_why);
		json_array_append_new(list, json_pack("{ss sf}", "name", name,
		    "share", lines_share(t->ty_sleeps[i].ts_time, r)));
	}
	return (list);
}

double
lines_counted_ops(const struct sim_run *r)
{
	double share = 1 - (double)r->sr_settle_ns / (double)r->sr_window_ns;

	return (r->sr_ops > 0 ? (double)r->sr_ops * share : 1);
}

/* Those whose lines moved; of operations: without the harness's. */
static json_t *
moved(const struct sim_run *r, bool operations)
{
	json_t *list = json_array();
	double ops = lines_counted_ops(r);

	for (unsigned i = 0; i < r->sr_tally.ty_nfields; i++) {
		const struct tally_field *f = &r->sr_tally.ty_fields[i];

		if (f->tf_moves > 0 && !(operations && tally_harness(f)))
			json_array_append_new(list, json_pack("{ss sf sf}",
			    "name", f->tf_name,
			    "moves_per_op", (double)f->tf_moves / ops,
			    "wait_ns_per_op", (double)(f->tf_transfer +
			    f->tf_poll) / SIM_PS_PER_NS / ops));
	}
	return (list);
}

static void
add_figures(json_t *line, const struct sim_run *r)
{
	json_object_update_new(line, json_pack("{sI sI sf}",
	    "ops", (json_int_t)r->sr_ops, "window_ns", (json_int_t)r->sr_ns,
	    "ops_per_s_total", (double)r->sr_ops * 1e9 / (double)r->sr_ns));
}

static void
add_window(json_t *line, const struct sim_run *r)
{
	json_t *ops = json_array();

	add_figures(line, r);
	for (unsigned i = 0; i < r->sr_threads; i++)
		json_array_append_new(ops, json_integer((json_int_t)
		    r->sr_thread_ops[i]));
	json_object_set_new(line, "thread_ops", ops);
	json_object_set_new(line, "simulated", json_pack(
	    "{ss sI sI so so so}", "machine", sim_model.mo_name,
	    "events", (json_int_t)r->sr_events,
	    "misses", (json_int_t)r->sr_misses,
	    "time", times(r), "waits", waits(r), "lines", moved(r, false)));
}

/* The variant is "A+B". */
static void
add_conflict(json_t *line, const struct sim_run *r)
{
	const char *plus = strchr(r->sr_variant, '+');

	json_object_update_new(line, json_pack("{ss% ss so}",
	    "a", r->sr_variant, (size_t)(plus - r->sr_variant),
	    "b", plus + 1, "lines", moved(r, true)));
}

/* What the job is. */
static json_t *
identity(const struct job *j)
{
	static const char *const kinds[] = {
		[JOB_WINDOW] = "window", [JOB_SENSITIVITY] = "sensitivity",
		[JOB_CONFLICT] = "conflict"
	};
	const struct sim_run *r = &j->j_run;
	char name[128];
	json_t *line;

	plan_name(r, name, sizeof(name) - 8);
	strcat(name, "/compact");
	line = json_pack("{si ss ss ss ss ss si ss si ss ss si si sI}",
	    "schema", 1, "kind", kinds[j->j_kind], "cell", name,
	    "workload", r->sr_workload->lw_name,
	    "variant", *r->sr_variant != '\0' ? r->sr_variant : "-",
	    "sharing", plan_sharing(r->sr_sharing),
	    "threads", (int)r->sr_threads, "placement", "compact",
	    "home", (int)r->sr_home,
	    "impl", r->sr_workload->lw_unit->lu_impl, "flavour", "bench",
	    "round", (int)r->sr_round, "position", 0,
	    "seed", (json_int_t)r->sr_seed);
	if (j->j_kind == JOB_SENSITIVITY)
		json_object_set_new(line, "setting", json_pack("[f f f f]",
		    r->sr_setting[0], r->sr_setting[1], r->sr_setting[2],
		    r->sr_setting[3]));
	return (line);
}

json_t *
lines_job(const struct job *j)
{
	static void (*const adders[])(json_t *, const struct sim_run *) = {
		[JOB_WINDOW] = add_window,
		[JOB_SENSITIVITY] = add_figures,
		[JOB_CONFLICT] = add_conflict
	};
	const char *status = lines_status(j);
	json_t *line = identity(j);

	json_object_set_new(line, "status", json_string(status));
	if (strcmp(status, "ok") == 0)
		adders[j->j_kind](line, &j->j_run);
	else
		json_object_set_new(line, "why",
		    json_string(j->j_run.sr_why));
	return (line);
}

char *
lines_job_key(const struct job *j)
{
	json_t *line = identity(j);
	char *key = lines_key(line);

	json_decref(line);
	return (key);
}

char *
lines_key(const json_t *line)
{
	static const char *const parts[] = { "kind", "cell", "home",
	    "impl", "round", "setting" };
	json_t *list = json_array();
	char *key;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		json_t *part = json_object_get(line, parts[i]);

		json_array_append_new(list, part != NULL ?
		    json_deep_copy(part) : json_null());
	}
	key = json_dumps(list, JSON_COMPACT | JSON_REAL_PRECISION(6));
	json_decref(list);
	return (key);
}
