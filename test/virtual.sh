#!/bin/sh
# The instrumentation: what of units and of small programs it cannot see.
#
# Method: test/virtual/micro/ does on purpose what units must not do; each rule
# is tried on it first, and must find it there.  build/test-virtual, which
# looks at the events themselves, is a suite of its own.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s build/sim build/test-virtual || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
micro=build/sim-programs/test/virtual/micro
units=$(find build/virtual-sim -name '*.how' | sed 's/\.how$/.o/')
# What a unit is linked of; files of older builds may lie beside.  The probe of
# build/sim-test is not run on the machine.
objects=$(cat build/virtual-sim/*.how | tr ' ' '\n' |
    grep '^build/.*\.o$' | grep -v '/test/sim/' | sort -u)
programs=$(find sim/locks -name '*.c' | sed 's,\(.*\)c$,build/sim-programs/\1o,')
sources=$(find sys impl workload sim/locks sim/unit machine/atomic.h \
    machine/virtual/md_curthread.h -name '*.[ch]' ! -path '*/test/*')

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

rule() {	# rule TEXT FINDER PLANTED FILES: it finds PLANTED in micro/ only
	$2 $3 >"$dir/planted"
	# shellcheck disable=SC2086
	$2 $4 >"$dir/found"
	check "$1" sh -c "cat $dir/found; [ ! -s $dir/found ]"
	check "  where it is planted it is found" [ -s "$dir/planted" ]
}

# ---- What is called by name, and so never seen --------------------------

# FILE NAME, and why no shared data is missed.
cat >"$dir/calls" <<-\EOF
	sys/kern/subr_lock strcmp	names of types of locks, all constant
	sys/kern/subr_lockstat strcmp	names of locks, all constant
	sys/kern/subr_lockstat memset	with LOCK_STATS only, as the next two
	sys/kern/subr_lockstat memcpy
	sys/kern/subr_lockstat strlen
	workload/unit memcpy		why it cannot run, before it begins
	workload/unit strlen		the same
	workload/beside_daemon memcpy	the same
	sim/unit/pair memcpy		the same, and names of operations
	sim/unit/pair memcmp
	sim/unit/pair strlen
EOF
allowed() {	# drop lines "FILE NAME" that are in the list
	awk 'NR == FNR { ok[$1, $2] = 1; next } !(($1, $2) in ok)' \
	    "$dir/calls" -
}

# Short ones are expanded where they stand, and are in no list of symbols.
block_calls() {
	grep -oE '\<(mem(cpy|move|set|cmp|chr)|b(copy|zero|cmp)|(__builtin_)?(mem|str)[a-z]+) ?\(' \
	    "$@" /dev/null | sed 's/\.[ch]:/ /; s/ *($//' | sort -u | allowed
}

# What an object needs and neither its unit nor the machine has.
undefined() {
	grep -vxE 'mem[a-z]+|bcmp|str[a-z]+' machine/machine.syms >"$dir/syms"
	# shellcheck disable=SC2086
	nm -A -g --defined-only "$@" | awk '{
		sub(/:.*/, "", $1); split($1, at, "/"); print at[3], $NF
	}' >"$dir/defined"
	nm -A -u "$@" | awk '{ sub(/:$/, "", $1); print $1, $NF }' |
	    awk 'NR == FNR { has[$1, $2] = 1; next } { split($1, at, "/") }
	    !((at[3], $2) in has)' "$dir/defined" - |
	    awk 'NR == FNR { syms = syms "|" $0; next }
	    $2 !~ "^(" substr(syms, 2) ")$"' "$dir/syms" - |
	    sed -E 's,^build/(virtual-sim/[^/]*|sim-programs)/,,; s/\.o / /' |
	    sort -u | allowed
}

rule "units need what the machine has, mem*() and str*() as listed" \
    undefined $micro/blocks.o "$objects $programs"
check "  those called are found by name" sh -c "
for name in memcpy memmove memset memcmp strlen; do
	grep -q \" \$name\$\" $dir/planted || exit 1; done"
rule "sources of units call no other block functions" block_calls \
    test/virtual/micro/blocks.c "$sources"

# ---- What is announced before, or not at all ----------------------------

# A structure's copy: both ranges announced, then all done.  Whoever switches
# fibers in between must know that nobody else looks at either.
copies() {
	objdump -dr --no-show-raw-insn "$@" | awk '
	/^[^ ]*: +file format/ { file = $1; sub(/:$/, "", file) }
	/^[0-9a-f]+ <.*>:$/ { place = $2; last = "" }
	!/ R_[A-Z0-9_]+[ \t]+__tsan_/ { next }
	{ name = $3; sub(/[-+].*/, "", name) }
	name ~ /read(_range|16)$/ && last ~ /write(_range|16)$/ {
		print file, place
	}
	{ last = name }' |
	    sed -E 's,^build/(virtual-sim/[^/]*|sim-programs)/,,' | sort -u |
	    awk 'NR == FNR { ok[$1] = 1; next } !($1 in ok)' "$dir/copies" -
}
# Entries of a map that is locked exclusively: entry_clip(), RB_REMOVE().
echo sys/vm/vm_map.o >"$dir/copies"
rule "no structure that others may look at is copied" copies \
    $micro/blocks.o "$objects $programs"

