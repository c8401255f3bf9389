# Of which step a gain or loss is: a waterfall a cell, from 1 to the total.
# Draws attribution.tsv.  Cells stand in columns if they are many.
load plots."/common.gp"
file = data."/attribution.tsv"

# What each step brings, under the colour of the implementation it leads to.
array STEP[4] = ["object lock an rwlock", "read lock in prefault", \
    "busy word", "read lock in fault and grab"]
array STEP_COLOUR[4]
rows = 0
longest = 0
least = 0.9
most = 1.1
set table $ignored
plot file using (rows = int($1) + 1, \
    longest = larger(longest, strlen(strcol(2))), \
    STEP_COLOUR[int($3) + 1] = COLOUR[int($4) + 1], \
    least = -larger(-least, -larger($6, 1e-3)), \
    most = larger(most, $6), 0) with table
unset table
if (rows == 0) exit

per_page = 44
pages = int(ceil(rows / real(per_page)))
per_page = int(ceil(rows / real(pages)))
row_px = 24
label_px = 6.2 * longest + 14
plot_px = pages == 1 ? 440 : 300
page_px = label_px + plot_px + 60
width = larger(14 + pages * page_px, 800)
top = 88
bottom = 46
height = top + per_page * row_px + bottom
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
set label 1 "From ".BASELINE." to sxbusy_rlock, step by step" \
    at screen px(14), screen 1 - py(18) left font font.",14" \
    textcolor rgb INK
set label 2 "ratio of throughput, starting from 1; solid: the step is ". \
    "resolved, hatched: not; dot: total; of each kind of cell the one ". \
    "with most threads" at screen px(14), screen 1 - py(38) left \
    font font.",10" textcolor rgb SOFT
x = 14
do for [s = 1:4] {
	set label 10 + s STEP[s] at screen px(x + 5), screen 1 - py(58) left \
	    point pointtype 5 pointsize 0.9 linecolor rgb STEP_COLOUR[s] \
	    offset character 1.1,-0.1 font font.",10" textcolor rgb INK
	x = x + 34 + 6.6 * strlen(STEP[s])
}
@PUT_SOURCE
plot -1 notitle
unset label
set border 1 linecolor rgb SOFT
set logscale x 2
set xrange [least / 1.06:most * 1.06]
octaves = log(most / least) / log(2)
set xtics nomirror out scale 0.5 font font.",9"
if (octaves < 1.3) {
	set xtics (0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6)
} else {
	set xtics (0.0625, 0.125, 0.25, 0.5, 0.7, 1, 1.4, 2, 4, 8, 16)
}
set format x "%g×"
set grid xtics linecolor rgb FAINT linewidth 0.5
here(p) = int(column(1)) / per_page == p
y(s) = here(page) ? column(1) - page * per_page + 0.06 + 0.22 * s : NaN
step(s, solid) = column(3) == s && column(7) == solid ? y(s) : NaN
do for [page = 0:pages - 1] {
	set lmargin at screen px(14 + page * page_px + label_px)
	set rmargin at screen px(14 + page * page_px + label_px + plot_px)
	set tmargin at screen 1 - py(top)
	set bmargin at screen py(bottom)
	set yrange [per_page:0]
	set arrow 1 from 1, graph 0 to 1, graph 1 nohead back \
	    linecolor rgb INK linewidth 1
	plot for [s = 0:3] for [solid = 0:1] file using 5:(step(s, solid)): \
	    ($5 < $6 ? $5 : $6):($5 < $6 ? $6 : $5): \
	    (y(s)):(y(s) + 0.22) with boxxyerror \
	    fillstyle pattern (solid ? 3 : 5) noborder \
	    linecolor rgb STEP_COLOUR[s + 1] notitle, \
	    for [s = 0:3] file using ($3 == s ? $6 : NaN):(y(s)):(0): \
	    (s < 3 ? 0.44 : 0.22) with vectors nohead linewidth 0.8 \
	    linecolor rgb SOFT notitle, \
	    file using ($3 == 3 ? $8 : NaN):(y(3.5)) with points \
	    pointtype 7 pointsize 0.45 linecolor rgb INK notitle, \
	    file using ($3 == 3 ? most * 1.06 : NaN):(y(2)): \
	    (sprintf("  %.2f×", $8)) with labels left font font.",9" \
	    textcolor rgb INK notitle, \
	    file using ($3 == 0 ? least / 1.06 : NaN):(y(2)): \
	    (strcol(2)."  ") with labels right font font.",9" \
	    textcolor rgb INK notitle
}
unset multiplot
