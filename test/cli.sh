#!/bin/sh
# The command line of bench: bad input gives one clear line on standard error
# that names the remedy, a non-zero status, and loses nothing written.
#
# Usage: test/cli.sh [BENCH].  Method: run it with each bad input, compare status
# and text; then run short windows of the table of primitives, which every
# build has, into a scratch folder.
set -u
bench=$(realpath "${1:-build/bench}")
home=$(realpath "$(dirname "$0")/..")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
passed=0 failed=0

ok()
{
	passed=$((passed + 1))
	echo "ok - cli $((passed + failed))"
}

bad()
{
	failed=$((failed + 1))
	echo "not ok - cli $((passed + failed)): $*"
	sed 's/^/#   /' err
}

# refuse STATUS TEXT ARGUMENT...: it must say one line with TEXT in it.
refuse()
{
	want=$1 text=$2
	shift 2
	"$bench" "$@" >out 2>err
	status=$?
	if [ $status -ne "$want" ]; then
		bad "bench $*: status $status, not $want"
	elif [ "$(wc -l <err)" -ne 1 ]; then
		bad "bench $*: not one line on standard error"
	elif ! grep -qF -- "$text" err; then
		bad "bench $*: the line lacks '$text'"
	else
		ok
	fi
}

# run NAME ARGUMENT...: bench must succeed; its output stays in out.
run()
{
	name=$1
	shift
	if "$bench" "$@" >out 2>err; then ok; else bad "$name"; fi
}

# check NAME COMMAND...: the command must succeed.
check()
{
	name=$1
	shift
	if "$@" >/dev/null 2>err; then ok; else bad "$name"; fi
}

lines()
{
	wc -l <"$1" | tr -d ' '
}

# whole FILE: every line is a JSON object that closes.
whole()
{
	[ -s "$1" ] && ! grep -qv '^{.*}$' "$1" &&
	    [ -z "$(tail -c 1 "$1" | tr -d '\n')" ]
}

count_windows()
{
	grep -c '"kind":"window"' "$1"
}

pus=$("$bench" --list --placement compact --workload primitive |
    grep -c '^  [0-9]*: core')
allowed=$("$bench" --list --placement compact --workload primitive |
    sed -n 's/^  \([0-9]*\): core.*/\1/p' | head -1)
quick="--primitives --window-ms 1 --rounds 1 --quiet"

# Words that do not exist.
refuse 2 "--help" --no-such-option
refuse 2 "--help" word
refuse 2 "needs a value" --rounds
refuse 2 "there are" --impl no_such
refuse 2 "there are" --workload no_such
refuse 2 "there are" --variant no_such
refuse 2 "private, shared, same" --sharing no_such
refuse 2 "compact, scatter" --placement no_such
refuse 2 "--impl A,B" --impl ,
refuse 2 "no flag" --benchmark_no_such=1
refuse 2 "regular expression" '--benchmark_filter=('
refuse 2 "--list names all" --benchmark_filter=no_such
refuse 2 "console, json or csv" --benchmark_format=no_such
refuse 2 "is ns, us, ms or s" --benchmark_time_unit=no_such
refuse 2 "from 1 to" --benchmark_repetitions=x
refuse 2 "from 1 to" --benchmark_repetitions=0.4
refuse 2 "whole number" --benchmark_repetitions=2.5
refuse 2 "from 0.001 to" --benchmark_min_time=0.5s
refuse 2 "there are none" --workload handoff --variant no_such
refuse 2 "exclude each other" --primitives --workload primitive
refuse 2 "is no name of a cell" --cell no_such
refuse 2 "is no name of a cell" --cell primitive/mtx/private/tx/compact
refuse 2 "is no name of a cell" --cell primitive/mtx/private/t1/no_such
refuse 2 "--list names all" --cell primitive/no_such/private/t1/compact
refuse 2 "all of a cell" --threads 1 \
    --cell primitive/mtx/private/t1/compact
refuse 2 "such as --rounds 6" --rounds 5 --processes 2
refuse 2 "use --rounds" --benchmark_repetitions=4 --processes 2
refuse 2 "--link-order go with it" --resume . --rounds 3
refuse 2 "leave out --benchmark" --resume . --benchmark_filter=x
refuse 2 "wants the folder" --resume /no/such/run
refuse 2 "takes no value" --latency=1

# Numbers that are none, or too large.
for n in 0 -1 x 1x '' 99999999999999999999; do
	refuse 2 "whole number" --rounds "$n"
	refuse 2 "whole number" --threads "$n"
	refuse 2 "whole number" --processes "$n"
done
refuse 2 "whole number" --link-order x
refuse 2 "whole number" --home 0,x
refuse 2 "whole number" --home 0,
refuse 2 "whole number" --window-ms 60001
refuse 2 "at least 4m" --physmem 64
refuse 2 "whole number" --physmem m

