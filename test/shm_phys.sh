#!/bin/sh
# make shm-phys at a small size: what is counted is what was mapped, and bad
# sizes are refused.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s build/shm-phys || exit 1
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

row() {	# row FIGURE UNIT: off and on, with a space between
	awk -F '\t' -v figure="$1" -v unit="$2" \
	    '$2 == figure && $3 == unit { print $4, $5 }' "$dir/found"
}

refused() {	# refused TEXT ARGUMENT...: one line with TEXT, and no table
	wanted=$1
	shift
	! build/shm-phys "$@" >"$dir/out" 2>"$dir/err" &&
	    [ ! -s "$dir/out" ] && [ "$(wc -l <"$dir/err")" -eq 1 ] &&
	    grep -q "$wanted" "$dir/err"
}

# 16 MiB are 4096 pages.  A pv entry is 32 bytes here.
check "it runs" eval 'build/shm-phys --mib 16 --spaces 128 >"$dir/found"'
check "each page is mapped in each space" \
    [ "$(row 'mappings of pages' number)" = "524288 524288" ]
check "each mapping has a pv entry, of a phys object none" \
    [ "$(row 'pv entries' number)" = "524288 0" ]
check "their bytes are counted" [ "$(row 'pv entries' MiB)" = "16 0" ]
check "swap is reserved for what may be swapped" \
    [ "$(row 'swap reserved' MiB)" = "16 0" ]
check "three implementations are timed" \
    [ "$(grep -c 'map and touch, ' "$dir/found")" -eq 3 ]
check "no space is refused" refused 'give a number from 1' --spaces 0
check "a size that is none is refused" refused 'give a number from 1' --mib 1k
check "more than memory is refused" refused 'give --mib or --spaces' \
    --mib 65536 --spaces 16384
check "an implementation that is none is refused" \
    refused 'old_vpo_wanted' --impl nobody
exit $failed
