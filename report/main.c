/*
 * report: from the folder of a run to tables, RESULTS.md and a verdict.
 *
 * This is the command line only.  Read results.h, compare.h and output.h for
 * what is read, computed and written.
 */
#include <err.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "detection.h"
#include "kpi_data.h"
#include "page.h"
#include "runs.h"
#include "sim_bars.h"
#include "simulated.h"
#include "switches.h"

static const char usage_text[] =
"usage: report FOLDER [--out DIR] [--results-md FILE] [--html FILE]\n"
"              [--figures DIR] [--kpi DIR] [--sim DIR]... [--sim-bars FILE]\n"
"              [--switches FILE] [--check FILE] [--bars] [--summary]\n"
"       report FOLDER --against OTHER [--force] [--out DIR]\n"
"       report --detection DIR [--out DIR]\n"
"       report FOLDER --ministat CELL [--impl A,B] [--out DIR]\n"
"\n"
"FOLDER is the folder of a run, such as results/latest; or of a simulated\n"
"one, such as results/sim/epyc-7r13, whose report is of scaling alone.\n"
"\n"
"  --out DIR          write the tables for gnuplot into DIR\n"
"  --results-md FILE  write the report in prose\n"
"  --html FILE        write the page: figures, tables, one offline file\n"
"  --figures DIR      where the report says that the figures are; without\n"
"                     it, plots beside the report\n"
"  --kpi DIR          the tables of make kpi, such as results/kpi: what the\n"
"                     steps are decided on besides throughput\n"
"  --sim DIR          a simulated run, such as results/sim/epyc-7r13: the\n"
"                     report gets a section on scaling, --out its tables;\n"
"                     once for each machine\n"
"  --sim-bars FILE    the table of make sim-bench, such as\n"
"                     results/sim/bars.tsv, at the end of that section\n"
"  --switches FILE    figures of switches, such as results/shm/phys.tsv of\n"
"                     make shm-phys: a section of their own\n"
"  --check FILE       fail unless FILE is the report that would be written\n"
"  --bars             print the primitives against their bars\n"
"  --summary          print the verdicts in short (the default)\n"
"  --against OTHER    compare FOLDER's run with that in OTHER; status 1 if\n"
"                     something is resolved as slower; --out writes\n"
"                     changes.tsv\n"
"  --force            even if they are of two machines\n"
"  --detection DIR    count what was said of planted effects, in the runs of\n"
"                     make self-test; status 1 if a bar is not met\n"
"  --ministat CELL    print the operations a second of a cell, one value a\n"
"                     line, for the program ministat: a column for each\n"
"                     implementation, which its -C 1, -C 2 and so on choose;\n"
"                     with --out, a file for each in DIR, named after it\n"
"  --impl A,B         of these implementations only\n"
"  --help             print this\n"
"\n"
"The report names the folder of --out as the source of its figures; with\n"
"--check nothing is written, and --out, --figures, --kpi, --sim,\n"
"--sim-bars and --switches must be what they were.\n"
"The median of ministat is the upper one of an even number of values.\n"
"\n"
"  report results/latest --ministat grab_hit/bare/shared/t2 --out m\n"
"  ministat m/old_vpo_wanted m/sxbusy\n";

struct options {
	const char	*folder, *out, *figures, *markdown, *html, *check;
	const char	*against, *detection, *ministat, *impls, *kpi;
	const char	*sim_bars, *switches;
	const char	**sims;
	unsigned	nsims;
	bool		bars, summary, force;
};

enum { OUT = 256, FIGURES, MARKDOWN, HTML, CHECK, BARS, SUMMARY, AGAINST,
    FORCE, DETECTION, MINISTAT, IMPL, KPI, SIM, SIM_BARS, SWITCHES, HELP };