# Functions that take or return a structure: its place in memory is unseen.
by_value() {
	for o; do
		readelf --debug-dump=info "$o" 2>/dev/null | awk -v o="$o" '
		$NF !~ /^.DW_TAG/ {
			if ($2 == "DW_AT_type")
				type[die] = $NF
			else if ($2 == "DW_AT_name")
				name[die] = $NF
			next
		}
		{ die = "" }
		$NF ~ /subprogram|subroutine_type|formal|_type|typedef/ {
			split($1, a, /[<>]+/)
			die = "<0x" a[3] ">"
			tag[die] = $NF
			if ($NF ~ /subprogram|subroutine_type/)
				of = die
			if ($NF ~ /subprogram|subroutine_type|formal/)
				owner[die] = of
		}
		END {
			for (d in owner) {
				t = type[d]
				while (tag[t] ~ /typedef|const_|volatile_/)
					t = type[t]
				if (tag[t] ~ /structure|union/)
					print o, "a structure by value:",
					    name[owner[d]], name[d]
			}
		}'
	done
}
rule "no function takes or returns a structure" by_value $micro/blocks.o \
    "$units $programs"

thread_local() {
	readelf -sW "$@" | awk '/^File:/ { f = $2 } $4 == "TLS" { print f, $NF }'
}
rule "no thread-local variables, which fibers would share" thread_local \
    "$micro/thread.o $micro/plain.o" "$units $programs"

assembly() {
	grep -nE '\<(__asm__|__asm|asm)\>( volatile| __volatile__)? ?\(' "$@" \
	    /dev/null
}
rule "no assembly" assembly test/virtual/micro/blocks.c "$sources"

bit_fields() {
	grep -nE '[a-z_0-9]+[[:space:]]+[a-z_0-9]+ ?: ?[0-9]+[,;]' "$@" \
	    /dev/null
}
rule "no bit-fields, whose write reads its neighbours unseen" bit_fields \
    test/virtual/micro/micro.h "$sources"

# ---- The surface, addresses, another compiler ---------------------------

nm --defined-only build/host-sim/machine/virtual/virtual_tsan.o |
    awk '{ print $3 }' | sort >"$dir/defined"
strings -a "$(${CC:-cc} -print-prog-name=cc1)" | grep -oxE '__tsan_[a-z0-9_]+' |
    sort -u >"$dir/emitted"
if [ "$(wc -l <"$dir/emitted")" -gt 60 ]; then
	check "every entry point that the compiler knows is there" sh -c \
	    "comm -13 $dir/defined $dir/emitted | (! grep .)"
else
	echo "skip the compiler's entry points: it has no cc1 that tells them"
fi

for program in sim test-virtual; do
	check "$program stands where it is linked" sh -c \
	    "readelf -h build/$program | grep -q 'Type: *EXEC'"
done
if setarch -R true 2>/dev/null; then
	for i in 1 2 3; do
		build/test-virtual --addresses >"$dir/at$i"
	done
	setarch -R build/test-virtual --addresses >"$dir/at4"
	check "programs see the same addresses, ASLR on and off" sh -c "
	    cat $dir/at?; [ \$(grep -h program $dir/at? | sort -u | wc -l) -eq 1 ]"
	[ "$(grep -h host "$dir"/at? | sort -u | wc -l)" -gt 1 ] ||
	    echo "skip ASLR: this system has none"
else
	echo "skip addresses: setarch -R is not allowed here"
fi

# No golden counts there: values of atomics, when accesses happen, fibers.
if command -v clang >/dev/null; then
	flags="-O2 -std=gnu11 -fms-extensions -fsanitize=thread -w
	    -mllvm -tsan-distinguish-volatile=1 -I."
	[ "$(uname -m)" != x86_64 ] || flags="$flags -mcx16"
	for c in test/virtual/micro/*.c; do
		# shellcheck disable=SC2086
		clang $flags -c -o "$dir/$(basename "$c" .c).o" "$c" || failed=1
	done
	clang -no-pie -o "$dir/test-clang" "$dir"/*.o build/host-micro/lab.a
	check "clang's programs behave, too" "$dir/test-clang"
	grep '^skip' "$dir/why"
else
	echo "skip clang: it is not installed"
fi
exit $failed
