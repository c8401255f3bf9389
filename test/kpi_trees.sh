#!/bin/sh
# Two source trees: what changes, who breaks, and what is said of a tree that
# lacks something.
#
# Method: the miniature trees of test/kpi/trees, `new' being `old' with the
# files that differ put over it, in a scratch folder; then the same with one
# thing missing or wrong at a time.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s build/kpi || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0
result=$dir/result
grabber=test/kpi/trees/grabber.c

check() {	# check TEXT COMMAND...
	text=$1
	shift
	if "$@" >"$dir/why" 2>&1; then
		passed=$((passed + 1))
		echo "ok - $text"
	else
		failed=$((failed + 1))
		echo "not ok - $text"
		sed 's/^/#   /' "$dir/why" "$dir/out" "$dir/err"
	fi
}

trees() {	# trees ARGUMENT...: output in out and err, status in status
	tools/kpi-trees --out "$result" "$@" >"$dir/out" 2>"$dir/err"
	status=$?
}

# refuse STATUS TEXT ARGUMENT...: it must say one line with TEXT in it.
refuse() {
	want=$1 saying=$2
	shift 2
	trees "$@"
	check "status $want: $saying" [ "$status" -eq "$want" ]
	check "  in one line" [ "$(wc -l <"$dir/err")" -eq 1 ]
	check "  that says it" grep -qF -- "$saying" "$dir/err"
}

# fresh: both trees anew, in $dir/old and $dir/new.
fresh() {
	rm -rf "$dir/old" "$dir/new"
	cp -r test/kpi/trees/old "$dir/old"
	cp -r test/kpi/trees/old "$dir/new"
	cp -r test/kpi/trees/new/. "$dir/new"
}

# change CLASS NAME [TO]: the comparison has it.
change() {
	check "$2 is under $1" awk -F '\t' -v class="$1" -v name="$2" \
	    -v to="${3:-}" '$3 == class && $5 == name && (to == "" ||
	    $6 == to) { found = 1 } END { exit !found }' \
	    "$result/kpi_changes.tsv"
}

# cell PORT TREE TEXT: the matrix's row for the consumer has it.
cell() {
	check "$1 against $2: $3" grep -q "^grabber	$1	$2	$3" \
	    "$result/kpi_matrix.tsv"
}

# What changes.
fresh
trees "$dir/old" "$dir/new" $grabber
check "two trees are compared" [ "$status" -eq 0 ]
check "the old version is said" grep -qx 'old: __FreeBSD_version 1000029' \
    "$dir/out"
check "so is the new" grep -qx 'new: __FreeBSD_version 1000042' "$dir/out"
check "a bump is due" grep -q '^old -> new: bump: ' "$dir/out"
change renamed VM_OBJECT_LOCK VM_OBJECT_WLOCK
change renamed vm_page_wakeup vm_page_xunbusy
change removed VM_ALLOC_RETRY
change signature vm_page_sleep_if_busy
change value VPO_NOSYNC
change layout vm_page
change layout vm_page.valid
change added VM_ALLOC_SBUSY

# Who breaks: headers that a build makes were made.
cell original old "ok	compiles, not run	0	0	0	0	0	0"
cell original new "compile	first of 5: grabber.c:20 VM_OBJECT_LOCK	2	0	1	1	1	0"
check "uses are listed by line" grep -q 'grabber.c:24 .*VM_ALLOC_RETRY' \
    "$dir/out"
cell converted new ok

# A tree against itself, and one of the same name.
trees "$dir/old" "$dir/old"
check "a tree against itself: nothing" grep -qx \
    'old -> old: nothing: no change' "$dir/out"
check "no consumer, no matrix" [ ! -e $result/kpi_matrix.tsv ]
mkdir "$dir/a" "$dir/b"
cp -r "$dir/old" "$dir/a/src"
cp -r "$dir/new" "$dir/b/src"
trees "$dir/a/src" "$dir/b/src"
check "versions tell trees of one name apart" grep -q \
    '^src-1000029 -> src-1000042: bump' "$dir/out"
rm -rf "$dir/b/src"
cp -r "$dir/old" "$dir/b/src"
refuse 2 "rename one" "$dir/a/src" "$dir/b/src"

# What a tree lacks.
for lost in sys/sys/param.h sys/vm/vm_page.h sys/vm/vm_object.h \
    sys/amd64/include; do
	fresh
	rm -r "${dir:?}/new/$lost"
	refuse 2 "new lacks $lost" "$dir/old" "$dir/new"
done
for lost in sys/tools/vnode_if.awk sys/kern/vnode_if.src; do
	fresh
	rm "$dir/new/$lost"
	refuse 2 "new lacks $lost" "$dir/old" "$dir/new" $grabber
done
fresh
rm -r "$dir/old/sys/x86"
refuse 2 "old lacks x86/_types.h" "$dir/old" "$dir/new"
fresh
sed -i 's/__FreeBSD_version/nothing/' "$dir/old/sys/sys/param.h"
refuse 2 "does not define __FreeBSD_version" "$dir/old" "$dir/new"
fresh
echo 'int f( {' >>"$dir/new/sys/vm/vm_page.h"
refuse 2 "vm_page.h:" "$dir/old" "$dir/new"
refuse 2 "name the folder that has sys/" "$dir/old/sys" "$dir/new"
refuse 2 "is no folder" "$dir/none" "$dir/new"
refuse 2 "make kpi OLD=TREE NEW=TREE" "$dir/old"

# Consumers that are none.
fresh
refuse 2 "cannot be read" "$dir/old" "$dir/new" "$dir/none.c"
refuse 2 "its name ends in .c" "$dir/old" "$dir/new" README.md
mkdir "$dir/bin"
ln -s /usr/bin/* "$dir/bin/"
rm "$dir/bin/spatch"
PATH=$dir/bin refuse 2 "spatch is missing" "$dir/old" "$dir/new" $grabber
echo 'int f( {' >"$dir/torn.c"
refuse 1 "does not compile against $dir/old" "$dir/old" "$dir/new" \
    "$dir/torn.c"
[ $failed -eq 0 ]
