# Waiting for locks by type, in the cells that wait most.  Draws
# locks_most.tsv: a panel is a cell, a bar an implementation.  The colours are
# those of types of lock, not of implementations.
load plots."/common.gp"
file = data."/locks_most.tsv"

array TYPE[256]
array TYPE_COLOUR[256]
types = 0
set table $ignored
plot data."/lock_types.tsv" using (types = types + 1, \
    TYPE[types] = strcol(2), TYPE_COLOUR[types] = strcol(3), 0) with table
unset table
if (types == 0) exit
array TITLE[64]
array TOP[64]
array WAITED[256]
do for [i = 1:types] { WAITED[i] = 0 }
panels = 0
reach(p, v) = v > TOP[p] ? (TOP[p] = v) : 0
opens(p) = p > panels ? (panels = p, TOP[p] = 0) : 0
set table $ignored
plot file using (p = int($1) + 1, opens(p), TITLE[p] = strcol(2), \
    reach(p, $7), SEEN[int($3) + 1] = 1, \
    WAITED[int($5) + 1] = larger(WAITED[int($5) + 1], $7 - $6), 0) with table
unset table
if (panels == 0) exit
array ROW[256]
bars = 0
longest = 0
do for [i = 1:impls] {
	ROW[i] = bars
	if (SEEN[i]) {
		bars = bars + 1
		longest = larger(longest, strlen(NAME[i]))
	}
}

panels_wide = panels < 3 ? panels : 3
rows = (panels + panels_wide - 1) / panels_wide
label_px = 8 * longest + 14
panel_w = 290
panel_h = 34 + 19 * bars + 34
top = 76
width = larger(label_px + panels_wide * panel_w + 10, 620)
height = top + rows * panel_h + 26
@OPEN
set output out
set multiplot
set lmargin at screen 0
set rmargin at screen 1
set bmargin at screen 0
set tmargin at screen 1
unset border
unset tics
set xrange [0:1]
set yrange [0:1]
set label 1 "Waiting for locks, ns an operation" at screen px(14), \
    screen 1 - py(18) left font font.",14" textcolor rgb INK
set label 2 "of each workload the cell that waits most, six at most; ". \
    "measured by units that count, apart from the throughput" \
    at screen px(14), screen 1 - py(38) left font font.",10" \
    textcolor rgb SOFT
@PUT_SOURCE
set key at screen px(14), screen 1 - py(46) left top horizontal Left reverse \
    samplen 0.8 width 1 maxrows 2 font font.",10"
# Types that nobody here waits a nanosecond for have no place in the legend.
plot for [t = 1:types] (WAITED[t] >= 1 ? -1 : NaN) with points \
    pointtype 5 pointsize 1.1 linecolor rgb TYPE_COLOUR[t] \
    title (WAITED[t] >= 1 ? TYPE[t] : "")
unset label
unset key
set border 3 linecolor rgb SOFT
set xtics nomirror out scale 0.4 font font.",9"
set ytics nomirror out scale 0.4 font font.",9"
set grid xtics linecolor rgb FAINT linewidth 0.5
set title offset 0,-0.7 font font.",10"
set yrange [bars - 0.4:-0.6]
do for [p = 1:panels] {
	c = (p - 1) % panels_wide
	r = (p - 1) / panels_wide
	set lmargin at screen px(label_px + c * panel_w + 6)
	set rmargin at screen px(label_px + (c + 1) * panel_w - 14)
	set tmargin at screen 1 - py(top + r * panel_h + 24)
	set bmargin at screen 1 - py(top + r * panel_h + 24 + 19 * bars)
	set title TITLE[p]
	top_x = TOP[p] > 0 ? TOP[p] * 1.06 : 1
	set xrange [0:top_x]
	set xtics tic_step(top_x)
	set ytics ()
	do for [i = 1:impls] {
		if (SEEN[i]) {
			set ytics add ((c == 0 ? NAME[i] : "") ROW[i])
		}
	}
	row(_) = ROW[int(column(3)) + 1]
	mine(t) = column(1) == p - 1 && column(5) == t - 1
	plot for [t = 1:types] file using (mine(t) ? ($6 + $7) / 2 : NaN): \
	    (row(0)):6:7:(row(0) - 0.36):(row(0) + 0.36) \
	    with boxxyerror fillstyle solid noborder \
	    linecolor rgb TYPE_COLOUR[t] notitle
}
unset multiplot
