#!/bin/sh
# Who breaks: the matrix of consumers, and a consumer of one's own.
#
# Method: the whole matrix into a scratch folder, of which is known what must be
# in it; outcomes from a made-up log; bad input in a scratch copy.
set -u
cd "$(dirname "$0")/.." || exit 1
top=$PWD
make -s build/kpi build/run-native-test || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
tab=$(printf '\t')
new="sxbusy sxbusy_rlock"

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

# refuse STATUS TEXT COMMAND...: it must say one line with TEXT in it.
refuse() {
	want=$1 saying=$2
	shift 2
	"$@" >"$dir/out" 2>"$dir/err"
	status=$?
	cp "$dir/err" "$dir/why"
	check "status $want: $saying" [ "$status" -eq "$want" ]
	check "  in one line" [ "$(wc -l <"$dir/err")" -eq 1 ]
	check "  that says it" grep -qF -- "$saying" "$dir/err"
}

# cells PORT IMPL OUTCOME: no consumer has another outcome there, and there is
# one at least.
cells() {
	check "$1 on $2: all $3" awk -F '\t' -v port="$1" -v impl="$2" \
	    -v outcome="$3" '$2 == port && $3 == impl {
		n++
		if ($4 != outcome) {
			print
			bad = 1
		}
	} END { exit bad || n == 0 }' "$dir/m.tsv"
}

# caught CONSUMER IMPL TEST OUTCOME DETAIL: the mistake made in the consumer is
# found by that test, which says why, and the matrix shows it.
caught() {
	check "$1 on $2 is caught: $5" grep -q \
	    "^$1${tab}mistaken$tab$2${tab}consumer_$1_$3$tab$4$tab.*$5" \
	    "$dir/kpi_tests.tsv"
	check "  and in the matrix" grep -q "^$1${tab}mistaken$tab$2$tab$4" \
	    "$dir/m.tsv"
}

check "the matrix is made" make -s kpi-matrix MATRIX="--out $dir/m.tsv"
check "its columns" grep -qx "consumer${tab}port${tab}impl${tab}outcome${tab}\
detail${tab}object_lock${tab}include${tab}busy${tab}flags${tab}arity${tab}other" \
    "$dir/m.tsv"
check "eleven each" awk -F '\t' 'NF != 11 { print; bad = 1 }
    END { exit bad }' "$dir/m.tsv"
check "nothing ran on what has no KPI" sh -c \
    "! grep -q '$tab\(null\|vm_mtx\|giant\)$tab' $dir/m.tsv"

# Consumers are right on their own release, and wrong by name on each later one.
cells original old_vpo_wanted ok
for impl in rwlock_vpo rwlock_read $new; do
	cells original $impl compile
done
# r248084 was renaming; nothing but.
for impl in rwlock_vpo rwlock_read; do
	cells renamed $impl ok
done
for impl in $new; do
	cells converted $impl ok
done
check "a release that renames locks only breaks by these" awk -F '\t' '
    $2 == "original" && $3 == "rwlock_vpo" && ($6 == 0 || $6 + $7 != \
    $6 + $7 + $8 + $9 + $10 + $11) { print; bad = 1 } END { exit bad }' \
    "$dir/m.tsv"
for class in 6:object_lock 8:busy 9:flags 10:arity; do
	check "r254138 breaks ${class#*:}" awk -F '\t' -v c="${class%:*}" '
	    $2 == "original" && $3 == "sxbusy" { n += $c }
	    END { exit n == 0 }' "$dir/m.tsv"
done

# The mistakes, each made alone in what is right otherwise.
for impl in $new; do
	# VPO_BUSY together with a count.
	caught cluster $impl meets_hard_busy assertion "failed shared busying"
	# IGN_SBUSY without NOBUSY.
	caught posix_shm $impl writes_under_io assertion \
	    "failed exclusive busying"
	# READ where WRITE is needed.
	caught tmpfs $impl truncation_waits assertion "not write-locked"
	# m->object locked again after a sleep.
	caught ttm $impl fault_waits_for_a_move crash "wild pointer"
	# An int that nobody looks at.
	caught exec_map $impl stops_at_a_busy_page oracle "m == mt->m"
	# A header that another brought: the compiler sees that one.
	check "pager_user on $impl: a missing include" awk -F '\t' \
	    -v impl=$impl '$1 == "pager_user" && $2 == "mistaken" &&
	    $3 == impl && $4 == "compile" && $7 > 0 &&
	    $7 == $6 + $7 + $8 + $9 + $10 + $11 { found = 1 }
	    END { exit !found }' "$dir/m.tsv"
	# A port in a hurry, with read locks: most fail by an assertion.
	check "renamed_read on $impl: not write-locked" grep -q \
	    "${tab}renamed_read$tab$impl${tab}assertion$tab.*not write-locked" \
	    "$dir/m.tsv"
