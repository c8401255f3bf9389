# Both versions of what differs, each under a guard, as whole statements.
#	awk -v since=VERSION -v old=BOUNDS -v new=BOUNDS -v map=MAP \
#	    -f guard.awk EDITS
# BOUNDS are what bounds.awk says of each version.  EDITS has the lines of both,
# behind a space that of both, - that of the old one alone, + that of the new.
# MAP, written, has the line of the result for each line of the new one.
#
# 1. What differs grows until it is whole statements in the same blocks: taking
#    either side of every guard gives one of the versions, line by line.
# 2. What was not converted is an #error in the new one, with the reason.
# 3. <sys/param.h>, which defines the version, is included before.

# The bounds of one version: whether a statement ends behind line n, and in
# what.
function bounds(file, version,    n, line, part) {
	for (n = 0; (getline line <file) > 0; n++) {
		split(line, part, "\t")
		whole[version, n] = part[1]
		blocks[version, n] = part[2]
		deep[version, n] = gsub("/", "/", part[2])
	}
}

BEGIN {
	bounds(old, "-")
	bounds(new, "+")
}

{
	kind[NR] = substr($0, 1, 1)
	text[NR] = substr($0, 2)
	at["-", NR] = at["-", NR - 1] + (kind[NR] != "+")
	at["+", NR] = at["+", NR - 1] + (kind[NR] != "-")
}

# May a guard begin or end behind edit k?
function may(k) {
	return k == 0 || k == NR || \
	    (kind[k] == " " || kind[k + 1] == " ") && \
	    whole["-", at["-", k] + 0] && whole["+", at["+", k] + 0]
}

function same(version, a, b) {
	return blocks[version, at[version, a] + 0] == \
	    blocks[version, at[version, b] + 0]
}

function depth(k) {
	return deep["-", at["-", k] + 0] + deep["+", at["+", k] + 0]
}

# Grow what is behind edit begin up to edit end, at the end that is deeper in.
function grow(    deeper) {
	for (;;) {
		while (!may(begin))
			begin--
		while (!may(end))
			end++
		if (same("-", begin, end) && same("+", begin, end) || \
		    begin == 0 && end == NR)
			return
		deeper = depth(begin) - depth(end)
		if (end < NR && (deeper <= 0 || begin == 0))
			end++
		if (begin > 0 && (deeper >= 0 || end == NR))
			begin--
	}
}

# from[i] and to[i], the edits that guard i holds.
function guards(    k) {
	for (k = 1; k <= NR; k++) {
		if (kind[k] == " ")
			continue
		begin = k - 1
		while (k < NR && kind[k + 1] != " ")
			k++
		end = k
		grow()
		while (count > 0 && begin <= to[count]) {
			begin = from[count] < begin ? from[count] : begin
			end = to[count] > end ? to[count] : end
			count--
			grow()
		}
		from[++count] = begin
		to[count] = end
		k = end
	}
}

# The edit before which <sys/param.h> is to be included; 0 if it is there.
function param_at(    k, place, code_at) {
	for (k = 1; k <= from[1]; k++) {
		if (code_at == 0 && text[k] !~ /^[ \t]*([\/ ]\*|$)/)
			code_at = k
		if (text[k] !~ /^[ \t]*#[ \t]*include/ || \
		    blocks["-", at["-", k]] ~ /#/)
			continue
		if (text[k] ~ /<sys\/param.h>/)
			return 0
		if (place == 0 && text[k] !~ /<sys\/cdefs.h>/)
			place = k
	}
	return place > 0 ? place : code_at > 0 ? code_at : from[1] + 1
}

function put(line) {
	print line
	lines++
}

# The side of guard i that has these lines; says whether there are any.
function side(i, version, head,    k, any) {
	for (k = from[i] + 1; k <= to[i]; k++) {
		if (kind[k] != " " && kind[k] != version)
			continue
		if (!any++)
			put(head)
		if (version == "+") {
			print lines + 1 >map
			if (match(text[k], /KPI: not converted: .*[.] \*\/$/)) {
				put("#error \"" substr(text[k], RSTART, \
				    RLENGTH - 3) "\"")
				continue
			}
		}
		put(text[k])
	}
	return any > 0
}

END {
	guards()
	param = count > 0 ? param_at() : 0
	printf "" >map
	for (k = i = 1; k <= NR; k++) {
		if (k == param)
			put("#include <sys/param.h>")
		if (i <= count && k == from[i] + 1) {
			both = side(i, "+", "#if __FreeBSD_version >= " since)
			if (side(i, "-", both ? "#else" : \
			    "#if __FreeBSD_version < " since) || both)
				put("#endif")
			k = to[i++]
			continue
		}
		print lines + 1 >map
		put(text[k])
	}
}
