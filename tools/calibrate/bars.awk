# What validation.tsv says of a bar, -v what=one or two.  one: by how many per
# cent the workload that is farthest off is so, all its cells of one thread
# taken together, and which it is.  two: how many verdicts of more threads are
# simulated otherwise, and of how many.
function abs(x) { return x < 0 ? -x : x }
BEGIN { FS = "\t" }
/^#/ { next }
what == "two" && $3 > 1 && $15 != "-" { n++; wrong += $15 == "no" }
what == "one" && $3 == 1 {
	split($1, part, "/")
	if (part[2] == "late" || part[2] == "file")
		next
	sum[part[1]] += log(1 + $8 / 100)
	count[part[1]]++
}
END {
	if (what == "two") {
		print wrong + 0, "of " n + 0
		exit
	}
	for (w in sum) {
		off = 100 * (exp(sum[w] / count[w]) - 1)
		if (worst == "" || abs(off) > worst) {
			worst = abs(off)
			name = w
		}
	}
	printf "%.1f %s\n", worst, name
}
