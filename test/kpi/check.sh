# What the tests of tools/kpi-convert share: sourced, in the project's folder,
# with $tmp a folder of theirs; failed is 1 after a check has failed.
failed=0

# check NAME COMMAND...: the command must succeed; what it says, if not.
check() {
	what=$1
	shift
	if "$@" >"$tmp/said" 2>&1; then
		echo "ok - $what"
	else
		echo "not ok - $what"
		head -n 40 "$tmp/said" | sed 's/^/#   /'
		failed=1
	fi
}

# refuses STATUS TEXT ARGUMENT...: kpi-convert ends so, with one line that has
# the text.
refuses() {
	want=$1 text=$2
	shift 2
	status=0
	tools/kpi-convert "$@" >/dev/null 2>"$tmp/err" || status=$?
	cat "$tmp/err"
	[ $status -eq "$want" ] && [ "$(wc -l <"$tmp/err")" -eq 1 ] &&
	    grep -qF -- "$text" "$tmp/err"
}

# again FILE...: they are converted, and that changes nothing more.
again() {
	for made; do
		tools/kpi-convert "$made" >"$tmp/again.c" 2>"$tmp/err"
		diff "$made" "$tmp/again.c" || return 1
	done
}

# compiles IMPL FILE: for the implementation.
compiles() {
	tools/kpi-build --syntax "$1" original "$2" "$tmp/build" || {
		cat "$tmp/build.err"
		return 1
	}
}

# half 1|0 FILE: an idioms file with OLD defined, or not.
half() {
	awk -v old="$1" '
	/^#ifdef OLD$/ { skip = !old; inside = 1; next }
	/^#ifndef OLD$/ { skip = old; inside = 1; next }
	inside && /^#else$/ { skip = !skip; next }
	inside && /^#endif$/ { skip = inside = 0; next }
	!skip' "$2"
}

# says STATUS TEXT ARGUMENT...: kpi-convert ends so, and says the text in a line
# of its own; its standard output is in made.c.
says() {
	want=$1 text=$2
	shift 2
	status=0
	tools/kpi-convert "$@" >"$tmp/made.c" 2>"$tmp/err" || status=$?
	echo "status $status"
	cat "$tmp/err"
	[ $status -eq "$want" ] && grep -qxF -- "$text" "$tmp/err"
}
