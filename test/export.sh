#!/bin/sh
# What other programs make of a run: ministat and Google Benchmark's compare.py.
#
# Usage: test/export.sh [BENCH [REPORT]].  Method: measure two short runs, give
# their exports to the real programs, and hold what these print against what
# follows from rounds.jsonl by another way, a few lines of Python.
set -u
bench=$(realpath "${1:-build/bench}")
report=$(realpath "${2:-build/report}")
compare=/usr/share/benchmark/compare.py
cell=grab_hit/bare/private/t1/compact
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
failed=0

# ok NAME COMMAND...: the command must succeed.
ok()
{
	name=$1
	shift
	if "$@" >out 2>&1; then
		echo "ok - $name"
	else
		echo "not ok - $name"
		sed 's/^/#   /' out
		failed=1
	fi
}

# A median is a value of the data only when their number is odd.
measure()
{
	"$bench" --impl old_vpo_wanted,sxbusy --workload grab_hit --threads 1 \
	    --rounds 9 --window-ms 2 --results "$1" --quiet
}

# rates RUN IMPL: operations a second by round, from rounds.jsonl.
cat >rates.py <<'EOF'
import json, math, statistics, sys


def rates(run, impl, cell):
    found = {}
    for line in open(run + "/latest/rounds.jsonl"):
        j = json.loads(line)
        if j.get("cell") == cell and j["impl"] == impl \
                and j["flavour"] == "bench" and j["kind"] == "window":
            found[j["round"]] = j["ops_per_s_total"]
    return [found[r] for r in sorted(found)]


def near(a, b, digits):
    return abs(a - b) <= digits * max(1, abs(b))
EOF

# What ministat says of each sample is what the rounds say.
cat >ministat.py <<'EOF'
import sys
from rates import *
cell, names = sys.argv[1], sys.argv[2:]
rows = [l.split() for l in sys.stdin if l[:1] in "x+" and l[1:2] == " "]
rows = [r for r in rows if len(r) == 7]
assert len(rows) == len(names), rows
for row, name in zip(rows, names):
    r = rates("a", name, cell)
    want = [len(r), min(r), max(r), statistics.median(r),
            statistics.mean(r), statistics.stdev(r)]
    for text, value in zip(row[1:], want):
        assert near(float(text), value, 1e-7), (name, text, value)
EOF

files_agree()
{
	"$report" a/latest/ --ministat "$cell" --out m \
	    --impl old_vpo_wanted,sxbusy >command &&
	    grep -qx 'ministat m/old_vpo_wanted m/sxbusy' command &&
	    sh command >table && cat table &&
	    grep -q 'x m/old_vpo_wanted' table &&
	    grep -q ' N  *Min  *Max  *Median  *Avg  *Stddev' table &&
	    /usr/bin/python3 ministat.py "$cell" old_vpo_wanted sxbusy <table
}

columns_agree()
{
	"$report" a/latest/ --ministat "$cell" --impl sxbusy,old_vpo_wanted \
	    >columns &&
	    ministat -n -C 2 columns >table && cat table &&
	    /usr/bin/python3 ministat.py "$cell" old_vpo_wanted <table
}

# The report's own median, in cells.tsv, is the one that ministat prints.
report_agrees()
{
	"$report" a/latest/ --out data &&
	    awk -F '\t' '$3 == "bare" && $4 == "private" &&
		    $8 == "sxbusy" { print $10 }' \
	    data/cells.tsv >ours &&
	    ministat -n m/sxbusy | awk '$1 == "x" && NF == 7 {
		    print $5 }' >theirs &&
	    paste ours theirs | tee both && [ "$(wc -l <both)" -eq 1 ] &&
	    awk '{ exit !($1 > 0 && ($1 / $2 - 1) ^ 2 < 1e-10) }' both
}

# Each repetition's change of time is the inverse of that of throughput.
cat >compare.py <<'EOF'
import re, sys
from rates import *
cell, old, new = sys.argv[1], sys.argv[2].split(":"), sys.argv[3].split(":")
a, b = rates(*old, cell), rates(*new, cell)
want = [x / y - 1 for x, y in zip(a, b)]
rows = [l.split() for l in sys.stdin]
names = "%s/]%s" % (new[1], cell), "%s/%s" % (new[1], cell)
rows = [r for r in rows if len(r) >= 7 and r[-7] in names]
said = [float(r[-6]) for r in rows]
assert len(said) == len(want) > 0, (len(said), len(want))
for x, y in zip(said, want):
    assert abs(x - y) < 1e-4, (x, y)
EOF

filters_agree()
{
	/usr/bin/python3 "$compare" --no-color filters \
	    a/latest/benchmark.json old_vpo_wanted/ sxbusy/ >table &&
	    grep '^Benchmark .*Time .*CPU .*Time Old .*Time New' table &&
	    grep "${cell}_pvalue .*U Test, Repetitions: 9 vs 9" table &&
	    /usr/bin/python3 compare.py "$cell" a:old_vpo_wanted a:sxbusy \
	    <table
}

benchmarks_agree()
{
	/usr/bin/python3 "$compare" --no-color benchmarks \
	    a/latest/benchmark.json b/latest/benchmark.json >table &&
	    grep '^Benchmark .*Time .*CPU .*Time Old .*Time New' table &&
	    grep '^OVERALL_GEOMEAN' table &&
	    /usr/bin/python3 compare.py "$cell" a:sxbusy b:sxbusy <table
}

# refuse TEXT ARGUMENT...: one line with TEXT in it, and nothing written.
refuse()
{
	text=$1
	shift
	! "$report" a/latest/ "$@" >said 2>err && cat err &&
	    [ "$(wc -l <err)" -eq 1 ] && grep -qF -- "$text" err &&
	    [ ! -s said ]
}

mkdir a b
ok "a run to be exported" measure a
ok "another run" measure b
ok "ministat reads a file an implementation, and agrees" files_agree
ok "ministat reads columns, and agrees" columns_agree
ok "ministat's median is the report's" report_agrees
ok "compare.py compares two implementations, and agrees" filters_agree
ok "compare.py compares two runs, and agrees" benchmarks_agree
ok "a cell that is not there" refuse "cells.tsv" --ministat nowhere
ok "an implementation that is not there" refuse "leave --impl out" \
    --ministat "$cell" --impl sxbusy,nobody
ok "--impl without a cell" refuse "--ministat" --impl sxbusy
exit $failed
