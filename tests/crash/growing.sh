#!/bin/sh
# Z13: a file that grows, shrinks or is replaced while it is read is no trouble for the archive.
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
need timeout
"$TOOLS/generate" "${1:-40000}" 30 >all.jsonl

half=$(($(wc -c <all.jsonl) / 2))
head -c $half all.jsonl >growing.jsonl
(
	i=0
	while [ $i -lt 20 ] && [ ! -e finished ]; do
		tail -c +$((half + 1 + i * 50000)) all.jsonl | head -c 50000 >>growing.jsonl
		i=$((i + 1))
	done
) &
writer=$!
timeout 60 "$RIPOSTE" import -q -A growing.db growing.jsonl 2>err
status=$?
: >finished
wait $writer
case $status in
0 | 3) ;;
*) fail "a file that grows: status $status: $(cat err)" ;;
esac
"$RIPOSTE" verify -q --data -A growing.db || fail "a file that grows: damaged"

# Cut to nothing while it is read: what was read stays, and the whole file mends the rest.
cp all.jsonl shrinking.jsonl
timeout 60 "$RIPOSTE" import -q -A shrinking.db shrinking.jsonl 2>err &
reader=$!
while [ ! -s shrinking.db-wal ] && kill -0 $reader 2>/dev/null; do :; done
: >shrinking.jsonl
wait $reader
status=$?
case $status in
0 | 3 | 65 | 74) ;;
*) fail "a file that shrinks: status $status: $(cat err)" ;;
esac
"$RIPOSTE" verify -q --data -A shrinking.db || fail "a file that shrinks: damaged"
"$RIPOSTE" import -q -A shrinking.db all.jsonl || fail "a file that shrinks: the next import"
"$RIPOSTE" import -q -A whole.db all.jsonl || fail "the whole file"
canonical whole.db >reference.jsonl
canonical shrinking.db | cmp -s - reference.jsonl || fail "a file that shrinks: other posts than in the whole one"

# A writer of a pipe that dies: what came is kept.
mkfifo pipe
(head -c $((half + 100)) all.jsonl && exit 1) >pipe &
timeout 60 "$RIPOSTE" import -q -A pipe.db - <pipe 2>err
status=$?
wait
[ $status = 3 ] || [ $status = 0 ] || fail "a pipe that ends early: status $status: $(cat err)"
"$RIPOSTE" verify -q --data -A pipe.db || fail "a pipe that ends early: damaged"
"$RIPOSTE" import -q -A pipe.db all.jsonl || fail "a pipe that ends early: the next import"
canonical pipe.db | cmp -s - reference.jsonl || fail "a pipe that ends early: other posts"
