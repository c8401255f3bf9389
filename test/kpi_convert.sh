#!/bin/sh
# tools/kpi-convert makes of each idiom of 9.x what it should, says what it
# leaves, and meets its bars over the consumers; kpi/port/vpo_compat.h behaves.
# What is no idiom but a source hard to read is for kpi_sources.sh; the shape of
# guards is for kpi_guards.sh.
#
# Method: test/kpi has what was written beside what must come out (tests.tsv,
# conditions; idioms_*.c, the rest).  Consumers, converted with and without
# guards, are linked with the units of tests and run their own tests.
set -u
home=$(realpath "$(dirname "$0")/..")
cd "$home" || exit 1
for tool in spatch clang objcopy; do
	command -v $tool >/dev/null || {
		echo "kpi_convert.sh: $tool is missing; run tools/setup kpi" >&2
		exit 2
	}
done
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. test/kpi/check.sh

# ---- Idioms ------------------------------------------------------------------

# table COLUMN: the conditions of that column, each in a function of its own.
table() {
	echo '#include <sys/systm.h>'
	echo '#include <sys/mutex.h>'
	echo '#include <vm/vm_page.h>'
	echo 'struct softc { int busy; vm_page_t *pages; };'
	awk -F '\t' -v column="$1" '{
		head = "idiom_" NR "(vm_page_t m, int x, struct softc *sc, " \
		    "vm_page_t *ma)"
		printf "int %s;\nint\n%s\n{\n\tif (%s)\n\t\treturn (1);\n", \
		    head, head, $column
		print "\treturn (ma[0] == m && sc == NULL && x);\n}"
	}' test/kpi/tests.tsv
}

# becomes OLD NEW: the conversion of the one is the other, and that of the other
# itself; both compile.
becomes() {
	tools/kpi-convert "$1" >"$tmp/made.c" 2>"$tmp/err"
	diff "$2" "$tmp/made.c" && again "$2" && compiles old_vpo_wanted "$1" &&
	    compiles sxbusy "$2"
}

# left_to_a_person OLD NEW: the same, and what is for a person has a comment, is
# listed, and counts; all of it compiles as it was.
left_to_a_person() {
	status=0
	tools/kpi-convert "$1" >"$tmp/made.c" 2>"$tmp/err" || status=$?
	[ $status -eq 1 ] || { echo "status $status"; return 1; }
	diff "$2" "$tmp/made.c" || return 1
	listed=$(grep -c ' is left: ' "$tmp/err")
	again "$2" && compiles old_vpo_wanted "$1" || return 1
	[ "$listed" = "$(grep -c 'KPI: not converted' "$tmp/made.c")" ] ||
	    { cat "$tmp/err"; return 1; }
	uses=$(awk -f kpi/port/code.awk -f kpi/port/uses.awk "$1" | wc -l)
	tools/kpi-migrate "$tmp/out" "$1" >"$tmp/bars"
	[ $? -eq 1 ] && grep -q "^NOT MET: .* of $uses uses" "$tmp/bars" &&
	    [ "$(wc -l <"$tmp/out/kpi_remaining.tsv")" -eq $((listed + 1)) ]
}

table 1 >"$tmp/old.c"
table 2 >"$tmp/new.c"
check "every spelling of a test" becomes "$tmp/old.c" "$tmp/new.c"
for file in test/kpi/idioms_*.c; do
	half 1 "$file" >"$tmp/old.c"
	half 0 "$file" >"$tmp/new.c"
	case $file in
	*/idioms_left*)	as=left_to_a_person ;;
	*)		as=becomes ;;
	esac
	check "$(basename "$file")" $as "$tmp/old.c" "$tmp/new.c"
done

# ---- Consumers ---------------------------------------------------------------

# What links a unit with the runner of tests, from make.
eval "$(printf 'include Makefile\nprint:\n\t@echo "$(KPI_WITH)"\n' |
    MAKEFLAGS= make -s --no-print-directory -f - print)"

# run IMPL WORDS OBJECT...: the unit with these; its tests named so must pass.
run() {
	impl=$1 words=$2
	shift 2
	unit=$(tr ' ' '\n' <"build/native-test/$impl.how" | grep '\.o$' |
	    grep -v '/test/')
	# shellcheck disable=SC2086
	ld -r -o "$tmp/unit.o" $unit \
	    "build/native-test/$impl/test/unit/test_support.o" "$@" &&
	    objcopy --keep-global-symbol=none "$tmp/unit.o" &&
	    ${CC:-cc} -o "$tmp/run" $RUNNER "$tmp/unit.o" $LIBS || return 1
	"$tmp/run" --test "$words"
}

