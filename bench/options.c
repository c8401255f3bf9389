/*
 * Parsing the command line.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "options.h"
#include "usage.h"

enum {
	OPT_HELP = 'h', OPT_LIST = 'l', OPT_QUIET = 'q',
	OPT_IMPL = 256, OPT_WORKLOAD, OPT_VARIANT, OPT_SHARING, OPT_THREADS,
	OPT_PLACEMENT, OPT_HOME, OPT_ROUNDS, OPT_WINDOW_MS, OPT_SEED,
	OPT_BUDGET, OPT_STATS, OPT_OVERSUBSCRIBE, OPT_PHYSMEM, OPT_RESULTS,
	OPT_TRACE, OPT_CLONES, OPT_PRIMITIVES, OPT_TOPOLOGY, OPT_CELL,
	OPT_FULL, OPT_LATENCY, OPT_PROCESSES, OPT_LINK_ORDER, OPT_RESUME
};

static const struct option long_options[] = {
	{ "help", no_argument, NULL, OPT_HELP },
	{ "list", no_argument, NULL, OPT_LIST },
	{ "quiet", no_argument, NULL, OPT_QUIET },
	{ "impl", required_argument, NULL, OPT_IMPL },
	{ "workload", required_argument, NULL, OPT_WORKLOAD },
	{ "variant", required_argument, NULL, OPT_VARIANT },
	{ "sharing", required_argument, NULL, OPT_SHARING },
	{ "threads", required_argument, NULL, OPT_THREADS },
	{ "placement", required_argument, NULL, OPT_PLACEMENT },
	{ "home", required_argument, NULL, OPT_HOME },
	{ "rounds", required_argument, NULL, OPT_ROUNDS },
	{ "window-ms", required_argument, NULL, OPT_WINDOW_MS },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "time-budget", required_argument, NULL, OPT_BUDGET },
	{ "stats", no_argument, NULL, OPT_STATS },
	{ "oversubscribe", no_argument, NULL, OPT_OVERSUBSCRIBE },
	{ "physmem", required_argument, NULL, OPT_PHYSMEM },
	{ "results", required_argument, NULL, OPT_RESULTS },
	{ "trace", required_argument, NULL, OPT_TRACE },
	{ "clones", required_argument, NULL, OPT_CLONES },
	{ "primitives", no_argument, NULL, OPT_PRIMITIVES },
	{ "topology", required_argument, NULL, OPT_TOPOLOGY },
	{ "cell", required_argument, NULL, OPT_CELL },
	{ "full", no_argument, NULL, OPT_FULL },
	{ "latency", no_argument, NULL, OPT_LATENCY },
	{ "processes", required_argument, NULL, OPT_PROCESSES },
	{ "link-order", required_argument, NULL, OPT_LINK_ORDER },
	{ "resume", required_argument, NULL, OPT_RESUME },
	{ NULL, 0, NULL, 0 }
};

/* Add what stands between commas; an empty name is refused. */
static void
add_names(struct opt_names *list, const char *option, char *text)
{
	char *name;

	while ((name = strsep(&text, ",")) != NULL) {
		if (*name == '\0')
			errx(2, "--%s: a name is missing; write it as "
			    "--%s A,B", option, option);
		if (!opt_has(list, name))
			opt_add(list, name);
	}
}

/* A list of processors has commas of its own. */
static void
add_placements(struct opt_names *list, char *text)
{
	if (strncmp(text, "list:", 5) == 0)
		opt_add(list, text);
	else
		add_names(list, "placement", text);
}

/* A whole number from min to max and nothing after it. */
static uint64_t
number(const char *option, const char *text, uint64_t min, uint64_t max)
{
	unsigned long long v;
	char *end;

	errno = 0;
	v = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
	    v < min || v > max)
		errx(2, "--%s %s: give a whole number from %ju to %ju", option,
		    text, (uintmax_t)min, (uintmax_t)max);
	return (v);
}

static void
add_numbers(struct opt_numbers *list, const char *option, char *text,
    uint64_t min, uint64_t max)
{
	char *one;

	while ((one = strsep(&text, ",")) != NULL) {
		list->numbers = opt_grow(list->numbers, list->n,
		    sizeof(*list->numbers));
		list->numbers[list->n++] = (unsigned)number(option, one, min,
		    max);
	}
}

/* Bytes, or with a suffix k, m or g. */
static size_t
size(const char *option, const char *text)
{
	static const char suffixes[] = "kmg";
	size_t len = strlen(text);
	const char *suffix = len > 1 ? strchr(suffixes, text[len - 1]) : NULL;
	char *digits = strdup(text);
	uint64_t v;

	if (digits == NULL)
		err(1, "options");
	if (suffix != NULL)
		digits[len - 1] = '\0';
	v = number(option, digits, 1, 1ull << 34);
	free(digits);
	if (suffix != NULL)
		v <<= 10 * (suffix - suffixes + 1);
	if (v < OPT_PHYSMEM_MIN)
		errx(2, "--%s %s: give at least 4m", option, text);
	return (v);
}

static void
set_selection(struct options *o, int c, char *arg)
{
	switch (c) {
	case OPT_IMPL:
		add_names(&o->o_impls, "impl", arg);
		break;
	case OPT_WORKLOAD:
		add_names(&o->o_workloads, "workload", arg);
		break;
	case OPT_VARIANT:
		opt_add(&o->o_variants, arg);
		break;
	case OPT_SHARING:
		add_names(&o->o_sharings, "sharing", arg);
		break;
	case OPT_THREADS:
		add_numbers(&o->o_threads, "threads", arg, 1,
		    OPT_THREADS_MAX);
		break;
	case OPT_PLACEMENT:
		add_placements(&o->o_placements, arg);
		break;
	case OPT_CELL:
		if (!opt_has(&o->o_cells, arg))
			opt_add(&o->o_cells, arg);
		break;
	case OPT_HOME:
		o->o_homes_all = strcmp(arg, "all") == 0;
		if (!o->o_homes_all)
			add_numbers(&o->o_homes, "home", arg, 0,
			    OPT_HOME_MAX);
		break;
	case OPT_TRACE:
		opt_add(&o->o_traces, arg);
		break;
	case OPT_CLONES:
		o->o_clones = (unsigned)number("clones", arg, 1, 1024);
		break;
	}
}