# Places that do not exist.
refuse 2 "--oversubscribe" --threads $((pus + 1)) --primitives
refuse 2 "outside the allowed set" --placement list:4095
refuse 2 "list:0,2,4-7" --placement list:0,
refuse 2 "twice" --placement "list:$allowed,$allowed"
refuse 2 "--home is" --home 1023
refuse 2 "topology" --topology /no/such/file --list
refuse 2 "topology" --topology 'no:such' --list
refuse 2 "add --list" --topology core:4
echo '<topology' >torn.xml
refuse 2 "topology" --topology "$dir/torn.xml" --list
if [ "$pus" -gt 1 ]; then
	other=$("$bench" --list --placement compact --workload primitive |
	    sed -n 's/^  \([0-9]*\): core.*/\1/p' | sed -n 2p)
	for cpu in "$other"; do
		taskset -c "$allowed" "$bench" --placement "list:$cpu" \
		    >out 2>err
		if [ $? -eq 2 ] && grep -q "may use $allowed\$" err
		then ok; else bad "a processor outside the affinity"; fi
	done
fi

# Traces that cannot be read; the line at fault is named.
refuse 2 "trace" --trace /no/such/file.vmt
if "$bench" --list | grep -q '^  trace '; then
	printf '# vmtrace 1\nnonsense\n' >torn.vmt
	refuse 2 "torn.vmt:2" --trace torn.vmt
fi

# Folders that cannot be written.
refuse 1 "--results" $quick --results /proc/no/such
refuse 1 "--results" $quick --results "$bench"

# Help, and the lists.
run "--help" --help
run "--list" --list --primitives
run "--list of another machine" --list --primitives \
    --topology 'package:2 [numa] l3:2 core:2 pu:2' --placement smt
numa='package:2 [numa] core:2 pu:1'
cell=primitive/mtx/private/t1/node
check "the list names cells" grep -q \
    'primitive/cas_pair/private/t1/smt: -' out
run "--cell" --list --cell $cell --topology "$numa"
check "makes this one" grep -qx '1 cells' out
run "--home all" --list --cell $cell --topology "$numa" --home all
check "makes one for each node" [ "$(grep -c "^  $cell/home[01]:" out)" -eq 2 ]
check "with memory and threads there" [ "$(grep -cE \
    'node/t1/home0: 0=0|node/t1/home1: 0=2' out)" -eq 2 ]
run "--full" --list --full --threads 1 \
    --topology 'package:2 group:2 [numa] core:2 pu:1'
check "takes the nearest node and the farthest" [ "$(grep -o '/home[0-9]*:' \
    out | sort -u | tr -d '\n')" = "/home0:/home3:" ]
run "one node" --list --full --threads 1 --topology 'core:2 pu:1'
check "needs no home in names" [ "$(grep -c '/home' out)" -eq 0 ]
check "lists each cell once" [ -z "$(grep '^  .*/.*/.*/t1/.*:' out | sort |
    uniq -d)" ]

run "--benchmark_list_tests" --benchmark_list_tests \
    --benchmark_filter='^-/primitive/cas'
check "it lists one" [ "$(cat out)" = \
    "-/primitive/cas_pair/private/t1/compact" ]
if "$bench" --list >/dev/full 2>err; then
	bad "--list to a full disk succeeds"
else ok; fi

# A run leaves what docs/DATA.md says.
run "a run" $quick --rounds 2 --seed 42 --results r
check "whole lines" whole r/latest/rounds.jsonl
check "begins with the run" sh -c \
    'head -1 r/latest/rounds.jsonl | grep -q "\"kind\":\"run\""'
check "ends with the end" sh -c \
    'tail -1 r/latest/rounds.jsonl | grep -q "\"kind\":\"end\""'
check "two windows of a row" [ "$(grep -c '"variant":"cas_pair"' \
    r/latest/rounds.jsonl)" -eq 2 ]
for f in environment.json topology.xml benchmark.json; do
	check "$f is there" [ -s r/latest/$f ]
done
run "a second run" $quick --results r
check "has a folder of its own" [ "$(ls -d r/*/2* | wc -l)" -eq 2 ]
check "the newest is latest" [ "$(readlink r/latest)" = \
    "$(cd r && ls -d */2* | tail -1)" ]

# A process says how it was linked and how large its environment is.
process()
{
	sed -n "s/.*\"kind\":\"process\".*\"$1\":\([0-9]*\).*/\1/p" \
	    r/latest/rounds.jsonl | tail -1
}
run "--link-order" $quick --link-order 3 --results r
check "is recorded" [ "$(process link_order)" = 3 ]
without=$(process environment_bytes)
if LAB_PADDING=xxxx "$bench" $quick --results r >out 2>err
then ok; else bad "a longer environment"; fi
check "the environment is measured" \
    [ $(($(process environment_bytes) - without)) -eq 17 ]

