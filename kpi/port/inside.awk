# Move comments from inside the parentheses of a sleep to behind its line: the
# patch writes the call anew, and would drop them.
#	awk -f code.awk -f inside.awk FILE
# One of several lines becomes one line.  One in a macro's body stays where it is.

# Take the comments from line n, columns from to to; they are in taken.
function take(n, from, to,    at, c, quote, len) {
	for (at = from; at < to; at++) {
		c = substr(code[n], at, 1)
		if (c ~ /["']/)
			quote = quote == "" ? c : c == quote ? "" : quote
		if (quote != "" || c != " " || substr(raw[n], at, 2) != "/*")
			continue
		len = index(substr(raw[n], at + 2), "*/") + 3
		taken = taken "\t" substr(raw[n], at, len)
		while (substr(code[n], at + len, 1) ~ /[ \t]/)
			len++
		while (substr(code[n], at + len, 1) ~ /^[),]?$/ &&
		    at > 1 && substr(code[n], at - 1, 1) ~ /[ \t]/) {
			at--
			len++
		}
		raw[n] = substr(raw[n], 1, at - 1) substr(raw[n], at + len)
		code[n] = substr(code[n], 1, at - 1) substr(code[n], at + len)
		to -= len
		at--
	}
}

# The column of the parenthesis that closes in line n what is open level deep
# at column at, or 0; level is kept.
function closed(n, at) {
	for (; at <= length(code[n]); at++) {
		level += substr(code[n], at, 1) == "("
		if (substr(code[n], at, 1) == ")" && --level == 0)
			return at
	}
	return 0
}

# Line n, which ends inside a comment, goes on with line k.
function join(n, k) {
	match(raw[k], /^[ \t]*([*][ \t]+)?/)
	raw[n] = raw[n] " " substr(raw[k], RLENGTH + 1)
	code[n] = code[n] " " substr(code[k], RLENGTH + 1)
	within[n] = within[k]
	raw[k] = code[k] = ""
	gone[k] = 1
}

# The call whose arguments begin in line n at column at.
function call(n, at,    last, end, before, k) {
	level = 0
	for (last = n; ; last++) {
		before = level
		end = closed(last, last == n ? at : 1)
		for (k = last + 1; !end && within[last] && k <= NR; k++) {
			join(last, k)
			level = before
			end = closed(last, last == n ? at : 1)
		}
		if (end)
			break
		if (last >= NR)
			return
	}
	taken = ""
	for (; n < last; n++) {
		take(n, at, length(code[n]) + 1)
		at = 1
		if (raw[n] !~ /[^ \t]/)
			gone[n] = 1
	}
	take(n, at, end)
	if (taken == "" || !match(code[n], /[^ \t][ \t]*$/))
		return
	raw[n] = substr(raw[n], 1, RSTART) taken substr(raw[n], RSTART + 1)
	code[n] = substr(code[n], 1, RSTART)
}

END {
	for (n = 1; n <= NR; n++)
		if (code[first[n]] !~ /^[ \t]*#/ &&
		    match(code[n], /vm_page_sleep(_if_busy)?[ \t]*[(]/))
			call(n, RSTART + RLENGTH - 1)
	for (n = 1; n <= NR; n++)
		if (!(n in gone))
			print raw[n]
}
