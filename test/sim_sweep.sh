#!/bin/sh
# Sweeps of the simulator: what is done is kept, whatever ends them; which lines
# different pages of one object still share; what the report makes of it.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s build/sim build/report || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

check() {	# check TEXT COMMAND...
	text=$1
	shift
	if "$@" >"$dir/why" 2>&1; then
		echo "ok - $text"
	else
		echo "not ok - $text"
		tail -n 12 "$dir/why" | sed 's/^/#   /'
		failed=1
	fi
}

topology="pack:2 numa:1 l3:2 core:2 pu:2"
sweep() {	# sweep FOLDER [ARGUMENT...]
	folder=$1
	shift
	${start:-} build/sim --topology "$topology" --threads 1,4,7,16 --rounds 2 \
	    --window-us 50 --impl old_vpo_wanted,sxbusy --results "$folder" \
	    "$@" alloc grab_hit/bare fault_soft/ro,own
}
lines() {	# lines FOLDER [KIND]: windows, or lines of that kind
	grep -c "\"kind\":\"${2:-window}\"" "$1/latest/rounds.jsonl"
}
windows() {	# windows FOLDER: in an order of their own
	grep '"kind":"window"' "$1/latest/rounds.jsonl" | sort
}

# Two cells of alloc, three each of the others; 4 numbers, 2 rounds and impls.
check "a sweep runs" sweep "$dir/a"
check "each run is a line" [ "$(lines "$dir/a")" -eq $((8 * 4 * 2 * 2)) ]
check "its folder says on what" grep -q '"kind":"run".*"topology":"'"$topology" \
    "$dir/a/latest/rounds.jsonl"
sweep "$dir/a" >"$dir/out" 2>"$dir/err"
check "once more, nothing is left to run" sh -c \
    "[ ! -s $dir/out ] && grep -q '^128 of 128 runs are in' $dir/err"
check "  and no line is there twice" [ "$(lines "$dir/a")" -eq 128 ]

# A kill tears the last line.
cp -r "$dir/a" "$dir/torn"
head -n 60 "$dir/a/latest/rounds.jsonl" >"$dir/part"
tail -n +61 "$dir/a/latest/rounds.jsonl" | head -c 300 >>"$dir/part"
cp "$dir/part" "$dir/torn/latest/rounds.jsonl"
check "a torn folder is gone on with" sweep "$dir/torn"
windows "$dir/a" >"$dir/want"
windows "$dir/torn" >"$dir/got"
check "  to the same lines" cmp "$dir/want" "$dir/got"

# Ctrl-C keeps what is done.
start=exec
sweep "$dir/stop" --jobs 1 >"$dir/out" 2>"$dir/err" &
start=
pid=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ "$(wc -l <"$dir/out")" -lt 3 ] || break
	sleep 0.2
done
kill -INT $pid
wait $pid
status=$?
n=$(lines "$dir/stop")
check "an interrupt ends it" [ $status -eq 1 ]
check "  keeps what is done" [ "$n" -ge 3 ]
check "  but is the end of the rest" [ "$n" -lt 128 ]
check "  and says how to go on" grep -q 'the same command goes on' "$dir/err"
check "  which it does" sweep "$dir/stop"
windows "$dir/stop" >"$dir/got"
check "  to the same lines" cmp "$dir/want" "$dir/got"
flock "$(readlink -f "$dir/a/latest/rounds.jsonl")" sh -c '
    build/sim --topology "$1" --threads 1,4,7,16 --rounds 2 --window-us 50 \
    --impl sxbusy --results "$2" alloc; echo $?' \
    - "$topology" "$dir/a" >"$dir/out" 2>"$dir/err"
check "two do not write one folder" sh -c \
    "[ \$(cat $dir/out) -eq 2 ] && grep -q 'another process' $dir/err"

# Other costs: all settings, of which one is the machine's own.
check "81 settings" build/sim --topology "$topology" --threads 4 --rounds 1 \
    --window-us 50 --impl sxbusy --results "$dir/a" --sensitivity \
    alloc/-/shared
check "  are as many lines" [ "$(lines "$dir/a" sensitivity)" -eq 81 ]
check "  that differ" [ "$(sed -n 's/.*"setting":\(\[[^]]*\]\).*/\1/p' \
    "$dir/a/latest/rounds.jsonl" | sort -u | wc -l)" -eq 81 ]
own() {	# own KIND FILTER: operations of that cell
	grep "\"kind\":\"$1\".*alloc/-/shared/t4/.*\"impl\":\"sxbusy\".*\"round\":0${2:-}" \
	    "$dir/a/latest/rounds.jsonl" | sed 's/.*"ops":\([0-9]*\).*/\1/'
}
check "  as it is without one" [ "$(own window)" = \
    "$(own sensitivity '.*"setting":\[1.0,1.0,1.0,1.0\]')" ]

# Which lines two operations on different pages of one object both need: a
# line each, "implementation A+B: fields".
build/sim --json --conflicts --impl sxbusy,sxbusy_rlock >"$dir/conflicts"
check "pairs of operations are run" [ $? -eq 0 ]
grep '"sharing":"shared".*"status":"ok"' "$dir/conflicts" | sed '
	s/.*"impl":"\([^"]*\)".*"a":"\([^"]*\)","b":"\([^"]*\)","lines":/\1 \2+\3: /
	s/{"name":"\([^"]*\)"[^}]*}/\1/g
	s/[]["}]//g' | while read -r impl pair fields; do
	echo "$impl $pair $(echo "$fields" | tr , '\n' | sort | paste -sd ' ')"
done >"$dir/shared"
check "different pages of one object conflict where they did" diff \
    test/sim/conflicts.txt "$dir/shared"

# Memory that lies where it is first used.
build/sim --topology "$topology" --threads 16 --window-us 50 --impl sxbusy \
    --json fault_zero/-/private >"$dir/bound"
build/sim --topology "$topology" --threads 16 --window-us 50 --impl sxbusy \
    --json --first-touch fault_zero/-/private >"$dir/touched"
check "first touch is not where memory was bound to" sh -c \
    "! cmp -s $dir/bound $dir/touched"

check "the report reads it" build/report "$dir/a/latest" --out "$dir/data"
check "  and draws it" sh -c \
    "report/draw $dir/data $dir/plots && [ -s $dir/plots/scaling-*.svg ]"
exit $failed
