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
#include "gbench.h"
#include "list.h"
#include "progress.h"
#include "results.h"
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

static void
open_outputs(const struct results *r, struct environment *en)
{
	char *json = results_path(r, "benchmark.json");

	written(environment_write(en), r);
	written(environment_topology(en), r);
	gbench_context("machine_key", r->rs_key);
	gbench_context("run_id", r->rs_id);
	gbench_context("iterations_are", "operations of all workers");
	gbench_context("library_build_type_is",
	    "of the system's libbenchmark, which times nothing here");
	gbench_written(gbench_open(json));
	free(json);
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
			progress_note("interrupted; %u windows are in %s",
			    sc->sc_windows, sc->sc_rounds_path);
		return (EXIT_INTERRUPTED);
	}
	if (sc->sc_failed > 0) {
		progress_note("%u windows failed, and have no figure; see "
		    "\"failed\" in %s", sc->sc_failed, sc->sc_rounds_path);
		return (EXIT_WINDOWS_FAILED);
	}
	if (!sc->sc_options->o_quiet)
		progress_note("%u rounds of %.1f ms windows, seed %ju: %u "
		    "windows in %s; build/report on it says what came out",
		    sc->sc_rounds,
		    (double)sc->sc_window_ns / 1e6,
		    (uintmax_t)sc->sc_options->o_seed, sc->sc_windows,
		    r->rs_dir);
	return (0);
}

/* The folder is made first, so that a bad one costs no time. */
static int
run(struct schedule *sc, const struct options *o, const struct place_map *map)
{
	struct results results;
	struct environment en = {
		.en_facts = environment_facts(map),
		.en_map = map, .en_results = &results,
		.en_cells = sc->sc_cells, .en_command = sc->sc_command,
		.en_home = o->o_home, .en_home_error = -1
	};
	enum schedule_end end = SCHEDULE_INTERRUPTED;
	char *rounds, *transfer;
	int status;

	results_make(&results, o->o_results, map);
	sc->sc_rounds_path = rounds = results_path(&results, "rounds.jsonl");
	open_outputs(&results, &en);
	transfer = results_path(&results, "transfer.json");
	written(transfer_write(transfer, sc->sc_pool, map, o->o_home),
	    &results);
	free(transfer);
	schedule_warm(sc);
	if (!window_interrupted) {
		en.en_home_error = sc->sc_home_error;
		written(environment_write(&en), &results);
		written(results_link(&results), &results);
		end = schedule_run(sc);
	}
	if (end == SCHEDULE_WRITE_ERROR)
		written(errno, &results);
	gbench_written(gbench_close());
	status = finish(sc, end, &results);
	json_decref(en.en_facts);
	free(rounds);
	results_free(&results);
	return (status);
}

/* Run the table on this machine. */
static int
bench(struct cell_table *t, const struct options *o,
    const struct place_map *map, const char *command)
{
	struct schedule sc = {
		.sc_options = o, .sc_map = map, .sc_cells = t,
		.sc_command = command
	};
	int status;

	if (!map->pm_here)
		errx(1, "hwloc shows another machine than this one; unset "
		    "HWLOC_XMLFILE and HWLOC_SYNTHETIC");
	start_machine(map);
	progress_init(o->o_quiet);
	catch_signals();
	sc.sc_pool = pool_new(map);
	status = run(&sc, o, map);
	pool_free(sc.sc_pool);
	return (status);
}

int
main(int argc, char **argv)
{
	char *command = options_command(argc, argv), why[PLACE_ERR_MAX];
	struct place_map *map;
	struct cell_table cells;
	struct options o;
	int status;

	gbench_init(&argc, argv);
	options_parse(&o, argc, argv);
	map = place_load(o.o_topology, why, sizeof(why));
	if (map == NULL)
		errx(2, "%s", why);
	cells_make(&cells, &o, map);
	if (o.o_list || gbench_list_tests()) {
		errno = o.o_list ? list_print(&cells, map) :
		    list_windows(&cells);
		if ((status = errno != 0) != 0)
			warn("standard output");
	} else {
		status = bench(&cells, &o, map, command);
	}
	cells_free(&cells);
	place_free(map);
	options_free(&o);
	free(command);
	return (status);
}
