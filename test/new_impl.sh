#!/bin/sh
# A new implementation is a copied folder, and nothing else is edited.
#
# Method: in a scratch copy of the tree, copy impl/sxbusy to impl/mine, build
# the lab with it and the baseline, run a cell, report; number a flag anew, as
# one does to see what `make kpi' says, and build the tests.  Then the same with
# a folder that holds only `base', and with one that lacks a verb.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
(cd "$top" && git ls-files -z | xargs -0 tar cf - 2>/dev/null) |
    tar xf - -C "$tree" || exit 1
cd "$tree" || exit 1
failed=0

ok() {	# ok TEXT COMMAND...
	text=$1
	shift
	if "$@" >log 2>&1; then
		echo "ok - $text"
	else
		echo "not ok - $text"
		tail -n 12 log | sed 's/^/#   /'
		failed=1
	fi
}

lab() {
	make IMPLS="old_vpo_wanted mine" build/bench build/report
}

measure() {
	build/bench --impl old_vpo_wanted,mine --workload grab_hit \
	    --threads 1 --rounds 6 --window-ms 2 --results r --quiet &&
	    build/report r/latest --summary | tee summary &&
	    grep -q '^mine: faster in' summary
}

mkdir r
cp -r impl/sxbusy impl/mine
ok "a copied folder builds" lab
ok "it is measured and reported beside the others" measure

renumber() {
	sed 's/\(define.VPO_NOSYNC.*\)0x10/\10x40/' \
	    impl/sxbusy/vm/vm_page_busy.h >impl/mine/vm/vm_page_busy.h
	! cmp -s impl/sxbusy/vm/vm_page_busy.h impl/mine/vm/vm_page_busy.h
}
tests() {
	make IMPLS=mine build/run-native-test &&
	    ! build/run-native-test --test kpi_values >said && cat said &&
	    grep -q '^not ok .*kpi_values' said
}
ok "a flag gets another number" renumber
ok "its tests build, and one of them says so" tests

rm -r impl/mine
mkdir impl/mine
echo sxbusy_rlock >impl/mine/base
ok "a folder with only a base builds" lab
ok "what it inherits is measured under its own name" measure

mkdir impl/mine/vm
sed 's/^pv_sunbusy(/pv_sunbusy_no_more(/' impl/sxbusy/vm/page_verbs.h \
    >impl/mine/vm/page_verbs.h
forgotten() {
	! lab && grep -q pv_sunbusy log
}
ok "a forgotten verb is a build error that names it" forgotten
exit $failed
