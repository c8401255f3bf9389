#!/bin/sh
# tools/kpi-convert on sources that are hard to read: what it makes of them,
# what it says and of which line, and with what status it ends.
set -u
cd "$(realpath "$(dirname "$0")/..")" || exit 1
command -v spatch >/dev/null || {
	echo "kpi_sources.sh: spatch is missing; run tools/setup kpi" >&2
	exit 2
}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. test/kpi/check.sh

# Lines put into a macro's body would end it: such a body stays as it was.
cat >"$tmp/macro.c" <<'EOF'
#define	DONE(m) do {							\
	VM_OBJECT_LOCK((m)->object);					\
	vm_page_flash(m);						\
} while (0)
#define	ASLEEP(m)	vm_page_sleep(m, "macro");
#define	BUSY(m)		((m)->oflags & VPO_BUSY || (m)->busy)
EOF
macros() {
	sed -n 1,5p "$tmp/macro.c" >"$tmp/stays"
	status=0
	tools/kpi-convert "$tmp/macro.c" >"$tmp/made.c" 2>"$tmp/err" || status=$?
	cat "$tmp/made.c" "$tmp/err"
	[ $status -eq 1 ] && ! grep -q 'passed over' "$tmp/err" &&
	    grep -v 'KPI: not converted' "$tmp/made.c" | sed -n 1,5p |
	    diff "$tmp/stays" - &&
	    [ "$(grep -c 'KPI: not converted' "$tmp/made.c")" -eq 2 ] &&
	    [ "$(grep -c ' is left: ' "$tmp/err")" -eq 3 ] &&
	    tail -n 1 "$tmp/made.c" | grep -q '(vm_page_busied(m))' &&
	    again "$tmp/made.c"
}
check "macros that would be broken" macros

# ---- Definitions and includes ------------------------------------------------

cat >"$tmp/knr.c" <<'EOF'
#include <sys/mutex.h>

static struct vm_page *
first(m, count, done, name)
	struct vm_page *m;	/* a page */
	void (*done)(int, void *);
	char **name, *more[];
{
	return (m);
}

static void
second(object) vm_object_t object;
{
	VM_OBJECT_LOCK(object);
}
EOF
prototypes() {
	sed -i 's/, \*more\[\]//' "$tmp/knr.c"
	tools/kpi-convert "$tmp/knr.c" >"$tmp/made.c" || return 1
	cat "$tmp/made.c"
	grep -qxF 'first(struct vm_page *m,	/* a page */' "$tmp/made.c" &&
	    grep -qxF '    int count, void (*done)(int, void *), char **name)' \
	    "$tmp/made.c" &&
	    grep -qF '	VM_OBJECT_WLOCK(object);' "$tmp/made.c"
}
check "K&R definitions" prototypes

# rwlock AFTER SOURCE: sys/rwlock.h is included once, right after that line.
rwlock() {
	printf '%s\nvoid f(vm_object_t o) { VM_OBJECT_LOCK(o); }\n' "$2" \
	    >"$tmp/include.c"
	tools/kpi-convert "$tmp/include.c" >"$tmp/made.c" || return 1
	cat "$tmp/made.c"
	[ "$(grep -c 'sys/rwlock.h' "$tmp/made.c")" -eq 1 ] &&
	    grep -A1 -F "$1" "$tmp/made.c" | grep -q '^#include <sys/rwlock.h>'
}
check "include: after sys/mutex.h" rwlock '<sys/mutex.h>' '#include <sys/mutex.h>
#include <sys/proc.h>
#include <vm/vm_object.h>'
check "include: after the last of sys/" rwlock '<sys/proc.h>' '#include <sys/param.h>
#include <sys/proc.h>
#include <vm/vm_object.h>'
check "include: not inside a condition" rwlock '<sys/param.h>' '#include <sys/param.h>
#ifdef FOO
#include <sys/mutex.h>
#endif
#include <vm/vm_object.h>'
check "include: no second time" rwlock '<sys/mutex.h>' '#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <vm/vm_object.h>'

# Heads under #if that share a body, of either kind.
cat >"$tmp/heads.c" <<'EOF'
#ifdef AHEAD
static int
getpages(object, ma, ahead)
	vm_object_t object;
	vm_page_t *ma;
	int *ahead;
#else
static int
getpages(vm_object_t object, vm_page_t *ma)
#endif
{
	VM_OBJECT_LOCK(object);
	vm_page_wakeup(ma[0]);
	return (0);
}

