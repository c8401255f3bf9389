# Of lines "cell, implementation, ns", sorted by all three: one line each with
# the median, the least and the most.
function put(	middle) {
	if (n == 0)
		return
	middle = (v[int((n + 1) / 2)] + v[int(n / 2) + 1]) / 2
	printf "%s\t%.10g\t%.10g\t%.10g\n", key, middle, v[1], v[n]
	n = 0
}
BEGIN { FS = "\t" }
$1 "\t" $2 != key { put(); key = $1 "\t" $2 }
{ v[++n] = $3 }
END { put() }
