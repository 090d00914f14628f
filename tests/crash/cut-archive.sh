#!/bin/sh
# D12: an archive that ends early, at every STEP bytes, is found out; what is read of it is right.
#
#	cut-archive.sh STEP
# shellcheck source=/dev/null disable=SC2154
set -u
step=${1:-4096}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
need gzip truncate
make_input 200
make_reference
rm -f reference.db-*
size=$(wc -c <reference.db)
at=0
cuts=0
while [ $at -lt "$size" ]; do
	rm -f cut.db cut.db-*
	cp reference.db cut.db
	truncate -s $at cut.db
	for command in "verify -q" "verify -q --data" "timeline -f ids" "export -f jsonl --canonical" stats; do
		# shellcheck disable=SC2086
		timeout 20 "$RIPOSTE" $command -A cut.db >out 2>err
		status=$?
		case "$command:$status" in
		*:76) [ -s err ] || fail "cut at $at: $command: no word" ;;
		verify*) fail "cut at $at: $command: status $status: $(head -c 300 err)" ;;
		export*:0) cmp -s out reference.jsonl || fail "cut at $at: $command: other posts, and no word" ;;
		*:0) ;;
		*) fail "cut at $at: $command: status $status: $(head -c 300 err)" ;;
		esac
	done
	# shellcheck disable=SC2086
	timeout 20 "$RIPOSTE" import -q -A cut.db musk.json >out 2>err
	status=$?
	case $status in
	76) [ -s err ] || fail "cut at $at: import: no word" ;;
	0) [ $at = 0 ] || "$RIPOSTE" verify -q --data -A cut.db 2>err && [ $at != 0 ] && fail "cut at $at: import heals it" ;;
	*) fail "cut at $at: import: status $status: $(head -c 300 err)" ;;
	esac
	cuts=$((cuts + 1))
	at=$((at + step))
done
figures "$cuts cuts of $size bytes, every one found out"
