#!/bin/sh
# Named baselines from end to end: keep a run, compare two, and the status.
#
# Usage: test/baseline.sh.  Method: runs of eight processes are made up, of one
# machine or two, with a known change; tools/baseline keeps and compares them
# in a scratch folder.
set -u
root=$(realpath "$(dirname "$0")/..")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
mkdir -p build
ln -s "$root/build/report" build/report
n=0

verdict() {	# verdict STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok - baseline $n"
	else
		echo "not ok - baseline $n: $2"
		sed 's/^/#   /' out err
	fi
}

# expect STATUS TEXT COMMAND...: the status, and TEXT in what it said.
expect() {
	want=$1 text=$2
	shift 2
	"$@" >out 2>err
	got=$?
	[ "$got" -eq "$want" ] && cat out err | grep -qF -- "$text"
	verdict $? "$*: status $got, wanted $want and '$text'"
}

# one_line: what was refused was refused in one line.
one_line() {
	[ "$(wc -l <err)" -eq 1 ]
	verdict $? "not one line on standard error"
}

# make_run FOLDER MACHINE FACTOR: sxbusy is FACTOR per cent of the baseline.
make_run() {
	mkdir -p "$1"
	echo "{\"schema\":1,\"machine_key\":\"$2\"}" >"$1/environment.json"
	awk -v factor="$3" 'function window(impl, p, rate) {
		printf "{\"schema\":1,\"kind\":\"window\",\"cell\":" \
		    "\"w/-/private/t1/compact\",\"workload\":\"w\"," \
		    "\"variant\":\"-\",\"sharing\":\"private\",\"threads\":1," \
		    "\"placement\":\"compact\",\"home\":0,\"impl\":\"%s\"," \
		    "\"flavour\":\"bench\",\"process\":%d,\"round\":%d," \
		    "\"status\":\"ok\",\"ops_per_s_total\":%d," \
		    "\"overlap\":1,\"start_skew_ns\":0}\n", impl, p, p, rate
	}
	BEGIN {
		for (p = 0; p < 8; p++) {
			window("old_vpo_wanted", p, 1000000 + p)
			window("old_vpo_wanted.again", p, 1000001 + p)
			window("sxbusy", p, (10000 + p) * factor)
		}
	}' >"$1/rounds.jsonl"
}

lab="$root/tools/baseline"
expect 2 "make full first" "$lab" save before
one_line
make_run results/one here 100
ln -s one results/latest
expect 0 "kept as results/baselines/before" "$lab" save before
[ ! -L results/baselines/before ] &&
    cmp -s results/one/rounds.jsonl results/baselines/before/rounds.jsonl
verdict $? "the kept run is not a copy"
expect 2 "FORCE=1 replaces it" "$lab" save before
one_line
for name in '' latest ../up 'a b' .hidden; do
	expect 2 "cannot name a baseline" "$lab" save "$name"
	one_line
done
expect 2 "no run is called 'nowhere'" "$lab" compare before nowhere
one_line
expect 2 "name two runs" "$lab" compare before ''
expect 0 "0 faster, 0 slower" "$lab" compare before latest
# As the reference run is kept.
cp -r results/one packed
gzip packed/rounds.jsonl
expect 0 "0 faster, 0 slower" "$lab" compare packed latest

make_run results/one here 90
expect 1 "1 slower" "$lab" compare before latest
grep -q 'slower.*sxbusy.*0\.90x.*w/private/t1' out
verdict $? "the regression is not named"
expect 0 "1 faster" "$lab" compare latest before
make_run results/one there 90
expect 2 "two machines, here and there" "$lab" compare before latest
one_line
FORCE=1 expect 1 "1 slower" "$lab" compare before latest
FORCE=1 expect 0 "kept as" "$lab" save before
expect 0 "0 slower" "$lab" compare before latest
# Rounds of one process are not judged.
sed -i 's/"process":[0-9]*/"process":0/' results/one/rounds.jsonl
expect 0 "nothing is judged" "$lab" compare before latest
! grep -q "not resolved" out
verdict $? "what is not judged is counted as not resolved"
