# The first bracket without its fellow, as "LINE: what is wrong"; nothing, where
# all have one.
#	awk [-v alternative=1] -f code.awk -f balance.awk FILE
# Under #if the first text counts, or with an alternative that of #else alone.
# Directives themselves, and so the bodies of macros, do not count; where such a
# body opens or closes a bracket of others, nothing is said.

# A bracket of line n; returns what is wrong.
function bracket(n, c,    top) {
	if (c ~ /[[({]/) {
		kind[++open] = c
		opened_at[open] = n
		return ""
	}
	top = open > 0 ? kind[open] : ""
	if (top c == "()" || top c == "{}" || top c == "[]") {
		open--
		return ""
	}
	return open > 0 ? unclosed() : n ": nothing opens this " c
}

function unclosed() {
	return opened_at[open] ": nothing closes this " kind[open]
}

function directive(line) {
	if (line ~ /^[ \t]*#[ \t]*if/)
		skipped[++level] = alternative
	else if (line ~ /^[ \t]*#[ \t]*else/)
		skipped[level] = !alternative
	else if (line ~ /^[ \t]*#[ \t]*elif/)
		skipped[level] = 1
	else if (line ~ /^[ \t]*#[ \t]*endif/ && level > 0)
		level--
}

# Does the macro of line n, its last, open what it does not close, or close what
# it did not open?
function lopsided(n,    line, i) {
	if (code[n] ~ /\\$/ || code[first[n]] !~ /^[ \t]*#[ \t]*define/)
		return 0
	for (i = first[n]; i <= n; i++)
		line = line code[i]
	i = line
	return gsub(/[[({]/, "", line) != gsub(/[])}]/, "", i)
}

function counts(    i) {
	for (i = 1; i <= level; i++)
		if (skipped[i])
			return 0
	return 1
}

END {
	for (n = 1; n <= NR && wrong == ""; n++) {
		if (code[first[n]] ~ /^[ \t]*#/) {
			directive(code[n])
			if (lopsided(n))
				exit
			continue
		}
		if (!counts())
			continue
		for (i = 1; i <= length(code[n]) && wrong == ""; i++)
			if ((c = substr(code[n], i, 1)) ~ /[][(){}]/)
				wrong = bracket(n, c)
	}
	if (in_comment)
		wrong = comment_at ": nothing closes this comment"
	else if (wrong == "" && open > 0)
		wrong = unclosed()
	if (wrong != "")
		print wrong
}
