# Macros whose bodies the patch breaks: it puts several lines where one was, and
# no backslash behind them.
#	awk -f code.awk -f macros.awk FILE >LIST
#		of each: name and how many times before, what opens in it and is
#		not closed, the line behind it
#	awk -v hide=BROKEN -f code.awk -f macros.awk FILE
#		with the bodies of those in the list BROKEN out of sight
#	awk -v restore=FILE -f code.awk -f macros.awk PATCHED
#		with these bodies as they are in FILE, and a comment that says so

# The key of the macro that begins on line n.
function key(n,    name) {
	if (!match(code[n], /^[ \t]*#[ \t]*define[ \t]+[A-Za-z_][A-Za-z0-9_]*/))
		return ""
	name = substr(code[n], 1, RLENGTH)
	sub(/.*[ \t]/, "", name)
	return name ":" seen[name]++
}

# The last line of the macro that begins on line n.
function last(n) {
	while (n < NR && code[n] ~ /\\$/)
		n++
	return n
}

function unclosed(from, to,    open, shut, text) {
	for (; from <= to; from++) {
		text = code[from]
		open += gsub(/[({]/, "", text)
		shut += gsub(/[)}]/, "", text)
	}
	return open - shut
}

function body(from, to,    text) {
	text = raw[from]
	while (from < to)
		text = text "\n" raw[++from]
	return text
}

# What FILE has for each macro, read line by line.
function originals(file,    line, name, id) {
	while ((getline line <file) > 0) {
		if (id == "" && match(line, \
		    /^[ \t]*#[ \t]*define[ \t]+[A-Za-z_][A-Za-z0-9_]*/)) {
			name = substr(line, 1, RLENGTH)
			sub(/.*[ \t]/, "", name)
			id = name ":" count[name]++
			original[id] = line
		} else if (id != "")
			original[id] = original[id] "\n" line
		if (line !~ /\\$/)
			id = ""
	}
}

BEGIN {
	if (hide != "")
		while ((getline line <hide) > 0)
			hidden[line] = 1
	if (restore != "")
		originals(restore)
}

END {
	for (n = 1; n <= NR; n++) {
		id = key(n)
		end = id == "" ? n : last(n)
		if (hide == "" && restore == "") {
			if (id != "")
				print id "\t" unclosed(n, end) "\t" raw[end + 1]
		} else if (hide != "" && id in hidden) {
			match(code[n], \
			    /define[ \t]+[A-Za-z_][A-Za-z0-9_]*([(][^)]*[)])?/)
			print "#" substr(code[n], RSTART, RLENGTH) \
			    " kpi_hidden_macro"
		} else if (restore != "" && raw[n] ~ / kpi_hidden_macro$/) {
			print "/* KPI: not converted: the body of a macro. */"
			print original[id]
		} else
			print body(n, end)
		n = end
	}
}
