#!/bin/sh
# Nothing is lost: a run that is killed at 20 random moments and resumed each
# time ends with every window measured, and no complete block measured again.
#
# Usage: [SEED=n] test/resume.sh [BENCH].  Method: kill -9 a run of a second or
# two, now while it warms up, now in its rounds, in what it repeats, in each of
# the passes; compare the file before and after; at the end let jq go through
# all lines.
set -u
bench=$(realpath "${1:-build/bench}")
seed=${SEED:-$(date +%s)}
kills=20
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
number=0 failed=0
echo "# seed $seed"

# verdict STATUS NAME: one line a test.
verdict()
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok - resume $number: $2"
	else
		failed=$((failed + 1))
		echo "not ok - resume $number: $2"
		[ ! -s err ] || sed 's/^/#   /' err
	fi
}

check()
{
	name=$1
	shift
	"$@" >out 2>err
	verdict $? "$name"
}

# refuse STATUS TEXT DIR: bench --resume says one line with TEXT in it.
refuse()
{
	"$bench" --resume "$3" >out 2>err
	status=$?
	[ "$status" -eq "$1" ] && [ "$(wc -l <err)" -eq 1 ] &&
	    grep -qF -- "$2" err
	verdict $? "status $1: $2"
}

# A number from 0 to 1, the n-th of the seed.
random()
{
	awk -v seed="$seed" -v n="$1" 'BEGIN {
		srand(seed)
		while (n-- > 0) x = rand()
		print x
	}'
}

size()
{
	if [ -e "$1" ]; then wc -c <"$1"; else echo 0; fi
}

# A line that the N-th process is to write before it is killed has this in it.
awaited()
{
	case $1 in
	9)	echo '"kind":"repeat"' ;;
	16|17)	echo '"flavour":"stats"' ;;
	18|19)	echo '"flavour":"latency"' ;;
	*)	echo '"kind"' ;;
	esac
}

# killed N ARGUMENT...: start bench and kill it.  Each fifth time wherever it
# is; else up to 10 ms after such a line, or at once where it is one of a few.
# False if it ended before.
killed()
{
	n=$1 text=$(awaited "$1")
	shift
	old=$(size "$file")
	"$bench" --quiet "$@" >out 2>err &
	pid=$!
	if [ $((n % 5)) -eq 0 ]; then
		sleep "$(random "$n" | awk '{ print $1 / 4 }')"
	else
		delay=0
		[ "$text" != '"kind"' ] ||
		    delay=$(random "$n" | awk '{ print $1 / 100 }')
		until tail -c +$((old + 1)) "$file" 2>/dev/null |
		    grep -q "$text" || ! kill -0 $pid 2>/dev/null
		do
			sleep 0.003
		done
		sleep "$delay"
	fi
	kill -KILL $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ $? -eq 137 ]
}

# Whether processes were killed in the rounds, the repeats and both passes.
everywhere()
{
	jq -R -n '[inputs | fromjson? | select(.process != null)] |
	    group_by(.process) | map(.[-1] | select(.kind != "process_end") |
	    .kind + .flavour) | unique | contains(["windowbench",
	    "repeatbench", "windowstats", "windowlatency"])' "$file" |
	    grep -qx true
}

# Go on until the run says that it ended.
finish()
{
	tries=0
	until tail -n 1 "$file" | grep -q '"kind":"end"'; do
		tries=$((tries + 1))
		[ $tries -lt 10 ] && "$bench" --quiet --resume "$run" || return 1
	done
}

# Lines that do not parse, unless a process begins right after them.
torn()
{
	jq -R -n '[inputs | (try fromjson catch "torn") |
	    if type == "object" then .kind else . end] |
	    [range(length) as $i | select(.[$i] == "torn" and
	    .[$i + 1] != "process")] | length == 0' "$file" | grep -qx true
}

# every FILTER: the filter says true of the array of all lines that parse, and
# of $blocks: for each block the windows of each process, in order.
every()
{
	jq -R -n --argjson cells "$cells" --argjson impls "$impls" \
	    --argjson copies "$copies" --argjson rounds 6 '[inputs | fromjson?] as $lines |
	    ([$lines[] | select(.kind == "window")] |
	    group_by([.cell, .home, .flavour, .round]) |
	    map(group_by(.process) | map({process: .[0].process,
	    flavour: .[0].flavour, impls: map(.impl) | unique | length,
	    want: (if .[0].flavour == "bench" then $impls
	    else $impls - $copies end), windows: length}))) as $blocks | '"$1" "$file" | grep -qx true
}

