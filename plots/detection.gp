# The lab's test of itself: how often a planted effect is called different.
# Draws detection.tsv, which make self-test writes; nothing without it.
load plots."/common.gp"
file = data."/detection.tsv"
if (system("test -f '".file."' && echo yes") ne "yes") exit

# Its data are others than those of the figures beside it, and no one file:
# what is kept of them is the table.
source = file

array COVERAGE[64]
array COUNT[64]
array PLANTED[64]
array CALIBRATED[64]
levels = 0
most = 1.0
set table $ignored
plot file using (levels = levels + 1, PLANTED[levels] = $1, \
    CALIBRATED[levels] = $2, COUNT[levels] = $3, COVERAGE[levels] = $10, \
    most = $2 > most ? $2 : most, 0) with table
unset table
if (levels == 0) exit

width = 900
height = 462
top = 76
bottom = 140
left = 110
@OPEN
set output out
set lmargin at screen px(left)
set rmargin at screen 1 - px(40)
set tmargin at screen 1 - py(top)
set bmargin at screen py(bottom)
set border 3
set xrange [-0.06 * most:1.08 * most]
set yrange [0:105]
set xtics nomirror out offset 0,0.2 format "%g %%"
set ytics nomirror out 0,20,100 format "%g %%"
set grid ytics linecolor rgb FAINT linewidth 0.5
set xlabel "planted effect, as calibrated in each process: time of an ". \
    "operation grows by" offset 0,0.6 textcolor rgb INK
set label 1 "How often a planted effect is called different" \
    at screen px(left), screen 1 - py(20) left font font.",14" \
    textcolor rgb INK
set label 2 "points: share of comparisons, with its exact 95 % interval; ". \
    "dashed: required, at most 5 % at 0 % and at least 95 % from 5 % on" \
    at screen px(left), screen 1 - py(42) left font font.",10" \
    textcolor rgb SOFT
# What is required holds on no effect, and from 5 % on.
set arrow 1 from graph 0, first 5 to first 0.12 * most, first 5 nohead \
    dashtype 2 linecolor rgb "#b3452c"
set arrow 2 from first 4.5, first 95 to graph 1, first 95 nohead \
    dashtype 2 linecolor rgb "#b3452c"
set label 3 "comparisons" at screen px(left - 12), screen py(74) right \
    font font.",10" textcolor rgb SOFT
set label 4 "holds the truth" at screen px(left - 12), screen py(56) right \
    font font.",10" textcolor rgb SOFT
set label 5 "(required: 93 %)" at screen px(left - 12), screen py(40) right \
    font font.",9" textcolor rgb SOFT
do for [i = 1:levels] {
	set label 10 * i sprintf("%d", COUNT[i]) at first CALIBRATED[i], \
	    screen py(74) center font font.",10" textcolor rgb INK
	set label 10 * i + 1 sprintf("%.1f %%", 100 * COVERAGE[i]) \
	    at first CALIBRATED[i], screen py(56) center font font.",10" \
	    textcolor rgb INK
}
@PUT_SOURCE
plot file using 2:(100 * $5) with lines linewidth 1.5 \
    linecolor rgb FAINT notitle, \
    file using 2:(100 * $5):(100 * $6):(100 * $7) with yerrorbars \
    pointtype 7 pointsize 0.8 linewidth 1.3 linecolor rgb "#2f5d9b" notitle
