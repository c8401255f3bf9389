# C source as lines: raw[n] as it stands, code[n] with comments and the insides
# of strings blanked, first[n] the line on which the statement or directive that
# line n belongs to begins, within[n] whether it ends inside a comment.  A CR at
# the end of a line is not among them.  For the programs beside this one, which
# act at END:
#	awk -f code.awk -f uses.awk FILE
# A statement's lines are those that open parentheses or a backslash tie
# together; a line of its own is the common case.

# Blank what is no code; in_comment is kept from line to line.
function blank(line,    out, rest, n, end) {
	out = ""
	rest = line
	for (;;) {
		if (in_comment) {
			n = index(rest, "*/")
			if (n == 0)
				return out spaces(length(rest))
			out = out spaces(n + 1)
			rest = substr(rest, n + 2)
			in_comment = 0
		}
		if (!match(rest, /["']|\/\*|\/\//))
			return out rest
		n = RSTART
		out = out substr(rest, 1, n - 1)
		if (substr(rest, n, 2) == "//")
			return out spaces(length(rest) - n + 1)
		if (substr(rest, n, 2) == "/*") {
			out = out "  "
			rest = substr(rest, n + 2)
			in_comment = 1
			comment_at = NR
			continue
		}
		end = quoted(substr(rest, n))
		out = out substr(rest, n, 1) spaces(end - 2) \
		    substr(rest, n + end - 1, 1)
		rest = substr(rest, n + end)
	}
}

# Length of the string or character constant that s begins with.
function quoted(s,    q, i) {
	q = substr(s, 1, 1)
	for (i = 2; i <= length(s); i++) {
		if (substr(s, i, 1) == "\\")
			i++
		else if (substr(s, i, 1) == q)
			return i
	}
	return length(s)
}

function spaces(n) {
	return n > 0 ? sprintf("%" n "s", "") : ""
}

# How many more ( than ) are in s.
function opened(s,    t) {
	t = s
	return gsub(/[(]/, "", s) - gsub(/[)]/, "", t)
}

{
	sub(/\r$/, "")
	raw[NR] = $0
	code[NR] = blank($0)
	within[NR] = in_comment
	if (code[NR] ~ /^[ \t]*#/ && !tied)
		depth = 0
	first[NR] = depth > 0 || tied ? first[NR - 1] : NR
	tied = code[NR] ~ /\\$/
	depth += opened(code[NR])
	if (depth < 0)
		depth = 0
}