static void
set_option(struct options *o, int option)
{
	switch (option) {
	case OUT:
		o->out = optarg;
		break;
	case FIGURES:
		o->figures = optarg;
		break;
	case MARKDOWN:
		o->markdown = optarg;
		break;
	case HTML:
		o->html = optarg;
		break;
	case CHECK:
		o->check = optarg;
		break;
	case BARS:
		o->bars = true;
		break;
	case SUMMARY:
		o->summary = true;
		break;
	case AGAINST:
		o->against = optarg;
		break;
	case DETECTION:
		o->detection = optarg;
		break;
	case FORCE:
		o->force = true;
		break;
	case MINISTAT:
		o->ministat = optarg;
		break;
	case IMPL:
		o->impls = optarg;
		break;
	case KPI:
		o->kpi = optarg;
		break;
	case SIM:
		o->sims = rp_grow(o->sims, o->nsims + 1, sizeof(*o->sims));
		o->sims[o->nsims++] = optarg;
		break;
	case SIM_BARS:
		o->sim_bars = optarg;
		break;
	case SWITCHES:
		o->switches = optarg;
		break;
	case HELP:
		fputs(usage_text, stdout);
		exit(0);
	default:
		exit(2);	/* getopt has said what is wrong */
	}
}

static struct options
parse_options(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "out", required_argument, NULL, OUT },
		{ "figures", required_argument, NULL, FIGURES },
		{ "results-md", required_argument, NULL, MARKDOWN },
		{ "html", required_argument, NULL, HTML },
		{ "check", required_argument, NULL, CHECK },
		{ "bars", no_argument, NULL, BARS },
		{ "summary", no_argument, NULL, SUMMARY },
		{ "against", required_argument, NULL, AGAINST },
		{ "force", no_argument, NULL, FORCE },
		{ "detection", required_argument, NULL, DETECTION },
		{ "ministat", required_argument, NULL, MINISTAT },
		{ "impl", required_argument, NULL, IMPL },
		{ "kpi", required_argument, NULL, KPI },
		{ "sim", required_argument, NULL, SIM },
		{ "sim-bars", required_argument, NULL, SIM_BARS },
		{ "switches", required_argument, NULL, SWITCHES },
		{ "help", no_argument, NULL, HELP },
		{ NULL, 0, NULL, 0 },
	};
	struct options o = { .figures = NULL };
	int option;

	while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1)
		set_option(&o, option);
	if (o.detection != NULL && optind == argc)
		return (o);
	if (optind + 1 != argc)
		errx(2, "name one folder of a run, such as results/latest; "
		    "see --help");
	o.folder = argv[optind];
	if (o.out == NULL && o.markdown == NULL && o.html == NULL &&
	    o.check == NULL && !o.bars && o.ministat == NULL)
		o.summary = true;
	if (o.impls != NULL && o.ministat == NULL)
		errx(2, "--impl chooses columns of --ministat; name a cell "
		    "with that");
	if (o.check != NULL && (o.markdown != NULL || o.html != NULL))
		errx(2, "--check writes nothing; leave --results-md and "
		    "--html out");
	return (o);
}

/* Which line differs first, from 1. */
static unsigned
first_difference(const char *a, const char *b)
{
	unsigned line = 1;

	for (; *a == *b && *a != '\0'; a++, b++)
		line += *a == '\n';
	return (line);
}

static void
check(const char *path, const char *wanted)
{
	char *text = rp_read_file(path);

	if (text == NULL)
		err(1, "%s", path);
	if (strcmp(text, wanted) != 0)
		errx(1, "%s:%u: differs from what the data gives; write it "
		    "again with --results-md", path,
		    first_difference(text, wanted));
	free(text);
}

/*
 * The names of things.  Figures below the folder of the report are linked
 * from there, so that both can be moved together.
 */
static struct rp_places
find_places(const struct options *o, char figures[PATH_MAX])
{
	const char *report = rp_from_here(o->check != NULL ? o->check :
	    o->markdown != NULL ? o->markdown : "RESULTS.md");
	const char *slash = strrchr(report, '/');
	int n = slash == NULL ? 0 : (int)(slash + 1 - report);
	struct rp_places p = { .report = report, .figures = figures };

	if (o->figures != NULL)
		snprintf(figures, PATH_MAX, "%s", rp_from_here(o->figures));
	else
		snprintf(figures, PATH_MAX, "%.*splots", n, report);
	p.data = o->out != NULL ? rp_from_here(o->out) : "plots/data";
	p.links = strncmp(figures, report, (size_t)n) == 0 ? figures + n :
	    figures;
	return (p);
}

/* The page links what lies in the folder, unless it is written elsewhere. */
static void
write_page(const struct options *o, const struct rp_results *r,
    struct rp_places places)
{
	char data[PATH_MAX], report[PATH_MAX], message[RP_MESSAGE], *page;

