# Operations a second of each replayed trace, by implementation.
# Draws traces.tsv: a panel is a trace on a number of threads.
load plots."/common.gp"
file = data."/traces.tsv"

array TITLE[1024]
array TOP[1024]
array ROW[256]
panels = 0
bars = 0
longest = 0
larger(a, b) = a > b ? a : b
reach(p, v) = v == v && v > TOP[p] ? (TOP[p] = v) : 0
opens(p) = p > panels ? (panels = p, TOP[p] = 0) : 0
set table $ignored
plot file using (p = int($1) + 1, opens(p), TITLE[p] = strcol(2), \
    reach(p, $5), reach(p, $7), 0) with table
unset table
if (panels == 0) exit
do for [i = 1:impls] {
	ROW[i] = bars
	if (NAME[i] ne REFERENCE) {
		bars = bars + 1
		longest = larger(longest, strlen(NAME[i]))
	}
}

panels_wide = panels < 3 ? panels : 3
rows = (panels + panels_wide - 1) / panels_wide
label_px = 8 * longest + 14
panel_w = 290
panel_h = 34 + 19 * bars + 34
top = 56
width = larger(label_px + panels_wide * panel_w + 10, 480)
height = top + rows * panel_h + 18
@OPEN
set output out
set multiplot
set label 1 "Replayed traces of real programs" at screen px(14), \
    screen 1 - py(18) left font font.",14"
set label 2 "millions of faults a second; line: interval of the median" \
    at screen px(14), screen 1 - py(40) left font font.",10" \
    textcolor rgb SOFT
unset key
set border 3 linecolor rgb SOFT
set xtics nomirror out scale 0.4 font font.",9"
set ytics nomirror out scale 0.4 font font.",9"
set grid xtics linecolor rgb FAINT linewidth 0.5
set boxwidth 0.7
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
	top_x = TOP[p] > 0 ? TOP[p] * 1.06e-6 : 1
	set xrange [0:top_x]
	set xtics tic_step(top_x)
	set ytics ()
	do for [i = 1:impls] {
		if (NAME[i] ne REFERENCE) {
			set ytics add ((c == 0 ? NAME[i] : "") ROW[i])
		}
	}
	mine(i) = column(1) == p - 1 && column(3) == i - 1
	plot for [i = 1:impls] file using (mine(i) ? $5 / 2e6 : NaN): \
	    (ROW[i]):(0):($5 / 1e6):(ROW[i] - 0.36):(ROW[i] + 0.36) \
	    with boxxyerror fillstyle solid noborder linecolor rgb COLOUR[i] \
	    notitle, \
	    for [i = 1:impls] file using (mine(i) && $6 == $6 ? $5 / 1e6 : \
	    NaN):(ROW[i]):($6 / 1e6):($7 / 1e6) \
	    with xerrorbars pointtype 0 linewidth 1.3 linecolor rgb INK \
	    notitle
	unset label
}
unset multiplot
