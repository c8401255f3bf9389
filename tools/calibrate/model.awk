# A model file of what was measured: machine-costs, transfer.json, medians of
# the run, and the figures of a known machine for what this one does not show.
#
# Before each file stands kind=, what it is: known, costs, transfer, medians or
# bases.
# -v topology: the model's.  -v plain, -v bulk: factors to all bases and to
# bulk_line, to see what follows.
function say(name, value, estimate) {
	if (estimate)
		print "# estimate:"
	printf "%s\t%.6g\n", name, value
}
# Of one level: the median over its pairs of the least of repeats.
function transfer(level,	i, j, t) {
	for (i = 2; i <= npairs[level]; i++)
		for (j = i; j > 1 && pair[level, j] < pair[level, j - 1]; j--) {
			t = pair[level, j]
			pair[level, j] = pair[level, j - 1]
			pair[level, j - 1] = t
		}
	return pair[level, int((npairs[level] + 1) / 2)]
}
BEGIN {
	nlevels = split("smt l3 package remote", levels, " ")
	level_of["core"] = "smt"
	level_of["l3"] = "l3"
	level_of["node"] = level_of["package"] = "package"
	level_of["machine"] = "remote"
}
kind == "known" && !/^#/ && NF == 2 { known[$1] = $2 }
kind == "costs" && NF == 2 { cost[$1] = $2 }
kind == "bases" && NF == 2 { base[++nbases] = $1; value[$1] = $2 }
kind == "transfer" && /"level":/ { gsub(/[",]/, ""); level = level_of[$2] }
kind == "transfer" && /"ns_min":/ { pair[level, ++npairs[level]] = $2 + 0 }
kind == "medians" && $2 == "-" { row[$1] = $3 }
END {
	printf "topology\t%s\n", topology
	# What is not here: as far from what is as on the known machine.
	for (i = 1; i <= nlevels; i++)
		if (npairs[levels[i]] > 0) {
			factor = transfer(levels[i]) / \
			    known["transfer_" levels[i]]
			break
		}
	if (factor == 0)
		factor = 1
	for (i = 1; i <= nlevels; i++) {
		name = "transfer_" levels[i]
		if (npairs[levels[i]] > 0) {
			v = transfer(levels[i])
			factor = v / known[name]
			say(name, v)
		} else
			say(name, v = known[name] * factor, 1)
	}
	say("transfer_far", 1.35 * v, 1)
	v = "memory_local" in cost ? cost["memory_local"] : known["memory_local"]
	say("memory_local", v)
	say("memory_remote", v *= known["memory_remote"] / \
	    known["memory_local"], 1)
	say("memory_far", 1.3 * v, 1)
	say("plain", value["plain"] * plain)
	if (npairs["smt"] > 0 && cost["smt"] >= 1 && cost["smt"] <= 2)
		say("smt", cost["smt"])
	else
		say("smt", known["smt"], 1)
	pair_ns = row["primitive/cas_pair/private/t1"] - \
	    row["primitive/empty_loop/private/t1"]
	if (pair_ns > 0)
		say("rmw", pair_ns / 2)
	else
		say("rmw", known["rmw"], 1)
	n = split("serve sharer hint sleep unpark wake", names, " ")
	for (i = 1; i <= n; i++)
		if (names[i] in cost)
			say(names[i], cost[names[i]])
		else
			say(names[i], known[names[i]], 1)
	say("bulk_line", value["bulk_line"] * bulk)
	for (i = 1; i <= nbases; i++)
		if (base[i] ~ /^plain\./)
			say(base[i], value[base[i]] * plain)
}
