# Costs that make the simulated time of a thread the measured one.
#
# Files, in this order: the bases until now ("name, ns"), medians of the run,
# and three simulated runs ("cell, implementation, ns"): with these bases, with
# STEP times all plain ones, and with STEP times bulk_line.  A simulated time is
# a + b * plain + c * bulk_line; from three runs a, b and c of each cell follow.
#
# plain is one number a workload, for all variants and implementations, that
# makes the squares of the logarithms of simulated by measured least; "late" and
# "file", which are the time of a disk and of the host's files, are left out.
# bulk_line
# is the median over implementations of what makes "copy" take longer than
# "bare" by as much as was measured; nothing else tells it from plain.
function error_of(w, p,	i, e, t) {
	e = 0
	for (i = 1; i <= n; i++)
		if (workload[i] == w) {
			t = a[i] + b[i] * p + c[i] * bulk
			t = log((t > 1e-3 ? t : 1e-3) / ns[i])
			e += t * t
		}
	return e
}
function solve(w,	low, high, x, y, i) {
	low = log(1e-3)
	high = log(1e3)
	for (i = 0; i < 60; i++) {
		x = low + (high - low) / 3
		y = high - (high - low) / 3
		if (error_of(w, exp(x)) < error_of(w, exp(y)))
			high = y
		else
			low = x
	}
	return exp((low + high) / 2)
}
function solve_bulk(	i, j, m, k, list, t, bare) {
	m = 0
	for (i = 1; i <= n; i++) {
		if (variant[i] != "copy")
			continue
		bare = workload[i] "\t" impl[i]
		if (!(bare in bare_of))
			continue
		j = bare_of[bare]
		if (c[i] - c[j] <= 0)
			continue
		k = (ns[i] - ns[j] - (a[i] - a[j]) - (b[i] - b[j]) * \
		    p_of[workload[i]]) / (c[i] - c[j])
		list[++m] = k > 0.01 ? k : 0.01
	}
	for (i = 2; i <= m; i++)
		for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
			t = list[j]
			list[j] = list[j - 1]
			list[j - 1] = t
		}
	if (m > 0)
		bulk = (list[int((m + 1) / 2)] + list[int(m / 2) + 1]) / 2
}
BEGIN { FS = "\t"; STEP = 1.25 }
FNR == 1 { file++ }
file == 1 { was[$1] = $2 }
file == 2 && $1 ~ /\/t1$/ { native[$1, $2] = $3 }
file >= 3 { sim[file, $1, $2] = $3 }
file == 3 && ($1, $2) in native && $2 != "null" && $2 !~ /\.again$/ {
	split($1, part, "/")
	if (part[2] == "late" || part[2] == "file")
		next
	workload[++n] = part[1]
	variant[n] = part[2]
	impl[n] = $2
	cell[n] = $1
	ns[n] = native[$1, $2]
	if (!(part[1] in p_of)) {
		order[++nworkloads] = part[1]
		p_of[part[1]] = "plain." part[1] in was ? \
		    was["plain." part[1]] : was["plain"]
	}
	if (part[2] == "bare")
		bare_of[part[1] "\t" $2] = n
}
END {
	if (n == 0)
		exit 1
	bulk = was["bulk_line"]
	for (i = 1; i <= n; i++) {
		p = p_of[workload[i]]
		t = sim[3, cell[i], impl[i]]
		b[i] = (sim[4, cell[i], impl[i]] - t) / ((STEP - 1) * p)
		c[i] = (sim[5, cell[i], impl[i]] - t) / ((STEP - 1) * bulk)
		a[i] = t - b[i] * p - c[i] * bulk
	}
	for (k = 0; k < 12; k++) {
		for (i = 1; i <= nworkloads; i++)
			p_of[order[i]] = solve(order[i])
		solve_bulk()
	}
	for (i = 1; i <= nworkloads; i++)
		sum += log(p_of[order[i]])
	printf "plain\t%.4g\nbulk_line\t%.4g\n", exp(sum / nworkloads), bulk
	for (i = 1; i <= nworkloads; i++)
		printf "plain.%s\t%.4g\n", order[i], p_of[order[i]]
}
