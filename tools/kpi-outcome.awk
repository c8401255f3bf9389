# kpi-outcome.awk -v name=CONSUMER TESTS LOG: how each test of a consumer ended.
#
# TESTS has a line "test<TAB>consumer" a test, LOG is what test/run.c wrote.
# Writes test, outcome, detail, tab separated.  What differs from run to run,
# addresses and the thread, is left out.  Who dies and has not panicked has
# crashed; so has a test of which LOG says nothing, for the runner itself ended.
BEGIN { FS = "\t" }
NR == FNR {
	consumer[$1] = $2
	all[++tests] = $1
	next
}

# The test has no more to say.
function close_test() {
	if (test == "")
		return
	gsub(/0x[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]+/, \
	    "ADDRESS", said)
	gsub(/\t/, " ", said)
	printf "%s\t%s\t%s\n", test, outcome, said
	told[test] = 1
	test = ""
}

/^(ok|not ok) - / {
	close_test()
	test = $0
	sub(/^[^\/]*\/[^\/]*\//, "", test)
	said = test
	sub(/:.*/, "", test)
	sub(/^[^:]*: */, "", said)
	outcome = /^ok/ ? "ok" : said == "timed out" ? "hang" : \
	    said == "died" ? "crash" : "assertion"
	if (outcome == "ok")
		said = ""
	if (consumer[test] != name)
		test = ""
	next
}
test == "" { next }
/, wait status 0x[0-9a-f]+/ && said == "died" {
	status = $0
	sub(/.*wait status 0x/, "", status)
	# If it has not panicked, the signal, as a trap would have it.
	said = status == "b" || status == "8b" ? \
	    "died of a wild pointer (SIGSEGV)" : \
	    "died, wait status 0x" status
}
/^#   panic: / && (outcome == "crash" || outcome == "assertion") {
	outcome = "assertion"
	said = substr($0, 12)
	sub(/^thread [0-9]+, CPU [0-9]+: /, "", said)
	if (said ~ /CHECK failed|left behind/)
		outcome = "oracle"
}
/^#   (panic: )?oracle: / && outcome != "ok" && outcome != "hang" {
	outcome = "oracle"
	said = $0
	sub(/.*oracle: /, "", said)
}
END {
	close_test()
	for (i = 1; i <= tests; i++)
		if (consumer[all[i]] == name && !(all[i] in told))
			printf "%s\tcrash\twas not run\n", all[i]
}
