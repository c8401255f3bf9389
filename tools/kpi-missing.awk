# kpi-missing.awk NAMED INCLUDES: headers that a source names and no folder has.
#
# NAMED has a name a line, INCLUDES what tools/kpi-build --includes found for
# that source: a path a line, and of what is nowhere the name itself.  Names in
# a folder are FreeBSD's: what only the C library has of that name is another
# header, but for some that say the same.
NR == FNR {
	named[$0] = 1
	next
}
{
	libc = /^\/usr\/(include|lib)\//
	for (name in named) {
		tail = length($0) - length(name)
		if ($0 == name && (getline line <name) < 0)
			nowhere[name] = 1
		else if ($0 != name && substr($0, tail) != "/" name)
			continue
		else if (libc && name ~ /\//)
			elsewhere[name] = 1
		else
			here[name] = 1
	}
}
END {
	for (name in named)
		if (name in nowhere || name in elsewhere && !(name in here) &&
		    name !~ /^sys\/(stat|fcntl|time|mman|ioctl|signal)\.h$/)
			print name
}
