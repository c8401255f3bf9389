#!/bin/sh
# Planted changes of a KPI: each is reported under its class, and nothing else.
#
# Method: in a scratch copy of the tree, copies of impl/sxbusy in which one name
# of each class is changed, one in which only a lock is relaxed, and one in which
# only comments and white space differ; then tools/kpi on them.  And bad input:
# one line and a status that is not zero.  The matrix of consumers has its own
# test, and is left out.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
(cd "$top" && git ls-files -z | xargs -0 tar cf - 2>/dev/null) |
    tar xf - -C "$tree" || exit 1
make -s -C "$top" build/kpi build/setup-kpi || exit 1
cd "$tree" || exit 1
mkdir build
cp "$top/build/kpi" build/
rm -rf tools/kpi-matrix tools/kpi-migrate
# Three steps of the study are in these; the others would only take time.
rm -rf impl/null impl/old_vpo_wanted impl/rwlock_vpo impl/rwlock_read \
    impl/vm_mtx impl/giant
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

# plant FILE SCRIPT: sed, which must change something.
plant() {
	sed "$2" "impl/planted/$1" >new || exit 1
	cmp -s new "impl/planted/$1" && {
		echo "not ok - nothing planted in $1: $2"
		exit 1
	}
	cp new "impl/planted/$1"
}

