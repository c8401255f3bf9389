#!/bin/sh
# tools/run-lab: what it links, starts, resumes and reports.
#
# Usage: test/run_lab.sh.  Method: a scratch lab whose bench is a few lines of
# shell that write a line a process, and the end behind the last.
set -u
run_lab=$(realpath "$(dirname "$0")/../tools/run-lab")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
n=0 failed=0

# verdict STATUS NAME: one line a test.
verdict()
{
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok - run_lab $n: $2"
	else
		failed=$((failed + 1))
		echo "not ok - run_lab $n: $2"
		sed 's/^/#   /' out err
	fi
}

mkdir -p lab/build lab/report lab/results/k/1
ln -s k/1 lab/results/latest
cat >lab/build/bench <<'END'
#!/bin/sh
rounds=results/latest/rounds.jsonl
echo "$0 $* ${#LAB_PADDING}" >>log
case $* in
*--resume*) ;;
*)	[ -z "${WARMING:-}" ] || exit "$BENCH_STATUS"
	mkdir -p results/k/$$
	ln -sfn k/$$ results/latest
	echo '{"kind":"run","processes":'"$PROCESSES"',}' >$rounds ;;
esac
echo '{"kind":"process"}' >>$rounds
[ "$(grep -c '"process"' $rounds)" -lt "$PROCESSES" ] ||
    echo '{"kind":"end"}' >>$rounds
exit "$BENCH_STATUS"
END
printf '#!/bin/sh\necho reported "$@"\n' >lab/build/report
printf '#!/bin/sh\n' >lab/report/draw
printf 'build/order/bench-%%: build/bench\n\t@mkdir -p $(@D); cp $< $@\n' \
    >lab/Makefile
chmod +x lab/build/* lab/report/draw

# lab STATUS PROCESSES MODE: its status in $got, what bench was called as in log.
lab()
{
	rm -f lab/log
	(cd lab && BENCH_STATUS=$1 PROCESSES=$2 "$run_lab" $3) >out 2>err
	got=$?
}

# reports N: the report was written so many times.
reports()
{
	[ "$(grep -c reported out)" -eq "$1" ]
}

# A run with failed windows is reported, and no run that broke off.
for status in 0 1 3 130; do
	rm -f lab/results/latest/rounds.jsonl
	lab $status 1 run
	if [ $status -eq 0 ] || [ $status -eq 3 ]; then want=2; else want=0; fi
	[ $got -eq $status ] && reports $want
	verdict $? "after status $status of bench: $got"
done
grep -q 'make run RESUME=1' err
verdict $? "an interrupt names the remedy"
WARMING=1 lab 130 1 run
[ $got -eq 130 ] && ! grep -q RESUME err
verdict $? "an interrupt before the run does not offer the one before it"

# Each process of a full run is linked anew and has its own environment.
rm -f lab/results/latest/rounds.jsonl
lab 3 3 full
[ $got -eq 3 ] && reports 2
verdict $? "full reports a run with failed windows: $got"
[ "$(sed 's/ .*--link-order/ /; s/ [0-9]*$//; s/ --full.*//' lab/log |
    tr '\n' ,)" = \
    "build/bench,build/order/bench-1  1,build/order/bench-2  2," ]
verdict $? "each process is linked anew"
[ "$(sed 's/.* //' lab/log | sort -u | wc -l)" -gt 1 ]
verdict $? "with an environment of its own"

# RESUME=1 starts what is missing and nothing else.
RESUME=1 BENCH_FLAGS=x lab 0 3 full
[ $got -eq 2 ] && grep -q BENCH_FLAGS err
verdict $? "RESUME=1 refuses BENCH_FLAGS"
head -n 3 lab/results/latest/rounds.jsonl >lab/two
for mode in full run; do
	cp lab/two lab/results/latest/rounds.jsonl
	RESUME=1 lab 0 3 $mode
	[ $got -eq 0 ] && [ "$(wc -l <lab/log)" -eq 1 ] &&
	    grep -q '^build/order/bench-2 --resume results/.*--link-order 2' \
	    lab/log
	verdict $? "$mode RESUME=1 starts the third of three: $got"
done
sed 's/"processes":3/"processes":1/' lab/two >lab/results/latest/rounds.jsonl
RESUME=1 lab 0 3 full
[ $got -eq 0 ] && grep -q '^build/bench --resume .*--link-order 0' lab/log
verdict $? "RESUME=1 of a run of one process: $got"
rm lab/results/latest/rounds.jsonl
RESUME=1 lab 0 3 full
[ $got -eq 2 ] && grep -q 'leave out RESUME' err
verdict $? "RESUME=1 without a run names the remedy"

# What make kpi found is handed on, where it was made.
for kpi in "" results/kpi; do
	[ -z "$kpi" ] || mkdir -p "lab/$kpi"
	rm -f lab/results/latest/rounds.jsonl
	lab 0 1 run
	[ $got -eq 0 ] && reports 2 &&
	    [ "$(grep -c -- '--kpi results/kpi$' out)" -eq \
	    "$([ -z "$kpi" ] && echo 0 || echo 2)" ]
	verdict $? "the report with ${kpi:-no tables of make kpi}"
done

[ $failed -eq 0 ]
