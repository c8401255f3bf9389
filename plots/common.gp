# What every figure shares: names and colours from the tables, fonts, terminal.
# Set by report/draw: data (folder of tables), plots (this folder), term (svg
# or png), out (file to write), table (throughput.gp only).
# A figure loads this, sets width and height in pixels, and evaluates OPEN.

set datafile separator "\t"
set encoding utf8

# Index in the tables + 1 -> name and colour.
array NAME[256]
array COLOUR[256]
impls = 0
if (system("test -f '".data."/implementations.tsv' && echo yes") eq "yes") {
	set table $ignored
	plot data."/implementations.tsv" using \
	    (impls = impls + 1, NAME[impls] = strcol(2), \
	    COLOUR[impls] = strcol(3), 0) with table
	unset table
}
BASELINE = "old_vpo_wanted"
REFERENCE = "(reference)"

# SVG viewers without the first font have one of the same width.
font = term eq "svg" ? "Verdana" : "DejaVu Sans"
OPEN = term eq "svg" ? \
    "set terminal svg size width,height noenhanced ". \
    "background 'white' font font.',11'" : \
    "set terminal pngcairo size 1.5*width,1.5*height noenhanced ". \
    "background 'white' font font.',11' ". \
    "fontscale 1.12 linewidth 1.5 pointscale 1.5"
# The pixel sizes of a figure are as fractions of it.
px(n) = n / real(width)
py(n) = n / real(height)

# A round distance of tics for an axis from 0 to v: two to four of them.
decade(v) = 10 ** floor(log10(v))
tic_step(v) = decade(v) * (v < 2 * decade(v) ? 0.5 : v < 5 * decade(v) ? 1 : 2)

INK = "#22262e"
SOFT = "#6b7280"
FAINT = "#c3c9d3"
set border linecolor rgb SOFT
set tics textcolor rgb INK
set key textcolor rgb INK
set title textcolor rgb INK