done

# Outcomes, one of each, from what a runner writes.
cat >"$dir/log" <<'LOG'
ok - x/native/fine
not ok - x/native/panics: died
#   a_test.c, wait status 0x6
#   panic: thread 2, CPU 1: word 0x2 of page 0x7f21c0001840 is odd
not ok - x/native/wrong: died
#   a_test.c, wait status 0x6
#   panic: thread 0, CPU 0: wrong result
#   oracle: a_test.c:7: a == b
not ok - x/native/leaks: died
#   a_test.c, wait status 0x6
#   panic: test_end: left behind: 1 object
not ok - x/native/checks: died
#   a_test.c, wait status 0x6
#   panic: a_test.c:8: CHECK failed: a
not ok - x/native/hangs: timed out
#   a_test.c, wait status 0x9
not ok - x/native/wild: died
#   a_test.c, wait status 0xb
not ok - x/native/others: died
#   panic: of nobody's
1 passed, 6 failed
LOG
for test in fine panics wrong leaks checks hangs wild lost; do
	printf '%s\tc\n' $test
done >"$dir/tests"
awk -v name=c -f tools/kpi-outcome.awk "$dir/tests" "$dir/log" >"$dir/outcomes"
cat >"$dir/expected" <<EXPECTED
fine${tab}ok${tab}
panics${tab}assertion${tab}word 0x2 of page ADDRESS is odd
wrong${tab}oracle${tab}a_test.c:7: a == b
leaks${tab}oracle${tab}test_end: left behind: 1 object
checks${tab}oracle${tab}a_test.c:8: CHECK failed: a
hangs${tab}hang${tab}timed out
wild${tab}crash${tab}died of a wild pointer (SIGSEGV)
lost${tab}crash${tab}was not run
EXPECTED
check "outcomes are told apart" diff "$dir/expected" "$dir/outcomes"

# Bad input.
matrix() {
	RUNNER=x tools/kpi-matrix "$@"
}
refuse 2 "there is no implementation 'none'; there are" matrix --impl none
refuse 2 "there is no consumer 'none'; there are" matrix --consumer none
refuse 2 "there is no --none" matrix --none x
refuse 2 "wants a value" matrix --out
refuse 2 "make kpi-matrix" tools/kpi-matrix
refuse 2 "name a file that can be written" matrix --out /proc/none/x
refuse 2 "name a file that can be written" matrix --out "$dir"
check "what is refused leaves no file" sh -c \
    "! RUNNER=x tools/kpi-matrix --out $dir/none.tsv --impl none 2>/dev/null &&
    [ ! -e $dir/none.tsv ]"

# A scratch copy, whose consumers can be spoilt.
mkdir "$dir/lab" "$dir/lab/kpi"
for f in "$top"/*; do
	[ "${f##*/}" = kpi ] || ln -s "$f" "$dir/lab/"
done
cp -r "$top/kpi/." "$dir/lab/kpi"
cd "$dir/lab" || exit 1
echo >kpi/consumers/lone.c
refuse 2 "kpi/consumers/lone.c has no test" matrix
rm kpi/consumers/lone.c
echo 's/no such text//' >kpi/port/mistaken/tmpfs.sed
refuse 2 "tmpfs.sed finds nothing to change" tools/kpi-build sxbusy mistaken \
    kpi/consumers/tmpfs.c "$dir/x"
refuse 2 "'none' is no port" tools/kpi-build sxbusy none a.c "$dir/x"
refuse 2 "no unit of none is built" tools/kpi-build none original a.c "$dir/x"
cd "$top" || exit 1

# A consumer of one's own, here one of the lab's under another name.
mine=$dir/mine.c
cp kpi/consumers/md.c "$mine"
check "a consumer of one's own" tools/kpi-consumer "$mine"
cp "$dir/why" "$dir/said"
said() {	# said TEXT EXTENDED-REGULAR-EXPRESSION
	cp "$dir/said" "$dir/why"
	check "  $1" grep -qE -- "$2" "$dir/said"
}
said "compiles where it was written for" '^old_vpo_wanted +yes$'
said "errors by class elsewhere" '^sxbusy +no +[1-9][0-9]* +0 +[1-9]'
said "uses, with error and change" "mine.c:[0-9]+ +flags +removed +VM_ALLOC_RETRY"
said "  whatever class" "mine.c:[0-9]+ +busy +renamed +vm_page_wakeup"
said "what it is converted to compiles" 'compiles for: sxbusy sxbusy_rlock'
said "what a person decides is listed" '^places for a person to decide: [0-9]'
printf '#include <vm/vm.h>\nint mine(void);\nint mine(void) { return (0); }\n' \
    >"$mine"
