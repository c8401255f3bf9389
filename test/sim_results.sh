#!/bin/sh
# Folders of the simulator's results: what was done stays, is done once, and is
# taken for nothing else.
#
# Method: runs are interrupted as a terminal does it, or killed; files are torn,
# or have what the simulator did not write.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s build/sim || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
kept=$dir/kept/latest/rounds.jsonl

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

run() {	# run ARGUMENT...: into a folder, short
	build/sim --results "$dir/kept" --impl sxbusy --window-us 5 "$@" \
	    >"$dir/out" 2>"$dir/err"
}

count() {	# count KIND FILE
	grep -c "\"kind\":\"$1\"" "$2"
}

begin_long() {	# in a process group of its own; $pid leads it
	rm -rf "$dir/kept"
	setsid build/sim --results "$dir/kept" --impl sxbusy --jobs 2 \
	    --window-us 100000 --threads 32 fault_cow alloc >"$dir/out" 2>&1 &
	pid=$!
	while [ ! -s "$kept" ]; do
		sleep 0.1
	done
	sleep 0.3
}

# What a Ctrl-C ends has not failed: asked for again, it is run.
begin_long
kill -INT "-$pid"
wait "$pid"
check "interrupted: status 1" [ $? -eq 1 ]
check "  nothing has failed" sh -c "! grep '\"failed\"' $kept"

# Whoever runs for nobody ends, too, and gives the folder free.
begin_long
kill -KILL "$pid"
wait "$pid" 2>/dev/null
sleep 0.3
check "killed: no process holds the folder" flock -n "$kept" true

rm -rf "$dir/kept"
run --threads 2 alloc
check "it runs" [ "$(count window "$kept")" -eq 2 ]
printf '{"schema":1,"ki' >>"$kept"
run --threads 2 alloc
check "what is torn is cut off" [ "$(count window "$kept")" -eq 2 ]
check "  and the rest is not run again" grep -q "2 of 2 runs are in" "$dir/err"
sed '2s/^/x/' "$kept" >"$dir/foreign"
cp "$dir/foreign" "$kept"
run --threads 2 alloc
check "refused: what is no line" [ $? -eq 2 ]
check "  in one line that says it" sh -c \
    "[ \$(wc -l <$dir/err) -eq 1 ] && grep -q ':2: no line of a run' $dir/err"
check "  and nothing is cut off" cmp "$kept" "$dir/foreign"

rm -rf "$dir/kept"
run --threads 2,2 alloc alloc/-/private
check "named twice, run once" [ "$(count window "$kept")" -eq 2 ]

# A file's name says nothing of what is in it.
for topology in "pack:2 core:2 pu:1" "pack:1 core:4 pu:1"; do
	lstopo-no-graphics -i "$topology" --of xml \
	    >"$dir/machine.xml" 2>/dev/null
	run --threads 4 --topology "$dir/machine.xml" alloc
done
check "another topology of the same name is another folder" [ \
    "$(find "$dir/kept" -name rounds.jsonl | wc -l)" -eq 3 ]
exit $failed
