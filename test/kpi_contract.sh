#!/bin/sh
# The tables that describe the KPI describe all of it: every call has one
# contract, every name that went has a line in `successors', and an object's
# header brings no more of its lock than the structure.
#
# Method: universal-ctags lists what the headers of an implementation declare,
# the preprocessor prints the rows; each list is subtracted from the other.
# Calls and bad successors are planted, to see that they are found.  Whether a
# row is true is test/unit/test_contract.c's affair.  Folders that say
# that they have no KPI to compare (no_kpi) are left out.
set -u
cd "$(dirname "$0")/.." || exit 1
command -v ctags >/dev/null || {
	echo "kpi_contract.sh: ctags is missing; run tools/setup kpi" >&2
	exit 2
}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

verdict() {	# verdict TEXT COMPLAINTS
	if [ -z "$2" ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		echo "$2" | sed 's/^/#   /'
		failed=1
	fi
}

chain() {	# chain IMPL: its folder, then what it inherits
	echo "impl/$1"
	[ ! -f "impl/$1/base" ] || chain "$(cat "impl/$1/base")"
}

includes() {	# includes IMPL: what a compiler is told
	chain "$1" | sed 's/^/-I/'
	echo -Imachine/native -Isys -I.
}

headers() {	# headers IMPL: those of its KPI, the first of the chain wins
	for h in vm/vm_object_lock.h vm/vm_page_busy.h vm/vm_page_kpi.h; do
		for dir in $(chain "$1"); do
			[ ! -f "$dir/$h" ] || { echo "$dir/$h"; break; }
		done
	done
	echo sys/vm/vm_page.h sys/vm/vm_object.h
}

# Names that are no calls, or are none that a consumer makes: the lists in
# structures, the array behind vm_page_lockptr(), arithmetic on flags and on the
# busy word, and what the boot calls.
no_call='TAILQ_HEAD|PA_LOCKPTR|VM_ALLOC_COUNT|VPB_SHARERS(_WORD)?|vm_object_zinit'

calls() {	# calls HEADER...: functions, and macros with parameters
	ctags --quiet=yes --options=NONE -x --language-force=C --kinds-C=fpd \
	    --_xformat='%N %K %C' "$@" | while read -r name kind text; do
		case $kind$text in
		macro*"$name("*|function*|prototype*) echo "$name" ;;
		esac
	done | grep -vxE "$no_call" | sort -u
}

rows() {	# rows IMPL: the names that have a contract
	# shellcheck disable=SC2046
	cpp -P $(includes "$1") sys/vm/vm_contract.h |
	    sed -n 's/^ *CONTRACT(\([A-Za-z_]*\),.*/\1/p'
}

names() {	# names IMPL: all that its KPI defines, members left out
	# shellcheck disable=SC2046
	ctags --quiet=yes --options=NONE -x --language-force=C --kinds-C=fpd \
	    --_xformat='%N' $(headers "$1") | grep -v '_H$' | sort -u
}

without() {	# without FILE1 FILE2: lines of the first not in the second
	sort -u "$1" >"$tmp/1"
	sort -u "$2" >"$tmp/2"
	comm -23 "$tmp/1" "$tmp/2"
}

# ---- Contracts -------------------------------------------------------------

for impl in $(cd impl && echo *); do
	[ ! -e "impl/$impl/no_kpi" ] || continue
	# shellcheck disable=SC2046
	calls $(headers "$impl") >"$tmp/calls"
	rows "$impl" >"$tmp/rows"
	verdict "$impl: every call has a contract" \
	    "$([ -s "$tmp/calls" ] || echo 'no call was found'
	    without "$tmp/calls" "$tmp/rows")"
	# A pager's are members.
	verdict "$impl: every contract is of a call" \
	    "$(without "$tmp/rows" "$tmp/calls" | grep -v '^pgo_')"
	verdict "$impl: no call has two contracts" \
	    "$(sort "$tmp/rows" | uniq -d)"
done

