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

enum {
	OPT_HELP = 'h', OPT_LIST = 'l', OPT_QUIET = 'q',
	OPT_IMPL = 256, OPT_WORKLOAD, OPT_VARIANT, OPT_SHARING, OPT_THREADS,
	OPT_PLACEMENT, OPT_HOME, OPT_ROUNDS, OPT_WINDOW_MS, OPT_SEED,
	OPT_BUDGET, OPT_STATS, OPT_OVERSUBSCRIBE, OPT_PHYSMEM, OPT_RESULTS,
	OPT_TRACE, OPT_CLONES, OPT_PRIMITIVES, OPT_TOPOLOGY
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
	{ NULL, 0, NULL, 0 }
};

static const char help[] =
"usage: bench [options]\n"
"Runs every implementation of page busying through the same cells, in\n"
"interleaved rounds, and writes results/MACHINE/RUN/rounds.jsonl.\n"
"\n"
"What to run (default: a plan of about a minute on two processors)\n"
"  --list               name all cells, implementations and placements\n"
"  --impl A,B           these implementations\n"
"  --workload A,B       these workloads, with all their variants\n"
"  --variant NAME       this variant; may be repeated\n"
"  --sharing A,B        private, shared, same\n"
"  --threads 1,2,4      default: 1, 2, 4 ... and the number of processors\n"
"  --placement NAME     compact, scatter, l3, smt, node or list:0,2,4-7;\n"
"                       may be repeated; default: compact and scatter\n"
"  --primitives         the table of primitives only\n"
"  --trace FILE         replay this trace; may be repeated;\n"
"                       default: traces/*.vmt.gz\n"
"  --clones K           copies of each trace; default: one a thread\n"
"\n"
"How\n"
"  --rounds N           times each implementation runs in each cell\n"
"  --window-ms N        length of one run\n"
"  --time-budget S      choose both so that the whole takes S seconds;\n"
"                       never fewer than 6 rounds\n"
"  --seed N             of the order within each round; default: the time\n"
"  --stats              add a pass that counts waiting for locks\n"
"  --home N             memory node of objects and pages; default 0\n"
"  --physmem SIZE       simulated memory, such as 64m; default: by workload\n"
"  --oversubscribe      allow more threads than processors\n"
"\n"
"Output\n"
"  --results DIR        default: results\n"
"  --topology X         with --list: show the placements of another machine,\n"
"                       an XML file or a string: 'package:2 [numa] core:4'\n"
"  --quiet              no progress\n"
"\n"
"Google Benchmark's flags work too: --benchmark_filter=REGEX matches names\n"
"like sxbusy/fault_soft/..., --benchmark_list_tests, --benchmark_format,\n"
"--benchmark_out; its repetitions are our rounds.\n";

bool
opt_has(const struct opt_names *list, const char *name)
{
	for (unsigned i = 0; i < list->n; i++)
		if (strcmp(list->names[i], name) == 0)
			return (true);
	return (false);
}

static void *
grow(void *p, unsigned n, size_t size)
{
	p = realloc(p, (n + 1) * size);
	if (p == NULL)
		err(1, "options");
	return (p);
}

static void
add_name(struct opt_names *list, const char *name)
{
	list->names = grow(list->names, list->n, sizeof(*list->names));
	list->names[list->n] = strdup(name);
	if (list->names[list->n++] == NULL)
		err(1, "options");
}

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
			add_name(list, name);
	}
}

/* A list of processors has commas of its own. */
static void
add_placements(struct opt_names *list, char *text)
{
	if (strncmp(text, "list:", 5) == 0)
		add_name(list, text);
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
add_numbers(struct opt_numbers *list, const char *option, char *text)
{
	char *one;

	while ((one = strsep(&text, ",")) != NULL) {
		list->numbers = grow(list->numbers, list->n,
		    sizeof(*list->numbers));
		list->numbers[list->n++] = (unsigned)number(option, one, 1,
		    OPT_THREADS_MAX);
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
		add_name(&o->o_variants, arg);
		break;
	case OPT_SHARING:
		add_names(&o->o_sharings, "sharing", arg);
		break;
	case OPT_THREADS:
		add_numbers(&o->o_threads, "threads", arg);
		break;
	case OPT_PLACEMENT:
		add_placements(&o->o_placements, arg);
		break;
	case OPT_TRACE:
		add_name(&o->o_traces, arg);
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
	case OPT_HOME:
		o->o_home = (unsigned)number("home", arg, 0, 1023);
		break;
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
	case OPT_PHYSMEM:
		o->o_physmem = size("physmem", arg);
		break;
	case OPT_RESULTS:
		o->o_results = arg;
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
	case OPT_STATS:
		o->o_stats = true;
		break;
	case OPT_OVERSUBSCRIBE:
		o->o_oversubscribe = true;
		break;
	case OPT_PRIMITIVES:
		o->o_primitives = true;
		break;
	case OPT_HELP:
		fputs(help, stdout);
		exit(fflush(stdout) == 0 ? 0 : 1);
	}
}

char *
options_command(int argc, char **argv)
{
	size_t n = 1;
	char *line;

	for (int i = 0; i < argc; i++)
		n += strlen(argv[i]) + 1;
	line = calloc(1, n);
	if (line == NULL)
		err(1, "options");
	for (int i = 0; i < argc; i++) {
		strcat(line, i > 0 ? " " : "");
		strcat(line, argv[i]);
	}
	return (line);
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
}

void
options_parse(struct options *o, int argc, char **argv)
{
	int c;

	memset(o, 0, sizeof(*o));
	o->o_seed = (uint64_t)time(NULL);
	o->o_results = "results";
	while ((c = getopt_long(argc, argv, ":hlq", long_options,
	    NULL)) != -1) {
		check_known(c, argv);
		set_switch(o, c);
		set_selection(o, c, optarg);
		set_manner(o, c, optarg);
	}
	check(o, argc, argv);
}

static void
free_names(struct opt_names *list)
{
	for (unsigned i = 0; i < list->n; i++)
		free(list->names[i]);
	free(list->names);
}

void
options_free(struct options *o)
{
	free_names(&o->o_impls);
	free_names(&o->o_workloads);
	free_names(&o->o_variants);
	free_names(&o->o_sharings);
	free_names(&o->o_placements);
	free_names(&o->o_traces);
	free(o->o_threads.numbers);
}
