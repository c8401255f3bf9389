# Throughput against threads, one small panel for each kind of cell of one
# workload.  Draws the table it is given, throughput-<workload>.tsv.
#
# Up to three numbers of threads stand side by side, the implementations beside
# each other over each; more are an axis, with curves and bands.
load plots."/common.gp"

array TITLE[1024]
array TOP[1024]		# of the figures
array NULL_TOP[1024]	# of null, which may lie far above all others
array LINEAR[1024]
array CEILING[1024]	# the least one of a panel, NaN if none
array PLACES[1024]
array THREADS[4096]	# of a panel's first places
panels = 0
most_places = 0
threads_min = 1e9
threads_max = 0
longest = 0
workload = ""
# A missing figure is NaN, which no comparison lets through.
reach(p, v) = v == v && v > TOP[p] ? (TOP[p] = v) : 0
reach_null(p, v) = v == v && v > NULL_TOP[p] ? (NULL_TOP[p] = v) : 0
lift(p, v) = v == v && v > LINEAR[p] ? (LINEAR[p] = v) : 0
lower(p, v) = v == v && !(v >= CEILING[p]) ? (CEILING[p] = v) : 0
opens(p) = p > panels ? (panels = p, TOP[p] = 0, NULL_TOP[p] = 0, LINEAR[p] = 0, \
    CEILING[p] = NaN) : 0
set table $ignored
plot table using (p = int($1) + 1, opens(p), TITLE[p] = strcol(2), \
    longest = larger(longest, strlen(strcol(2))), \
    workload = strcol(10), \
    NAME[int($5) + 1] eq "null" ? reach_null(p, $6) : \
    reach(p, $6) + reach(p, $8), lift(p, $9), \
    lower(p, $11), PLACES[p] = int($4) + 1, \
    most_places = larger(most_places, PLACES[p]), \
    PLACES[p] <= 3 ? (THREADS[4 * p + PLACES[p]] = int($3)) : 0, \
    SEEN[int($5) + 1] = SEEN[int($5) + 1] || $6 == $6, \
    threads_max = larger(threads_max, $3), \
    threads_min = -larger(-threads_min, -$3), 0) with table
unset table
if (panels == 0) exit
most = 0
starred = 0
ceilings = 0
do for [p = 1:panels] {
	most = larger(most, TOP[p])
	starred = starred || strstrt(TITLE[p], "*")
	ceilings = ceilings || CEILING[p] == CEILING[p]
}
unit = most < 1e6 ? 1e3 : 1e6
unit_name = unit == 1e3 ? "k/s" : "M/s"
few = most_places <= 3
# Lanes of those that are drawn, side by side.
array LANE[256]
lanes = 0
do for [i = 1:impls] {
	LANE[i] = lanes
	lanes = lanes + (SEEN[i] ? 1 : 0)
}

panel_w = larger(few ? 56 + most_places * larger(70, 14 * lanes) : 250, \
    46 + 6.2 * longest)
panel_h = few ? 173 : 198
columns = int(larger(1, floor(1000 / panel_w)))
columns = panels < columns ? panels : columns
rows = (panels + columns - 1) / columns
left = 14
width = larger(left + columns * panel_w + 16, 640)
# One panel or two get more of the width.
panel_w = larger(panel_w, -larger(-(width - left - 16) / columns, -420))
@LEGEND
legend_y = ceilings ? 74 : 58
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
set label 1 workload.": throughput against threads" at screen px(left), \
    screen 1 - py(18) left font font.",14" textcolor rgb INK
set label 2 (unit == 1e3 ? "thousands" : "millions"). \
    " of operations a second; ".(few ? "line: median, box" : \
    "curve: median, band"). \
    ": its 95 % interval; dashed: linear". \
    (starred ? "; *: t1 is another panel's" : "") \
    at screen px(left), screen 1 - py(38) left font font.",10" \
    textcolor rgb SOFT
