#!/bin/sh
# tools/kpi-convert --guards: both versions are in the result, line by line;
# each guard holds whole statements; what was not converted builds on the old
# side and is an error on the new.
#
# Method: every consumer and idiom is guarded; then one side of each guard is
# taken, as the preprocessor would.  That the consumers pass on either side is
# for kpi_convert.sh.
set -u
cd "$(realpath "$(dirname "$0")/..")" || exit 1
command -v spatch >/dev/null || {
	echo "kpi_guards.sh: spatch is missing; run tools/setup kpi" >&2
	exit 2
}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. test/kpi/check.sh

mkdir "$tmp/old"
for file in kpi/consumers/*.c test/kpi/idioms_*.c; do
	case $file in
	*_test.c)	;;
	*)	half 1 "$file" >"$tmp/old/$(basename "$file")" ;;
	esac
done

# A guard in each kind of place where a line alone will not do.
cat >"$tmp/old/places.c" <<'EOF'
#include <sys/param.h>
#include <vm/vm_page.h>

#define	BUSY(m)	do {							\
	if (((m)->oflags & VPO_BUSY) == 0)				\
		vm_page_busy(m);					\
} while (0)

#define	LOCKED(o) do {							\
	VM_OBJECT_LOCK(o);						\
	(o)->size++;							\
	VM_OBJECT_UNLOCK(o);						\
} while (0)

int
places(vm_page_t m, int x)
{
	if (x == 1)
		x++;
	else if ((m->oflags & VPO_BUSY) != 0) {
		x--;
	} else
		vm_page_busy(m);
	do {
		x++;
	} while ((m->oflags & VPO_BUSY) != 0);
	x = 0;
	do {
		x++;
	}
	while ((m->oflags & VPO_BUSY) != 0);
#ifdef THIS
	if (m->busy != 0) {
#else
	if (x == 2) {
#endif
		x = 3;
	}
	for (x = 0; x < 3; x++)
		if (x == 2)
#ifdef THIS
			vm_page_wakeup(m);
#else
			x = 4;
#endif
	switch (x) {
	case 1:
		vm_page_wakeup(m);
		/* FALLTHROUGH */
	case 2:
		vm_page_sleep(m, "places");
		break;
	}
	while (x < 9) {
		x++;
		vm_page_busy(m);
	}
	return (x);
}
EOF
# Status 1: something is left in one of them.
tools/kpi-convert --guards -o "$tmp/both" "$tmp"/old/*.c 2>"$tmp/both.err"
tools/kpi-convert -o "$tmp/new" "$tmp"/old/*.c 2>"$tmp/new.err"

# side new|old FILE: a guarded file for that version.  With a third argument,
# every guard's lines of that side go into a file of their own, there.
side() {
	awk -v want="$1" -v split_to="${3-}" '
	/^#if __FreeBSD_version (>=|<) 1000042$/ && !inside {
		inside = 1
		which = $3 == ">=" ? "new" : "old"
		if (split_to != "")
			out = split_to "/" ++n ".c"
		next
	}
	inside && nested == 0 && /^#else$/ { which = "old"; next }
	inside && nested == 0 && /^#endif$/ { inside = 0; next }
	inside && /^#if/ { nested++ }
	inside && /^#endif/ { nested-- }
	inside && which != want { next }
	split_to == "" { print }
	split_to != "" && inside { print >out }' "$2"
}

# differ ONE OTHER: they do, apart from the include of the guards.
differ() {
	diff "$1" "$2" | grep '^[<>]' | grep -v '^> #include <sys/param.h>$'
}

# The old side is the source, with prototypes; the new one what comes out
# without guards.
sides() {
	for file in "$tmp"/both/*.c; do
		name=$(basename "$file")
		grep -q '^#if __FreeBSD_version' "$file" || return 1
		awk -f kpi/port/code.awk -f kpi/port/knr.awk "$tmp/old/$name" \
		    >"$tmp/x.c"
		side old "$file" >"$tmp/side.c"
		! differ "$tmp/x.c" "$tmp/side.c" || return 1
		sed 's|^[	 ]*\(/\* KPI: not\)|\1|' "$tmp/new/$name" >"$tmp/x.c"
		side new "$file" | sed 's|^#error "\(KPI: .*\)"$|/* \1 */|' \
		    >"$tmp/side.c"
		! differ "$tmp/x.c" "$tmp/side.c" || return 1
	done
	return 0
}
check "the sides of guards are the two versions" sides

# closed FILE: its brackets and directives are; it begins with no else, and ends
# with a statement, not with an error that is over one.
closed() {
	awk -f kpi/port/code.awk -f kpi/port/balance.awk "$1" | grep . &&
	    return 1
	awk '/^[ \t]*#[ \t]*if/ { open++ }
	    /^[ \t]*#[ \t]*endif/ { open--; low += open < 0 }
	    /^[ \t]*(} *)?(else|while.*;$)/ && !body { bad = 1 }
	    /^#error/ { over = 1 }
	    !/^[ \t]*(#|\/\*|\*|$)/ { body = 1; last = $0 }
	    !/^#error/ { over = 0 }
	    END { exit open != 0 || low || bad || over ||
	        (body && last !~ /([;{}:]|\*\/|[)]|\\)[ \t]*$/) }' "$1"
}

