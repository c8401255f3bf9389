# Turn K&R function definitions into prototypes: spatch passes over what comes
# after some of them, and says nothing.
#	awk -f code.awk -f knr.awk FILE
# One of alternatives under #if that share a body is a definition, too.
# A comment behind a declaration stays with its parameter; others among them go
# between the head and the body.  A parameter that is not declared is an int.  A
# narrow one, which a K&R definition widens, stays as declared: who has a
# prototype with the wide type beside it will hear from the compiler.

# Lines n.. to the one with the first {, or the end of an alternative, in head;
# 0 if it is no K&R definition.
function head_at(n,    i) {
	if (code[n] !~ /^[A-Za-z_].*[(]/ || code[n] ~ /[;={]/)
		return 0
	head = ""
	for (i = n; i <= NR && i < n + 60; i++) {
		if (code[i] ~ /^[ \t]*#[ \t]*(el|endif)/) {
			head = head "{"
			return parse() ? i : 0
		}
		if (code[i] ~ /^[ \t]*#/)
			return 0
		head = head code[i] "\n"
		if (index(code[i], "{"))
			return parse() ? i : 0
		if (code[i] ~ /}/)
			return 0
	}
	return 0
}

# Split head into before "(" and parameter names in list and declarations.
function parse(    close_at, text) {
	if (!match(head, /[(][ \t\n]*[A-Za-z_][A-Za-z0-9_, \t\n]*[)]/))
		return 0
	text = substr(head, 1, RSTART - 1)
	if (text ~ /[(){}]/ || text !~ /[A-Za-z0-9_][ \t\n]*$/)
		return 0
	names = substr(head, RSTART + 1, RLENGTH - 2)
	close_at = RSTART + RLENGTH
	text = substr(head, close_at, index(head, "{") - close_at)
	if (text !~ /^[ \t\n]*[A-Za-z_].*;[ \t\n]*$/)
		return 0
	return declare(text) && list()
}

# type[name] = "int *name" for each declarator of each declaration.
function declare(text,    decl, n, i, base, k, part, pieces) {
	for (k in type)
		delete type[k]
	declared = 0
	n = split(text, decl, ";")
	for (i = 1; i < n; i++) {
		gsub(/[ \t\n]+/, " ", decl[i])
		sub(/^ /, "", decl[i])
		pieces = commas(decl[i])
		base = ""
		for (k = 1; k <= pieces; k++) {
			part = piece[k]
			if (k == 1) {
				if (!match(part, /( [*]| ?[(]| [A-Za-z_][A-Za-z0-9_]* ?(\[.*)?$)/))
					return 0
				base = substr(part, 1, RSTART - 1)
				part = substr(part, RSTART)
			}
			sub(/^ /, "", part)
			sub(/ $/, "", part)
			if (!name_of(part))
				return 0
			type[name] = base " " part
			declared++
		}
	}
	return declared > 0
}

# Split at commas outside parentheses, into piece[].
function commas(s,    i, c, n, depth) {
	n = 1
	piece[1] = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		depth += (c == "(") - (c == ")")
		if (c == "," && depth == 0)
			piece[++n] = ""
		else
			piece[n] = piece[n] c
	}
	return n
}

# The name that a declarator declares, in name.
function name_of(s) {
	if (!match(s, /[A-Za-z_][A-Za-z0-9_]*/))
		return 0
	name = substr(s, RSTART, RLENGTH)
	return 1
}

# The parameters in their order; all that is declared must be one.
function list(    n, i, arg, used) {
	gsub(/[ \t\n]/, "", names)
	count = n = split(names, arg, ",")
	for (i = 1; i <= n; i++) {
		used += arg[i] in type
		called[i] = arg[i]
		param[i] = arg[i] in type ? type[arg[i]] : "int " arg[i]
	}
	return used == declared
}

# Which parameter does line n declare last?
function declared_by(n,    i, which) {
	for (i = 1; i <= count; i++)
		if ((" " code[n] " ") ~ ("[^A-Za-z0-9_]" called[i] \
		    "[^A-Za-z0-9_]"))
			which = i
	return which
}

# The comments behind the declarations of lines from to to, in note[]; silent[]
# are the lines that have no other.
function describe(from, to,    n, at) {
	for (n in note)
		delete note[n]
	for (n in silent)
		delete silent[n]
	for (n = from; n < to; n++) {
		if (code[n] !~ /;[ \t]*$/ || !(at = declared_by(n)))
			continue
		match(code[n], /;[ \t]*$/)
		if (substr(raw[n], RSTART + 1) !~ /^[ \t]*\/[*]/)
			continue
		note[at] = substr(raw[n], RSTART + 1)
		sub(/^[ \t]*/, "\t", note[at])
		silent[n] = 1
		while (within[n] && n + 1 < to) {
			note[at] = note[at] "\n" raw[++n]
			silent[n] = 1
		}
	}
}

function emit(from, to,    line, i, n, word) {
	describe(from, to)
	line = raw[from]
	n = from
	while (!index(code[n], "("))	# the type on a line of its own
		n++
	line = substr(raw[n], 1, index(code[n], "(") )
	for (i = 1; i <= count; i++) {
		word = param[i] (i < count ? "," : ")")
		if (i > 1 && (length(line) + 1 + length(word) > 80 ||
		    i - 1 in note)) {
			print line
			line = "    " word
		} else
			line = line (i > 1 ? " " : "") word
		if (i in note)
			line = line note[i]
	}
	print line
	for (i = from; i < to; i++)
		if (i in silent)
			continue
		else if (code[i] ~ /^[ \t]*$/)
			print raw[i]
		else if (match(raw[i], /\/\*.*\*\//))
			print "\t" substr(raw[i], RSTART, RLENGTH)
	print raw[to]
}

END {
	for (n = 1; n <= NR; n++) {
		last = level == 0 ? head_at(n) : 0
		if (last > 0) {
			emit(n, last)
			n = last
		} else
			print raw[n]
		# The braces open at an #if are those open at its #else.
		if (code[n] ~ /^[ \t]*#[ \t]*if/)
			level_at[++branches] = level
		else if (code[n] ~ /^[ \t]*#[ \t]*el/)
			level = level_at[branches]
		else if (code[n] ~ /^[ \t]*#[ \t]*endif/)
			branches--
		if (code[n] ~ /^[ \t]*#/)
			continue
		line = code[n]
		level += gsub(/{/, "", line) - gsub(/}/, "", line)
		if (code[n] ~ /^}/)
			level = 0
	}
}
