/*
 * A file in Google Benchmark's schema, of windows that were measured before.
 * The library's own reporter writes it; nothing is run.
 */
#include <benchmark/benchmark.h>

#include <cerrno>
#include <fstream>

#include "gbench.h"

struct gbench_file {
	std::ofstream	stream;
	benchmark::JSONReporter reporter;
};

int
gbench_file_open(struct gbench_file **fp, const char *path)
{
	benchmark::BenchmarkReporter::Context context;
	gbench_file *f = new gbench_file;

	errno = 0;
	f->stream.open(path);
	if (!f->stream) {
		delete f;
		return errno != 0 ? errno : EIO;
	}
	f->reporter.SetOutputStream(&f->stream);
	f->reporter.SetErrorStream(&f->stream);
	f->reporter.ReportContext(context);
	*fp = f;
	return 0;
}

void
gbench_file_add(struct gbench_file *f, const char *name, unsigned round,
    unsigned rounds, const struct gbench_result *r)
{
	benchmark::BenchmarkReporter::Run run;

	run.run_name.function_name = name;
	run.family_index = run.per_family_instance_index = 0;
	run.repetition_index = round;
	run.repetitions = rounds;
	run.threads = r->gr_threads;
	run.iterations = 0;
	if (r->gr_error != nullptr) {
		run.error_occurred = true;
		run.error_message = r->gr_error;
	} else {
		run.iterations = static_cast<int64_t>(r->gr_ops);
		run.real_accumulated_time = r->gr_seconds;
		run.cpu_accumulated_time = r->gr_cpu_seconds;
		run.counters["ops_per_s_total"] = r->gr_ops / r->gr_seconds;
		run.counters["overlap"] = r->gr_overlap;
	}
	f->reporter.ReportRuns({ run });
}

int
gbench_file_close(struct gbench_file *f)
{
	bool good;

	f->reporter.Finalize();
	f->stream.close();
	good = f->stream.good();
	delete f;
	return good ? 0 : EIO;
}