cp -r impl/sxbusy impl/planted
rm -r impl/planted/test
# A flag is renumbered; a member moves; a macro's text is another.
plant vm/vm_page_busy.h 's/\(define.VPO_NOSYNC.*\)0x10/\10x40/'
plant vm/vm_page_busy.h '/busy_lock;/ { s/^/\tuint8_t planted_before;\n/; }'
plant vm/vm_object_lock.h '/define.VM_OBJECT_WLOCK/ s/&(object)->lock/\&((object)->lock)/'
# More is asked for, and less.
plant vm/page_contract.h '/(vm_page_sunbusy,/ s/NONE/READ/'
plant vm/grab_contract.h '/(vm_page_grab,/ s/WRITE/READ/'
# And something else: the page lock is free, then held.
plant vm/page_contract.h '/(vm_page_xunbusy_hard,/ s/FREE/HELD/'
# A macro turns function.
plant vm/vm_page_kpi.h '/define.vm_page_assert_unbusied/,/__LINE__/c\
void vm_page_assert_unbusied(vm_page_t m);'
# An argument more.
plant vm/vm_page_kpi.h 's/\(vm_page_busy_downgrade(vm_page_t m\)/\1, int wake/'
plant vm_page_busy.c 's/^\(vm_page_busy_downgrade(vm_page_t m\)/\1, int wake/
/^vm_page_busy_downgrade/,/^}/ s/^{/{\n\t(void)wake;/'
# One gone, one under another name, one new.
plant vm/vm_object_lock.h '/define.VM_OBJECT_TRYUPGRADE/d'
plant vm/vm_object_lock.h 's/VM_OBJECT_LOCK_DOWNGRADE/VM_OBJECT_DOWNGRADE/'
plant vm/vm_object_lock.h '$i\
#define VM_OBJECT_PLANTED 1'
# A name that only some kernels have.
plant vm/vm_object_lock.h '/define.VM_OBJECT_TRYRLOCK/ {
	s/^/#ifdef WITNESS\n/
	s/$/\n#endif/
}'
# The code of an inline function.
plant vm/vm_page_kpi.h '/^vm_page_sbusied/,/^}/ s/x != VPB_UNBUSIED/x > 1/'
printf 'VM_OBJECT_LOCK_DOWNGRADE\tVM_OBJECT_DOWNGRADE\twrite it so\n' \
    >>impl/planted/successors

mkdir -p impl/relaxed/vm impl/spaced/vm
echo sxbusy >impl/relaxed/base
sed '/(vm_page_grab,/ s/WRITE/READ/' impl/sxbusy/vm/grab_contract.h \
    >impl/relaxed/vm/grab_contract.h
# The same to a compiler, and yet every line is another.
echo sxbusy >impl/spaced/base
for header in vm_page_busy.h vm_page_kpi.h vm_object_lock.h; do
	awk '
	inside {
		if (/\*\//) inside = 0; else $0 = " * planted"
		print; next
	}
	/\/\*/ && !/\*\// { inside = 1; print; next }
	{
		if (!/\\$/ && !/["*]/) $0 = $0 " /* planted */"
		gsub(/\t/, "  \t ")
		# What a string says is no white space.
		if (!/"/) {
			gsub(/ (==|!=|\||&|<<|>>|&&) /, "&  ")
			gsub(/, /, ",")
		}
		print
	}' "impl/sxbusy/vm/$header" >"impl/spaced/vm/$header"
done

differs() {
	! cmp -s impl/sxbusy/vm/vm_page_busy.h impl/spaced/vm/vm_page_busy.h
}
ok "the header of comments and spaces is another" differs
ok "copies are collected and compared" tools/kpi impl/sxbusy impl/planted
cp log summary

# row CLASS NAME: in the planted pair, once; and what its last change was.
row() {
	awk -F '\t' -v c="$1" -v n="$2" '$1 == "sxbusy" &&
	    $2 == "planted" && $3 == c && $5 == n' \
	    results/kpi/kpi_changes.tsv >row
	cat row
	[ "$(wc -l <row)" = 1 ]
}
ok "a renumbered flag: value" row value VPO_NOSYNC
seen_by_body_only() {
	[ "$(cut -f 11 row)" = defines ]
}
ok "which only the macro's text shows" seen_by_body_only
ok "a moved member: layout" row layout vm_page.busy_lock
seen_by_both() {
	[ "$(cut -f 11 row)" = layout,abidiff ] && grep 'offset 84.*offset 88' \
	    row
}
ok "which abidiff confirms" seen_by_both
ok "its structure" row layout vm_page
ok "another text: expansion" row expansion VM_OBJECT_WLOCK
ok "another condition: expansion" row expansion VM_OBJECT_TRYRLOCK
ok "another code of an inline function: expansion" row expansion \
    vm_page_sbusied
ok "a lock more: stricter" row semantics_stricter vm_page_sunbusy
ok "a lock less: relaxed" row semantics_relaxed vm_page_grab
ok "another lock: other" row semantics_other vm_page_xunbusy_hard
ok "a macro turned function: kind" row kind vm_page_assert_unbusied
ok "an argument more: signature" row signature vm_page_busy_downgrade
ok "a name gone: removed" row removed VM_OBJECT_TRYUPGRADE
ok "a name changed: renamed" row renamed VM_OBJECT_LOCK_DOWNGRADE
advised() {
	[ "$(cut -f 6,12 row)" = "VM_OBJECT_DOWNGRADE	write it so" ]
}
ok "with what took its place and what to do" advised
ok "a new name: added" row added VM_OBJECT_PLANTED

# Members behind the planted one move too; all else was named above.
nothing_else() {
	[ "$(awk -F '\t' '$1 == "sxbusy" && $2 == "planted" &&
	    $3 != "layout"' results/kpi/kpi_changes.tsv | tee /dev/stderr |
	    wc -l)" = 12 ] && ! awk -F '\t' '$2 == "planted" &&
	    $3 == "layout" && $5 !~ /^vm_page(\.|$)/' \
	    results/kpi/kpi_changes.tsv | grep .
}
ok "and nothing else" nothing_else

# verdict OLD NEW: of two surfaces that were collected.
verdict() {
	build/kpi compare --out pair "build/surface/$1" "build/surface/$2" \
	    >line && cut -f 3 pair/kpi_verdicts.tsv | tail -n 1
}
says() {	# says VERDICT OLD NEW
	[ "$(verdict "$2" "$3")" = "$1" ] || { cat line; return 1; }
}
ok "comments and white space: nothing" says nothing sxbusy spaced
ok "and back" says nothing spaced sxbusy
ok "a relaxed lock alone: a note" says note sxbusy relaxed
ok "the same lock tightened: a bump" says bump relaxed sxbusy
ok "planted changes: a bump" says bump sxbusy planted

short() {
	cat summary
	[ "$(wc -l <summary)" -le 15 ] &&
	    grep -q '^sxbusy .* planted .*bump' summary &&
	    grep -q '^each against itself: nothing' summary
}
ok "the summary is short" short
page() {
	grep 'sxbusy. -> .planted.: \*\*A bump is due\*\*' results/kpi/KPI.md &&
	    grep '^| value | `VPO_NOSYNC` | `16 (0x10)` | `64 (0x40)` |' \
	    results/kpi/KPI.md && ! grep -n 'DISAGREES' results/kpi/KPI.md
}
ok "the page has them" page
tables() {
	printf 'consumer\tport\timpl\toutcome\nmd\toriginal\tsxbusy\tcompile\n' \
	    >results/kpi/kpi_matrix.tsv
	printf 'consumer\tuses\tconverted\tremaining\tcomments\nmd\t4\t3\t1\t0\n' \
	    >results/kpi/kpi_migration.tsv
	build/kpi page results/kpi &&
	    grep '^| original | \*\*0 of 1\*\*, compile 1 |' results/kpi/KPI.md &&
	    grep '3 of 4 uses of the old KPI, 75.0 %' results/kpi/KPI.md
}
ok "and consumers when they were tried" tables

# Bad input: one line that has the words, and a status of 1 or 2.
complains() {	# complains WORDS COMMAND...
	words=$1
	shift
	"$@" 2>err >/dev/null
	status=$?
	cat err
	[ "$(wc -l <err)" = 1 ] && grep -q -e "$words" err &&
	    { [ "$status" -eq 1 ] || [ "$status" -eq 2 ]; }
}
compare="build/kpi compare --out pair build/surface/sxbusy build/surface/planted"
echo "file is no ELF" >text
ok "abidiff's error is an error" complains 'abidiff failed' \
    $compare --abidiff text --abidiff-status 1
ok "changes that are not understood are an error" complains 'understood' \
    $compare --abidiff text --abidiff-status 4
ok "a status without a text is refused" complains 'go together' \
    $compare --abidiff-status 4
ok "no surface is one line" complains 'nosuch' \
    build/kpi compare --out pair build/surface/sxbusy build/surface/nosuch
echo '{' >pair/kpi.json
ok "a broken kpi.json is one line" complains 'kpi.json' build/kpi page pair
ok "uses of what was not compared" complains 'was not compared' \
    build/kpi uses results/kpi/kpi.json sxbusy nosuch impl/sxbusy/vm_page_busy.c
ok "one folder alone is refused" complains 'name two folders' \
    tools/kpi impl/sxbusy
ok "so is what is no folder" complains 'no folder' \
    tools/kpi impl/nosuch impl/sxbusy
mkdir impl/hollow
ok "so is what is no implementation" complains 'no implementation' \
    tools/kpi impl/sxbusy impl/hollow
rmdir impl/hollow
mkdir -p elsewhere/sxbusy
ok "so is a second of a name" complains 'rename it' \
    tools/kpi elsewhere/sxbusy impl/planted
mkdir bin
ln -s /usr/bin/* bin/
rm bin/abidiff bin/ctags
ok "without abidiff it says what to install" complains 'tools/setup kpi' \
    env PATH="$tree/bin" tools/kpi
ln -s "$(command -v abidiff)" bin/abidiff
ok "without ctags too" complains 'tools/setup kpi' \
    env PATH="$tree/bin" tools/kpi
exit $failed
