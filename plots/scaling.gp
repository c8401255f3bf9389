# Throughput against CPUs on a simulated machine, one small panel for each
# curve of cells.  Draws the table it is given, scaling-<machine>.tsv.
#
# Both axes are logarithmic, so that twice as fast looks the same wherever in a
# panel it is, and linear scaling is a straight line.
load plots."/common.gp"

# Names and colours are the simulated run's own.
array TITLE[1024]
array TOP[1024]
array BOTTOM[1024]
impls = 0
panels = 0
cpus_min = 1e9
cpus_max = 0
longest = 0
know(i, name, colour) = (impls = larger(impls, i), NAME[i] = name, \
    COLOUR[i] = colour, SEEN[i] = 1)
opens(p) = p > panels ? (panels = p, TOP[p] = 0, BOTTOM[p] = 1e99) : 0
reach(p, v) = v > 0 ? (TOP[p] = larger(TOP[p], v), \
    BOTTOM[p] = -larger(-BOTTOM[p], -v)) : 0
do for [i = 1:256] { SEEN[i] = 0 }
set table $ignored
plot table using (p = int($1) + 1, opens(p), TITLE[p] = strcol(2), \
    longest = larger(longest, strlen(strcol(2))), \
    know(int($4) + 1, strcol(5), strcol(6)), reach(p, $7), \
    cpus_max = larger(cpus_max, $3), \
    cpus_min = -larger(-cpus_min, -$3), 0) with table
unset table
if (panels == 0) exit
do for [i = 1:impls] { if (!SEEN[i]) { NAME[i] = ""; COLOUR[i] = "0" } }

panel_w = larger(240, 44 + 6.2 * longest)
panel_h = 190
columns = int(larger(1, floor(1000 / panel_w)))
columns = panels < columns ? panels : columns
rows = (panels + columns - 1) / columns
left = 14
width = larger(left + columns * panel_w + 16, 640)
# One panel or two get more of the width.
panel_w = larger(panel_w, -larger(-(width - left - 16) / columns, -420))
@LEGEND
legend_y = 58
top = legend_y + legend_px
height = top + rows * panel_h + 24
@OPEN
set output out
set multiplot

# The head is a plot without data, above the panels.
set lmargin at screen 0
set rmargin at screen 1
set bmargin at screen 0
set tmargin at screen 1
unset border
unset tics
unset key
set xrange [0:1]
set yrange [0:1]
machine = table[strstrt(table, "/scaling-") + 9:strlen(table) - 4]
set label 1 machine.", simulated: throughput against CPUs" \
    at screen px(left), screen 1 - py(18) left font font.",14" \
    textcolor rgb INK
set label 2 "operations a second of virtual time, both axes logarithmic; ". \
    "large dot: the most of a curve; shaded: its rounds; ". \
    "dashed: linear from one CPU" \
    at screen px(left), screen 1 - py(38) left font font.",10" \
    textcolor rgb SOFT
@PUT_LEGEND
@PUT_SOURCE
plot -1 notitle
unset label
set border 3
set xtics nomirror out scale 0.5 font font.",9"
set ytics nomirror out scale 0.5 font font.",9"
set grid ytics linecolor rgb FAINT linewidth 0.5
set xlabel "CPUs" offset 0,0.6 font font.",9" textcolor rgb SOFT
set title offset 0,-0.6 font font.",10"
set logscale x 2
set logscale y 10
unset mytics
set xrange [cpus_min / 1.15:cpus_max * 1.15]
# Every other power of two, and the whole machine, where there is room for it.
set xtics ()
t = 1
while (t <= cpus_max) {
	if (cpus_max / t == 1 || cpus_max / t > 2.5) {
		set xtics add (sprintf("%d", t) t)
	}
	t = t * 4
}
set xtics add (sprintf("%d", cpus_max) cpus_max)
of(p, i) = column(1) == p - 1 && column(4) == i - 1
# A curve goes over the rows of the others, which are missing for it.
set datafile missing "NaN"
do for [p = 1:panels] {
	c = (p - 1) % columns
	r = (p - 1) / columns
	set lmargin at screen px(left + c * panel_w + 36)
	set rmargin at screen px(left + (c + 1) * panel_w - 10)
	set tmargin at screen 1 - py(top + r * panel_h + 22)
	set bmargin at screen 1 - py(top + (r + 1) * panel_h - 42)
	set title TITLE[p]
	# A decade at least, or a flat curve would look steep.
	spread = larger(1, 3.2 / sqrt(TOP[p] / BOTTOM[p]))
	low = TOP[p] > 0 ? BOTTOM[p] / spread / 1.25 : 1
	high = TOP[p] > 0 ? TOP[p] * spread * 1.25 : 10
	set yrange [low:high]
	# 1, 2 and 5 where there are few decades.
	set ytics ()
	t = 10 ** floor(log10(low))
	while (t < high) {
		set ytics add (gprintf("%.0s%c", t) t)
		if (high / low < 60) {
			set ytics add (gprintf("%.0s%c", 2 * t) 2 * t)
			set ytics add (gprintf("%.0s%c", 5 * t) 5 * t)
		}
		t = t * 10
	}
	# Once, or the dashes of one fill the gaps of another.
	plot table using ($1 == p - 1 && strcol(5) eq BASELINE && $9 > 0 ? \
	    $3 : NaN):9 with lines \
	    dashtype 2 linewidth 1 linecolor rgb SOFT notitle, \
	    for [i = 1:impls] table using (of(p, i) ? $3 : NaN): \
	    ($11 > 0 ? $11 : NaN):12 with filledcurves \
	    fillstyle transparent solid 0.2 noborder \
	    fillcolor rgb COLOUR[i] notitle, \
	    for [i = 1:impls] table using (of(p, i) ? $3 : NaN): \
	    ($7 > 0 ? $7 : NaN) with linespoints pointtype 7 \
	    pointsize 0.3 linewidth 1.5 linecolor rgb COLOUR[i] notitle, \
	    for [i = 1:impls] table using \
	    (of(p, i) && $10 == 1 ? $3 : NaN):($7 > 0 ? $7 : NaN) \
	    with points pointtype 7 pointsize 0.75 \
	    linecolor rgb COLOUR[i] notitle
}
unset multiplot
