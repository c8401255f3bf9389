# kpi-outcome.awk -v name=CONSUMER TESTS LOG: outcome and detail of a consumer.
#
# TESTS has a line "test<TAB>consumer" a test, LOG is what test/run.c wrote.  Of
# several tests that fail, what the worst says: a panic tells more than wrong
# data, wrong data more than a hang.  What differs from run to run, addresses and
# the thread, is left out.
BEGIN { FS = "\t" }
NR == FNR {
	if ($2 == name)
		mine[$1] = 1
	next
}

function judge(outcome, what) {
	if (rank[outcome] > rank[worst]) {
		worst = outcome
		detail = what
	}
}

# The test that failed has no more to say.
function close_test() {
	if (failing == "")
		return
	gsub(/0x[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]+/, \
	    "ADDRESS", said)
	judge(outcome, failing ": " said)
	failed++
	failing = ""
}

BEGIN {
	rank["ok"] = 1
	rank["hang"] = 2
	rank["oracle"] = 3
	rank["assertion"] = 4
}

/^(ok|not ok) - / {
	close_test()
	test = $0
	sub(/^[^\/]*\/[^\/]*\//, "", test)
	why = test
	sub(/:.*/, "", test)
	sub(/^[^:]*: */, "", why)
	if (!(test in mine))
		next
	ran++
	if (/^ok/) {
		judge("ok", "")
		next
	}
	failing = test
	outcome = why == "timed out" ? "hang" : "assertion"
	said = why
	next
}
failing == "" { next }
/, wait status 0x[0-9a-f]+/ && said == "died" {
	status = $0
	sub(/.*wait status 0x/, "", status)
	# No panic: the signal, as a trap would have it.
	said = status == "b" || status == "8b" ? \
	    "died of a wild pointer (SIGSEGV)" : \
	    "died, wait status 0x" status
}
/^#   panic: / && outcome == "assertion" {
	said = substr($0, 12)
	sub(/^thread [0-9]+, CPU [0-9]+: /, "", said)
}
/^#   (panic: )?oracle: / && outcome == "assertion" {
	outcome = "oracle"
	said = $0
	sub(/.*oracle: /, "", said)
}
/^#   panic: .*CHECK failed/ || /^#   panic: .*left behind/ {
	if (outcome == "assertion")
		outcome = "oracle"
}

END {
	close_test()
	if (ran == 0)
		judge("assertion", "none of its tests was run")
	if (failed > 1)
		detail = failed " of " ran " tests, " detail
	gsub(/\t/, " ", detail)
	printf "%s\t%s", worst, detail == "" ? ran " tests" : detail
}
