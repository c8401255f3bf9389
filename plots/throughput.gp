# Throughput against threads, one small panel for each kind of cell of one
# workload.  Draws the table it is given, throughput-<workload>.tsv.
load plots."/common.gp"

array TITLE[1024]
array TOP[1024]
panels = 0
threads_min = 1e9
threads_max = 0
workload = ""
larger(a, b) = a > b ? a : b
# A missing figure is NaN, which no comparison lets through.
reach(p, v) = v == v && v > TOP[p] ? (TOP[p] = v) : 0
opens(p) = p > panels ? (panels = p, TOP[p] = 0) : 0
set table $ignored
plot table using (p = int($1) + 1, opens(p), TITLE[p] = strcol(2), \
    workload = strcol(9), reach(p, $5), reach(p, $7), reach(p, $8), \
    threads_max = larger(threads_max, $3), \
    threads_min = -larger(-threads_min, -$3), 0) with table
unset table
if (panels == 0) exit
most = 0
starred = 0
do for [p = 1:panels] {
	most = larger(most, TOP[p])
	starred = starred || strstrt(TITLE[p], "*")
}
unit = most < 1e6 ? 1e3 : 1e6

columns = panels < 4 ? panels : 4
rows = (panels + columns - 1) / columns
panel_w = 215
panel_h = 170
left = 14
key_w = 0
do for [i = 1:impls] {
	key_w = NAME[i] eq REFERENCE ? key_w : \
	    key_w + 48 + 8 * strlen(NAME[i])
}
width = larger(left + columns * panel_w + 16, panels > 1 ? 500 : 440)
key_rows = 1 + int(key_w / (width - 30))
top = 50 + 18 * (key_rows + 1)
bottom = 20
height = top + rows * panel_h + bottom
@OPEN
set output out
set multiplot

# The legend is a plot without data, above the panels.
set lmargin at screen 0
set rmargin at screen 1
set bmargin at screen 0
set tmargin at screen 1
unset border
unset tics
set xrange [0:1]
set yrange [0:1]
set label 1 workload.": throughput against threads" at screen px(left), \
    screen 1 - py(18) left font font.",14"
set label 2 (unit == 1e3 ? "thousands" : "millions"). \
    " of operations a second; median, least and greatest round". \
    (starred ? "; *: t1 is another panel's" : "") \
    at screen px(left), screen 1 - py(38) left font font.",10" \
    textcolor rgb SOFT
set key at screen px(left), screen 1 - py(50) left top horizontal Left \
    reverse samplen 1.4 width 1 maxrows key_rows + 1 font font.",10"
plot for [i = 1:impls] (NAME[i] eq REFERENCE ? NaN : -1) \
    with linespoints pointtype 7 pointsize 0.6 linewidth 1.8 \
    linecolor rgb COLOUR[i] \
    title (NAME[i] eq REFERENCE ? "" : NAME[i]), \
    -1 with lines dashtype 2 linecolor rgb SOFT title "linear"
unset label
unset key
set border 3
set xtics nomirror out scale 0.5 font font.",9"
set ytics nomirror out scale 0.5 font font.",9"
set grid ytics linecolor rgb FAINT linewidth 0.5
set xlabel "threads" offset 0,0.6 font font.",9" textcolor rgb SOFT
set title offset 0,-0.6 font font.",10"
pad = threads_max > threads_min ? 1.15 : 1.5
set logscale x 2
set xrange [threads_min / pad:threads_max * pad]
set xtics ()
t = 1
while (t <= threads_max) {
	set xtics add (sprintf("%d", t) t)
	t = t * 2
}
set xtics add (sprintf("%d", threads_max) threads_max)
# Curves stand a little beside each other, so that bars of equal height show.
beside(i, v) = v * 2 ** (0.22 * ((i - 0.5) / impls - 0.5))
# A curve goes over the rows of the others, which are missing for it.
set datafile missing "NaN"
do for [p = 1:panels] {
	c = (p - 1) % columns
	r = (p - 1) / columns
	set lmargin at screen px(left + c * panel_w + 36)
	set rmargin at screen px(left + (c + 1) * panel_w - 10)
	set tmargin at screen 1 - py(top + r * panel_h + 22)
	set bmargin at screen 1 - py(top + (r + 1) * panel_h - 34)
	set title TITLE[p]
	top_y = TOP[p] > 0 ? TOP[p] * 1.05 / unit : 1
	set yrange [0:top_y]
	set ytics tic_step(top_y)
	plot table using ($1 == p - 1 ? $3 : NaN):($8 / unit) \
	    with lines dashtype 2 linecolor rgb SOFT notitle, \
	    for [i = 1:impls] table using \
	    ($1 == p - 1 && $4 == i - 1 ? beside(i, $3) : NaN):($6 / unit): \
	    (0):(($7 - $6) / unit) \
	    with vectors nohead linewidth 1.2 \
	    linecolor rgb COLOUR[i] notitle, \
	    for [i = 1:impls] table using \
	    ($1 == p - 1 && $4 == i - 1 ? beside(i, $3) : NaN):($5 / unit) \
	    with linespoints pointtype 7 pointsize 0.6 linewidth 1.8 \
	    linecolor rgb COLOUR[i] notitle
}
unset multiplot
