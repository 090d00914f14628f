#!/bin/sh
# J04, R01: lines, strings and texts of N megabytes, a stream of as many: memory stays flat.
#
#	large.sh MEGABYTES	at least 17, so that lines are over the limit of 16
# shellcheck source=/dev/null disable=SC2154
set -u
megabytes=${1:-100}
CRASH_DIR=${CRASH_DIR:-${TMPDIR:-/tmp}}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"

# N megabytes of the letter a.
letters() {
	head -c "$(($1 * 1048576))" /dev/zero | tr '\0' a
}

small='{"id":"101","text":"small","author_id":"9"}'
{
	printf '{"id":"102","text":"long text","author_id":"9","beside":"'
	letters "$megabytes"
	printf '"}\n%s\n' "$small"
} >line.jsonl
{
	printf '{"id":"103","text":"'
	letters "$megabytes"
	printf '","author_id":"9"}\n%s\n' "$small"
} >text.jsonl
{
	letters "$megabytes"
	printf '\n%s\n' "$small"
} >garbage.jsonl
{
	printf '%s\n{"id":"104","text":"' "$small"
	letters "$megabytes"
} >open.jsonl
{
	printf '%s\n{"data":[' "$small"
	head -c "$((megabytes * 1048576))" /dev/zero | tr '\0' ' '
	printf ']}\n'
} >blanks.jsonl
for name in line text garbage open blanks; do
	within_status 3 60 256 "$name of $megabytes MB" "$RIPOSTE" import -q --as x -A $name.db $name.jsonl
	"$RIPOSTE" timeline -A $name.db -f ids | grep -q '^x:101$' || fail "$name: took the small post along"
	sha=$(sha256sum <$name.jsonl | cut -c 1-64)
	"$RIPOSTE" capture cat -A $name.db "$sha" | cmp - $name.jsonl || fail "$name: other bytes"
	within 60 256 "$name: capture cat" "$RIPOSTE" capture cat -A $name.db "$sha"
	within 60 256 "$name: verify" "$RIPOSTE" verify -q --data -A $name.db
	rm -f $name.db $name.db-* $name.jsonl
done

# The largest text that may be read: just below 16 MiB.
{
	printf '{"id":"105","text":"'
	letters 15
	printf ' end","author_id":"9"}\n'
} >limit.jsonl
within 60 256 "a text of 15 MB" "$RIPOSTE" import -q -A limit.db limit.jsonl
for command in timeline "thread x:105" "show x:105" "show x:105 --raw" "export -f jsonl --canonical" "search end" "search end --json"; do
	# shellcheck disable=SC2086
	within 60 256 "a text of 15 MB: $command" "$RIPOSTE" $command -A limit.db
done
rm -f limit.db limit.db-* limit.jsonl

# A stream: what there is of it does not matter.
"$TOOLS/generate" $((megabytes * 2500)) 30 >stream.jsonl
echo "a stream of $(($(wc -c <stream.jsonl) / 1048576)) MB"
within $((30 + megabytes)) 256 "stream" "$RIPOSTE" import -q -A stream.db stream.jsonl
zstd -q stream.jsonl
rm stream.jsonl
within $((30 + megabytes)) 256 "compressed stream" "$RIPOSTE" import -q -A again.db stream.jsonl.zst
