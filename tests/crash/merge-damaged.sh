#!/bin/sh
# Another archive that is damaged, or was tampered with: it is named, all that can be read is taken,
# and taken once.  Of what was merged nothing can be removed or changed unseen.
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
need sqlite3 gzip
"$TOOLS/generate" 900 31 >posts.jsonl
cp "$DATA"/stargate/x/*.json "$DATA/stargate/davos.txt" .
gzip -n -k posts.jsonl
"$RIPOSTE" import -q -A b.db posts.jsonl.gz musk.json clip.json || fail "the import"
"$RIPOSTE" import -q -A b.db altman.json davos.txt musk.json || fail "the import"
"$RIPOSTE" import -q -A c.db clip.json || fail "the import"
"$RIPOSTE" merge -q -A b.db c.db || fail "the merge"
canonical b.db >b.jsonl

# damage WHAT SQL WORDS: of b, then merged twice into one that is empty.
damage() {
	rm -f bad.db* a.db*
	cp b.db bad.db
	sqlite3 bad.db "$2" || fail "$1: cannot be made"
	"$RIPOSTE" merge -q -A a.db bad.db 2>err
	[ $? = 76 ] || fail "$1: not 76: $(cat err)"
	grep -q "$3" err || fail "$1: not named: $(cat err)"
	"$RIPOSTE" verify -q --data -A a.db || fail "$1: ours is damaged"
	"$RIPOSTE" capture list -A a.db >captures
	"$RIPOSTE" stats --chain -A a.db >chain
	"$RIPOSTE" merge -q -A a.db bad.db 2>again
	cmp -s err again || fail "$1: told otherwise the second time: $(cat again)"
	"$RIPOSTE" capture list -A a.db | cmp -s - captures || fail "$1: taken twice"
	"$RIPOSTE" stats --chain -A a.db | cmp -s - chain || fail "$1: a run more"
	"$RIPOSTE" timeline -A a.db -f ids >posts
	"$RIPOSTE" merge -q -A a.db b.db || fail "$1: the sound one after it"
	canonical a.db | cmp -s - b.jsonl || fail "$1: then other posts"
	"$RIPOSTE" verify -q -A a.db || fail "$1: then damaged"
}

musk="(SELECT id FROM capture WHERE name = CAST('musk.json' AS BLOB))"
around="(SELECT inside FROM capture WHERE inside > 0)"
damage "a capture" "UPDATE segment SET skeleton = x'00', skeleton_bytes = 1, skeleton_packing = 0 WHERE capture = $musk" musk.json
grep -q 1882106524090482701 posts || fail "what is not damaged is not there"
! grep -q 'musk.json' captures || fail "nothing of it can be read, and it is there"
damage "a record inside a compressed file" "UPDATE record SET frame = x'00' WHERE id = 850" posts.jsonl
grep -q 'posts.jsonl.*incomplete' captures || fail "what could be read of it is not there"
[ "$(wc -l <posts)" -gt 500 ] || fail "what comes before the damage is not there"
damage "a compressed file" "UPDATE segment SET skeleton = x'00', skeleton_bytes = 1, skeleton_packing = 0 WHERE capture = $around AND start = 0" posts.jsonl.gz
[ "$(wc -l <posts)" -gt 850 ] || fail "what is inside of it is not there"
damage "the time of a capture" "UPDATE capture SET at = at + 1 WHERE id = $musk" "run 1 of archive"
[ "$(grep -c ^merged chain)" = 1 ] || fail "runs after the damage were taken"
damage "a link" "UPDATE run SET previous = zeroblob(32) WHERE link = 2" "run 2 of archive"
damage "a run of a third archive" "UPDATE foreign_run SET started = started + 1" "of archive"

# What was merged is held to its hashes.
rm -f a.db*
"$RIPOSTE" merge -q -A a.db b.db || fail "the merge"
"$RIPOSTE" verify -q -A a.db || fail "damaged from the beginning"
tampered=0
while IFS= read -r sql; do
	rm -f bad.db*
	cp a.db bad.db
	sqlite3 bad.db "$sql" || fail "$sql: cannot be made"
	"$RIPOSTE" verify -q -A bad.db 2>err
	[ $? = 76 ] || fail "$sql: not found"
	tampered=$((tampered + 1))
done <<'END'
DELETE FROM foreign_part WHERE run = 1 AND place = 1
DELETE FROM foreign_part
DELETE FROM foreign_run WHERE id = 1
DELETE FROM foreign_run WHERE id = (SELECT max(id) FROM foreign_run)
DELETE FROM foreign_run
UPDATE foreign_part SET at = at + 1 WHERE run = 2 AND place = 1
UPDATE foreign_part SET name = x'41' WHERE run = 2 AND place = 1
UPDATE foreign_part SET capture = capture + 1 WHERE run = 2 AND place = 1
UPDATE foreign_part SET place = place + 100 WHERE run = 2 AND place = 1
UPDATE foreign_run SET link = link + 1 WHERE id = 2
UPDATE foreign_run SET archive = zeroblob(16) WHERE id = 2
UPDATE foreign_run SET number = number + 1 WHERE id = 2
DELETE FROM capture WHERE id = 2
END
echo "$tampered changes to what was merged: found"
