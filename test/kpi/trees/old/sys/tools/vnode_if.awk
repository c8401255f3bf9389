#!/usr/bin/awk -f
# vnode_if.awk SRC -h: write vnode_if.h, a prototype for each operation.  The
# other headers, -p and -q, are empty here.
BEGIN {
	for (i = 1; i < ARGC; i++)
		if (ARGV[i] ~ /^-/) {
			kind = ARGV[i]
			delete ARGV[i]
		}
	out = kind == "-h" ? "vnode_if.h" : \
	    kind == "-p" ? "vnode_if_newproto.h" : "vnode_if_typedef.h"
	printf "" > out
}
/^[^#]/ && kind == "-h" {
	name = $1
	$1 = ""
	print "int " toupper(name) "(" $0 ");" > out
}
