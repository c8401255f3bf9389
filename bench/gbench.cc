/*
 * The shim between C and Google Benchmark; bench/gbench.h says what for.
 *
 * Each window is registered, run and forgotten, so that the order stays ours
 * and nothing waits for the end.  RunSpecifiedBenchmarks() would open the
 * --benchmark_out file anew each time; therefore the flags about output are
 * taken out here and the library's own reporters are driven by hand.
 */
#include <benchmark/benchmark.h>

#include <regex.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "gbench.h"

namespace {

using benchmark::BenchmarkReporter;

/* An output that runs are sent to. */
struct output {
	std::unique_ptr<BenchmarkReporter> reporter;
	std::unique_ptr<std::ofstream> file;	/* none: standard output */
	std::string	path;		/* of the file, for messages */
	bool		table;		/* of columns that every run has */
};

struct flags {
	std::string	format;		/* empty: our own progress only */
	std::string	out;
	std::string	out_format = "json";
	std::string	filter;
	std::string	repetitions;
	std::string	min_time;
	std::string	list_tests;
	std::string	perf_counters;
};

struct flags	flags;
std::vector<output> outputs;
regex_t			 filter;
bool			 filter_negative;
double			 repetitions, min_time;	/* 0: not given */
std::string		 failed;	/* path that could not be written */

/* Where a captured run gets what the library cannot know. */
struct gbench_result	*current;
unsigned		 current_round, current_rounds;

[[noreturn]] void
usage(const std::string &what)
{
	std::cerr << "bench: " << what << std::endl;
	exit(2);
}

/* If arg is --name=value or --name, store the value and return true. */
bool
take(const char *arg, const char *name, std::string &value)
{
	std::string flag = std::string("--benchmark_") + name;

	if (flag == arg) {
		value = "true";
		return true;
	}
	flag += "=";
	if (strncmp(arg, flag.c_str(), flag.size()) != 0)
		return false;
	value = arg + flag.size();
	return true;
}

bool
take_any(const char *arg)
{
	return take(arg, "format", flags.format) ||
	    take(arg, "out", flags.out) ||
	    take(arg, "out_format", flags.out_format) ||
	    take(arg, "filter", flags.filter) ||
	    take(arg, "repetitions", flags.repetitions) ||
	    take(arg, "min_time", flags.min_time) ||
	    take(arg, "list_tests", flags.list_tests) ||
	    take(arg, "perf_counters", flags.perf_counters);
}

/* The reporter of a format; the CSV one is deprecated, but still there. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
BenchmarkReporter *
reporter_of(const std::string &format)
{
	if (format == "json")
		return new benchmark::JSONReporter;
	if (format == "csv")
		return new benchmark::CSVReporter;
	if (format == "console")
		return new benchmark::ConsoleReporter(
		    benchmark::ConsoleReporter::OO_None);
	usage("--benchmark_format and --benchmark_out_format are console, "
	    "json or csv, not '" + format + "'");
}
#pragma GCC diagnostic pop

/* Send output to the reporter, with the context first. */
void
add_output(const std::string &format, std::unique_ptr<std::ofstream> file,
    const char *path)
{
	BenchmarkReporter::Context context;
	output o;

	context.name_field_width = 64;
	o.reporter.reset(reporter_of(format));
	o.reporter->SetOutputStream(file ? file.get() : &std::cout);
	o.reporter->SetErrorStream(&std::cerr);
	o.reporter->ReportContext(context);
	o.file = std::move(file);
	o.path = path;
	o.table = format == "csv";
	outputs.push_back(std::move(o));
}

int
add_file(const std::string &format, const char *path)
{
	std::unique_ptr<std::ofstream> file(new std::ofstream(path));

	failed = path;
	if (!*file)
		return errno != 0 ? errno : EIO;
	add_output(format, std::move(file), path);
	return 0;
}

/* A leading dash means all but these, and "all" means all, as the library. */
void
compile_filter()
{
	const char *text = flags.filter.c_str();
	char why[128];
	int error;

	filter_negative = *text == '-';
	text += filter_negative;
	error = regcomp(&filter, strcmp(text, "all") == 0 ? "." : text,
	    REG_EXTENDED | REG_NOSUB);
	if (error == 0)
		return;
	regerror(error, &filter, why, sizeof(why));
	usage("--benchmark_filter=" + flags.filter +
	    " is not a regular expression: " + why);
}

const char *const counters[] = { "ops_per_s_total", "overlap" };

/* Takes each run back, completes it and hands it to the outputs. */
class capture : public BenchmarkReporter {
public:
	bool ReportContext(const Context &) override { return true; }

	void ReportRuns(const std::vector<Run> &reports) override
	{
		std::vector<Run> runs = reports;

		if (current->gr_aborted)
			return;
		for (Run &run : runs)
			complete(run);
		for (output &o : outputs)
			o.reporter->ReportRuns(o.table ? columns(runs) : runs);
	}

private:
	/* A table takes its columns from the first run, be it a skip. */
	static std::vector<Run> columns(std::vector<Run> runs)
	{
		for (Run &run : runs)
			if (run.error_occurred)
				for (const char *name : counters)
					run.counters[name] = 0;
		return runs;
	}