whole_statements() {
	for file in "$tmp"/both/*.c; do
		for which in old new; do
			rm -rf "$tmp/parts"
			mkdir "$tmp/parts"
			side $which "$file" "$tmp/parts"
			for part in "$tmp"/parts/*.c; do
				[ -e "$part" ] || continue
				closed "$part" && continue
				echo "$file: $which"
				cat "$part"
				return 1
			done
		done
		# No side's statement goes on behind its guard, nor a macro.
		awk '/^#/ && before ~ /\\$/ { print FILENAME ":" FNR; bad = 1 }
		    { before = $0 }
		    /^#endif$/ { behind = 1; next }
		    behind && /^[ \t]*else/ { print FILENAME ":" FNR; bad = 1 }
		    /[^ \t]/ { behind = 0 }
		    END { exit bad }' "$file" || return 1
	done
}
check "every guard holds whole statements" whole_statements

# As small as they may be: a guard ends with its statement.  And in the same
# columns.
small() {
	cat "$tmp/both/places.c"
	awk '/^#if __Free/ { n++ } /^	while \(x < 9\) {$/ { loop = NR }
	    /^		vm_page_xbusy/ { busy = NR }
	    /^			x = 4;$/ { same++ }
	    END { exit !(n == 8 && busy == loop + 3 && same == 2) }' \
	    "$tmp/both/places.c"
}
check "guards are no larger than that" small

# ---- What was not converted --------------------------------------------------

# for_version VERSION FILE: it, where <sys/param.h> says so.
for_version() {
	echo "#define __FreeBSD_version $1"
	grep -v '<sys/param.h>' "$2"
}

not_converted() {
	both=$tmp/both/idioms_left.c
	left=$(grep -c 'KPI: not converted' "$tmp/new/idioms_left.c")
	for_version 900000 "$both" >"$tmp/v.c"
	compiles old_vpo_wanted "$tmp/v.c" || return 1
	for_version 1000042 "$both" >"$tmp/v.c"
	! compiles sxbusy "$tmp/v.c" >"$tmp/errors" || return 1
	cat "$tmp/errors"
	[ "$left" -gt 10 ] &&
	    [ "$(grep -c 'error: .*KPI: not converted: ' "$tmp/errors")" -eq \
	    "$left" ] || return 1
	# Each is reported in its line of the guarded file.
	grep "^$both:[0-9]*: " "$tmp/both.err" | cut -d : -f 2,3 |
	    sed 's/:  *\([^ ]*\) is left$/ \1/' >"$tmp/lines"
	[ "$(wc -l <"$tmp/lines")" -eq "$left" ] || return 1
	while read -r line name; do
		sed -n "${line}p" "$both" | grep -q "$name" || return 1
	done <"$tmp/lines"
}
check "what was not converted is an error on the new side" not_converted

# ---- <sys/param.h> -----------------------------------------------------------

# param LINE SOURCE: a guarded result has <sys/param.h> once, in that line.
param() {
	printf '%s\nvoid f(vm_object_t o) { VM_OBJECT_LOCK(o); }\n' "$2" \
	    >"$tmp/param.c"
	tools/kpi-convert --guards "$tmp/param.c" >"$tmp/made.c" || return 1
	cat "$tmp/made.c"
	[ "$(sed -n "$1p" "$tmp/made.c")" = '#include <sys/param.h>' ] &&
	    [ "$(head -n 5 "$tmp/made.c" | grep -c 'sys/param.h')" -eq 1 ]
}
check "param.h: before the first include" param 2 '/* A source. */
#include <vm/vm.h>
#include <vm/vm_object.h>'
check "param.h: behind sys/cdefs.h" param 2 '#include <sys/cdefs.h>
#include <sys/systm.h>'
check "param.h: no second time" param 1 '#include <sys/param.h>
#include <sys/systm.h>'
check "param.h: in a file without includes" param 3 '/* A source. */
'
check "param.h: one under a condition is none" param 2 '
#include <sys/mutex.h>

/* Much text. */
#ifdef FOO
#include <sys/param.h>
#endif'
unguarded() {
	tools/kpi-convert "$tmp/param.c" >"$tmp/made.c" 2>/dev/null
	printf 'int x;\n' >"$tmp/nothing.c"
	tools/kpi-convert --guards "$tmp/nothing.c" | diff "$tmp/nothing.c" - &&
	    ! head -n 3 "$tmp/made.c" | grep param.h
}
check "param.h: none without guards" unguarded
exit $failed
