#!/bin/sh
# K02, K06, K08: SIGKILL before the N-th system call of an import into no archive; every other
# time the next import is killed as well.
#
#	kill.sh STEP [SEED]	every STEP-th call; 1 is all of them
# shellcheck source=/dev/null disable=SC2086,SC2154
set -u
step=${1:-1}
seed=${2:-${CRASH_SEED:-1}}
. "$(dirname "$0")/common.sh"
need strace gzip
make_input
add_archive
make_reference

import="import -q -A archive.db $inputs"
kill_points "$step" "$RIPOSTE" $import >points
total=$(($(wc -l <points) * step))
kills=0
seconds=0
while read -r call n; do
	rm -f archive.db archive.db-*
	killed_at "$call" "$n" "$RIPOSTE" $import
	[ $status != 0 ] || continue
	what="killed before $call $n"
	kills=$((kills + 1))
	if [ $((kills % 2)) = 0 ]; then
		again=$(awk -v seed="$((seed * 100000 + kills))" 'BEGIN { srand(seed); print 1 + int(rand() * 40) }')
		killed_at pwrite64 "$again" "$RIPOSTE" $import
		[ $status = 0 ] || seconds=$((seconds + 1))
		what="$what, and the next import before pwrite64 $again"
	fi
	check_convergence archive.db "$what"
done <points
figures "$((kills + seconds)) kill points, $seconds of them second kills, every $step-th of $total calls: nothing lost, nothing damaged, seed $seed"
[ $kills -gt 5 ] || fail "too few kills to mean anything"