# What must hold of any run that ended.
complete()
{
	check "$1: torn lines stand before a process" torn
	check "$1: every cell, implementation and round is measured" every \
	    '[$blocks[] | select(.[0].flavour == "bench")] |
	    length == $cells * $rounds and all(.[-1].impls == .[-1].want)'
	check "$1: so are the passes" every \
	    '[$blocks[] | select(.[0].flavour != "bench")] |
	    length == $cells * 2 and all(.[-1].impls == .[-1].want)'
	check "$1: no complete block is measured again" every \
	    '$blocks | all([.[] | select(.windows >= .want)] | length == 1)'
	check "$1: the last process of a block ran all of it" every \
	    '$blocks | all(.[-1].windows == .[-1].want)'
	check "$1: a kill cost one block at most" every \
	    '[$blocks[][:-1][].process] | length == (unique | length)'
	check "$1: processes are numbered" every \
	    '[$lines[] | select(.kind == "process") | .process] |
	    . == [range(length)]'
	check "$1: the end is told once" every \
	    '[$lines[] | select(.kind == "end")] | length == 1'
	check "$1: benchmark.json has each window once" sh -c "jq -e \
	    '.benchmarks | length == $((cells * impls * 6)) and length ==
	    (map([.name, .repetition_index]) | unique | length)' \
	    '$run/benchmark.json'"
	check "$1: the report reads it" "$(dirname "$bench")/report" "$run" \
	    --summary
}

options="--impl null,old_vpo_wanted,sxbusy --threads 1
    --workload alloc,alloc_sbusy,fault_cow,fault_zero,grab_miss
    --placement compact --window-ms 8 --rounds 6 --processes 3
    --stats --latency --seed 7"
# shellcheck disable=SC2086
cells=$("$bench" --list $options | sed -n 's/^\([0-9]*\) cells$/\1/p')
# A copy of an implementation goes along with it, and is in no pass.
# shellcheck disable=SC2086
names=$("$bench" --list $options | sed -n 's/^  alloc\/.*: //p' | head -n 1)
impls=$(echo "$names" | wc -w)
copies=$(echo "$names" | tr ' ' '\n' | grep -c '\.again$')

# The first process makes the folder; where it is killed there is a link already.
file=r/latest/rounds.jsonl
# shellcheck disable=SC2086
killed 1 $options --results r
check "the first kill" [ -s "$file" ]
run=$(readlink -f r/latest)
file=$run/rounds.jsonl
n=1 kept=0
while [ $n -lt $kills ]; do
	n=$((n + 1))
	cp "$file" before
	# A process may come to the end of its share; the next one then is it.
	killed $n --resume "$run" || killed $n --resume "$run" || break
	cmp -s -n "$(size before)" before "$file" || kept=1
done
check "it was killed $kills times" [ $n -eq $kills ]
verdict $kept "what was written before a kill stays"
check "in the rounds, the repeats and the passes" everywhere
check "it comes to its end" finish
complete "killed"

# A complete run stays as it is.
cp "$file" before
refuse 0 "is complete" "$run"
check "and stays as it was" cmp before "$file"

# A line torn by hand, in the middle of the run: a third of it is left.
half=$(($(wc -l <"$file") / 3))
head -n $half before >"$file"
sed -n "$((half + 1))p" before | head -c 100 >>"$file"
check "a torn line is gone on from" finish
check "and is still there" [ "$(sed -n "$((half + 1))p" "$file" | wc -c)" -eq 101 ]
check "its rest is not" [ "$(jq -R 'fromjson? | empty' "$file" | wc -l)" -eq 0 ]
complete "torn"

# Two at once would both be the next process.
head -n $half before >"$file"
flock "$run" "$bench" --resume "$run" >out 2>err
status=$?
[ $status -eq 2 ] && [ "$(wc -l <err)" -eq 1 ] &&
    grep -q "another process" err && [ "$(wc -l <"$file")" -eq "$half" ]
verdict $? "a run that another process holds is let alone"
old=$(size "$file")
"$bench" --quiet --resume "$run" >out 2>err &
pid=$!
while [ "$(size "$file")" -le "$old" ] && kill -0 $pid 2>/dev/null; do
	sleep 0.005
done
! flock -n "$run" true
held=$?
wait $pid
verdict $held "a process that writes holds it"
cp before "$file"

# What cannot be gone on with.
mkdir -p x/y/z
refuse 2 "wants the folder" x/y/z
refuse 2 "wants the folder" /no/such/run
head -n 1 before | head -c 100 >x/y/z/rounds.jsonl
refuse 2 "no run begins" x/y/z
head -n 1 before | sed 's/"machine_key":"/&other-/' >x/y/z/rounds.jsonl
refuse 2 "this machine is" x/y/z
head -n 1 before | sed 's/"null,old/"old/' >x/y/z/rounds.jsonl
refuse 2 "implementations" x/y/z
head -n 1 before | sed 's/,grab_miss"/"/' >x/y/z/rounds.jsonl
refuse 2 "other cells" x/y/z
head -n 1 before | sed 's/"build":"/&0/' >x/y/z/rounds.jsonl
refuse 2 "another build" x/y/z
[ $failed -eq 0 ]