	static void complete(Run &run)
	{
		run.run_name.iterations.clear();
		run.run_name.time_type.clear();
		run.repetition_index = current_round;
		run.repetitions = current_rounds;
		run.threads = current->gr_threads;
		if (run.error_occurred)
			return;
		run.iterations = static_cast<int64_t>(current->gr_ops);
		run.cpu_accumulated_time = current->gr_cpu_seconds;
	}
};

void
run_window(benchmark::State &state, void (*fn)(void *, struct gbench_result *),
    void *arg)
{
	for (auto _ : state) {
		fn(arg, current);
		state.SetIterationTime(current->gr_seconds);
	}
	if (current->gr_error != nullptr) {
		state.SkipWithError(current->gr_error);
		return;
	}
	state.counters[counters[0]] = current->gr_ops / current->gr_seconds;
	state.counters[counters[1]] = current->gr_overlap;
}

/* A number from min to max, or 0 when the flag was not given. */
double
positive(const char *name, const std::string &text, double min, double max)
{
	char *end;
	double v;

	if (text.empty())
		return 0;
	v = strtod(text.c_str(), &end);
	if (*end == '\0' && v >= min && v <= max)
		return v;
	fprintf(stderr, "bench: --benchmark_%s=%s is not a number from %g "
	    "to %g\n", name, text.c_str(), min, max);
	exit(2);
}

/* What the library would meet with its usage text and status 0, or a line. */
void
check_flags(void)
{
	repetitions = positive("repetitions", flags.repetitions, 1, 10000);
	if (repetitions != static_cast<unsigned>(repetitions))
		usage("--benchmark_repetitions=" + flags.repetitions +
		    " is not a whole number");
	min_time = positive("min_time", flags.min_time, 0.001, 60);
	if (!flags.perf_counters.empty())
		std::cerr << "bench: --benchmark_perf_counters is left out: "
		    "it would count the driver's thread, not the workers'" <<
		    std::endl;
	delete reporter_of(flags.format.empty() ? "json" : flags.format);
	delete reporter_of(flags.out_format);
	compile_filter();
}

/* Is the argument for the library? */
bool
is_library(const char *arg)
{
	std::string unit;

	if (take(arg, "time_unit", unit) && unit != "ns" && unit != "us" &&
	    unit != "ms" && unit != "s")
		usage("--benchmark_time_unit is ns, us, ms or s, not '" +
		    unit + "'");
	return strncmp(arg, "--benchmark_", 12) == 0 ||
	    strncmp(arg, "--v=", 4) == 0;
}

} // namespace

void
gbench_init(int *argc, char **argv)
{
	/* Neutral values last: they override the environment's as well. */
	static char out[] = "--benchmark_out=";
	static char list[] = "--benchmark_list_tests=false";
	static char once[] = "--benchmark_repetitions=1";
	std::vector<char *> theirs { argv[0] };
	int n, ours = 1;

	for (int i = 1; i < *argc; i++) {
		if (!is_library(argv[i]))
			argv[ours++] = argv[i];
		else if (!take_any(argv[i]))
			theirs.push_back(argv[i]);
	}
	argv[*argc = ours] = nullptr;
	theirs.insert(theirs.end(), { out, list, once });
	n = static_cast<int>(theirs.size());
	theirs.push_back(nullptr);
	benchmark::Initialize(&n, theirs.data());
	if (n > 1)
		usage(std::string("Google Benchmark has no flag ") +
		    theirs[1]);
	check_flags();
}

bool
gbench_list_tests(void)
{
	return !flags.list_tests.empty() && flags.list_tests != "false" &&
	    flags.list_tests != "0";
}

unsigned
gbench_repetitions(void)
{
	return static_cast<unsigned>(repetitions);
}

double
gbench_min_time(void)
{
	return min_time;
}

bool
gbench_matches(const char *name)
{
	return flags.filter.empty() ||
	    (regexec(&filter, name, 0, nullptr, 0) == 0) != filter_negative;
}

void
gbench_context(const char *key, const char *value)
{
	benchmark::AddCustomContext(key, value);
}

int
gbench_open(void)
{
	int error = 0;

	if (!flags.out.empty())
		error = add_file(flags.out_format, flags.out.c_str());
	if (error == 0 && !flags.format.empty())
		add_output(flags.format, nullptr, "standard output");
	return error;
}

void
gbench_window(const char *name, unsigned round, unsigned rounds,
    void (*fn)(void *arg, struct gbench_result *), void *arg)
{
	struct gbench_result result = {};
	capture reporter;

	current = &result;
	current_round = round;
	current_rounds = rounds;
	benchmark::RegisterBenchmark(name, [=](benchmark::State &state) {
		run_window(state, fn, arg);
	})->UseManualTime()->Iterations(1);
	benchmark::RunSpecifiedBenchmarks(&reporter, ".");
	benchmark::ClearRegisteredBenchmarks();
	current = nullptr;
}

int
gbench_close(void)
{
	int error = 0;

	for (output &o : outputs) {
		o.reporter->Finalize();
		std::ostream &stream = o.reporter->GetOutputStream();
		stream.flush();
		if (!stream.good() && error == 0) {
			error = EIO;
			failed = o.path;
		}
	}
	outputs.clear();
	return error;
}

const char *
gbench_failed(void)
{
	return failed.c_str();
}
