#!/bin/sh
# R03: N tiny files: as much time for each, however many there were before, with few descriptors and little memory.
#
#	tiny-files.sh N
# shellcheck source=/dev/null disable=SC2154
set -u
files=${1:-100000}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
mkdir in
awk -v n="$files" 'BEGIN { for (i = 0; i < n; i++) {
	name = sprintf("in/%07d.json", i)
	printf "{\"id\":\"%d\",\"text\":\"file %d\",\"author_id\":\"9\"}\n", 1000000 + i, i >name
	close(name)
} }'
cat >take <<'END'
#!/bin/sh
ulimit -n 24
find in -name "*$1.json" | sort | xargs -n 5000 "$RIPOSTE" import -q -A archive.db
END
chmod 755 take
export RIPOSTE

# By their last digit: first those with 0 to 4, then the rest.
within $((60 + files / 400)) 128 "the first half of $files files" ./take '[0-4]'
read -r first _ <cost
within $((60 + files / 400)) 128 "the second half" ./take '[5-9]'
read -r second _ <cost
"$RIPOSTE" stats --json -A archive.db >stats
grep -q "\"posts\":$files,.*\"captures\":$files," stats || fail "not a post of each: $(cat stats)"
[ "${second%.*}" -lt $((3 * ${first%.*} + 2000)) ] || fail "$first ms for the first half, $second for the second"
within 60 128 "a name that is there" "$RIPOSTE" import -q -A archive.db in/0000001.json
within $((60 + files / 1000)) 128 "compaction" "$RIPOSTE" compact -q -A archive.db
"$RIPOSTE" capture cat -A archive.db "$(sha256sum <in/0000007.json | cut -c 1-64)" | cmp -s - in/0000007.json || fail "other bytes"
echo "$(wc -c <archive.db) kept"
"$RIPOSTE" verify -q -A archive.db || fail "damaged"
