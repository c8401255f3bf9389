/*
 * bench, driver 1: real threads, real time.
 *
 * Runs every implementation through the same cells in interleaved rounds and
 * appends each window to results/<machine>/<run>/rounds.jsonl.  It measures and
 * records; what it means is for report/ to say.
 *
 * Reading order: cell.h (what is compared), schedule.h (in which order),
 * window.h (one measurement), pool.h and placement.h (who runs where), then
 * gbench.h, rounds.h and environment.h (what is written).
 */
#define	_GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <machine/native/native.h>

#include "cell.h"
#include "environment.h"
#include "export.h"
#include "gbench.h"
#include "list.h"
#include "progress.h"
#include "results.h"
#include "resume.h"
#include "schedule.h"
#include "transfer.h"

#define	EXIT_INTERRUPTED	130	/* 128 + SIGINT, as shells have it */
#define	EXIT_WINDOWS_FAILED	3	/* yet the run came to its end */

/* The first interrupt ends the window in hand, a second one the process. */
static void
on_interrupt(int sig)
{
	(void)sig;
	window_interrupted = 1;
}

static void
catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_interrupt };

	sa.sa_flags = (int)SA_RESETHAND;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	/* A write beyond a file-size limit shall be an error, not the end. */
	signal(SIGXFSZ, SIG_IGN);
}

/* Tell the machine its CPUs: all PUs that may be used, in the map's order. */
static void
start_machine(const struct place_map *map)
{
	struct native_cpu cpus[map->pm_npus];

	for (unsigned i = 0; i < map->pm_npus; i++) {
		cpus[i].nc_pu = map->pm_pus[i].pu_os;
		cpus[i].nc_domain = map->pm_pus[i].pu_at[PLACE_NODE];
	}
	native_init(map->pm_npus, cpus, map->pm_topology);
}

/* Ends the process when error is not 0; what is on the disk stays. */
static void
written(int error, const struct results *r)
{
	if (error == 0)
		return;
	progress_end();
	errx(1, "cannot write in %s: %s; make room or use --results "
	    "elsewhere", r->rs_dir, strerror(error));
}

/* The same for the outputs of Google Benchmark, which may lie elsewhere. */
static void
gbench_written(int error)
{
	if (error == 0)
		return;
	progress_end();
	errx(1, "cannot write %s: %s; make room or name another place",
	    gbench_failed(), strerror(error));
}

/* What Google Benchmark's outputs say of the run as a whole. */
static void
set_context(const struct results *r)
{
	gbench_context("machine_key", r->rs_key);
	gbench_context("run_id", r->rs_id);
	gbench_context("iterations_are", "operations of all workers");
	gbench_context("library_build_type_is",
	    "of the system's libbenchmark, which times nothing here");
}

/* What the run's own folder holds beside the rounds, and the live outputs. */
static void
open_outputs(const struct results *r, struct environment *en)
{
	written(environment_write(en), r);
	written(environment_topology(en), r);
	set_context(r);
	gbench_written(gbench_open());
}

/* What is said of a process that came to its end. */
static void
say_end(const struct schedule *sc, enum schedule_end end,
    const struct results *r)
{
	unsigned processes = sc->sc_options->o_processes;

	if (end == SCHEDULE_SHARE_DONE)
		progress_note("process %u of %u done; --resume %s goes on",
		    (sc->sc_last - 1) * processes / sc->sc_rounds + 1,
		    processes, r->rs_dir);
	else
		progress_note("%u rounds of %.1f ms windows, seed %ju, in "
		    "%.1f s (planned: %.1f s) are in %s; build/report on it "
		    "says what came out", sc->sc_ran,
		    (double)sc->sc_window_ns / 1e6, (uintmax_t)sc->sc_seed,
		    sc->sc_elapsed_s, (double)sc->sc_planned_ns / 1e9,
		    r->rs_dir);
}

/* What is said at the end, and the exit status. */
static int
finish(const struct schedule *sc, enum schedule_end end,
    const struct results *r)
{
	if (end == SCHEDULE_INTERRUPTED) {
		if (sc->sc_windows == 0)
			progress_note("interrupted before the first window");
		else
			progress_note("interrupted; %u windows are in %s, "
			    "--resume %s goes on", sc->sc_windows,
			    sc->sc_rounds_path, r->rs_dir);
		return (EXIT_INTERRUPTED);
	}
	if (sc->sc_failed > 0) {
		progress_note("%u windows failed, and have no figure; see "
		    "\"failed\" in %s", sc->sc_failed, sc->sc_rounds_path);
		return (EXIT_WINDOWS_FAILED);
	}
	if (!sc->sc_options->o_quiet)
		say_end(sc, end, r);
	return (0);
}

