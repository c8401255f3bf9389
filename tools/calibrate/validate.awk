# Simulated against measured: a table, and to -v summary=FILE what it says.
#
# Files, in this order: medians of the run, the report's cells.tsv, medians of
# the simulated run.  A simulated ratio within a thousandth of 1 is "same".
function verdict(ratio) {
	return ratio > 1.001 ? "faster" : ratio < 0.999 ? "slower" : "same"
}
function abs(x) { return x < 0 ? -x : x }
BEGIN {
	FS = OFS = "\t"
	base = "old_vpo_wanted"
	print "# simulated against measured; ns an operation of all threads " \
	    "together, the interval from the least to the most of the rounds;" \
	    " ratios of throughput to " base
	print "# cell\timpl\tthreads\tnative_ns\tnative_lo\tnative_hi\t" \
	    "simulated_ns\tresidual_percent\tratio\tratio_lo\tratio_hi\t" \
	    "verdict\tsimulated_ratio\tsimulated_verdict\tagree"
}
FNR == 1 { file++ }
/^#/ { next }
file == 1 { native[$1, $2] = $3; range[$1, $2] = $4 OFS $5 }
file == 2 {
	key = $2 "/" ($3 == "" ? "-" : $3) "/" $4 "/t" $5 SUBSEP $8
	judged[key] = $NF
	ratio[key] = $13 OFS $14 OFS $15
}
file == 3 { sim[$1, $2] = $3; cells[++n] = $1; impls[n] = $2 }
END {
	for (i = 1; i <= n; i++) {
		key = cells[i] SUBSEP impls[i]
		if (!(key in native) || impls[i] == "null")
			continue
		row(cells[i], impls[i], key)
	}
	conclude()
}
function row(cell, impl, key,	threads, r, part, residual, v, sv, agree) {
	threads = cell
	sub(/.*\/t/, "", threads)
	residual = 100 * (sim[key] / native[key] - 1)
	r = sim[cell, base] / sim[key]
	v = key in judged ? judged[key] : "-"
	sv = impl == base ? "-" : verdict(r)
	agree = v != "faster" && v != "slower" ? "-" : v == sv ? "yes" : "no"
	print cell, impl, threads, sprintf("%.5g", native[key]), range[key], \
	    sprintf("%.5g", sim[key]), sprintf("%+.1f", residual), \
	    key in ratio ? ratio[key] : "NaN\tNaN\tNaN", v, \
	    sprintf("%.4f", r), sv, agree
	split(cell, part, "/")
	if (threads == 1)
		single(part[1] (part[2] == "late" || part[2] == "file" ? \
		    "/" part[2] " (not fitted)" : ""), cell " " impl, residual)
	else if (agree != "-") {
		resolved++
		right += agree == "yes"
		if (agree == "no")
			wrong[++nwrong] = sprintf("  %-32s %-13s %s, " \
			    "%.3f; simulated %s, %.3f", cell, impl, v, \
			    ratio[key], sv, r)
	}
}
function single(w, what, residual) {
	if (!(w in count))
		order[++nworkloads] = w
	count[w]++
	within[w] += abs(residual) <= 15
	sum[w] += log(1 + residual / 100)
	if (!(w in worst) || abs(residual) > abs(worst[w])) {
		worst[w] = residual
		worst_is[w] = what
	}
}
function conclude(	i, w, all, ok) {
	print "one thread, simulated against measured" > summary
	printf "  %-30s %8s %11s %8s  %s\n", "workload", "mean %", \
	    "within 15 %", "worst %", "where" > summary
	for (i = 1; i <= nworkloads; i++) {
		w = order[i]
		printf "  %-30s %+8.1f %7d of %d %+8.1f  %s\n", w, \
		    100 * (exp(sum[w] / count[w]) - 1), within[w], count[w], \
		    worst[w], worst_is[w] > summary
		if (w ~ /not fitted/)
			continue
		all += count[w]
		ok += within[w]
	}
	printf "  %d of %d within 15 %%\n", ok, all > summary
	printf "several threads: of %d verdicts that the measured data " \
	    "resolve, %d are the simulation's%s\n", resolved, right, \
	    (nwrong > 0 ? "; not:" : "") > summary
	for (i = 1; i <= nwrong; i++)
		print wrong[i] > summary
}
