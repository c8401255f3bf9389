# What the primitives cost on one thread, in ns.  Draws primitives.tsv.
load plots."/common.gp"
file = data."/primitives.tsv"

bars = 0
most = 0
longest = 0
set table $ignored
plot file using (bars = int($1) + 1, SHOWN[int($3) + 1] || NAME[int($3) + 1] eq REFERENCE ? \
    (SEEN[int($3) + 1] = 1) : 0, most = larger(most, $5), \
    longest = larger(longest, strlen(strcol(2))), 0) \
    with table
unset table
if (bars == 0) exit

bar_px = 11
left = 8 * longest + 20
width = 760
@LEGEND
legend_y = 40
top = legend_y + legend_px + 4
bottom = 66
height = top + bottom + bars * bar_px
@OPEN
set output out
set lmargin at screen px(left)
set rmargin at screen 1 - px(60)
set tmargin at screen 1 - py(top)
set bmargin at screen py(bottom)
set border 3
set yrange [bars - 0.3:-0.7]
# An interval that goes far beyond every bar is cut at the end of the axis.
most = most * 1.25
set xrange [0:most]
unset ytics
set xtics nomirror out scale 0.5
set grid xtics linecolor rgb FAINT linewidth 0.5
set xlabel "ns, of a pair where there are two halves; ". \
    "line: interval of the median"
set label 1 "Primitives on one thread, uncontended" at screen px(14), \
    screen 1 - py(18) left font font.",14" textcolor rgb INK
unset key
@PUT_LEGEND
@PUT_SOURCE
box(i) = column(3) == i - 1 ? column(5) / 2 : NaN
plot for [i = 1:impls] file using (box(i)):1:(0):5:($1 - 0.44):($1 + 0.44) \
    with boxxyerror fillstyle solid noborder linecolor rgb COLOUR[i] \
    notitle, \
    file using ($6 == $6 ? $5 : NaN):1:6:7 \
    with xerrorbars pointtype 0 linewidth 1.1 \
    linecolor rgb INK notitle, \
    file using (larger($5, $7 == $7 ? ($7 < most ? $7 : most) : 0)):1: \
    (sprintf("  %.1f", $5)) \
    with labels left font font.",8" textcolor rgb SOFT notitle, \
    file using ($8 == 1 ? 0 : NaN):1:(strcol(2)."  ") with labels right \
    font font.",10" textcolor rgb INK notitle
