# What every figure shares: names and colours from the tables, fonts, terminal.
# Set by report/draw: data (folder of tables), plots (this folder), term (svg
# or png), out (file to write), source (file of the data), table
# (throughput.gp only).
# A figure loads this; marks in SEEN whom it draws; sets width; evaluates
# LEGEND, which sets legend_px; sets height; evaluates OPEN; and last, with the
# labels, PUT_LEGEND and PUT_SOURCE.

set datafile separator "\t"
set encoding utf8

# Index in the tables + 1 -> name and colour.  SHOWN: an implementation, not a
# reference and not the second copy of one.
array NAME[256]
array COLOUR[256]
array SHOWN[256]
array SEEN[256]
array LEGEND_X[256]
array LEGEND_Y[256]
impls = 0
if (system("test -f '".data."/implementations.tsv' && echo yes") eq "yes") {
	set table $ignored
	plot data."/implementations.tsv" using \
	    (impls = impls + 1, NAME[impls] = strcol(2), SEEN[impls] = 0, \
	    COLOUR[impls] = strcol(3), SHOWN[impls] = int($4), 0) with table
	unset table
}
BASELINE = "old_vpo_wanted"
REFERENCE = "(reference)"
larger(a, b) = a > b ? a : b

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

# Names flow over as many lines as they need, legend_px high in all.
LEGEND = 'legend_x = 14; legend_px = 0; do for [i = 1:impls] { '. \
    'if (SEEN[i]) { legend_w = 26 + 7.2 * strlen(NAME[i]); '. \
    'if (legend_x > 14 && legend_x + legend_w > width - 10) { '. \
    'legend_x = 14; legend_px = legend_px + 17; }; '. \
    'LEGEND_X[i] = legend_x; LEGEND_Y[i] = legend_px; '. \
    'legend_x = legend_x + legend_w; } }; legend_px = legend_px + 17'
# Lines of the head: title, a line or two of text, then the legend.
PUT_LEGEND = 'do for [i = 1:impls] { if (SEEN[i]) { '. \
    'set label 900 + i NAME[i] at screen px(LEGEND_X[i] + 5), '. \
    'screen 1 - py(legend_y + LEGEND_Y[i]) left point pointtype 5 '. \
    'pointsize 0.9 linecolor rgb COLOUR[i] offset character 1.1,-0.1 '. \
    'font font.",10" textcolor rgb INK } }'
PUT_SOURCE = 'set label 899 "source: ".source at screen px(14), '. \
    'screen py(9) left font font.",8" textcolor rgb QUIET'

INK = "#22262e"
SOFT = "#6b7280"
QUIET = "#9aa1ac"
FAINT = "#c3c9d3"
set border linecolor rgb SOFT
set tics textcolor rgb INK
set key textcolor rgb INK
set title textcolor rgb INK
