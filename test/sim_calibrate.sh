#!/bin/sh
# tools/sim-calibrate: it finds the costs of a machine that has known ones.
#
# Method: the machine is the simulator with a model of ours, whose windows are
# made up as if measured; costs must be found again, and verdicts be its own but
# for a cell that was changed.  Bad input gives one line and status 1.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s build/sim build/report || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
: >"$dir/why"

check() {	# check TEXT COMMAND...
	text=$1
	shift
	if "$@" >>"$dir/why" 2>&1; then
		echo "ok - $text"
	else
		echo "not ok - $text"
		tail -n 12 "$dir/why" | sed 's/^/#   /'
		failed=1
	fi
}

# found NAME VALUE PERCENT: the model that was written has it.
found() {
	# shellcheck disable=SC2016
	check "$1 of $2 is found within $3 %" awk -v name="$1" -v want="$2" \
	    -v percent="$3" '
		$1 == name { got = 1; off = 100 * ($2 / want - 1) }
		END { exit !(got && off <= percent && off >= -percent) }
	' "$dir/out/this.model"
}

refuse() {	# refuse TEXT ARGUMENT...
	saying=$1
	shift
	OUT=$dir/no tools/sim-calibrate "$@" >"$dir/why" 2>&1
	status=$?
	check "refused: $saying" [ "$status" -eq 1 ]
	check "  in one line" sh -c "grep -v ': step' $dir/why >$dir/line;
	    [ \$(wc -l <$dir/line) -eq 1 ] && grep -qF -- '$saying' $dir/line"
	check "  and no model" [ ! -e "$dir/no/this.model" ]
}

# The machine: its costs are far from where the search begins.
run=$dir/run
mkdir "$run"
sed 's/^plain.*/plain 0.4/; s/^bulk_line.*/bulk_line 0.7/; s/^rmw.*/rmw 8/
s/^topology.*/topology this/' sim/machines/epyc-7r13.model \
    >"$dir/secret.model"
printf 'plain.alloc 1.3\nplain.grab_hit 0.21\n' >>"$dir/secret.model"
build/sim --machine "$dir/secret.model" --threads 1,2 --json \
    --window-us 400 --impl old_vpo_wanted,sxbusy_rlock alloc/-/private \
    grab_hit/bare/private grab_hit/copy/private >"$dir/lines"
zcat results/reference/rounds.jsonl.gz | head -n 1 >"$run/rounds.jsonl"
extra='"overlap":1,"start_skew_ns":0,"cpus":[0],"time":"2013-08-09T11:11:02.1Z"'
# What tells a simulated window, its last field, goes.
sed "s/\"seed\":/$extra,&/; s/,\"simulated\":{.*/}/" "$dir/lines" \
    >"$dir/windows"
# One cell on which nobody can agree: as far to the other side as can be.
rate() {	# rate IMPL
	sed -n '/"alloc.-.private.t2/s/.*"'"$1"'".*total":\([0-9]*\).*/\1/p' \
	    "$dir/windows"
}
other=1000.5 said=slower
[ "$(rate sxbusy_rlock)" -gt "$(rate old_vpo_wanted)" ] ||
	other=9e9 said=faster
sed "/\"alloc.-.private.t2.*\"sxbusy_rlock\"/s/total\":[0-9.]*/total\":$other/" \
    "$dir/windows" >"$dir/changed"
round=0
while [ $round -lt 12 ]; do
	sed "s/\"round\":0/\"round\":$round/" "$dir/changed"
	round=$((round + 1))
done >>"$run/rounds.jsonl"
for row in cas_pair:16.5 empty_loop:0.5; do
	grep -m 1 '"alloc/-/private/t1' "$dir/windows" | sed "s|alloc/-|primitive/${row%:*}|
	s/\"alloc\"/\"primitive\"/; s/\"variant\":\"\"/\"variant\":\"${row%:*}\"/
	s/\"impl\":\"[^\"]*\"/\"impl\":\"-\"/
	s/total\":[0-9.]*/total\":$(echo "${row#*:}" | awk '{ print 1e9 / $1 }')/"
done >>"$run/rounds.jsonl"
cp results/reference/environment.json "$run/"
sed 's/"level": .*/"level": "package",/; s/"ns_min": .*/"ns_min": 110,/' \
    results/reference/transfer.json >"$run/transfer.json"
printf 'memory_local\t96\nhint\t18\nsleep\t1500\nunpark\t1000\nwake\t2500\n' \
    >"$dir/costs"

OUT=$dir/out WINDOW_US=400 tools/sim-calibrate "$run" "$dir/costs" \
    >"$dir/why" 2>&1
check "it runs" [ $? -eq 0 ]
cp "$dir/why" "$dir/said"
found plain.alloc 1.3 2
found plain.grab_hit 0.21 2
found bulk_line 0.7 2
found rmw 8 0.1
found transfer_package 110 0.1
found wake 2500 0.1
check "every cell of one thread is within 15 %" \
    grep -q '6 of 6 within 15 %' "$dir/said"
check "the cell that was changed is told" \
    grep -q "  alloc/-/private/t2 .*sxbusy_rlock .* $said, .*simulated" "$dir/said"
check "  and no other" [ "$(grep -c '/t2 ' "$dir/said")" -eq 1 ]
check "the table has a line a cell and implementation" [ "$(grep -vc '^#' \
    "$dir/out/validation.tsv")" -eq "$(grep -c '"status":"ok"' \
    "$dir/windows")" ]

# A model of two processors, on others.
for topology in "pack:2 numa:2 l3:2 core:2 pu:2" "pu:4"; do
	check "the shipped model works on $topology" build/sim --machine this \
	    --topology "$topology" --threads 2 --impl sxbusy alloc
done

refuse "there is no run in $dir/none" "$dir/none"
mkdir "$dir/empty"
head -n 1 "$run/rounds.jsonl" >"$dir/empty/rounds.jsonl"
cp "$run/environment.json" "$run/transfer.json" "$dir/empty/"
refuse "has no window of one thread" "$dir/empty" "$dir/costs"
refuse "$dir/none is missing" "$run" "$dir/none"
sed 's/alloc/unheard_of/g' "$run/rounds.jsonl" >"$dir/empty/rounds.jsonl"
refuse unheard_of "$dir/empty" "$dir/costs"
exit $failed
