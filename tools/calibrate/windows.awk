# Windows of a rounds.jsonl as lines "cell, implementation, ns an operation",
# tab-separated.  A single thread's time is that of its CPU, where it was told:
# what else ran on the machine meanwhile is not in it; but for "late", which
# sleeps.
function text(name,	s) {
	if (!match($0, "\"" name "\":\"[^\"]*\""))
		return ""
	s = substr($0, RSTART, RLENGTH - 1)
	return substr(s, length(name) + 5)
}
function number(name) {
	if (!match($0, "\"" name "\":[0-9.e+-]*"))
		return 0
	return substr($0, RSTART + length(name) + 3, \
	    RLENGTH - length(name) - 3) + 0
}
text("kind") == "window" && text("flavour") == "bench" && \
text("status") == "ok" && number("ops_per_s_total") > 0 {
	cell = text("cell")
	sub(/\/[^\/]*$/, "", cell)
	ns = 1e9 / number("ops_per_s_total")
	if (number("threads") == 1 && number("cpu_ns") > 0 && \
	    text("variant") != "late")
		ns = number("cpu_ns") / number("ops")
	printf "%s\t%s\t%.10g\n", cell, text("impl"), ns
}
