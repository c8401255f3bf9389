# Where the function begins that is called so: the line of its head, and, where
# it has several under #if that share a body, a tab and the line of the last.
#	awk -v function_name=NAME -f code.awk -f heads.awk FILE
# Of several functions of the name the last counts; its head has the name in the
# first column, as style(9) has it.

END {
	for (n = 1; n <= NR; n++) {
		if (index(code[n], function_name "(") == 1) {
			if (head == 0)
				head = n
			last = n
		} else if (code[n] ~ /^[{}]/ && head > 0) {
			found = head (last > head ? "\t" last : "")
			head = 0
		}
	}
	print found == "" ? 1 : found
}
