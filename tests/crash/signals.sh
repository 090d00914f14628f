#!/bin/sh
# K07, K08: SIGTERM, SIGINT, SIGHUP and SIGKILL at random times: the next import converges.
#
#	signals.sh RUNS POSTS [SEED]
# shellcheck source=/dev/null disable=SC2154
set -u
runs=${1:-200}
seed=${3:-${CRASH_SEED:-1}}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
need gzip timeout
make_input "${2:-20000}"
make_reference
start=$(date +%s%N)
# shellcheck disable=SC2086
"$RIPOSTE" import -q -A timed.db $inputs
took_ms=$((($(date +%s%N) - start) / 1000000 + 20))
rm -f timed.db timed.db-*

awk -v n="$runs" -v seed="$seed" -v ms="$took_ms" 'BEGIN {
	srand(seed)
	split("TERM 143 INT 130 HUP 129 KILL 137", s)
	for (i = 0; i < n; i++) {
		k = int(rand() * 4)
		printf "%s %s %.3f\n", s[2 * k + 1], s[2 * k + 2], rand() * ms / 1000
	}
}' >plan
stopped=0
finished=0
while read -r signal status seconds; do
	# Every third run goes on where the one before was stopped.
	[ $((stopped % 3)) != 0 ] || rm -f archive.db archive.db-*
	# A background job of a shell ignores SIGINT, and riposte keeps ignoring it: timeout puts it back.
	# shellcheck disable=SC2086
	timeout --preserve-status -s "$signal" -k 2 "$seconds" "$RIPOSTE" import -q -A archive.db $inputs >out 2>err
	got=$?
	case $got in
	0) finished=$((finished + 1)) ;;
	"$status") stopped=$((stopped + 1)) ;;
	*) fail "SIG$signal after $seconds s: status $got, not $status: $(head -c 300 err)" ;;
	esac
	check_sound archive.db "SIG$signal after $seconds s"
	[ $((stopped % 3)) != 2 ] && [ $got != 0 ] && continue
	check_convergence archive.db "SIG$signal after $seconds s"
	rm -f archive.db archive.db-*
done <plan
figures "$stopped kill points at random times: $stopped of $runs imports stopped by a signal, $finished were faster, seed $seed"
[ "$stopped" -gt $((runs / 4)) ] || fail "too few were stopped to mean anything"

# A reader that is told to end, ends.
for signal in "TERM 143" "INT 130" "HUP 129"; do
	set -- $signal
	timeout --preserve-status -s "$1" -k 2 0.01 "$RIPOSTE" verify -q --data -A reference.db >out 2>err
	got=$?
	[ $got = 0 ] || [ $got = "$2" ] || fail "verify, SIG$1: status $got"
done
"$RIPOSTE" verify -q --data -A reference.db || fail "damaged by readers"
