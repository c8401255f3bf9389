# Where a guard may begin or end: a line for each end of a line, the first
# line's beginning being the first, with a tab between whether a statement ends
# there and the blocks that it is in.
#	awk -f code.awk -f bounds.awk FILE
# Blocks are braces and branches of #if, named by where they begin: what begins
# and ends in the same ones has all its braces and directives closed.  A
# statement includes the comment "KPI: ..." over it, its else, and the while of
# its do.

function push(name) {
	block[++depth] = name
	follows_do[depth] = last == "do"
}

# The blocks around, outermost first.
function around(    i, text) {
	for (i = 1; i <= level; i++)
		text = text "#" branch[i] "/"
	for (i = 1; i <= depth; i++)
		text = text block[i] "/"
	return text
}

# The braces open at an #if are those open again at its #else.
function directive(n, line,    i) {
	if (line ~ /^[ \t]*#[ \t]*if/) {
		branch[++level] = n
		parens_at[level] = parens
		depth_at[level] = depth
		for (i = 1; i <= depth; i++)
			block_at[level, i] = block[i]
	} else if (line ~ /^[ \t]*#[ \t]*el/ && level > 0) {
		branch[level] = n
		parens = parens_at[level]
		depth = depth_at[level]
		for (i = 1; i <= depth; i++)
			block[i] = block_at[level, i]
	} else if (line ~ /^[ \t]*#[ \t]*endif/ && level > 0)
		level--
}

# What the code of line n opens and closes; last is what it ends with.
function read(n, line,    word) {
	for (; match(line, /[A-Za-z_0-9]+|[^ \t]/); \
	    line = substr(line, RSTART + RLENGTH)) {
		word = substr(line, RSTART, RLENGTH)
		if (word ~ /[[(]/)
			parens++
		else if (word ~ /[])]/)
			parens--
		else if (word == "{")
			push(n "." length(line))
		else if (word == "}" && depth > 0 && follows_do[depth--])
			word = "while"
		last = word
	}
}

# Does the code behind line n go on with an else?  Directives may be between.
function goes_on(n) {
	while (++n <= NR)
		if (code[n] ~ /[^ \t]/ && code[first[n]] !~ /^[ \t]*#/)
			return code[n] ~ /^[ \t]*else([^A-Za-z_0-9]|$)/
	return 0
}

function ends(n) {
	if (within[n] || noted || parens > 0 || first[n + 1] == first[n])
		return 0
	if (last ~ /^[;{}]?$/)
		return !goes_on(n)
	return last == ":" && \
	    code[n] ~ /^[ \t]*(case .*|[A-Za-z_][A-Za-z_0-9]*[ \t]*):[ \t]*$/
}

END {
	print 1 "\t"
	for (n = 1; n <= NR; n++) {
		if (code[first[n]] ~ /^[ \t]*#/) {
			directive(n, code[n])
			noted = 0
		} else if (code[n] ~ /[^ \t]/) {
			read(n, code[n])
			noted = 0
		} else if (raw[n] ~ /[*] KPI: /)
			noted = 1
		print ends(n) "\t" around()
	}
}