static void
set_manner(struct options *o, int c, char *arg)
{
	switch (c) {
	case OPT_ROUNDS:
		o->o_rounds = (unsigned)number("rounds", arg, 1,
		    OPT_ROUNDS_MAX);
		break;
	case OPT_WINDOW_MS:
		o->o_window_ms = (unsigned)number("window-ms", arg, 1,
		    OPT_WINDOW_MS_MAX);
		break;
	case OPT_SEED:
		o->o_seed = number("seed", arg, 0, INT64_MAX);
		break;
	case OPT_BUDGET:
		o->o_budget_s = (unsigned)number("time-budget", arg, 1,
		    86400);
		break;
	case OPT_PROCESSES:
		o->o_processes = (unsigned)number("processes", arg, 1,
		    OPT_ROUNDS_MAX);
		break;
	case OPT_LINK_ORDER:
		o->o_link_order = number("link-order", arg, 0, UINT32_MAX);
		break;
	case OPT_PHYSMEM:
		o->o_physmem = size("physmem", arg);
		break;
	case OPT_RESULTS:
		o->o_results = arg;
		break;
	case OPT_RESUME:
		o->o_resume = arg;
		break;
	case OPT_TOPOLOGY:
		o->o_topology = arg;
		break;
	}
}

/* getopt's own message would be a line more. */
static void
check_known(int c, char *const *argv)
{
	const char *arg = argv[optind > 1 ? optind - 1 : 1];

	if (c == ':')
		errx(2, "%s needs a value; see --help", arg);
	if (c == '?')
		errx(2, "%s is not an option, or takes no value; see --help",
		    arg);
}

static void
set_switch(struct options *o, int c)
{
	switch (c) {
	case OPT_LIST:
		o->o_list = true;
		break;
	case OPT_QUIET:
		o->o_quiet = true;
		break;
	case OPT_FULL:
		o->o_full = true;
		break;
	case OPT_STATS:
		o->o_passes[FLAVOUR_STATS] = true;
		break;
	case OPT_LATENCY:
		o->o_passes[FLAVOUR_LATENCY] = true;
		break;
	case OPT_OVERSUBSCRIBE:
		o->o_oversubscribe = true;
		break;
	case OPT_PRIMITIVES:
		o->o_primitives = true;
		break;
	case OPT_HELP:
		exit(usage_print() == 0 ? 0 : 1);
	}
}

static void
defaults(struct options *o)
{
	memset(o, 0, sizeof(*o));
	o->o_seed = (uint64_t)time(NULL);
	o->o_results = OPT_RESULTS_DEFAULT;
	o->o_processes = 1;
	o->o_passes[FLAVOUR_BENCH] = true;
}

/* All else was said when the run began. */
static void
check_resume(const struct options *o)
{
	struct options bare;

	defaults(&bare);
	bare.o_seed = o->o_seed;
	bare.o_resume = o->o_resume;
	bare.o_quiet = o->o_quiet;
	bare.o_link_order = o->o_link_order;
	if (memcmp(o, &bare, sizeof(bare)) != 0)
		errx(2, "--resume goes on with the options the run began "
		    "with; only --quiet and --link-order go with it");
}

/* What contradicts itself; said before anything runs. */
static void
check(const struct options *o, int argc, char **argv)
{
	if (optind < argc)
		errx(2, "'%s' is not an option; see --help", argv[optind]);
	if (o->o_topology != NULL && !o->o_list)
		errx(2, "--topology shows another machine, nothing can run "
		    "there; add --list");
	if (o->o_primitives && o->o_workloads.n > 0)
		errx(2, "--primitives and --workload exclude each other");
	if (o->o_cells.n > 0 && (o->o_primitives || o->o_workloads.n > 0 ||
	    o->o_variants.n > 0 || o->o_sharings.n > 0 || o->o_threads.n > 0 ||
	    o->o_placements.n > 0))
		errx(2, "--cell says all of a cell; leave out --workload, "
		    "--variant, --sharing, --threads, --placement and "
		    "--primitives");
	if (o->o_rounds % o->o_processes != 0)
		errx(2, "--rounds %u --processes %u: give a whole number of "
		    "rounds a process, such as --rounds %u", o->o_rounds,
		    o->o_processes, (o->o_rounds / o->o_processes + 1) *
		    o->o_processes);
	if (o->o_resume != NULL)
		check_resume(o);
}

void
options_parse(struct options *o, int argc, char **argv)
{
	int c;

	defaults(o);
	optind = 0;		/* a resumed run parses twice */
	while ((c = getopt_long(argc, argv, ":hlq", long_options,
	    NULL)) != -1) {
		check_known(c, argv);
		set_switch(o, c);
		set_selection(o, c, optarg);
		set_manner(o, c, optarg);
	}
	check(o, argc, argv);
}

void
options_free(struct options *o)
{
	options_drop(&o->o_cells);
	options_drop(&o->o_impls);
	options_drop(&o->o_workloads);
	options_drop(&o->o_variants);
	options_drop(&o->o_sharings);
	options_drop(&o->o_placements);
	options_drop(&o->o_traces);
	free(o->o_threads.numbers);
	free(o->o_homes.numbers);
}
