# Map of every cell and implementation: colour and number are the ratio to the
# baseline.  Draws speedup.tsv.  What is not resolved is hatched and has no
# colour, however far from 1 it lies.
load plots."/common.gp"
file = data."/speedup.tsv"

# Columns are numbered in the order of the implementations, baseline left out.
array COLUMN[256]
columns = 0
do for [i = 1:impls] {
	if (SHOWN[i] && NAME[i] ne BASELINE) {
		columns = columns + 1
		COLUMN[columns] = NAME[i]
	}
}
pages = 0
rows = 0
longest = 0
set table $ignored
plot file using (pages = larger(pages, int($1) + 1), \
    rows = larger(rows, int($2) + 1), \
    longest = larger(longest, strlen(strcol(7))), 0) with table
unset table
if (pages == 0 || columns == 0) exit

row_px = 17
column_px = 52
label_px = larger(6.2 * longest + 12, 60)
HATCH = "#d5d9e0"
page_px = label_px + columns * column_px + 18
head = 0
do for [i = 1:columns] { head = larger(head, strlen(COLUMN[i])) }
top = 66 + 5.2 * head
bottom = 66
wide = int(larger(1, floor(2000 / page_px)))
wide = pages < wide ? pages : wide
page_rows = (pages + wide - 1) / wide
page_h = top + rows * row_px
width = larger(20 + wide * page_px + larger(0, 4.4 * head - column_px), 620)
height = page_rows * page_h + bottom
@OPEN
set output out
x0(page) = 10 + int(page) % wide * page_px + label_px
x(page, column) = x0(page) + (column + 0.5) * column_px
y(row) = int(column(1)) / wide * page_h + (row + 0.5) * row_px

set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1 - py(top)
set bmargin at screen py(bottom)
set xrange [0:width]
set yrange [page_rows * page_h - top:0]
unset border
unset tics
unset key
# Blue is faster, orange slower; the scale ends at a factor of 4 either way.
# What is resolved and near 1 is pale.
set palette defined (-2 "#a63603", -1 "#f0a35e", -0.15 "#fbdcbd", \
    0 "#f7f7f7", 0.15 "#cfe3f3", 1 "#6baed6", 2 "#08519c")
set cbrange [-2:2]
set colorbox horizontal user origin px(20), py(36) size px(230), py(9) \
    noborder
set cbtics ("¼×" -2, "½×" -1, "1×" 0, "2×" 1, "4×" 2) font font.",9" \
    scale 0 offset 0,0.6
set label 1 "Ratio of throughput to ".BASELINE at screen px(14), \
    screen 1 - py(20) left font font.",14" textcolor rgb INK
set label 2 "coloured: resolved, darker is farther from 1; ". \
    "hatched: not resolved" \
    at screen px(14), \
    screen 1 - py(42) left font font.",10" textcolor rgb SOFT
do for [p = 0:pages - 1] {
	do for [i = 1:columns] {
		set label 100 + p * 256 + i COLUMN[i] at x(p, i - 1) + 4, \
		    p / wide * page_h - 6 \
		    left rotate by 35 font font.",10" textcolor rgb INK
	}
}
page_of(kind) = column(3) >= 0 && column(5) == kind ? \
    x(column(1), column(3)) : NaN
dark(v) = abs(v) > 1.25
number(shade) = page_of(1) == page_of(1) && dark(column(4)) == shade ? \
    page_of(1) : NaN
half = column_px / 2.0 - 1
@PUT_SOURCE
set label 3 "hatched: not resolved" at screen px(300), screen py(35) left \
    font font.",9" textcolor rgb SOFT
set object 1 rectangle from screen px(272), screen py(28) \
    to screen px(294), screen py(42) \
    fillcolor rgb HATCH fillstyle pattern 5 noborder
plot file using (page_of(0)):(y($2)):(page_of(0) - half): \
    (page_of(0) + half):(y($2) - row_px / 2.0 + 1): \
    (y($2) + row_px / 2.0 - 1) \
    with boxxyerror fillstyle pattern 5 noborder \
    linecolor rgb HATCH notitle, \
    file using (page_of(1)):(y($2)):(page_of(1) - half): \
    (page_of(1) + half):(y($2) - row_px / 2.0 + 1): \
    (y($2) + row_px / 2.0 - 1):4 \
    with boxxyerror fillstyle solid noborder linecolor palette notitle, \
    file using (number(0)):(y($2)):6 with labels font font.",9" \
    textcolor rgb INK notitle, \
    file using (number(1)):(y($2)):6 with labels font font.",9" \
    textcolor rgb "white" notitle, \
    file using (page_of(0)):(y($2)):6 with labels font font.",9" \
    textcolor rgb INK notitle, \
    file using (page_of(2)):(y($2)):6 with labels font font.",9" \
    textcolor rgb QUIET notitle, \
    file using (page_of(3)):(y($2)):6 with labels font font.",9" \
    textcolor rgb "#c0392b" notitle, \
    file using ($3 == 0 ? x0($1) - 6 : NaN):(y($2)):7 with labels right \
    font font.",9" textcolor rgb SOFT notitle, \
    file using ($3 == -1 ? x0($1) - 6 : NaN):(y($2)):7 with labels right \
    font font.",11" textcolor rgb INK notitle
