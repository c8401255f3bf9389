# Make one line of each statement, or lines again: for diff(1), so that a guard
# never opens inside a call or a macro's body.
#	awk -f code.awk -f guard.awk FILE	join, by a byte that no source has
#	tr '\001' '\n'				the way back

END {
	for (n = 1; n <= NR; n++)
		printf "%s%s", raw[n],
		    n < NR && first[n + 1] == first[n] ? "\001" : "\n"
}
