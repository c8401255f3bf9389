# What each cell could have seen, and how far identical code lies from 1.
# Draws noise.tsv, worst cell first.
load plots."/common.gp"
file = data."/noise.tsv"

rows = 0
longest = 0
least = 1e9
most = 0
floors = 0
lacking = 0
bound(v) = v == v && v > 0 ? (most = larger(most, v), \
    least = -larger(-least, -v)) : 0
set table $ignored
plot file using (rows = int($1) + 1, \
    longest = larger(longest, strlen(strcol(2))), \
    SEEN[int($3) + 1] = SEEN[int($3) + 1] || $4 == $4, \
    floors = floors || $5 == $5, \
    lacking = lacking || $4 != $4, bound($4), bound($5), 0) with table
unset table
if (rows == 0 || most == 0) exit

# Beyond a page's length the names give way, and the order remains.
named = rows <= 110
row_px = named ? 13 : larger(2, 1400.0 / rows)
left = named ? 6.0 * longest + 24 : 60
width = larger(left + 480, 700)
@LEGEND
legend_y = 58
top = legend_y + legend_px + 6
bottom = 62
height = top + rows * row_px + bottom
@OPEN
set output out
set lmargin at screen px(left)
set rmargin at screen 1 - px(30)
set tmargin at screen 1 - py(top)
set bmargin at screen py(bottom)
set border 1
unset key
unset ytics
set yrange [rows - 0.3:-0.7]
set logscale x 10
least = larger(least, 0.01) / 1.3
most = most * 1.3
set xrange [least:most]
set xtics nomirror out scale 0.5 (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, \
    10, 20, 50, 100, 200, 500)
set grid xtics linecolor rgb FAINT linewidth 0.5
set format x "%g %%"
set xlabel "per cent of throughput (logarithmic)".(named ? "" : \
    "; every cell, worst on top") textcolor rgb INK
set label 1 "What each cell could have seen" at screen px(14), \
    screen 1 - py(18) left font font.",14" textcolor rgb INK
set label 2 "dot: minimum detectable effect against ".BASELINE. \
    (floors ? "; grey tick: A/A floor, how far identical code lies from 1" : ""). \
    (lacking ? "; no dot: too few replicates" : "") \
    at screen px(14), screen 1 - py(38) left font font.",10" \
    textcolor rgb SOFT
@PUT_LEGEND
@PUT_SOURCE
# A row is several lines of the table: what is said once is said at the first.
seen_row = -1
first(row) = (again = row == seen_row, seen_row = row, !again)
# Implementations a little below each other, so that equal ones both show.
drawn = 0
array LANE[256]
do for [i = 1:impls] {
	LANE[i] = drawn
	drawn = drawn + (SEEN[i] ? 1 : 0)
}
beside(i) = 0.3 * (drawn > 1 ? LANE[i] / (drawn - 1.0) - 0.5 : 0)
plot file using (first($1) ? least : NaN):1:(most - least):(0) with vectors nohead \
    linewidth 0.4 linecolor rgb FAINT notitle, \
    file using ($5 > least ? $5 : NaN):($1 - 0.4):(0):(0.8) with vectors \
    nohead linewidth 2.5 linecolor rgb QUIET notitle, \
    for [i = 1:impls] file using \
    ($3 == i - 1 ? $4 : NaN):($1 + beside(i)) with points \
    pointtype 7 pointsize (named ? 0.55 : 0.3) linecolor rgb COLOUR[i] \
    notitle, \
    file using (first($1) && named ? least : NaN):1:(strcol(2)."  ") with labels right \
    font font.",9" textcolor rgb INK notitle