#if defined(AHEAD)
int
putpages(vm_object_t object, int *ahead)
{
#else
int
putpages(object)
	vm_object_t object;
{
#endif
	VM_OBJECT_LOCK(object);
	return (0);
}
EOF
heads() {
	tools/kpi-convert "$tmp/heads.c" >"$tmp/made.c" || return 1
	cat "$tmp/made.c"
	grep -qxF 'getpages(vm_object_t object, vm_page_t *ma, int *ahead)' \
	    "$tmp/made.c" && grep -qxF 'putpages(vm_object_t object)' \
	    "$tmp/made.c" &&
	    [ "$(grep -c VM_OBJECT_WLOCK "$tmp/made.c")" -eq 2 ] &&
	    again "$tmp/made.c"
}
check "heads that share a body" heads
sed 's/vm_page_wakeup(ma\[0\]);/struct foo x = { 1 2 };/' "$tmp/heads.c" \
    >"$tmp/heads2.c"
also=" it; it has another head in line 9"
check "of one that cannot be parsed all heads are named" says 1 \
    "$tmp/heads2.c:3: getpages: passed over, for spatch cannot parse$also" \
    "$tmp/heads2.c"

# A name that is put in is not one that is there.
cat >"$tmp/names.c" <<'EOF'
void
f(vm_page_t page_object, vm_object_t object)
{
	vm_page_sleep(page_object, "names");
	VM_OBJECT_LOCK(object);
}
EOF
names() {
	tools/kpi-convert "$tmp/names.c" >"$tmp/made.c" || return 1
	cat "$tmp/made.c"
	grep -q 'vm_object_t kept_page_object = page_object->object;' \
	    "$tmp/made.c" && again "$tmp/made.c"
}
check "names that are there already" names
cat >"$tmp/kept.c" <<'EOF'
void
f(vm_page_t m)
{
	int kept_object = 3;

	VM_OBJECT_WUNLOCK(m->object);
	pause("kept", kept_object);
	VM_OBJECT_WLOCK(m->object);
}
EOF
# It is of 1000030, whose locks have the new names.
kept() {
	tools/kpi-convert "$tmp/kept.c" >"$tmp/made.c" || return 1
	cat "$tmp/made.c"
	grep -q 'vm_object_t kept_kept_object;' "$tmp/made.c" &&
	    grep -q 'WLOCK(kept_kept_object);' "$tmp/made.c" &&
	    again "$tmp/made.c"
}
check "so is the object that is kept" kept

# A patch that fails on one function, as rules do that clash: here it is given
# one.
mkdir "$tmp/copy" "$tmp/copy/tools"
cp -r kpi "$tmp/copy/kpi"
cp tools/kpi-convert "$tmp/copy/tools"
cat >>"$tmp/copy/kpi/vpo_kept.cocci" <<'EOF'

@clash exists@ expression n; position p; @@
clash(n);
... when any
VM_OBJECT_WUNLOCK@p(...);

@@ expression clash.n, o; position clash.p; @@
+ clash(n);
  VM_OBJECT_WUNLOCK@p(o);
EOF
cat >"$tmp/clash.c" <<'EOF'
void
fine(vm_object_t object)
{
	VM_OBJECT_LOCK(object);
	object->size++;
}

static int
clashing(vm_object_t object)
{
	clash(1);
	clash(2);
	VM_OBJECT_UNLOCK(object);
	return (0);
}
EOF
clash() {
	status=0
	"$tmp/copy/tools/kpi-convert" "$tmp/clash.c" >"$tmp/made.c" \
	    2>"$tmp/err" || status=$?
	cat "$tmp/made.c" "$tmp/err"
	[ $status -eq 1 ] && grep -q 'VM_OBJECT_WLOCK' "$tmp/made.c" &&
	    grep -q 'VM_OBJECT_UNLOCK' "$tmp/made.c" && grep -qxF \
	    "$tmp/clash.c:9: clashing: passed over, for spatch fails on it" \
	    "$tmp/err"
}
check "one function that fails does not lose the file" clash

# Lines end as they did, those put in too, and guards are no larger for it.
cat >"$tmp/ends.c" <<'EOF'
#include <sys/param.h>
#include <sys/mutex.h>

#define	WAIT(m)	do {							\
	vm_page_busy(m);						\
} while (0)

void
f(vm_object_t o, vm_page_t m)
{
	VM_OBJECT_LOCK(o);
	vm_page_sleep(m, "ends");
}
EOF
sed 's/$/\r/' "$tmp/ends.c" >"$tmp/crlf.c"
line_ends() {
	for option in '' --guards; do
		# shellcheck disable=SC2086
		tools/kpi-convert $option "$tmp/ends.c" >"$tmp/lf.c" &&
		    tools/kpi-convert $option "$tmp/crlf.c" >"$tmp/made.c" ||
		    return 1
		sed 's/$/\r/' "$tmp/lf.c" | diff - "$tmp/made.c" || return 1
	done
}
check "lines that end in CR LF" line_ends

# ---- What it says ------------------------------------------------------------

cat >"$tmp/broken.c" <<'EOF'
int
fine(vm_object_t object)
{
	VM_OBJECT_LOCK(object);
	return (0);
}

int
broken(vm_object_t object)
{
	struct foo x = { 1 2 };

	vm_page_flash(object->memq);
	return (x.a);
}
EOF
check "a function that cannot be parsed is named" refuses 1 \
    "broken.c:9: broken: passed over" "$tmp/broken.c"
check "the others are converted" sh -c "tools/kpi-convert '$tmp/broken.c' \
    2>/dev/null | grep -q VM_OBJECT_WLOCK"
