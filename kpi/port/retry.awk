# Take VM_ALLOC_RETRY away where it stands alone on a line, and its comment from
# anywhere: the patch, which takes it from the other places, would leave the
# comment to its neighbours, or take theirs.
#	awk -f code.awk -f retry.awk FILE
# A comment behind the end of the statement is not the flag's, and stays.

# Lines with VM_ALLOC_RETRY lose the comment right behind it.
function uncomment(n,    at, rest) {
	if (!match(code[n], /VM_ALLOC_RETRY/))
		return
	at = RSTART + RLENGTH
	rest = substr(raw[n], at)
	if (!match(rest, /^[ \t]*\/[*]([^*]|[*]+[^*\/])*[*]+\//))
		return
	raw[n] = substr(raw[n], 1, at - 1) substr(rest, RLENGTH + 1)
	code[n] = substr(code[n], 1, at - 1) substr(code[n], at + RLENGTH)
	sub(/[ \t]+$/, "", raw[n])
}

# Line n, which ends with |, ends with tail now, before its comment.
function end_with(n, tail,    at) {
	match(code[n], /[ \t]*[|][ \t]*$/)
	at = index(substr(code[n], RSTART), "|") + RSTART
	raw[n] = substr(raw[n], 1, RSTART - 1) tail substr(raw[n], at)
	code[n] = substr(code[n], 1, RSTART - 1) tail substr(code[n], at)
}

# Take line n away, if the flag is all that it has; tell whether.
function alone(n, before,    line, tail) {
	line = code[n]
	gsub(/[ \t]/, "", line)
	if (line == "|VM_ALLOC_RETRY" ||
	    line == "VM_ALLOC_RETRY|" && code[before] ~ /[|,(=][ \t]*$/)
		return 1
	if (line !~ /^VM_ALLOC_RETRY[),;]*$/ ||
	    code[before] !~ /[^|][|][ \t]*$/)
		return 0
	tail = substr(line, length("VM_ALLOC_RETRY") + 1)
	end_with(before, tail)
	if (tail != "") {
		match(code[n], /[),;][ \t]*$/)
		raw[before] = raw[before] substr(raw[n], RSTART + 1)
	}
	return 1
}

END {
	for (n = 1; n <= NR; n++) {
		kept[n] = 1
		if (code[n] !~ /VM_ALLOC_RETRY/ || code[first[n]] ~ /^[ \t]*#/)
			continue
		uncomment(n)
		if (n > 1 && kept[n - 1])
			kept[n] = !alone(n, n - 1)
	}
	for (n = 1; n <= NR; n++)
		if (kept[n])
			print raw[n]
}