cat >"$tmp/planted.h" <<'END'
/* vm_page_in_a_comment(m) is none. */
#define	vm_page_planted_macro(m)	((m)->flags)
#define	VM_PAGE_NO_CALL			(3)
int		vm_page_planted(vm_page_t m,
		    int how);
static inline int
vm_page_planted_inline(vm_page_t m)
{
	return (vm_page_planted(m, VM_PAGE_NO_CALL));
}
END
verdict "a call that is planted is seen, and nothing else" "$(
    calls "$tmp/planted.h" | tr '\n' ' ' | grep -vx \
    'vm_page_planted vm_page_planted_inline vm_page_planted_macro ')"

# ---- Successors ------------------------------------------------------------

gone() {	# gone OLD NEW: names, and the file of NEW's successors
	names "$1" >"$tmp/old"
	names "$2" >"$tmp/new"
	without "$tmp/old" "$tmp/new"
}

successors() {	# successors OLD NEW FILE: complaints
	file=$3
	# The fourth tells what became of the page's state.
	awk -F '\t' '!/^(#|$)/ && (NF < 3 || NF > 4 || $3 == "") {
		print FILENAME ":" FNR ": not three or four fields" }
	    NF == 4 && $4 !~ /^(stricter|relaxed|other)$/ {
		print FILENAME ":" FNR ": " $4 " is no change of state" }' "$file"
	grep -v '^#\|^$' "$file" >"$tmp/lines"
	cut -f 1 "$tmp/lines" >"$tmp/listed"
	sort "$tmp/listed" | uniq -d | sed 's/$/ has two lines/'
	gone "$1" "$2" >"$tmp/gone"
	without "$tmp/gone" "$tmp/listed" | sed 's/$/ went without a word/'
	# Members are the comparison's to know.
	cut -f 2 "$tmp/lines" | grep '^[A-Za-z_]*$' >"$tmp/by"
	without "$tmp/by" "$tmp/new" | sed 's/$/ is no name of the new KPI/'
}

for pair in old_vpo_wanted:rwlock_vpo rwlock_vpo:sxbusy old_vpo_wanted:sxbusy
do
	old=${pair%:*}
	new=${pair#*:}
	verdict "$old to $new: what went has a successor, or is said to have none" \
	    "$([ -n "$(gone "$old" "$new")" ] || echo 'nothing went'
	    successors "$old" "$new" "impl/$new/successors")"
done

{
	grep -v '^vm_page_wakeup' impl/sxbusy/successors
	printf 'vm_page_planted\tvm_page_no_such\tdo\tworse\nVPO_BUSY\t-\n'
} >"$tmp/planted"
verdict "bad successors that are planted are found" "$(
    successors rwlock_vpo sxbusy "$tmp/planted" | sed "s,$tmp/,," >"$tmp/said"
    lines=$(sed -n '$=' "$tmp/planted")
    printf 'planted:%d: %s\n' $((lines - 1)) 'worse is no change of state' \
	"$lines" 'not three or four fields' | sed '$a\
VPO_BUSY has two lines\
vm_page_wakeup went without a word\
vm_page_no_such is no name of the new KPI' | diff - "$tmp/said")"

# ---- The lock's header -----------------------------------------------------

cat >"$tmp/consumer.c" <<'END'
#include <vm/vm_object.h>
void consumer(vm_object_t object);
void
consumer(vm_object_t object)
{
	VM_OBJECT_WLOCK(object);
	VM_OBJECT_WUNLOCK(object);
}
END

compiles() {	# compiles IMPL FLAG...
	impl=$1
	shift
	# shellcheck disable=SC2046
	cc -std=gnu11 -fms-extensions -Wall -Werror $(includes "$impl") "$@" \
	    -fsyntax-only "$tmp/consumer.c" >"$tmp/log" 2>&1
}

for impl in rwlock_vpo rwlock_read sxbusy sxbusy_rlock; do
	verdict "$impl: who locks an object has to include <sys/rwlock.h>" \
	    "$(! compiles "$impl" || echo 'it compiles without'
	    grep -q rw_wlock "$tmp/log" || cat "$tmp/log"
	    compiles "$impl" -include sys/rwlock.h || cat "$tmp/log")"
done
exit $failed
