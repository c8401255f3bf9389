# How long a cache line takes from one CPU to another: the machine's own
# ceiling.  Draws transfer.tsv, a square a pair.
load plots."/common.gp"
file = data."/transfer.tsv"
source = system("sed -n '1s/^# source: //p' '".file."'")

array CPU[1024]
cpus = 0
least = 1e9
most = 0
set table $ignored
plot file using (cpus = larger(cpus, int($1) + 1), \
    $1 < 1024 ? (CPU[int($1) + 1] = int($6)) : 0, \
    least = -larger(-least, -$3), most = larger(most, $3), 0) with table
unset table
if (cpus < 2) exit

# Few squares are large enough for their figure.
square_px = cpus <= 24 ? 44 : larger(4, 700.0 / cpus)
said = cpus <= 24
left = 70
top = 78
bottom = 64
side = cpus * square_px
width = larger(left + side + 110, 560)
height = top + side + bottom
@OPEN
set output out
set lmargin at screen px(left)
set rmargin at screen px(left + side)
set tmargin at screen 1 - py(top)
set bmargin at screen py(bottom)
unset key
set border 0
set xrange [-0.5:cpus - 0.5]
set yrange [cpus - 0.5:-0.5]
set tics scale 0 font font.",9"
set xtics ()
set ytics ()
every_nth = cpus <= 24 ? 1 : 2 ** ceil(log(cpus / 16.0) / log(2))
do for [i = 1:cpus] {
	if ((i - 1) % every_nth == 0) {
		set xtics add (sprintf("%d", CPU[i]) i - 1)
		set ytics add (sprintf("%d", CPU[i]) i - 1)
	}
}
set xlabel (cpus > 8 ? "CPU, in the order of the machine's topology" : \
    "CPU") textcolor rgb INK
set palette defined (0 "#f2f6fb", 1 "#9cc4e4", 2 "#3a7fb8", 3 "#0b3a6b")
low = least * 0.9
high = larger(most, low * 1.5)
set cbrange [low:high]
if (cpus > 2) {
	set colorbox user origin px(left + side + 20), py(bottom) \
	    size px(12), py(larger(60, side) * (side > 60 ? 1 : 0.8)) noborder
	set cbtics font font.",9"
} else {
	unset colorbox
}
set label 1 "Transfer of a cache line between two CPUs" \
    at screen px(14), screen 1 - py(18) left font font.",14" \
    textcolor rgb INK
set label 2 "ns one way, median; half a round trip. One contended word ". \
    "changes hands no faster" at screen px(14), screen 1 - py(38) left \
    font font.",10" textcolor rgb SOFT
set label 3 (least == most ? sprintf("%.1f ns", most) : \
    sprintf("%.1f to %.1f ns", least, most)). \
    sprintf(": at most %.1f million operations a second", 1e3 / least) \
    at screen px(14), screen 1 - py(56) left font font.",10" \
    textcolor rgb INK
@PUT_SOURCE
shade(v) = v > low + 0.5 * (high - low)
plot file using 1:2:($1 - 0.48):($1 + 0.48):($2 - 0.48):($2 + 0.48):3 \
    with boxxyerror fillstyle solid noborder linecolor palette notitle, \
    file using (said && !shade($3) ? $1 : NaN):2:(sprintf("%.3g", $3)) \
    with labels font font.",10" textcolor rgb INK notitle, \
    file using (said && shade($3) ? $1 : NaN):2:(sprintf("%.3g", $3)) \
    with labels font font.",10" textcolor rgb "white" notitle
