#!/bin/sh
# R01: a stream of N megabytes through a pipe, and the compaction of its archive: at most 128 MB of memory each.
#
#	big.sh MEGABYTES
# shellcheck source=/dev/null disable=SC2154
set -u
megabytes=${1:-1024}
CRASH_DIR=${CRASH_DIR:-${TMPDIR:-/tmp}}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"

cat >pipe.sh <<'END'
#!/bin/sh
"$TOOLS/generate" $((megabytes * 2558)) 30 | "$TOOLS/measure" 1 "$RIPOSTE" import -q -A archive.db -
END
megabytes=$megabytes TOOLS=$TOOLS timeout $((300 + 3 * megabytes)) sh pipe.sh >cost 2>err || fail "the import: $(cat err)"
read -r wall_ms _ rss_kb <cost
bytes=$("$RIPOSTE" stats -A archive.db --json | sed 's/.*"bytes_in":\([0-9]*\).*/\1/')
echo "import of $((bytes / 1048576)) MB out of a pipe: $wall_ms ms, $((rss_kb / 1024)) MB of memory"
[ "$bytes" -ge $((megabytes * 1000000)) ] || fail "$bytes bytes are not all there were"
[ -n "$sanitized" ] || [ $((rss_kb / 1024)) -le 128 ] || fail "$((rss_kb / 1024)) MB of memory for an import"
before=$(wc -c <archive.db)
within $((300 + 3 * megabytes)) 129 "compaction" "$RIPOSTE" compact -q -A archive.db
echo "$before bytes, packed $(wc -c <archive.db)"
within 600 129 "backup" "$RIPOSTE" backup -q -A archive.db copy.db
cmp -s archive.db copy.db || "$RIPOSTE" verify -q -A copy.db || fail "the backup is damaged"
"$RIPOSTE" verify -q --data=2/2 -A archive.db || fail "damaged"
