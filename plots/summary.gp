# The figure of README: every cell as a dot, by workload and implementation.
# Draws summary.tsv.  null is left out: it is a floor, not a candidate.
load plots."/common.gp"
file = data."/summary.tsv"

# Lanes are given to the implementations that are drawn, in their order.
array LANE[256]
lanes = 0
do for [i = 1:impls] {
	LANE[i] = -1
	SEEN[i] = SHOWN[i] && NAME[i] ne BASELINE && NAME[i] ne "null"
	if (SEEN[i]) {
		LANE[i] = lanes
		lanes = lanes + 1
	}
}
array BAND[512]
bands = 0
longest = 0
least = 1.0
most = 1.0
in_lane(i) = LANE[int(i) + 1] >= 0
finite(v) = v == v && v > 0 && v < 1e6
# The axis holds every dot; an interval that is very wide is cut at its end.
bound(v) = finite(v) ? (least = v < least ? v : least, \
    most = v > most ? v : most, 0) : 0
set table $ignored
plot file using (bands = int($1) + 1, BAND[bands] = strcol(2), \
    longest = larger(longest, strlen(strcol(2))), \
    in_lane($4) ? bound($6) + bound($7 > $6 / 2.2 ? $7 : NaN) + \
    bound($8 < $6 * 2.2 ? $8 : NaN) : 0, 0) with table
unset table
if (bands == 0 || lanes == 0) exit

left = larger(110, 7.4 * longest + 20)
lane_px = 13
band_px = lanes * lane_px + 10
width = 900
@LEGEND
legend_y = 62
top = legend_y + legend_px + 14
bottom = 72
height = top + bottom + bands * band_px
@OPEN
set output out

# Pixels from the top of the plot, downwards.
y(band, impl, at) = band * band_px + 5 + LANE[int(impl) + 1] * lane_px + \
    1.5 + at * (lane_px - 3)
set lmargin at screen px(left)
set rmargin at screen 1 - px(24)
set tmargin at screen 1 - py(top)
set bmargin at screen py(bottom)
set yrange [bands * band_px:0]
least = 0.85 * (least < 0.9 ? least : 0.9)
most = 1.18 * (most > 1.15 ? most : 1.15)
set xrange [least:most]
set logscale x 2
set border 1
unset ytics
set xtics nomirror out
octaves = log(most / least) / log(2)
set xtics ()
if (octaves < 1.3) {
	set xtics add (0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5)
} else {
	if (octaves < 3) {
		set xtics add (0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2, \
		    2.5, 3, 4, 5)
	} else {
		set xtics add (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, \
		    0.8, 1, 1.25, 1.6, 2, 2.5, 3, 4, 5, 7, 10, 15, 20)
	}
}
set format x "%g×"
set grid xtics linecolor rgb FAINT linewidth 0.5
set xlabel "throughput relative to ". \
    BASELINE." of the same block (logarithmic)" textcolor rgb INK

# Every other band is shaded, so that a name is found for each lane.
do for [b = 0:bands - 1] {
	if (b % 2 == 0) {
		set object b + 1 rectangle from graph 0, first b * band_px \
		    to graph 1, first (b + 1) * band_px behind \
		    fillcolor rgb "#f4f5f8" fillstyle solid noborder
	}
	set label b + 1 BAND[b + 1] at screen px(left - 10), \
	    first (b + 0.5) * band_px right textcolor rgb INK
}
set arrow 1 from 1, graph 0 to 1, graph 1 nohead front \
    linecolor rgb INK linewidth 1.2
set label 1001 "Every cell against ".BASELINE at screen px(14), \
    screen 1 - py(18) left font font.",14" textcolor rgb INK
set label 1002 "circle: 1 thread, triangle: more; ". \
    "filled: resolved, open: not; line: 95 % interval; ". \
    "null is left out" \
    at screen px(14), screen 1 - py(40) left font font.",10" \
    textcolor rgb SOFT
set label 1003 "slower ◂" at 1, screen 1 - py(top - 9) right \
    offset character -0.7,0 font font.",10" textcolor rgb SOFT
set label 1004 "▸ faster" at 1, screen 1 - py(top - 9) left \
    offset character 0.7,0 font font.",10" textcolor rgb SOFT
unset key
@PUT_LEGEND
@PUT_SOURCE

# resolved and many pick one of the four kinds of point.
at_y(i) = column(4) == i - 1 ? y(column(1), column(4), column(5)) : NaN
kind(i, r, many) = column(9) == r && (column(10) > 1) == many ? at_y(i) : NaN
plot for [i = 1:impls] (LANE[i] >= 0 ? file : "/dev/null") \
    using ($7 == $7 ? $6 : NaN):(at_y(i)):7:8 \
    with xerrorbars pointtype 0 linewidth 1 \
    linecolor rgb "0x90".substr(COLOUR[i], 3, 8) notitle, \
    for [i = 1:impls] for [k = 0:3] (LANE[i] >= 0 ? file : "/dev/null") \
    using 6:(kind(i, k % 2, k / 2)) with points \
    pointtype (k == 0 ? 6 : k == 1 ? 7 : k == 2 ? 8 : 9) pointsize 0.55 \
    linewidth 1 linecolor rgb COLOUR[i] notitle
