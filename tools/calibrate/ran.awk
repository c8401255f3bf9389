# How many windows of several threads in a rounds.jsonl had all of them running:
# on a busy machine a pair of threads is mostly one, which meets nobody.
function number(name) {
	if (!match($0, "\"" name "\":[0-9.e+-]*"))
		return 0
	return substr($0, RSTART + length(name) + 3, \
	    RLENGTH - length(name) - 3) + 0
}
/"kind":"window"/ && /"flavour":"bench"/ && /"status":"ok"/ && \
!/"workload":"handoff"/ && !/"variant":"late"/ && number("threads") > 1 && \
number("cpu_ns") > 0 {
	all++
	ran += number("cpu_ns") > 0.9 * number("threads") * number("window_ns")
}
END {
	if (all > 0)
		printf "in %.0f %% of the measured windows of several threads" \
		    " all ran for nine tenths of the time\n", 100 * ran / all
}
