#!/bin/sh
# tools/perf-cell: bad input gives one line that names the remedy; a cell's own
# loop is among its hottest functions, for each implementation asked for.
set -u
passed=0 failed=0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

result() {	# result STATUS NAME
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
		echo "ok - perf_cell $2"
	else
		failed=$((failed + 1))
		echo "not ok - perf_cell $2"
		sed 's/^/#   /' "$dir/out" "$dir/err"
	fi
}

# refuse NAME TEXT CELL IMPL: status 2 and one line with TEXT in it.
refuse() {
	tools/perf-cell "$3" "$4" >"$dir/out" 2>"$dir/err"
	[ $? -eq 2 ] && [ "$(wc -l <"$dir/err")" -eq 1 ] &&
	    grep -qF -- "$2" "$dir/err"
	result $? "$1"
}

cell=grab_hit/bare/private/t1/compact
refuse "no cell" "CELL=workload" "" sxbusy
refuse "half a cell" "CELL=workload" grab_hit/bare sxbusy
refuse "no implementation" "IMPL=name" $cell ""
refuse "unknown implementation" "there is no implementation" $cell nobody
refuse "unknown workload" "there is no workload" a/b/private/t1/compact sxbusy
refuse "unknown variant" "no cell fits" grab_hit/x/private/t1/compact sxbusy

tools/perf-cell $cell old_vpo_wanted,sxbusy 300 >"$dir/out" 2>"$dir/err"
result $? "runs"
# Both columns, and a share of more than a tenth in each.
awk '$NF == "grab_hit_loop" || $NF == "vm_page_grab" {
	old += $1; new += $3 } END { exit !(old > 10 && new > 10) }' "$dir/out"
result $? "the loop is hot in both"
grep -q "old_vpo_wanted  *sxbusy  *function" "$dir/out"
result $? "columns are named"

echo "# perf_cell: $passed passed, $failed failed"
[ $failed -eq 0 ]
