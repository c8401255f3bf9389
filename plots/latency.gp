# How long single operations take: of each workload one cell with most threads.
# Draws latency.tsv: a curve is the share of operations that took longer.
load plots."/common.gp"
file = data."/latency.tsv"

array TITLE[64]
array LEAST[64]
array MOST[64]
panels = 0
rarest = 1
longest = 0
opens(p) = p > panels ? (panels = p, LEAST[p] = 1e18, MOST[p] = 0) : 0
set table $ignored
plot file using (p = int($1) + 1, opens(p), TITLE[p] = strcol(2), \
    longest = larger(longest, strlen(strcol(2))), \
    LEAST[p] = -larger(-LEAST[p], -larger($4, 1)), \
    MOST[p] = larger(MOST[p], $4), SEEN[int($3) + 1] = 1, \
    $5 > 0 ? (rarest = -larger(-rarest, -$5)) : 0, 0) with table
unset table
if (panels == 0) exit

panel_w = larger(270, 7.0 * longest + 20)
panel_h = 200
columns = int(larger(1, floor(1100 / panel_w)))
columns = panels < columns ? panels : columns
rows = (panels + columns - 1) / columns
width = larger(30 + columns * panel_w, 800)
@LEGEND
legend_y = 58
top = legend_y + legend_px
height = top + rows * panel_h + 20
@OPEN
set output out
set multiplot
set lmargin at screen 0
set rmargin at screen 1
set bmargin at screen 0
set tmargin at screen 1
unset border
unset tics
unset key
set xrange [0:1]
set yrange [0:1]
set label 1 "Latency of single operations" at screen px(14), \
    screen 1 - py(18) left font font.",14" textcolor rgb INK
set label 2 "share of operations that took longer than a time, both ". \
    "logarithmic; of each workload the cell of most threads and longest p99" \
    at screen px(14), screen 1 - py(38) left font font.",10" \
    textcolor rgb SOFT
@PUT_LEGEND
@PUT_SOURCE
plot -1 notitle
unset label
set border 3
set logscale xy 10
set xtics nomirror out scale 0.5 font font.",9"
set ytics nomirror out scale 0.5,0 font font.",9"
set grid xtics ytics linecolor rgb FAINT linewidth 0.5
set title offset 0,-0.6 font font.",10"
rarest = larger(rarest, 1e-9)
set yrange [rarest / 1.5:1.3]
set ytics ("all" 1, "10 %%" 0.1, "1 %%" 0.01, "0.1 %%" 1e-3, \
    "0.01 %%" 1e-4, "0.001 %%" 1e-5, "1e-6" 1e-6, "1e-7" 1e-7, \
    "1e-8" 1e-8, "1e-9" 1e-9)
set xtics ("1 ns" 1, "10 ns" 10, "100 ns" 100, "1 µs" 1e3, "10 µs" 1e4, \
    "100 µs" 1e5, "1 ms" 1e6, "10 ms" 1e7, "100 ms" 1e8, "1 s" 1e9, \
    "10 s" 1e10)
set datafile missing "NaN"
do for [p = 1:panels] {
	c = (p - 1) % columns
	r = (p - 1) / columns
	set lmargin at screen px(14 + c * panel_w + 50)
	set rmargin at screen px(14 + (c + 1) * panel_w - 10)
	set tmargin at screen 1 - py(top + r * panel_h + 22)
	set bmargin at screen 1 - py(top + (r + 1) * panel_h - 46)
	set title TITLE[p]
	# At least a decade, or the axis has no number.
	set xrange [LEAST[p] / 1.2:larger(MOST[p] * 1.2, LEAST[p] * 12)]
	plot for [i = 1:impls] file using \
	    ($1 == p - 1 && $3 == i - 1 ? $4 : NaN):($5 > 0 ? $5 : NaN) \
	    with lines linewidth 1.5 linecolor rgb COLOUR[i] notitle
}
unset multiplot