# A pass is of compared cells only; the first of them is repeated at the end.
if "$bench" --list | grep -q '^  grab_hit '; then
	run "--latency" $quick --primitives --latency --results r
	check "of primitives is empty" [ "$(grep -cE '"latency"|"repeat"' \
	    r/latest/rounds.jsonl)" -eq 1 ]
	run "--latency and --stats" --cell grab_hit/copy/same/t1/compact \
	    --impl sxbusy --rounds 2 --window-ms 1 --quiet --latency --stats \
	    --results r
	check "one window each" [ "$(grep -cE \
	    '"flavour":"(stats|latency)"' r/latest/rounds.jsonl)" -eq 2 ]
	check "and a repeat" [ "$(grep -c '"kind":"repeat".*"round":1' \
	    r/latest/rounds.jsonl)" -eq 1 ]
fi

# The same seed gives the same order; workers run where they are told to.
order()
{
	sed 's/.*"cell":"\([^"]*\)".*"impl":"\([^"]*\)".*/\1 \2/' \
	    r/latest/rounds.jsonl | grep ^primitive
}
run "seed 42 again" $quick --rounds 2 --seed 42 --results r
order >first
run "and again" $quick --rounds 2 --seed 42 --results r
order >second
check "has the same order" cmp first second
last=$("$bench" --list --placement compact --workload primitive |
    sed -n 's/^  \([0-9]*\): core.*/\1/p' | tail -1)
run "a list of one" $quick --placement "list:$last" --results r
check "runs there and nowhere else" [ "$(grep -c '"kind":"window"' \
    r/latest/rounds.jsonl)" -eq "$(grep -c "\"cpus\":\[$last\]" \
    r/latest/rounds.jsonl)" ]

# Google Benchmark's outputs.
run "--benchmark_out" $quick --results r \
    --benchmark_filter=cas_pair --benchmark_out=b.json
check "has the window" grep -q \
    '"name": "-/primitive/cas_pair/private/t1/compact"' b.json
run "--benchmark_format=json" $quick --results r \
    --benchmark_filter=cas_pair --benchmark_format=json
check "prints it" grep -q '"iterations"' out

run "--v and a time unit" $quick --results r \
    --benchmark_filter=cas_pair --v=1 --benchmark_time_unit=us
refuse 1 "/no/such/file" $quick --results r --benchmark_out=/no/such/file
refuse 1 "/dev/full" $quick --results r --benchmark_filter=cas_pair \
    --benchmark_out=/dev/full
# A table with a skip in it, which has no counters, keeps its columns.
if [ "$pus" -gt 1 ]; then
	run "csv" --workload handoff --impl null,sxbusy --threads 2 --quiet \
	    --rounds 3 --window-ms 1 --results r --benchmark_out=b.csv \
	    --benchmark_out_format=csv
	check "has the skip" grep -q '^"null/.*true,' b.csv
	check "has the windows" [ "$(grep -c '^"sxbusy/' b.csv)" -eq 3 ]
fi

# A disk that fills up keeps whole lines and names itself.
(ulimit -f 64 && exec "$bench" $quick --rounds 200 --results full) >out 2>err
if [ $? -eq 1 ] && [ "$(lines err)" -eq 1 ] && grep -q -- --results err
then ok; else bad "a full disk"; fi
check "a full disk keeps lines" whole full/latest/rounds.jsonl
check "and some windows" [ "$(count_windows full/latest/rounds.jsonl)" -gt 0 ]

# wait_for RESULTS: until its run has written some windows.
wait_for()
{
	tries=0
	until [ -e "$1/latest/rounds.jsonl" ] &&
	    [ "$(count_windows "$1/latest/rounds.jsonl")" -gt 2 ]; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || break
		sleep 0.05
	done
}

# An interrupt ends the run within the window and keeps the rest.
"$bench" --primitives --window-ms 20 --rounds 1000 --quiet --results int \
    >out 2>err &
pid=$!
wait_for int
kill -INT $pid
wait $pid
status=$?
if [ $status -eq 130 ] && [ "$(lines err)" -eq 1 ] &&
    grep -q "int/.*rounds.jsonl" err
then ok; else bad "an interrupt: status $status"; fi
check "an interrupt keeps whole lines" whole int/latest/rounds.jsonl
check "an interrupt closes benchmark.json" sh -c \
    'tail -1 int/latest/benchmark.json | grep -q "}"'
# So does a kill, but for what was not written yet.
"$bench" --primitives --window-ms 20 --rounds 1000 --quiet --results kill \
    >out 2>err &
pid=$!
wait_for kill
kill -KILL $pid
wait $pid 2>/dev/null
check "a kill keeps whole lines" whole kill/latest/rounds.jsonl

# Whoever reads the name of a cell finds what it means.
(cd "$home" && "$bench" --list --full) | sed -n '/^cells/,$s/^  \([^:]*\):.*/\1/p' |
    awk -F / '$1 != "primitive" { print $1; print $3
	n = split($2, v, ","); print v[1]; if (n > 1) print "," v[2] }' |
    grep -vx -e - | sort -u >names
lost=$(while read -r name; do
	grep -qF "\`$name\`" "$home/docs/WORKLOADS.md" || echo "$name"
done <names)
check "docs/WORKLOADS.md knows no: $lost" [ -z "$lost" ]
check "names of cells" [ "$(wc -l <names)" -gt 20 ]

[ $failed -eq 0 ]