/* The rounds, and what is made of them. */
static enum schedule_end
measure(struct schedule *sc, const struct results *r)
{
	char *json = results_path(r, "benchmark.json");
	enum schedule_end end = schedule_run(sc);

	if (end == SCHEDULE_WRITE_ERROR)
		written(errno, r);
	gbench_written(gbench_close());
	written(export_benchmark(sc, json), r);
	free(json);
	return (end);
}

/* A run that begins; its folder is made first: a bad one costs no time. */
static int
run_new(struct schedule *sc, struct results *r)
{
	const struct place_map *map = sc->sc_map;
	enum schedule_end end = SCHEDULE_INTERRUPTED;
	struct environment en = {
		.en_map = map, .en_results = r, .en_cells = sc->sc_cells,
		.en_home = sc->sc_cells->t_homes[0], .en_home_error = -1
	};
	char *command = options_command(sc->sc_args), *transfer;

	results_make(r, sc->sc_options->o_results, map);
	sc->sc_rounds_path = results_path(r, "rounds.jsonl");
	en.en_facts = environment_facts(map);
	en.en_command = command;
	open_outputs(r, &en);
	transfer = results_path(r, "transfer.json");
	written(transfer_write(transfer, sc->sc_pool, map, en.en_home), r);
	free(transfer);
	schedule_warm(sc);
	if (!window_interrupted) {
		en.en_home_error = sc->sc_home_error;
		written(environment_write(&en), r);
		written(results_link(r), r);
		end = measure(sc, r);
	}
	json_decref(en.en_facts);
	free(command);
	return (finish(sc, end, r));
}

/* A run that goes on.  Environment and topology are those it began with. */
static int
run_on(struct schedule *sc, struct results *r, struct resume *resume)
{
	enum schedule_end end = SCHEDULE_INTERRUPTED;

	sc->sc_rounds_path = results_path(r, "rounds.jsonl");
	if (!resume_plan(resume, sc, r)) {
		progress_note("%s is complete; there is nothing to go on with",
		    r->rs_dir);
		return (0);
	}
	set_context(r);
	schedule_warm(sc);
	if (!window_interrupted)
		end = measure(sc, r);
	return (finish(sc, end, r));
}

/* Run the table on this machine. */
static int
bench(struct schedule *sc, struct resume *resume, const char *dir)
{
	const struct place_map *map = sc->sc_map;
	struct results results;
	int status;

	if (!map->pm_here)
		errx(1, "hwloc shows another machine than this one; unset "
		    "HWLOC_XMLFILE and HWLOC_SYNTHETIC");
	start_machine(map);
	progress_init(sc->sc_options->o_quiet);
	catch_signals();
	sc->sc_pool = pool_new(map);
	sc->sc_machine = results.rs_key;
	sc->sc_start_ns = md_clock_ns() - sc->sc_begin_ns;
	if (resume != NULL)
		results_open(&results, dir, map);
	status = resume != NULL ? run_on(sc, &results, resume) :
	    run_new(sc, &results);
	pool_free(sc->sc_pool);
	free((char *)sc->sc_rounds_path);
	results_free(&results);
	return (status);
}

/* The names of everything there is; the exit status. */
static int
list(const struct cell_table *t, const struct options *o,
    const struct place_map *map)
{
	errno = o->o_list ? list_print(t, map) : list_windows(t);
	if (errno == 0)
		return (0);
	warn("standard output");
	return (1);
}

int
main(int argc, char **argv)
{
	struct schedule sc = { .sc_begin_ns = md_clock_ns() };
	struct opt_names args = { .n = 0 };
	struct resume *resume = NULL;
	struct cell_table cells;
	struct place_map *map;
	struct options o;
	const char *dir;
	char why[PLACE_ERR_MAX];
	int status;

	window_stamp(sc.sc_time, sizeof(sc.sc_time));
	options_keep(&args, argc, argv);
	gbench_init(&argc, argv);
	options_parse(&o, argc, argv);
	if (o.o_processes > 1 && gbench_repetitions() > 0)
		errx(2, "--benchmark_repetitions is of one process; use "
		    "--rounds with --processes");
	dir = o.o_resume;
	if (dir != NULL)
		resume = resume_begin(dir, &args, &o);
	map = place_load(o.o_topology, why, sizeof(why));
	if (map == NULL)
		errx(2, "%s", why);
	cells_make(&cells, &o, map);
	sc.sc_options = &o;
	sc.sc_args = &args;
	sc.sc_map = map;
	sc.sc_cells = &cells;
	sc.sc_seed = o.o_seed;
	status = o.o_list || gbench_list_tests() ? list(&cells, &o, map) :
	    bench(&sc, resume, dir);
	cells_free(&cells);
	place_free(map);
	options_free(&o);
	options_drop(&args);
	if (resume != NULL)
		resume_drop(resume);
	return (status);
}
