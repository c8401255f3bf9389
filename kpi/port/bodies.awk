# Function bodies, for a source on which spatch fails: it loses the whole file.
#	awk -f code.awk -f bodies.awk FILE
#		of each: its number, a tab, the function's name
#	awk -v only=NUMBER -f code.awk -f bodies.awk FILE
#		with all bodies but that one out of sight
#	awk -v hide=LIST -f code.awk -f bodies.awk FILE
#		with those out of sight that LIST begins its lines with
#	awk -v restore=FILE -f code.awk -f bodies.awk PATCHED
#		with these as they are in FILE
# A body's braces are in the first column, as style(9) has it.

# Read FILE's bodies: text[number].
function originals(file,    line, number, inside) {
	while ((getline line <file) > 0) {
		if (line ~ /^{/) {
			number++
			inside = 1
		} else if (line ~ /^}/)
			inside = 0
		else if (inside)
			text[number] = text[number] line "\n"
	}
}

BEGIN {
	if (hide != "")
		while ((getline line <hide) > 0)
			hidden[line + 0] = 1
	if (restore != "")
		originals(restore)
}

END {
	for (n = 1; n <= NR; n++) {
		if (match(code[n], /^[A-Za-z_][^;={]*[(]/)) {
			name = substr(code[n], 1, RLENGTH - 1)
			sub(/[(].*/, "", name)
			sub(/[ \t]+$/, "", name)
			sub(/.*[^A-Za-z0-9_]/, "", name)
		}
		if (raw[n] ~ /^}/)
			inside = 0
		gone = inside && (number in hidden || only && number != only)
		if (restore != "" && match(raw[n], /kpi_hidden_body_[0-9]+/))
			printf "%s", text[substr(raw[n], RSTART + 16, \
			    RLENGTH - 16)]
		else if (!gone && (only || hide != "" || restore != ""))
			print raw[n]
		if (raw[n] !~ /^{/)
			continue
		inside = 1
		number++
		if (!only && hide == "" && restore == "")
			print number "\t" name
		else if (number in hidden || only && number != only)
			print "\tkpi_hidden_body_" number "();"
	}
}
