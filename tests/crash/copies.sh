#!/bin/sh
# R05: the same post N times is one post; what is kept of each sighting is bounded.
#
#	copies.sh N
# shellcheck source=/dev/null disable=SC2154
set -u
copies=${1:-1000000}
CRASH_DIR=${CRASH_DIR:-${TMPDIR:-/tmp}}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"

awk -v n="$copies" 'BEGIN { for (i = 0; i < n; i++)
	print "{\"id\":\"1881923570458304780\",\"text\":\"the very same words again and again\",\"author_id\":\"9\"}" }' >posts.jsonl
within $((30 + copies / 10000)) 256 "$copies copies" "$RIPOSTE" import -q -A archive.db posts.jsonl
"$RIPOSTE" stats --json -A archive.db >stats
grep -q '"posts":1,"ghosts":0,"versions":1,' stats || fail "not one post: $(cat stats)"
bytes=$(wc -c <archive.db)
figures "$bytes bytes of archive for $(wc -c <posts.jsonl) taken in: $((bytes / copies)) a copy"
[ $((bytes / copies)) -lt 40 ] || fail "$((bytes / copies)) bytes a copy"
within 60 256 "verify" "$RIPOSTE" verify -q --data -A archive.db
within 30 256 "thread" "$RIPOSTE" thread -A archive.db x:1881923570458304780
within 30 256 "show" "$RIPOSTE" show -A archive.db x:1881923570458304780
within 30 256 "capture cat" "$RIPOSTE" capture cat -A archive.db "$(sha256sum <posts.jsonl | cut -c 1-64)"
