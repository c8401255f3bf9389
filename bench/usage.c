/*
 * What --help prints.
 */
#include <stdio.h>

#include "usage.h"

static const char usage[] =
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
"  --cell NAME          this cell, as the data names it; may be repeated\n"
"  --full               all variants; memory near and far where there are\n"
"                       several nodes\n"
"  --clones K           copies of each trace; default: one a thread\n"
"\n"
"How\n"
"  --rounds N           times each implementation runs in each cell\n"
"  --window-ms N        length of one run\n"
"  --time-budget S      choose both so that the whole takes S seconds;\n"
"                       never fewer than 6 rounds\n"
"  --processes N        deal the rounds out to N starts of the program; this\n"
"                       one does its share, --resume the next\n"
"  --resume DIR         go on with the run in this folder\n"
"  --link-order N       for the record: the seed this program was linked by\n"
"  --seed N             of the order within each round; default: the time\n"
"  --stats              add a pass that counts waiting for locks\n"
"  --latency            add a pass that times single operations\n"
"  --home 0,1           memory nodes of objects and pages, or all; default 0\n"
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

int
usage_print(void)
{
	fputs(usage, stdout);
	return (fflush(stdout));
}
