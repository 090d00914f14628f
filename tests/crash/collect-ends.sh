#!/bin/sh
# K07, D01, K12 of collect: signals end it within two seconds, a full disk and allocations that fail
# with a line; what was stored stays, and the next run goes on behind it.
#
#	collect-ends.sh RUNS STEP	signals; every STEP-th allocation
# shellcheck source=/dev/null disable=SC2154
set -u
runs=${1:-200}
step=${2:-1}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
. "$(dirname "$0")/collecting.sh"
need sqlite3 curl timeout
make_world 300
serve
make_collected
list_world

# Signals.  A server that takes its time makes the run last; the last ones wait for an answer.
awk -v n="$runs" -v seed="${CRASH_SEED:-1}" 'BEGIN {
	srand(seed)
	split("TERM 143 INT 130 HUP 129", s)
	for (i = 0; i < n; i++) {
		k = int(rand() * 3)
		printf "%s %s %.3f\n", s[2 * k + 1], s[2 * k + 2], rand() * 0.5
	}
}' >plan
stopped=0
worst=0
while read -r signal status seconds; do
	rm -f archive.db archive.db-*
	tell_mock reset
	tell_mock "set?path=/*/*&n=1000&delay=$((stopped % 5 == 4 ? 5000 : 20))"
	what="SIG$signal after $seconds s"
	# A background job of a shell ignores SIGINT: timeout puts it back.
	timeout --preserve-status -s "$signal" -k 9 "$seconds" "$RIPOSTE" collect -q --all -A archive.db --config c.conf >out 2>err &
	start=$(date +%s%N)
	{ wait $!; } 2>/dev/null
	got=$?
	ms=$((($(date +%s%N) - start) / 1000000 - $(printf %.0f "$(echo "$seconds" | sed 's/^0\.//; s/^0*//; s/^$/0/')")))
	case $got in
	0) ;;
	"$status")
		stopped=$((stopped + 1))
		[ $ms -le $worst ] || worst=$ms
		[ $ms -lt 2000 ] || [ -n "$sanitized" ] || fail "$what: took $ms ms to end"
		;;
	*) fail "$what: status $got, not $status: $(head -c 300 err)" ;;
	esac
	[ ! -s archive.db ] || check_claims archive.db "$what"
	tell_mock reset
	[ $((stopped % 4)) != 0 ] || check_collected archive.db "$what"
done <plan
figures "$stopped of $runs collects stopped by a signal, within $worst ms"
[ "$stopped" -gt $((runs / 4)) ] || fail "too few were stopped to mean anything"

# What was read is not read again: half of the pages, then the other half.
rm -f archive.db archive.db-*
tell_mock reset
timeout --preserve-status -s TERM 0.05 "$RIPOSTE" collect -q --all -A archive.db --config c.conf >out 2>err
check_collected archive.db "stopped half way"

# A full disk.
mkdir disk
if mount -t tmpfs -o size=300k none disk 2>/dev/null; then
	tell_mock reset
	collect disk/archive.db 2>err
	status=$?
	[ $status = 74 ] || { umount disk; fail "full disk: status $status: $(cat err)"; }
	grep -qi "full\|space" err || { umount disk; fail "full disk: $(cat err)"; }
	check_claims disk/archive.db "full disk"
	mount -o remount,size=64m disk
	check_collected disk/archive.db "full disk"
	umount disk
	figures "full disk: told, and goes on with room"
else
	echo "cannot mount a small file system here: not tried"
fi

# Allocations, of a run with a page of each.
[ -x "$TOOLS/riposte-scarce" ] || { echo "allocations cannot be made to fail here"; exit 0; }
kill "$mock"
rm -f url world/posts.jsonl log collected.db*
make_world 60
serve
make_collected
tried=0
told=0
tell_mock reset
SCARCE_PLACES=places timeout 60 "$TOOLS/riposte-scarce" collect -q --all -A scarce.db --config c.conf 2>err || fail "not even without a fault: $(cat err)"
awk -v step="$step" '++n % step == 0 { print $1; print $1 "+" }' places >numbers
while read -r number; do
	rm -f archive.db archive.db-*
	tell_mock reset # its clock stands still, and so would its limits
	what="allocation $number"
	SCARCE=$number timeout 60 "$TOOLS/riposte-scarce" collect -q --all -A archive.db --config c.conf >out 2>err
	status=$?
	case $status in
	0 | 3) ;;
	# A source is told to be tried again, or to have failed; or the whole run.
	69 | 74 | 75)
		[ -s err ] || fail "$what: status $status and no word"
		told=$((told + 1))
		;;
	*) fail "$what: status $status: $(head -c 600 err)" ;;
	esac
	check_collected archive.db "$what"
	tried=$((tried + 1))
done <numbers
figures "$tried failed allocations of collect, $told of them told: nothing lost"
kill "$mock"