if (ceilings) {
	set label 3 "dotted: ceiling, one transfer of a cache line an ". \
	    "operation (▲: above the panel)" at screen px(left), \
	    screen 1 - py(54) left font font.",10" textcolor rgb SOFT
}
@PUT_LEGEND
@PUT_SOURCE
plot -1 notitle
unset label
set border 3
set xtics nomirror out scale 0.5 font font.",9"
set ytics nomirror out scale 0.5 font font.",9"
set grid ytics linecolor rgb FAINT linewidth 0.5
set xlabel "threads" offset 0,0.6 font font.",9" textcolor rgb SOFT
set title offset 0,-0.6 font font.",10"
if (!few) {
	set logscale x 2
	set xrange [threads_min / 1.15:threads_max * 1.15]
	set xtics ()
	t = 1
	while (t <= threads_max) {
		set xtics add (sprintf("%d", t) t)
		t = t * 2
	}
	if (t / 2 < threads_max) {
		set xtics add (sprintf("%d", threads_max) threads_max)
	}
}
step = 0.84 / larger(lanes, 2)
of(p, i) = column(1) == p - 1 && column(5) == i - 1
at(p, i) = of(p, i) ? (few ? column(4) - 0.42 + \
    0.42 * (lanes == 1) + step * (LANE[i] + (lanes > 1 ? 0.5 : 0)) : \
    column(3)) : NaN
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
	# A line that leaves the figures far below is cut, and so is null.
	top_y = TOP[p] > 0 ? TOP[p] : larger(NULL_TOP[p], 1)
	top_y = NULL_TOP[p] < 1.8 * top_y ? larger(NULL_TOP[p], top_y) : top_y
	top_y = LINEAR[p] > 2.2 * top_y ? 1.25 * top_y : \
	    larger(LINEAR[p], top_y)
	top_y = CEILING[p] < 1.5 * top_y ? larger(CEILING[p], top_y) : top_y
	top_y = top_y * 1.06 / unit
	set yrange [0:top_y]
	set ytics tic_step(top_y)
	if (few) {
		set xrange [-0.55:PLACES[p] - 0.45]
		set xtics ()
		do for [i = 1:PLACES[p]] {
			set xtics add (sprintf("%d", THREADS[4 * p + i]) i - 1)
		}
	}
	if (NULL_TOP[p] / unit > top_y) {
		set label 5 sprintf("null ▲ %.3g %s", NULL_TOP[p] / unit, \
		    unit_name) at graph 0.99, graph 0.13 right \
		    font font.",8" textcolor rgb SOFT
	}
	if (CEILING[p] / unit > top_y) {
		set label 4 sprintf("ceiling ▲ %.3g %s", CEILING[p] / unit, unit_name) \
		    at graph 0.99, graph 0.05 right font font.",8" \
		    textcolor rgb SOFT
	}
	if (few) {
		plot for [k = 9:11:2] table using \
		    ($1 == p - 1 && (k > 9 || $4 > 0) ? $4 - 0.44 : NaN): \
		    (column(k) / unit): \
		    (0.88):(0) with vectors nohead \
		    dashtype 2 + (k > 9) linewidth (k == 9 ? 1 : 1.6) \
		    linecolor rgb SOFT notitle, \
		    for [i = 1:impls] table using (at(p, i)):($6 / unit) \
		    with lines linewidth 0.8 \
		    linecolor rgb "0x90".substr(COLOUR[i], 3, 8) notitle, \
		    for [i = 1:impls] table using (at(p, i)):($6 / unit): \
		    (at(p, i) - step * 0.4):(at(p, i) + step * 0.4): \
		    ($7 / unit):($8 / unit) with boxxyerror \
		    fillstyle transparent solid 0.35 noborder \
		    linecolor rgb COLOUR[i] notitle, \
		    for [i = 1:impls] table using \
		    (at(p, i) - step * 0.4):($6 / unit):(step * 0.8):(0) \
		    with vectors nohead linewidth 2 \
		    linecolor rgb COLOUR[i] notitle
	} else {
		plot for [k = 9:11:2] table using \
		    ($1 == p - 1 ? $3 : NaN):(column(k) / unit) with lines \
		    dashtype 2 + (k > 9) linewidth (k == 9 ? 1 : 1.6) \
		    linecolor rgb SOFT notitle, \
		    for [i = 1:impls] table using \
		    (at(p, i)):($7 / unit):($8 / unit) with filledcurves \
		    fillstyle transparent solid 0.25 noborder \
		    linecolor rgb COLOUR[i] notitle, \
		    for [i = 1:impls] table using (at(p, i)):($6 / unit) \
		    with linespoints pointtype 7 pointsize 0.4 \
		    linewidth 1.5 linecolor rgb COLOUR[i] notitle
	}
	unset label 4
	unset label 5
}
unset multiplot
