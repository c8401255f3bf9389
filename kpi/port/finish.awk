# Finish a converted source: what the patch cannot say.
#	awk -v was=OLD -f code.awk -f finish.awk FILE
#
# 1. #include <sys/rwlock.h>, where the source locks objects or includes
#    <vm/vm_pager.h>, whose inline functions do, unless it is there: after
#    <sys/mutex.h>, or else the last of <sys/>, or else before the first.
# 2. An empty statement behind another goes: it was a loop's whole body.
# 3. An else joins the brace before it.
# 4. What the patch put too deep into a block that it opened comes back.
# 5. Code that grew beyond 80 columns is broken; lines that OLD has are not.
# 6. The backslashes of a macro stay in the column that its first line has.
# 7. A comment that OLD has already is not put there again.
# 8. A brace that the patch put behind a comment comes before it.

BEGIN {
	while ((getline line <was) > 0) {
		old[line] = 1
		old[before "\n" line] = 1
		before = line
	}
}

function width(s,    n, i) {
	for (i = 1; i <= length(s); i++)
		n += substr(s, i, 1) == "\t" ? 8 - n % 8 : 1
	return n
}

# The last column, in bytes, to break line n before, within 80; 0 if there is
# none: behind a comma, && or || or |, outside strings.
function break_at(s, blanked,    i, at, pair) {
	for (i = 2; i <= length(s); i++) {
		if (width(substr(s, 1, i - 1)) > 80)
			break
		pair = substr(blanked, i - 2, 2)
		if (substr(s, i, 1) == " " && (pair ~ /^.[,|]$/ ||
		    pair == "&&") && pair !~ /[(]/)
			at = i
	}
	return at
}

# Print s, a line of the statement indented by indent, as long as it may be.
function wrap(s, blanked, indent,    at) {
	while (width(s) > 80 && (at = break_at(s, blanked)) > 0) {
		print substr(s, 1, at - 1)
		s = indent substr(s, at + 1)
		blanked = indent substr(blanked, at + 1)
	}
	print s
}

# The block comment that a comment on one line, too long for it, becomes.
function block(s, indent,    word, n, i, line) {
	print indent "/*"
	n = split(s, word, " ")
	line = indent " *"
	for (i = 2; i < n; i++) {
		if (width(line " " word[i]) > 80) {
			print line
			line = indent " *"
		}
		line = line " " word[i]
	}
	print line
	print indent " */"
}

# A brace that the patch put behind a comment goes before it: no line of a
# comment ends with one.
function before_comments(    n, at, k, tail) {
	for (n = 1; n <= NR; n++) {
		if (raw[n] in old || !match(code[n], /[ \t]*[{][ \t]*$/) ||
		    raw[n] !~ /[*]\/[ \t]*[{][ \t]*$/)
			continue
		at = index(substr(code[n], RSTART), "{") + RSTART - 1
		for (k = n; within[k - 1]; )
			k--
		tail = k < n ? code[k] : substr(code[k], 1, at - 1)
		if (!match(tail, /[^ \t][ \t]*$/))
			continue
		raw[n] = substr(raw[n], 1, at - 1)
		sub(/[ \t]+$/, "", raw[n])
		code[n] = substr(code[n], 1, at - 1)
		raw[k] = substr(raw[k], 1, RSTART) " {" \
		    substr(raw[k], RSTART + 1)
		code[k] = substr(code[k], 1, RSTART) " {" \
		    substr(code[k], RSTART + 1)
	}
}

# Bring back lines that are deeper than their block, where its first line is
# new.  The last statement of a loop that was empty shows how it comes about.
# The lines of a comment go where its first line goes.
function straighten(    n, level, k, line, want, opens, from, to) {
	for (n = 1; n <= NR; n++) {
		line = code[n]
		if (line ~ /^[ \t]*#[ \t]*if/)
			level_at[++branches] = level
		else if (line ~ /^[ \t]*#[ \t]*el/)
			level = level_at[branches]
		else if (line ~ /^[ \t]*#[ \t]*endif/)
			branches--
		if (line ~ /^[ \t]*#/ || line ~ /\\$/)
			continue
		match(raw[n], /^[ \t]*/)
		want = level > 0 && fresh[level] && line !~ /^[ \t]*}/ && \
		    first[n] == n && before ~ /[;{}][ \t]*$/ ? \
		    open[level] "\t" : ""
		if (within[n - 1]) {
			if (from != "" && index(raw[n], from) == 1)
				raw[n] = to substr(raw[n], length(from) + 1)
		} else if (want != "" && raw[n] ~ /[^ \t]/ &&
		    width(substr(raw[n], 1, RLENGTH)) > width(want)) {
			from = substr(raw[n], 1, RLENGTH)
			to = want
			raw[n] = to substr(raw[n], RLENGTH + 1)
		} else
			from = ""
		match(raw[first[n]], /^[ \t]*/)
		opens = substr(raw[first[n]], 1, RLENGTH)
		for (k = 1; k <= length(line); k++)
			if (substr(line, k, 1) == "{") {
				open[++level] = opens
				fresh[level] = !(raw[n] in old)
			} else if (substr(line, k, 1) == "}" && level > 0)
				level--
		if (line ~ /[^ \t]/)
			before = line
	}
}

# Where the macro that line n belongs to has its backslashes: as its first line.
function margin(n) {
	n = first[n]
	return code[n] ~ /[ \t]\\$/ ? width(substr(raw[n], 1, \
	    length(raw[n]) - 1)) : 0
}

# Line n with its backslash in that column, if it is long enough.
function continued(n,    line, column) {
	line = raw[n]
	sub(/[ \t]*\\$/, "", line)
	for (column = margin(n); width(line) < column; )
		line = line (width(line "\t") <= column ? "\t" : " ")
	return line (column < width(line) || column == 0 ? " " : "") "\\"
}

function put(n,    indent) {
	if (!(raw[n] in old) && code[n] ~ /\\$/ && \
	    code[first[n]] ~ /^[ \t]*#/) {
		print continued(n)
		return
	}
	if (code[n] ~ /^[ \t]*;[ \t]*$/ && code[n - 1] ~ /;[ \t]*$/)
		return
	if (raw[n] ~ /^[ \t]*\/\* KPI: .*\*\/$/ && raw[n] == raw[n - 1])
		return
	if (raw[n] ~ /^[ \t]*\/\* KPI: .*\*\/$/ && width(raw[n]) > 80 &&
	    raw[n] !~ /KPI: not converted/) {
		match(raw[n], /^[ \t]*/)
		block(substr(raw[n], RLENGTH + 1), substr(raw[n], 1, RLENGTH))
		return
	}
	if (raw[n] in old || code[n] ~ /\\$/ || code[n] ~ /^[ \t]*(#|$)/) {
		print raw[n]
		return
	}
	match(raw[n], /^[ \t]*/)
	indent = substr(raw[n], 1, RLENGTH)
	wrap(raw[n], code[n], first[n] == n ? indent "    " : indent)
}

function best(n, why) {
	if (level == 0 && why >= rank) {
		rank = why
		place = n
	}
}

END {
	before_comments()
	straighten()
	for (n = 1; n <= NR; n++) {
		if (code[n] ~ /^[ \t]*#[ \t]*if/)
			level++
		else if (code[n] ~ /^[ \t]*#[ \t]*endif/)
			level--
		if (code[n] ~ /(VM_OBJECT_[A-Z_]*LOCK|VM_OBJECT_SLEEP|rw_wowned)/)
			wanted = 1
		if (raw[n] !~ /^[ \t]*#[ \t]*include/)
			continue
		if (raw[n] ~ /<sys\/rwlock.h>/)
			there = 1
		if (raw[n] ~ /<vm\/vm_pager.h>/)
			wanted = 1
		if (raw[n] ~ /<sys\/mutex.h>/)
			best(n, 3)
		else if (raw[n] ~ /<sys\//)
			best(n, 2)
		else if (rank < 1)
			best(n - 1, 1)
	}
	if (!wanted || there || rank == 0)
		place = -1
	for (n = 0; n <= NR; n++) {
		if (raw[n] ~ /^[ \t]*}$/ && raw[n + 1] ~ /^[ \t]*else/ &&
		    !((raw[n] "\n" raw[n + 1]) in old)) {
			sub(/^[ \t]*/, "", raw[n + 1])
			raw[n + 1] = raw[n] " " raw[n + 1]
			sub(/^[ \t]*/, "", code[n + 1])
			code[n + 1] = code[n] " " code[n + 1]
			continue
		}
		if (n > 0)
			put(n)
		if (n == place)
			print "#include <sys/rwlock.h>"
	}
}
