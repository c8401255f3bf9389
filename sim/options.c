/*
 * The simulator's command line.
 */
#include "options.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	WINDOW_NS	1000000
#define	WINDOW_MAX_NS	1000000000

static const char usage[] =
"usage: sim [options] [--conflicts | --sensitivity]\n"
"           [WORKLOAD[/VARIANT[/SHARING]]]...\n"
"       sim [options] --pairs | --program NAME\n"
"Runs workloads on a simulated machine, in virtual time.\n"
"\n"
"  --machine NAME     of sim/machines, or a file like those; default\n"
"                     epyc-7r13\n"
"  --topology TEXT    instead of the machine's: a synthetic string of\n"
"                     hwloc's, a file of lstopo's, or \"this\"\n"
"  --impl A,B         implementations; default all\n"
"  --threads N,N      default eight, from 1 to all of the machine's CPUs\n"
"  --window-us N      virtual time of a window; default 1000\n"
"  --rounds N         runs of each, seeds following each other; default 1\n"
"  --seed N           of the first; default 1\n"
"  --jobs N           processes; default one a CPU of this machine\n"
"  --home N           the node that memory is bound to; default 0\n"
"  --first-touch      memory is of the node that uses it first, not of where\n"
"                     it was bound to\n"
"  --no-lookahead     let nobody run ahead of the first: slower, and the same\n"
"  --results DIR      keep lines in DIR/<machine>-<identity>/rounds.jsonl\n"
"                     and run only what is not there yet\n"
"  --json             print lines as in rounds.jsonl (docs/DATA.md)\n"
"  --conflicts        pairs of operations: whose lines move between two CPUs\n"
"  --sensitivity      each cell under 81 settings: the four transfers by 0.5,\n"
"                     1 and 2\n"
"  --speed            say how fast the simulator was\n"
"  --pairs            a line's way between each pair of CPUs, by level\n"
"  --program NAME     a small program of sim/locks, \"all\" for each\n";

static uint64_t
number(const char *option, const char *text, uint64_t least, uint64_t most)
{
	uint64_t n;
	char *end;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || *text == '-' ||
	    n < least || n > most)
		errx(2, "--%s %s: give a number from %ju to %ju", option, text,
		    (uintmax_t)least, (uintmax_t)most);
	return (n);
}

/* The parts of "a,b,c", in place; calls add for each. */
static void
split(const char *option, char *text, struct options *o,
    void (*add)(struct options *, const char *))
{
	char *part, *rest = text;

	if (*text == '\0')
		errx(2, "--%s is empty; give a list, as a,b", option);
	while ((part = strsep(&rest, ",")) != NULL)
		add(o, part);
}

static void
add_impl(struct options *o, const char *name)
{
	if (o->o_nimpls == OPTIONS_LIST_MAX)
		errx(2, "--impl: at most %d", OPTIONS_LIST_MAX);
	o->o_impls[o->o_nimpls++] = name;
}

static void
add_threads(struct options *o, const char *text)
{
	if (o->o_nthreads == OPTIONS_LIST_MAX)
		errx(2, "--threads: at most %d numbers", OPTIONS_LIST_MAX);
	o->o_threads[o->o_nthreads++] = (unsigned)number("threads", text, 1,
	    SIM_CPUS_MAX);
}

enum { MACHINE = 256, TOPOLOGY, IMPL, THREADS, WINDOW, SEED, JOBS, JSON, PAIRS,
	PROGRAM_OF, NO_LOOKAHEAD, FIRST_TOUCH, RESULTS, CONFLICTS,
	SENSITIVITY, ROUNDS, SPEED,
	HOME, HELP };

static const struct option longs[] = {
	{ "machine", required_argument, NULL, MACHINE },
	{ "topology", required_argument, NULL, TOPOLOGY },
	{ "impl", required_argument, NULL, IMPL },
	{ "threads", required_argument, NULL, THREADS },
	{ "window-us", required_argument, NULL, WINDOW },
	{ "seed", required_argument, NULL, SEED },
	{ "jobs", required_argument, NULL, JOBS },
	{ "json", no_argument, NULL, JSON },
	{ "pairs", no_argument, NULL, PAIRS },
	{ "program", required_argument, NULL, PROGRAM_OF },
	{ "no-lookahead", no_argument, NULL, NO_LOOKAHEAD },
	{ "first-touch", no_argument, NULL, FIRST_TOUCH },
	{ "results", required_argument, NULL, RESULTS },
	{ "conflicts", no_argument, NULL, CONFLICTS },
	{ "sensitivity", no_argument, NULL, SENSITIVITY },
	{ "rounds", required_argument, NULL, ROUNDS },
	{ "speed", no_argument, NULL, SPEED },
	{ "home", required_argument, NULL, HOME },
	{ "help", no_argument, NULL, HELP },
	{ NULL, 0, NULL, 0 }
};

static void
take(struct options *o, int option)
{
	switch (option) {
	case MACHINE:	o->o_machine = optarg; break;
	case TOPOLOGY:	o->o_topology = optarg; break;
	case IMPL:	split("impl", optarg, o, add_impl); break;
	case THREADS:	split("threads", optarg, o, add_threads); break;
	case WINDOW:
		o->o_window_ns = number("window-us", optarg, 1,
		    WINDOW_MAX_NS / 1000) * 1000;
		break;
	case SEED:
		o->o_seed = number("seed", optarg, 0, UINT64_MAX);
		break;
	case ROUNDS:
		o->o_rounds = (unsigned)number("rounds", optarg, 1, 1000);
		break;
	case JOBS:
		o->o_processes = (unsigned)number("jobs", optarg, 1, 1024);
		break;
	case JSON:	o->o_json = true; break;
	case PAIRS:	o->o_pairs = true; break;
	case PROGRAM_OF: o->o_program = optarg; break;
	case NO_LOOKAHEAD: o->o_no_lookahead = true; break;
	case HOME:
		o->o_home = (unsigned)number("home", optarg, 0,
		    SIM_NODES_MAX - 1);
		break;
	case FIRST_TOUCH: o->o_first_touch = true; break;
	case RESULTS:	o->o_results = optarg; break;
	case CONFLICTS:	o->o_conflicts = true; break;
	case SENSITIVITY: o->o_sensitivity = true; break;
	case SPEED:	o->o_speed = true; break;
	case HELP:
		fputs(usage, stdout);
		exit(0);
	default:
		errx(2, "see sim --help");
	}
}

void
options_parse(struct options *o, int argc, char **argv)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	int option;

	*o = (struct options){ .o_machine = "epyc-7r13",
	    .o_window_ns = WINDOW_NS, .o_seed = 1, .o_rounds = 1,
	    .o_processes = cpus < 1 ? 1 : (unsigned)cpus };
	while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1)
		take(o, option);
	for (; optind < argc; optind++) {
		if (o->o_ncells == OPTIONS_LIST_MAX)
			errx(2, "at most %d cells", OPTIONS_LIST_MAX);
		o->o_cells[o->o_ncells++] = argv[optind];
	}
	if (o->o_conflicts && o->o_ncells + o->o_nthreads > 0)
		errx(2, "--conflicts has its own cells, on two CPUs; leave out "
		    "those and --threads");
	if (o->o_conflicts && o->o_sensitivity)
		errx(2, "--conflicts counts moves, which no setting changes; "
		    "give it or --sensitivity");
}