	snprintf(data, sizeof(data), "%s/data", r->folder);
	snprintf(report, sizeof(report), "%s/RESULTS.md", r->folder);
	if (o->out == NULL)
		places.data = data;
	if (o->markdown == NULL)
		places.report = report;
	page = rp_page(r, &places, o->html, message);
	if (page == NULL || rp_save(o->html, page, message) != 0)
		errx(1, "%s", message);
	free(page);
}

static void
export(const struct options *o, const struct rp_results *r)
{
	char message[RP_MESSAGE];

	if (rp_ministat(r, o->ministat, o->impls, o->out, stdout,
	    message) != 0)
		errx(1, "%s", message);
}

static void
run(const struct options *o, const struct rp_results *r)
{
	char figures[PATH_MAX], message[RP_MESSAGE], *markdown;
	struct rp_places places = find_places(o, figures);

	markdown = rp_markdown(r, &places);
	if (o->check != NULL)
		check(o->check, markdown);
	else if (o->out != NULL && rp_write_tables(r, o->out, message) != 0)
		errx(1, "%s", message);
	if (o->markdown != NULL &&
	    rp_save(o->markdown, markdown, message) != 0)
		errx(1, "%s", message);
	if (o->html != NULL)
		write_page(o, r, places);
	if (o->summary)
		rp_print_summary(r, stdout);
	if (o->bars)
		rp_print_bars(r, stdout);
	if (fflush(stdout) != 0)
		err(1, "standard output");
	free(markdown);
}

/* Compare with another run; the exit status. */
static int
compare(const struct options *o, const struct rp_results *r)
{
	char message[RP_MESSAGE], path[PATH_MAX];
	struct rp_results other;
	struct rp_changes ch;
	struct rp_text t;
	int status;

	if (rp_load(&other, o->against, message) != 0)
		errx(2, "%s", message);
	if (!o->force && rp_same_machine(&other, r, message) != 0)
		errx(2, "%s", message);
	rp_compare_runs(&other, r, &ch);
	rp_print_changes(&ch, &other, r, stdout);
	if (o->out != NULL) {
		rp_text_open(&t);
		rp_table_changes(&ch, t.f);
		rp_text_close(&t);
		snprintf(path, sizeof(path), "%s/changes.tsv", o->out);
		if (rp_save(path, t.text, message) != 0)
			errx(2, "%s", message);
		free(t.text);
	}
	status = ch.count[RP_SLOWER] > 0 ? 1 : 0;
	rp_changes_free(&ch);
	rp_free(&other);
	return (status);
}

/* What is told of beside the run: simulated runs, and the simulator's bars. */
static void
load_sims(struct options *o, struct rp_results *r)
{
	char message[RP_MESSAGE];

	if (r->machine != NULL && (o->nsims > 0 || o->html != NULL ||
	    o->sim_bars != NULL || o->switches != NULL))
		errx(1, "%s is a simulated run, whose report is of scaling "
		    "alone: no page, no --sim, no --sim-bars, no --switches; "
		    "name a measured run, and give this one to it with --sim",
		    o->folder);
	for (unsigned i = 0; i < o->nsims; i++)
		if (rp_sim_load(r, o->sims[i], message) != 0)
			errx(1, "%s", message);
	free(o->sims);
	if (o->sim_bars != NULL && rp_sim_bars_load(r, o->sim_bars,
	    message) != 0)
		errx(1, "%s", message);
	if (o->switches != NULL && rp_switches_load(r, o->switches,
	    message) != 0)
		errx(1, "%s", message);
}

int
main(int argc, char **argv)
{
	struct options o = parse_options(argc, argv);
	struct rp_results r;
	char message[RP_MESSAGE];
	int status = 0;

	if (o.detection != NULL)
		return (rp_detection_report(o.detection, o.out));
	if (rp_load(&r, o.folder, message) != 0)
		errx(o.against != NULL ? 2 : 1, "%s", message);
	if (o.kpi != NULL && rp_kpi_load(&r, o.kpi, message) != 0)
		errx(1, "%s", message);
	load_sims(&o, &r);
	if (o.against != NULL)
		status = compare(&o, &r);
	else if (o.ministat != NULL)
		export(&o, &r);
	else
		run(&o, &r);
	if (fflush(stdout) != 0)
		err(2, "standard output");
	rp_free(&r);
	return (status);
}