# tested IMPL VERSION DIR: the consumers in DIR, for that version, pass.  There
# is no <sys/param.h> here.
tested() {
	objects=
	for file in "$3"/*.c; do
		name=$(basename "$file" .c)
		{
			echo "#define __FreeBSD_version $2"
			grep -v '<sys/param.h>' "$file"
		} >"$tmp/$name.c"
		for source in "$tmp/$name.c" "kpi/consumers/${name}_test.c"; do
			out=$tmp/$(basename "$source" .c)
			tools/kpi-build "$1" original "$source" "$out" || {
				cat "$out.err"
				return 1
			}
			objects="$objects $out.o"
		done
	done
	# shellcheck disable=SC2086
	run "$1" consumer_ $objects
}

consumers=$(for file in kpi/consumers/*.c; do
	case $file in *_test.c) ;; *) echo "$file" ;; esac
done)
# The list in kpi/port/uses.awk has all that the comparison of headers finds.
same_uses() {
	for impl in old_vpo_wanted sxbusy; do
		tools/kpi-surface impl/$impl "$tmp/surface/$impl" || return 1
	done
	build/kpi compare --out "$tmp/surface" "$tmp/surface/old_vpo_wanted" \
	    "$tmp/surface/sxbusy" || return 1
	# shellcheck disable=SC2086
	build/kpi uses "$tmp/surface/kpi.json" old_vpo_wanted sxbusy \
	    $consumers | sed 1d | cut -f 1-3 | sort >"$tmp/theirs"
	for file in $consumers; do
		awk -f kpi/port/code.awk -f kpi/port/uses.awk "$file" |
		    cut -f 1,2 | sed "s|^|$file	|"
	done | sort >"$tmp/ours"
	[ -s "$tmp/theirs" ] && ! comm -23 "$tmp/theirs" "$tmp/ours" | grep .
}
check "every use that the comparison finds is known" same_uses
# The bar of a second a file is a measurement: make kpi-migrate judges it.
enough_converted() {
	tools/kpi-migrate "$tmp/out" >"$tmp/bars"
	cat "$tmp/bars"
	grep -q '^met: .* uses in .* consumers converted' "$tmp/bars"
}
check "the bar of uses converted" enough_converted
# shellcheck disable=SC2086
check "consumers are converted" tools/kpi-convert -o "$tmp/new" $consumers
check "a second time changes nothing" again "$tmp"/new/*.c
wide() {
	! expand "$tmp"/new/*.c | grep -n '.\{81\}'
}
check "no line of theirs is too wide" wide
# shellcheck disable=SC2086
check "consumers are guarded" tools/kpi-convert --guards -o "$tmp/both" \
    $consumers
for impl in sxbusy sxbusy_rlock; do
	check "converted, they pass on $impl" tested $impl 1000042 "$tmp/new"
	check "guarded, they pass on $impl" tested $impl 1000042 "$tmp/both"
done
check "guarded, they pass on old_vpo_wanted" tested old_vpo_wanted 900000 \
    "$tmp/both"

# ---- The compatibility header ------------------------------------------------

compat() {	# compat IMPL PORT: the test of the header, on it
	tools/kpi-build "$1" "$2" test/kpi/compat_test.c "$tmp/compat" ||
	    { cat "$tmp/compat.err"; return 1; }
	run "$1" compat_ "$tmp/compat.o"
}
check "9.x does what the header's test says" compat old_vpo_wanted original
check "so does the header on sxbusy" compat sxbusy compat
check "so does the header on sxbusy_rlock" compat sxbusy_rlock compat

# refused TEXT EXPRESSION: with the header it does not compile, and says so.
refused() {
	printf '%s\nint f(vm_page_t, vm_object_t);\nint\n%s\n{\n\treturn (%s);\n}\n' \
	    '#include <vm/vm_page.h>' 'f(vm_page_t m, vm_object_t o)' "$2" \
	    >"$tmp/refused.c"
	! tools/kpi-build --syntax sxbusy compat "$tmp/refused.c" \
	    "$tmp/refused" || return 1
	cat "$tmp/refused.err"
	grep -q "$1" "$tmp/refused.err"
}
check "VPO_BUSY names what to write" refused 'vm_page_xbusied' \
    'o != NULL && m->oflags & VPO_BUSY'
check "VPO_WANTED names what to write" refused 'vm_page_busy_sleep' \
    'o != NULL && m->oflags & VPO_WANTED'
check "the count names what to write" refused 'vm_page_sbusied' \
    'o != NULL && m->busy'
check "VM_OBJECT_MTX names what to write" refused 'VM_OBJECT_SLEEP' \
    'm != NULL && VM_OBJECT_MTX(o) != NULL'
check "a grab over a count names what to write" refused 'VM_ALLOC_SBUSY' \
    'm == vm_page_grab(o, 0, VM_ALLOC_RETRY | VM_ALLOC_IGN_SBUSY)'
exit $failed
