# Replayed traces: operations a second, and beside them the ratios inside a
# block.  Draws traces.tsv: a panel is a trace on a number of threads.
#
# Rates of different blocks drift with the machine, ratios inside a block do
# not: the rates say how much, the ratios whether there is a difference.
load plots."/common.gp"
file = data."/traces.tsv"

array TITLE[1024]
array TOP[1024]
array ROW[256]
panels = 0
bars = 0
longest = 0
least = 0.95
most = 1.05
reach(p, v) = v == v && v > TOP[p] ? (TOP[p] = v) : 0
opens(p) = p > panels ? (panels = p, TOP[p] = 0) : 0
# The axis of ratios holds every median, and intervals that are not wild.
bound(v) = v == v && v > 0 ? (most = larger(most, v), \
    least = -larger(-least, -v)) : 0
set table $ignored
plot file using (p = int($1) + 1, opens(p), TITLE[p] = strcol(2), \
    reach(p, $5), reach(p, $7), SEEN[int($3) + 1] = 1, bound($8), \
    bound($9 > $8 / 1.6 ? $9 : NaN), bound($10 < $8 * 1.6 ? $10 : NaN), 0) \
    with table
unset table
if (panels == 0) exit
do for [i = 1:impls] {
	ROW[i] = bars
	if (SEEN[i]) {
		bars = bars + 1
		longest = larger(longest, strlen(NAME[i]))
	}
}

label_px = 6.6 * longest + 18
rate_w = 190
ratio_w = 210
panel_w = rate_w + ratio_w
panels_wide = panels < 2 ? panels : 2
rows = (panels + panels_wide - 1) / panels_wide
panel_h = 30 + 17 * bars + 34
top = 62
width = larger(label_px + panels_wide * panel_w + 10, 720)
height = top + rows * panel_h + 18
@OPEN
set output out
set multiplot
set label 1 "Replayed traces of real programs" at screen px(14), \
    screen 1 - py(18) left font font.",14" textcolor rgb INK
set label 2 "bars: millions of faults a second; dots: ratio to ". \
    BASELINE." of the same block (logarithmic)" at screen px(14), \
    screen 1 - py(38) left font font.",10" textcolor rgb SOFT
set label 3 "filled: resolved, open: not; line: 95 % interval of the median" \
    at screen px(14), screen 1 - py(54) left font font.",10" \
    textcolor rgb SOFT
@PUT_SOURCE
unset key
set xtics nomirror out scale 0.4 font font.",9"
set grid xtics linecolor rgb FAINT linewidth 0.5
set title offset 0,-0.7 font font.",10"
set yrange [bars - 0.4:-0.6]
mine(i) = column(1) == p - 1 && column(3) == i - 1
row(i) = mine(i) ? ROW[i] : NaN
do for [p = 1:panels] {
	c = (p - 1) % panels_wide
	r = (p - 1) / panels_wide
	left = label_px + c * panel_w
	set tmargin at screen 1 - py(top + r * panel_h + 24)
	set bmargin at screen 1 - py(top + r * panel_h + 24 + 17 * bars)
	set lmargin at screen px(left + 6)
	set rmargin at screen px(left + rate_w - 14)
	set border 3 linecolor rgb SOFT
	set title TITLE[p]
	unset logscale x
	set format x "%g"
	top_x = TOP[p] > 0 ? TOP[p] * 1.06e-6 : 1
	set xrange [0:top_x]
	set xtics ()
	set xtics auto
	set xtics tic_step(top_x)
	set ytics nomirror scale 0 font font.",9" textcolor rgb INK
	set ytics ()
	do for [i = 1:impls] {
		if (SEEN[i]) {
			set ytics add ((c == 0 ? NAME[i] : "") ROW[i])
		}
	}
	plot for [i = 1:impls] file using (mine(i) ? $5 / 2e6 : NaN): \
	    (ROW[i]):(0):($5 / 1e6):(ROW[i] - 0.36):(ROW[i] + 0.36) \
	    with boxxyerror fillstyle solid noborder linecolor rgb COLOUR[i] \
	    notitle, \
	    for [i = 1:impls] file using (mine(i) && $6 == $6 ? $5 / 1e6 : \
	    NaN):(ROW[i]):($6 / 1e6):($7 / 1e6) \
	    with xerrorbars pointtype 0 linewidth 1.3 linecolor rgb INK \
	    notitle
	unset label
	set lmargin at screen px(left + rate_w + 4)
	set rmargin at screen px(left + panel_w - 20)
	set border 1
	set title " "
	unset ytics
	set logscale x 2
	set xrange [least / 1.04:most * 1.04]
	set format x "%g×"
	if (most / least < 2.5) {
		set xtics (0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 1.8)
	} else {
		set xtics (0.06, 0.12, 0.25, 0.5, 1, 2, 4, 8)
	}
	set arrow 1 from 1, graph 0 to 1, graph 1 nohead back \
	    linecolor rgb INK linewidth 1
	plot for [i = 1:impls] file using (NAME[i] ne BASELINE && $9 == $9 ? \
	    $8 : NaN):(row(i)):9:10 with xerrorbars pointtype 0 \
	    linewidth 1.2 linecolor rgb COLOUR[i] notitle, \
	    for [i = 1:impls] for [k = 0:1] file using \
	    (NAME[i] ne BASELINE && $11 == k ? $8 : NaN):(row(i)) \
	    with points pointtype 6 + k pointsize 0.7 linewidth 1.2 \
	    linecolor rgb COLOUR[i] notitle
	unset arrow 1
}
unset multiplot
