#!/bin/sh
# Pairs of operations (sim/unit): every oracle holds, and who cannot meet says so.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s build/sim || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

check() {	# check TEXT COMMAND...
	text=$1
	shift
	if "$@"; then
		echo "ok - $text"
	else
		echo "not ok - $text"
		failed=1
	fi
}

count() {	# count FILE PATTERN: lines that have it
	grep -c "$2" "$1"
}

impls=old_vpo_wanted,sxbusy,sxbusy_rlock
n=$(echo "$impls" | tr , '\n' | wc -l)
build/sim --json --window-us 50 --threads 2 --impl "$impls" pair >"$dir/all"
# 120 pairs, 10 more in one address space; each private, shared and same.
check "all pairs are run" [ "$(count "$dir/all" '"cell"')" -eq $((390 * n)) ]
check "no oracle fails" [ "$(count "$dir/all" '"status":"failed"')" -eq 0 ]
check "all do something" [ "$(count "$dir/all" '"ops":0,')" -eq 0 ]
check "28 cannot meet on one page" \
    [ "$(count "$dir/all" '/same/.*"status":"skip"')" -eq $((28 * n)) ]
check "none is skipped elsewhere" \
    [ "$(count "$dir/all" '"status":"skip"')" -eq $((28 * n)) ]

# In turn: nobody waits for the other but for the turn, and nobody is ahead.
build/sim --threads 2 --impl "$impls" pair/xbusy+xbusy/same >"$dir/turns"
check "nobody sleeps where two want one page" \
    [ "$(count "$dir/turns" 'sleep   0 %')" -eq "$n" ]
check "not run unless asked for" sh -c \
    "! build/sim --json --threads 2 --window-us 1 | grep -q '\"pair\"'"
exit $failed
