#!/bin/sh
# K01, K08, A04, A10: collect is killed, at random and before calls, and killed again while it mends
# what that left.
#
#	collect.sh RUNS STEP [SEED]	STEP: before every STEP-th call
# shellcheck source=/dev/null disable=SC2154
set -u
runs=${1:-500}
step=${2:-1}
seed=${3:-${CRASH_SEED:-1}}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/collecting.sh"
need strace sqlite3 curl timeout
make_world 600
serve
make_collected
list_world
tell_mock reset
start=$(date +%s%N)
collect timed.db || fail "once more"
took_ms=$((($(date +%s%N) - start) / 1000000))
check_claims timed.db "undisturbed"
rm -f timed.db*

fresh() {
	rm -f archive.db archive.db-*
	tell_mock reset
}

# kill_after SECONDS: sets status.  It is waited for: its lock ends with it.
kill_after() {
	"$RIPOSTE" collect -q --all -A archive.db --config c.conf >out 2>err &
	collector=$!
	sleep "$1"
	kill -KILL $collector 2>/dev/null
	{ wait $collector; } 2>/dev/null
	status=$?
}

# At random.  X limits us now and then; every third run is killed again when it goes on.
awk -v n="$runs" -v seed="$seed" -v ms="$took_ms" 'BEGIN {
	srand(seed)
	for (i = 0; i < n; i++)
		printf "%.3f %.3f %d\n", rand() * ms / 1000, rand() * ms / 1000, i % 12 == 5
}' >plan
killed=0
while read -r first second limited; do
	fresh
	[ "$limited" = 0 ] || tell_mock 'set?path=/x/2/users/*&after=2&n=1&status=429&header=Retry-After:0'
	what="killed after $first s"
	kill_after "$first"
	case $status in
	0) ;;
	137) killed=$((killed + 1)) ;;
	*) fail "$what: status $status: $(cat err)" ;;
	esac
	[ ! -s archive.db ] || check_claims archive.db "$what"
	if [ $((killed % 3)) = 0 ]; then
		what="$what, and after $second s"
		kill_after "$second"
		[ $status = 0 ] || [ $status = 137 ] || fail "$what: status $status: $(cat err)"
		[ $status = 0 ] || killed=$((killed + 1))
		[ ! -s archive.db ] || check_claims archive.db "$what"
	fi
	check_collected archive.db "$what"
	check_claims archive.db "$what, to the end"
done <plan
figures "$killed kill points at random times of $runs collects: all there, nothing claimed, nothing unpaid, seed $seed"
[ "$killed" -gt $((runs / 4)) ] || fail "too few were killed to mean anything"

# Before calls.
kill_calls=$kill_calls,sendto,recvfrom
fresh
kill_points "$step" "$RIPOSTE" collect -q --all -A archive.db --config c.conf >points
[ -s points ] || fail "no calls at all"
tried=0
while read -r call n; do
	fresh
	what="killed before $call $n"
	killed_at "$call" "$n" "$RIPOSTE" collect -q --all -A archive.db --config c.conf </dev/null
	[ ! -s archive.db ] || check_claims archive.db "$what"
	check_collected archive.db "$what"
	tried=$((tried + 1))
done <points
figures "$tried kill points before calls of collect: all there"
kill "$mock"
