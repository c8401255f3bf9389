# List the uses of the 9.x page-busy KPI, a line each, tabs between: line, name,
# the function it is in (- for none), text.
#
#	awk -f code.awk -f uses.awk FILE	those of a consumer
#	awk -v left=1 ...			those that a conversion left
#	awk -v left=1 -v note=1 ...		print the source with a comment
#						over each that was left
#
# A use is an occurrence, in code, of a name that r248084 or r254138 removed, or
# whose arguments, locks or meaning they changed (docs/KPI.md).  A name that
# stayed, or that other structures have, is left where a comment says so;
# vm_page_sleep_if_busy() with two arguments is the new one.  VM_ALLOC_IGN_SBUSY
# is left where a flag that goes with it is not written beside it.  What the
# patch leaves on purpose it calls kpi_left_NAME.

BEGIN {
	split("VM_OBJECT_LOCK VM_OBJECT_UNLOCK VM_OBJECT_TRYLOCK " \
	    "VM_OBJECT_LOCKED VM_OBJECT_LOCK_ASSERT VM_OBJECT_MTX " \
	    "vm_page_busy vm_page_wakeup vm_page_io_start " \
	    "vm_page_io_finish vm_page_sleep VPO_BUSY VPO_WANTED " \
	    "VM_ALLOC_RETRY", words, " ")
	for (i in words)
		gone[words[i]] = 1
	changed["vm_page_sleep_if_busy"] = 1
	changed["vm_page_flash"] = 1
	changed["VM_ALLOC_IGN_SBUSY"] = 1
	advice["VM_OBJECT_MTX"] = "the lock is an rwlock"
	advice["VM_OBJECT_LOCK_ASSERT"] = "each has an assertion of its own"
	advice["VPO_WANTED"] = "a sleep sets the waiters bit"
	advice["vm_page_sleep_if_busy"] = "it has two arguments, and means TRUE"
	advice["kpi_left_vm_page_insert"] = "it can fail now"
	advice["kpi_left_vm_page_wakeup"] = "a page is locked"
	advice["kpi_left_vm_page_io_finish"] = "a page is locked"
	advice["VM_ALLOC_IGN_SBUSY"] = "without NOBUSY it can panic"
	advice["busy"] = "vm_page_sbusied() or VPB_SHARERS()"
}

# How many arguments has the call whose name ends before column at of line n?
function arguments(n, at,    level, count, line, c) {
	for (line = substr(code[n], at); n <= NR; line = code[++n])
		for (at = 1; at <= length(line); at++) {
			c = substr(line, at, 1)
			if (c == "(" && level++ == 0)
				count = 1
			if (c == ")" && --level == 0)
				return count
			if (c == "," && level == 1)
				count++
		}
	return 0
}

# The line on which the statement of line n begins, parentheses or not.
function begin(n) {
	for (n = first[n]; n > 1 && code[first[n - 1]] !~ /^[ \t]*#/ && \
	    (code[n - 1] ~ /([-|&=+?,<>]|[^ \t*][ \t]*[*])[ \t]*$/ || \
	    code[n] ~ /^[ \t]*([|?]|&&)/); )
		n = first[n - 1]
	return n
}

# Does a comment that something was left stand over the statement of line n?
function noted(n) {
	return index(raw[begin(n) - 1], "KPI: not converted") > 0
}

# Has the statement of line n the flag that makes VM_ALLOC_IGN_SBUSY harmless?
function beside(n,    k) {
	for (k = begin(n); k <= NR && begin(k) == begin(n); k++)
		if (code[k] ~ /VM_ALLOC_(NO|S)BUSY/)
			return 1
	return 0
}

function is_use(n, name, before, after) {
	if (name == "busy")
		return before ~ /(->|[.])[ \t]*$/ &&
		    (!left || note || noted(n))
	if (name in gone)
		return 1
	if (name == "vm_page_insert")
		return left && noted(n)
	if (name ~ /^kpi_left_/)
		return left
	if (!(name in changed))
		return 0
	if (!left)
		return 1
	if (name == "vm_page_sleep_if_busy")
		return arguments(n, after) == 3
	if (name == "VM_ALLOC_IGN_SBUSY")
		return before !~ /&=?[ \t(~]*$/ && !beside(n)
	return noted(n)
}

function found(n, name,    text) {
	if (note) {
		if (!noted(n) && !(begin(n) in over))
			over[begin(n)] = name
		return
	}
	text = raw[n]
	gsub(/\t/, " ", text)
	sub(/^ */, "", text)
	print n "\t" name "\t" (inside == "" || code[first[n]] ~ /^[ \t]*#/ ? \
	    "-" : inside) "\t" text
}

# A comment over the statement, indented as it is, none inside a macro.
function comment(n, name,    indent) {
	match(raw[n], /^[ \t]*/)
	indent = substr(raw[n], 1, RLENGTH)
	return indent "/* KPI: not converted: " \
	    (name in advice ? advice[name] : name " is gone") ". */"
}

END {
	for (n = 1; n <= NR; n++) {
		if (match(code[n], /^[A-Za-z_][A-Za-z0-9_]*[(]/))
			inside = substr(code[n], 1, RLENGTH - 1)
		else if (code[n] ~ /^}/)
			inside = ""
		rest = code[n]
		at = 0
		while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
			name = substr(rest, RSTART, RLENGTH)
			before = substr(code[n], 1, at + RSTART - 1)
			at += RSTART + RLENGTH - 1
			rest = substr(rest, RSTART + RLENGTH)
			if (is_use(n, name, before, at + 1))
				found(n, name)
		}
	}
	for (n = 1; note && n <= NR; n++) {
		if (n in over)
			print comment(n, over[n])
		print raw[n]
	}
}
