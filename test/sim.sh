#!/bin/sh
# The simulator: the same result always, exact order, known shapes, bad input.
#
# Method: runs are compared to the byte, with another layout of addresses and
# with nobody running ahead; programs of sim/locks must keep to the machine's
# figures and to themselves; oracles of workloads end every run.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s build/sim || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

check() {	# check TEXT COMMAND...
	text=$1
	shift
	if "$@" >"$dir/why" 2>&1; then
		echo "ok - $text"
	else
		echo "not ok - $text"
		tail -n 12 "$dir/why" | sed 's/^/#   /'
		failed=1
	fi
}

refuse() {	# refuse TEXT ARGUMENT...: one line with TEXT, status 2
	saying=$1
	shift
	build/sim "$@" >"$dir/out" 2>"$dir/err"
	status=$?
	cp "$dir/err" "$dir/why"
	check "refused: $*" [ "$status" -eq 2 ]
	check "  in one line that says it" sh -c \
	    "[ \$(wc -l <$dir/err) -eq 1 ] && grep -qF -- \"$saying\" $dir/err"
}

# The same, 20 times, wherever the host puts things.
run="build/sim --json --threads 12 --window-us 100 --impl old_vpo_wanted,sxbusy_rlock
io_hold fault_soft/ro,own/same grab_hit/copy/shared"
$run >"$dir/first"
check "it runs" [ "$(grep -c '"status":"ok"' "$dir/first")" -eq 10 ]
for i in 1 2 3 4 5 6 7 8 9 10; do
	$run >"$dir/$i"
	# shellcheck disable=SC2086
	setarch -R $run >"$dir/$i.fixed"
done
check "20 repeats are equal, ASLR on and off" sh -c \
    "for f in $dir/[0-9]*; do cmp $dir/first \$f || exit 1; done"
check "another seed is another run" sh -c \
    "$(echo "$run" | tr '\n' ' ') --seed 2 | cmp -s - $dir/first; [ \$? -eq 1 ]"

# Order is exact: who may run ahead of the others sees what all see in turn.
for threads in 2 7 33; do
	for ahead in "" --no-lookahead; do
		# shellcheck disable=SC2086
		build/sim --json --threads $threads --window-us 30 $ahead \
		    >"$dir/all$ahead"
	done
	check "$threads CPUs: nobody running ahead, the same" cmp \
	    "$dir/all" "$dir/all--no-lookahead"
	check "  and every oracle holds" sh -c \
	    "! grep -q '\"status\":\"failed\"' $dir/all"
done

# Threads of one core, at work and asleep; packages two hops away.
cores="--machine xeon-8375c --threads 16,11"
for ahead in "" --no-lookahead; do
	# shellcheck disable=SC2086
	build/sim --json --topology "pack:2 l3:1 core:4 pu:2" $cores \
	    --window-us 60 $ahead >"$dir/smt$ahead"
	# shellcheck disable=SC2086
	build/sim --json --machine opteron-6172 --threads 48 --window-us 30 \
	    $ahead grab_hit fault_soft/ro,own io_hold >"$dir/far$ahead"
done
check "threads that share cores: nobody running ahead, the same" cmp \
    "$dir/smt" "$dir/smt--no-lookahead"
check "distances: nobody running ahead, the same" cmp \
    "$dir/far" "$dir/far--no-lookahead"
alone=$(build/sim --json --topology "core:1 pu:2" --threads 1 --impl sxbusy \
    grab_hit/bare/private | sed 's/.*"ops":\([0-9]*\).*/\1/')
both=$(build/sim --json --topology "core:1 pu:2" --threads 2 --impl sxbusy \
    grab_hit/bare/private | sed 's/.*"ops":\([0-9]*\).*/\1/')
check "two threads of a core do more than one, and less than two" \
    [ "$both" -gt $((alone * 11 / 10)) -a "$both" -lt $((alone * 19 / 10)) ]

# What a line's transfer costs, and what an acquisition is.
for machine in epyc-7r13 xeon-8375c opteron-6172 xeon-e7-8867l; do
	build/sim --machine $machine --pairs >"$dir/pairs"
	cp "$dir/pairs" "$dir/why"
	check "$machine: every pair is within 5 % of its level's mean" awk '
	NR > 1 {
		levels++
		if ($5 < 0.95 * $4 || $6 > 1.05 * $4) bad = 1
	} END { exit bad || levels < 3 }' "$dir/pairs"
	check "  and that within 5 % of the machine's" awk '
	NR > 1 && ($4 < 0.95 * $3 || $4 > 1.05 * $3) { bad = 1 }
	END { exit bad }' "$dir/pairs"
done
build/sim --threads 1,8,128 --program all >"$dir/programs"
check "locks keep CPUs apart" [ $? -eq 0 ]
for program in blocks copied noticed told looked; do
	check "$program: each in its time" build/sim --program $program
	check "  and with nobody running ahead" \
	    build/sim --no-lookahead --program $program
done
cp "$dir/programs" "$dir/why"
check "an acquisition among 128 who poll is at most 20 events" awk '
$1 ~ /^(ticket|ttas|mcs)$/ && $2 == 128 { n++; if ($8 > 20) bad = 1 }
END { exit bad || n != 3 }' "$dir/programs"
check "who says which value it polls for takes as long as who looks" awk '
{ ns[$1] = $4; looks[$1] = ($(NF - 3) / $16 - 1) * $8 }
END { exit !(ns["told"] > 0.99 * ns["looked"] &&
    ns["told"] < 1.01 * ns["looked"] && looks["told"] < 0.5 &&
    looks["looked"] > 13) }' "$dir/programs"
