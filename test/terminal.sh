#!/bin/sh
# The summary on a terminal, and on what is none.
#
# Usage: test/terminal.sh [REPORT].  Method: a run made of a few lines, printed
# into a pipe and, through script(1), on a terminal; escape codes, width and
# letters are then counted.
set -u
report=$(realpath "${1:-build/report}")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
unset NO_COLOR COLUMNS
failed=0
escape=$(printf '\033')

ok()
{
	name=$1
	shift
	if "$@" >out 2>&1; then
		echo "ok - $name"
	else
		echo "not ok - $name"
		cat -v out | sed 's/^/#   /'
		failed=1
	fi
}

# Thirty rounds of two cells: one a fifth faster, one as fast.
mkdir run
awk 'BEGIN {
	split("old_vpo_wanted old_vpo_wanted.again sxbusy", impl, " ")
	for (round = 0; round < 30; round++)
		for (w = 1; w <= 2; w++)
			for (i = 1; i <= 3; i++) {
				cell = "workload_" w "/-/private/t1/compact"
				rate = 1000 + (7 * round + 3 * i + w) % 5
				if (w == 1 && i == 3)
					rate *= 1.2
				printf "{\"kind\":\"window\",\"cell\":\"%s\"," \
				    "\"workload\":\"workload_%d\"," \
				    "\"variant\":\"-\",\"sharing\":\"private\"," \
				    "\"threads\":1,\"placement\":\"compact\"," \
				    "\"home\":0,\"impl\":\"%s\"," \
				    "\"flavour\":\"bench\",\"round\":%d," \
				    "\"status\":\"ok\",\"overlap\":1," \
				    "\"ops_per_s_total\":%g," \
				    "\"start_skew_ns\":0}\n", cell, w, impl[i], \
				    round, rate
			}
}' >run/rounds.jsonl

# on_terminal COMMAND: its output on a terminal of 100 columns.
on_terminal()
{
	script -qec "stty cols 100; $1" /dev/null </dev/null | tr -d '\r'
}

# ok_on_terminal: the same as ok, where the system has terminals to give: a
# bare chroot without devpts has none.
ok_on_terminal()
{
	if script -qec true /dev/null </dev/null >out 2>&1; then
		ok "$@"
	else
		echo "skip - $1: $(head -n 1 out)"
	fi
}

coloured()
{
	on_terminal "TERM=xterm LC_ALL=C.UTF-8 $report run --summary" >said
	cat said
	grep -q "$escape\[36m●$escape\[0m" said
}

# plain COMMAND: without an escape code, and with its mark.
plain()
{
	on_terminal "$1" >said
	cat said
	grep -q workload_1 said && ! grep -q "$escape" said
}

piped()
{
	TERM=xterm LC_ALL=C.UTF-8 "$report" run --summary | cat >said
	cat said
	grep -q '●' said && ! grep -q "$escape" said
}

ascii()
{
	LC_ALL=C "$report" run --summary >said
	cat said
	grep -q 'sxbusy .*#' said && ! LC_ALL=C grep -q '[^ -~]' said
}

# fits COLUMNS: every line does, and a strip uses most of the line.
fits()
{
	COLUMNS=$1 LC_ALL=C "$report" run --summary >said
	cat said
	awk -v most="$1" 'length > most { bad = 1 }
	    / sxbusy .*\|/ && length > longest { longest = length }
	    END { exit bad || longest < (most < 86 ? most - 5 : 80) }' said
}

# The terminal itself says 100.
asks_terminal()
{
	on_terminal "NO_COLOR=1 LC_ALL=C $report run --summary" >said
	cat said
	awk '/ sxbusy .*\|/ { n = length } END { exit !(n > 80 && n <= 100) }' \
	    said
}

says()
{
	LC_ALL=C "$report" run --summary >said
	cat said
	tr '\n' ' ' <said | grep -q "$1"
}

ok_on_terminal "colour on a terminal" coloured
ok_on_terminal "NO_COLOR is honoured" plain \
    "NO_COLOR=1 TERM=xterm $report run --summary"
ok_on_terminal "a dumb terminal gets no codes" plain \
    "TERM=dumb $report run --summary"
ok "no codes into a pipe" piped
ok "plain ASCII where the locale has no more" ascii
for columns in 60 72 80 100; do
	ok "a line fits $columns columns" fits $columns
done
ok_on_terminal "the terminal is asked for its width" asks_terminal
ok "the verdict" says "^.*sxbusy: faster in 1 of 2 cells (1.20x), \
slower in 0, not  *resolved in 1"
ok "the noise floor" says "identical code differs by up to 0\.[0-9]* %"
ok "what was decided, and what that lacks" \
    says "KPI: no step is decided yet: make kpi,  *then"
ok "where the data are" says "data: *run/rounds.jsonl"
exit $failed