check "no file" refuses 2 "usage" --guards
check "an unknown option" refuses 2 "usage" --nosuch "$tmp/knr.c"
check "a file that is not there" refuses 2 "cannot read $tmp/nosuch.c" \
    "$tmp/nosuch.c"
check "several files and no folder" refuses 2 "-o DIR" "$tmp/knr.c" \
    "$tmp/broken.c"

# Notes are of a line of the result, and say so.
printf '%s\n' '#include <sys/mutex.h>' 'struct mtx *' 'f(vm_object_t object)' \
    '{' '	return (VM_OBJECT_MTX(object));' '}' >"$tmp/left.c"
left="VM_OBJECT_MTX is left: return (VM_OBJECT_MTX(object));"
check "what is left is said of a line of the result" \
    says 1 "$tmp/left.c: line 6 of the result: $left" "$tmp/left.c"
check "this is the line" sh -c "sed -n 6p '$tmp/made.c' | grep VM_OBJECT_MTX"
check "of a file written, its own name" \
    says 1 "$tmp/out/left.c:6: $left" -o "$tmp/out" "$tmp/left.c"

# ---- What it does not write ----------------------------------------------------

mkdir "$tmp/p" "$tmp/q" "$tmp/taken" "$tmp/taken/s.c"
cp "$tmp/knr.c" "$tmp/p/s.c"
cp "$tmp/left.c" "$tmp/q/s.c"
check "two files of one name" refuses 2 \
    "$tmp/p/s.c and $tmp/q/s.c would both be $tmp/out/s.c: convert one to" \
    -o "$tmp/out" "$tmp/p/s.c" "$tmp/q/s.c"
check "the folder of a source" refuses 2 \
    "$tmp/p/s.c would be written over: name another folder" \
    -o "$tmp/q/../p" "$tmp/p/s.c"
check "one of another source" refuses 2 \
    "$tmp/q/s.c would be written over: name another folder" \
    -o "$tmp/q" "$tmp/knr.c" "$tmp/q/s.c"
check "they are as they were" sh -c "cmp '$tmp/knr.c' '$tmp/p/s.c' &&
    cmp '$tmp/left.c' '$tmp/q/s.c' && [ ! -e '$tmp/q/knr.c' ]"
check "a folder that is a file" refuses 2 \
    "cannot write to $tmp/knr.c: name a folder" -o "$tmp/knr.c" "$tmp/p/s.c"
check "a folder that cannot be made" refuses 2 \
    "cannot write to $tmp/knr.c/out: name a folder" -o "$tmp/knr.c/out" \
    "$tmp/p/s.c"
check "a result whose name a folder has" refuses 2 \
    "cannot write $tmp/taken/s.c: name another folder" -o "$tmp/taken" \
    "$tmp/p/s.c"

# ---- Brackets ----------------------------------------------------------------

# unbalanced LINE TEXT: the source on standard input is refused for this, with
# no word on another and nothing written.
unbalanced() {
	line=$1 text=$2
	cat >"$tmp/open.c"
	rm -rf "$tmp/out"
	refuses 2 "kpi-convert: $tmp/open.c:$line: nothing $text: mend it and" \
	    -o "$tmp/out" "$tmp/knr.c" "$tmp/open.c" || return 1
	[ -z "$(ls -A "$tmp/out")" ]
}
check "a parenthesis that is not closed" unbalanced 4 'closes this (' <<'EOF'
int
f(vm_object_t o)
{
	VM_OBJECT_LOCK(o;
	return (0);
}
EOF
check "a brace that is not closed, before the next function" \
    unbalanced 4 'closes this {' <<'EOF'
void
f(vm_object_t o)
{
	if (o != NULL) {
		VM_OBJECT_LOCK(o);

void
g(vm_object_t o)
{
	VM_OBJECT_LOCK(o);
}
EOF
check "a brace too many" unbalanced 6 'opens this }' <<'EOF'
void
f(vm_object_t o)
{
	VM_OBJECT_LOCK(o);
}
}
EOF
check "a comment that is not closed" unbalanced 4 'closes this comment' <<'EOF'
void
f(vm_object_t o)
{
	/* locked
	VM_OBJECT_LOCK(o);
}
EOF
# Those of macros, alternatives and constants are none too many.
cat >"$tmp/macro.c" <<'EOF'
#define	BEGIN	{
int
f(vm_object_t o)
BEGIN
	return (VM_OBJECT_LOCKED(o));
}
EOF
check "a brace in a macro" \
    says 1 "$tmp/macro.c:3: f: passed over, for spatch cannot parse it" \
    "$tmp/macro.c"
cat >"$tmp/sides.c" <<'EOF'
int
f(vm_object_t o)
{
#ifdef A
	if (o != NULL) {
#else
	if (o == NULL) {
#endif
		VM_OBJECT_LOCK(o);	/* :-( */
	}
	return (':' == '(');
}
EOF
check "brackets that only look unbalanced" tools/kpi-convert "$tmp/sides.c"
exit $failed