check "nothing to do is said" sh -c \
    "tools/kpi-consumer $mine | grep -q 'as it is: nothing to convert'"
echo 'int f( {' >"$mine"
refuse 1 "mine.c compiles against no implementation" tools/kpi-consumer "$mine"

# One step, of what a source is and is not converted for.
cp kpi/consumers/md.c "$mine"
check "one step" tools/kpi-consumer --step impl/old_vpo_wanted \
    impl/rwlock_vpo/ "$mine"
cp "$dir/why" "$dir/said"
said "its two" '^rwlock_vpo +no +8 '
check "  no other" [ "$(grep -cE ' (yes|no)( |$)' "$dir/said")" -eq 2 ]
said "uses of that step" 'from old_vpo_wanted to rwlock_vpo: 8 uses'
said "nothing to convert to" "not converted: rwlock_vpo has not r254138's KPI"
refuse 2 "impl/null has no KPI" tools/kpi-consumer --step impl/null \
    impl/sxbusy "$mine"
mkdir "$dir/bin"
ln -s /usr/bin/* "$dir/bin/"
for tool in pahole spatch; do
	rm "$dir/bin/$tool"
	PATH=$dir/bin refuse 2 "$tool is missing" tools/kpi-consumer "$mine"
	ln -s /usr/bin/$tool "$dir/bin/"
done
refuse 2 "'impl/none' is no folder of impl/" tools/kpi-consumer --step \
    impl/none impl/sxbusy "$mine"
refuse 2 "OLD and NEW are one: impl/sxbusy" tools/kpi-consumer --step \
    impl/sxbusy impl/sxbusy/ "$mine"

# A driver with the headers it has in FreeBSD.
cp test/kpi/driver.c "$mine"
check "a driver compiles, and what becomes of it" tools/kpi-consumer "$mine"
cp "$dir/why" "$dir/said"
said "in the old release" '^old_vpo_wanted +yes$'
said "converted in the new" 'compiles for: sxbusy sxbusy_rlock'
said "each use, where the compiler told of the first" \
    "mine.c:[0-9]+ +- +renamed +VM_OBJECT_LOCK"
check "  but no mutex of its own" sh -c "! grep -q ' mtx$' $dir/said"
cat >"$mine" <<'SOURCE'
#include <sys/param.h>
#if __FreeBSD_version < 1000042
#error of another release
#endif
SOURCE
check "each has its release" sh -c \
    "tools/kpi-consumer $mine | grep -q '^sxbusy  *yes'"
for header in kpi/port/freebsd/*/*.h; do
	name=${header#kpi/port/freebsd/}
	printf '#include <%s>\n#include <%s>\n' "$name" "$name" >"$mine"
	check "<$name> stands by itself" tools/kpi-build --syntax sxbusy \
	    original "$mine" "$dir/x"
done

# Other headers of FreeBSD: not compiled, but the rest is said.
sed '1i#include <sys/bio.h>\n#include <sys/socket.h>' test/kpi/driver.c >"$mine"
refuse 1 "needs <sys/bio.h>, <sys/socket.h>, which the lab has not" \
    tools/kpi-consumer "$mine"
cp "$dir/out" "$dir/said"
said "uses are" 'from old_vpo_wanted to sxbusy: 7 uses .*, 0 errors'
said "the conversion is" '^converted: .*mine.converted.c, not compiled$'
# A name that FreeBSD has and the lab has not is no mistake of the source.
sed 's/sched_pin();/sched_pin(); vm_page_reference(m);/' test/kpi/driver.c \
    >"$mine"
refuse 1 "needs vm_page_reference, which the lab has not" \
    tools/kpi-consumer "$mine"
cp "$dir/out" "$dir/said"
said "its other errors are told" 'mine.c:[0-9]+ +arity +signature'
check "  as it would be compiled" grep -q VM_OBJECT_WLOCK \
    build/kpi-consumer/mine.converted.c
refuse 2 "CONSUMER=FILE.c" tools/kpi-consumer
refuse 2 "cannot be read" tools/kpi-consumer /none.c
refuse 2 "its name ends in .c" tools/kpi-consumer README.md
mkdir "$dir/too"
echo >"$dir/too/mine.c"
refuse 2 "two files are called mine.c" tools/kpi-consumer "$mine" \
    "$dir/too/mine.c"
exit $failed