check "a write that changes nothing makes nobody look" awk '
$1 == "looked" { exit !(($(NF - 3) / $16 - 1) * $8 < 17) }' "$dir/programs"
check "a queue's costs what the way is" awk '
$1 == "mcs" { ns[$2] = $4 } END { exit !(ns[128] < 5 * ns[8]) }' \
    "$dir/programs"
check "a ticket's costs ever more" awk '
$1 == "ticket" { ns[$2] = $4 } END { exit !(ns[128] > 4 * ns[8]) }' \
    "$dir/programs"

# A machine of lstopo's, with and without the distances of its nodes.
lstopo-no-graphics -i "pack:4 numa:1 core:2 pu:1" --of xml -f "$dir/a.xml"
matrix="10 21 21 31 21 10 31 21 21 31 10 21 31 21 21 10 "
distances="<distances2 type='NUMANode' nbobjs='4' kind='5' indexing='os'>"
distances="$distances<indexes length='8'>0 1 2 3 </indexes>"
distances="$distances<u64values length='48'>$matrix</u64values></distances2>"
distances=$(echo "$distances" | tr "'" '"')
sed "s|</topology>|$distances&|" "$dir/a.xml" >"$dir/b.xml"
for file in a b; do
	build/sim --machine xeon-e7-8867l --topology "$dir/$file.xml" --pairs \
	    >"$dir/$file.pairs"
done
check "a file's nodes are all as near without distances" \
    grep -q '^remote	24' "$dir/a.pairs"
check "  and with them two hops away, or one" sh -c \
    "grep -q '^remote	16' $dir/b.pairs && grep -q '^far	8' $dir/b.pairs"
near=$(build/sim --json --threads 8 --window-us 50 --impl sxbusy fault_zero)
away=$(build/sim --json --threads 8 --window-us 50 --impl sxbusy --home 1 \
    fault_zero | sed 's/"home":1/"home":0/')
check "memory may be bound to another node" [ "$near" != "$away" ]
refuse "the machine has 2 nodes" --home 2 alloc

for model in sim/machines/*.model; do
	name=$(basename "$model" .model)
	check "$name: it runs" sh -c "build/sim --machine $name --threads 2 \
	    --window-us 50 alloc | grep -q Mop/s"
done

refuse "hwloc cannot read it" --topology "pack:2 x" alloc
refuse "up to 512 and 16 can be simulated" --topology "pack:9 core:64 pu:2"
refuse "give a number from 1 to 512" --threads 0
refuse "give a number from 1 to 512" --threads 10000
refuse "the machine has 192 CPUs" --threads 193
refuse "there is no workload 'none'" none
refuse "sim/machines/ has those that are known" --machine none
refuse "there is none in sim/locks" --program none
refuse "the machine has 1 CPUs" --topology pu:1 --conflicts
refuse "none for so many threads" --threads 1 handoff
refuse "there is no implementation 'none'" --impl sxbusy,none alloc
# Without a cell named: those that can be run on one CPU.
check "one thread of each" build/sim --threads 1 --window-us 5 --impl sxbusy
sed 's/^plain.*/plane 1/' sim/machines/epyc-7r13.model >"$dir/x.model"
refuse "plane: there is no such field" --machine "$dir/x.model"
sed '/^plain/d' sim/machines/epyc-7r13.model >"$dir/x.model"
refuse "plain is missing" --machine "$dir/x.model"
refuse "10000 CPUs" --topology "pack:100 core:100 pu:1"
opteron=sim/machines/opteron-6172.model
sed 's/^distances.*/distances 10 16 16/' $opteron >"$dir/x.model"
refuse "distances: 3 numbers for 8 nodes; give 64" --machine "$dir/x.model"
sed 's/^distances	10 16/distances	10 17/' $opteron >"$dir/x.model"
refuse "give the same both ways" --machine "$dir/x.model"
sed 's/^distances.*/distances near far/' $opteron >"$dir/x.model"
refuse "give numbers, as 10 21 21 10" --machine "$dir/x.model"
sed '/^transfer_far/d' $opteron >"$dir/x.model"
refuse "transfer_far is missing" --machine "$dir/x.model"
sed 's/^smt.*/smt 3/' sim/machines/epyc-7r13.model >"$dir/x.model"
refuse "from 1 to 2" --machine "$dir/x.model"
sed 's/^plain.*/plain fast/' sim/machines/epyc-7r13.model >"$dir/x.model"
refuse "give a time in ns" --machine "$dir/x.model"
for twice in "topology pu:2" "smt 1.2" "distances 10" "plain.alloc 1"; do
	(echo "$twice"; cat sim/machines/epyc-7r13.model
	    echo "$twice") >"$dir/x.model"
	refuse "${twice%% *} is there twice" --machine "$dir/x.model"
done
sed 's/^serve.*/serve 1e7/' sim/machines/epyc-7r13.model >"$dir/x.model"
refuse "up to 1000000" --machine "$dir/x.model"
# The end of a comment that does not fit is no field.
(printf '#%01022dplain 3\n' 0; grep -v '^plain' sim/machines/epyc-7r13.model
) >"$dir/x.model"
refuse ":1: a line has at most 1022 characters" --machine "$dir/x.model"
sed 's/^transfer_l3.*/transfer_l3 0/' sim/machines/epyc-7r13.model \
    >"$dir/x.model"
check "a transfer that takes no time" timeout 20 build/sim \
    --machine "$dir/x.model" --threads 2 --window-us 5 --impl sxbusy alloc
exit $failed
