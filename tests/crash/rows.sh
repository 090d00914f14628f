#!/bin/sh
# D11: rows that say something else, or nothing that makes sense: nobody falls over them,
# verify finds them, and what is derived comes right again by rebuild.
#
#	rows.sh STEP	every STEP-th kind of damage; 1 is all of them
# shellcheck source=/dev/null disable=SC2086,SC2154
set -u
step=${1:-1}
. "$(dirname "$0")/common.sh"
need sqlite3
cp "$DATA"/stargate/x/*.json "$DATA"/stargate/davos.txt "$DATA"/stargate/davos.txt.riposte.ini .
cat >more.jsonl <<'END'
{"id":"10","text":"said so","author_id":"1","author":{"id":"1","username":"ana","name":"Ana"},"edit_history_tweet_ids":["9","10"]}
{"id":"10","text":"said it","author_id":"1","edit_history_tweet_ids":["9","10"]}
{"delete":{"status":{"id_str":"10"}}}
not JSON
END
"$RIPOSTE" import -q -A good.db musk.json davos.txt clip.json altman.json more.jsonl >out 2>err
"$RIPOSTE" import -q -A good.db musk.json >out 2>err || fail "the import: $(cat err)"
"$TOOLS/generate" 1500 30 | "$RIPOSTE" import -q -A good.db - || fail "the import"
"$TOOLS/make-coverage" good.db musk x x:@44196397 2025-01-20 2025-01-24 || fail "no coverage"
"$TOOLS/make-coverage" good.db musk x x:@44196397 2025-01-24 2025-01-25 "too late" || fail "no gap"
[ "$(sqlite3 good.db 'SELECT count(*) > 0 FROM dictionary')" = 1 ] || fail "no dictionary in it"
canonical good.db >good.jsonl

# craft SQL: a copy in which that was done.
craft() {
	rm -f bad.db bad.db-*
	cp good.db bad.db
	printf '%s;\n' "$1" | sqlite3 bad.db >out 2>err || fail "$1: cannot be done: $(cat err)"
	for command in "timeline -n 20" "thread x:1882303826214162580" "show x:10 --json" "show x:10 --raw" "search money" stats "stats --rejected" \
		"capture list" gaps "export -f jsonl --canonical"; do
		timeout 20 "$RIPOSTE" $command -A bad.db >out 2>err
		status=$?
		case $status in
		0 | 1 | 76) ;;
		*) fail "$1: $command: status $status: $(head -c 300 err)" ;;
		esac
		[ $status != 76 ] || [ "$(wc -l <err)" = 1 ] || fail "$1: $command: not one line: $(cat err)"
	done
}

# told SQL WORDS: verify finds it, in these words.
told() {
	timeout 60 "$RIPOSTE" verify --data -A bad.db >out 2>err
	status=$?
	[ $status = 76 ] || fail "$1: verify: status $status: $(cat err)"
	grep -q -E -e "$2" err || fail "$1: \"$2\" is not in: $(cat err)"
	tried=$((tried + 1))
}

fact() {
	craft "$1"
	told "$1" "$2"
}

derived() {
	fact "$1" "$2"
	"$RIPOSTE" rebuild -q -A bad.db 2>err || fail "$1: rebuild: $(cat err)"
	"$RIPOSTE" verify -q --data -A bad.db 2>err || fail "$1: after rebuild: $(cat err)"
	canonical bad.db | cmp -s - good.jsonl || fail "$1: after rebuild: another archive"
}

tried=0
met=0
chosen() {
	met=$((met + 1))
	[ $((met % step)) = 0 ]
}
while IFS='~' read -r words statement; do
	chosen || continue
	fact "$statement" "$words"
done <<'END'
the archive's id fails its check~UPDATE archive SET checksum = checksum + 1
2 ids instead of one~INSERT INTO archive SELECT * FROM archive
0 ids instead of one~DELETE FROM archive
run 1 fails its check~UPDATE run SET program = x'00' WHERE id = 1
run 1 makes no sense~UPDATE run SET hash = x'00' WHERE id = 1
run 2 makes no sense~UPDATE run SET previous = x'' WHERE id = 2
chain of runs is broken before run 2~UPDATE run SET previous = zeroblob(32) WHERE id = 2
chain of runs is broken before run 3~UPDATE run SET link = 7 WHERE id = 3
is of run 1, which is not there~DELETE FROM run WHERE id = 1
capture 1 .* fails its check~UPDATE capture SET at = at + 1 WHERE id = 1
capture 1 makes no sense~UPDATE capture SET sha256 = x'00' WHERE id = 1
run 1 or one of its captures is not what its hash says~DELETE FROM capture WHERE id = 1
the note that capture 1 came again fails its check~UPDATE again SET at = at + 1
segment 1 has a damaged list of records~UPDATE segment SET n_holes = n_holes + 1 WHERE capture = 1
segment 1 has a damaged list of records~UPDATE segment SET n_holes = -1 WHERE capture = 1
segment 1 does not start where~UPDATE segment SET start = start + 1 WHERE capture = 1
segment 1 is not as long as was noted~UPDATE segment SET bytes = bytes + 1 WHERE capture = 1
segment 1 is not as long as was noted~UPDATE segment SET bytes = -1 WHERE capture = 1
list of records of capture .*: it is packed in a way~UPDATE segment SET holes_packing = 9 WHERE capture = 1
skeleton of capture .*: it is packed in a way~UPDATE segment SET skeleton_packing = 9 WHERE capture = 1
skeleton of capture .*: it cannot be as long~UPDATE segment SET skeleton_bytes = -1 WHERE capture = 1
list of records of capture .*: it is not as long~UPDATE segment SET holes_bytes = holes_bytes + 1 WHERE capture = 1
segment 1 has a damaged list of records~UPDATE segment SET holes = x'ffffffffffffffffffffff', holes_packing = 0, holes_bytes = 11 WHERE capture = 1
skeleton of capture .*: ~UPDATE segment SET skeleton = x'00' WHERE capture = 1
0 bytes of 3140 are there~DELETE FROM segment WHERE capture = 1
record 1: it is of no known kind~UPDATE record SET kind = 99 WHERE id = 1
record 1: it cannot be as long~UPDATE record SET bytes = -1 WHERE id = 1
record 1: ~UPDATE record SET bytes = bytes + 1 WHERE id = 1
record 1: it is packed in a way~UPDATE record SET packing = 7 WHERE id = 1
record 1: its dictionary 999 is missing~UPDATE record SET dictionary = 999 WHERE id = 1
record 1: its bytes do not have its hash~UPDATE record SET sha256 = zeroblob(32) WHERE id = 1
record 1: ~UPDATE record SET frame = x'00' WHERE id = 1
is missing~DELETE FROM record WHERE id = 1
dictionary 1: its bytes do not have its hash~UPDATE dictionary SET sha256 = zeroblob(32)
dictionary 1: ~UPDATE dictionary SET frame = x'00'
dictionary is of another kind~UPDATE record SET kind = 1 + kind % 2 WHERE dictionary > 0
its dictionary 1 is missing~DELETE FROM dictionary
a rejected record of capture .* fails its check~UPDATE reject SET reason = x'41'
a rejected record of capture .* fails its check~UPDATE reject SET capture = 99
where source "musk" stands fails its check~UPDATE source SET cursor = x'41'
source "musk" is damaged~UPDATE source SET failures = -1
coverage of .* fails its check~UPDATE coverage SET until = until + 1 WHERE gap
coverage of "musk" is damaged~UPDATE coverage SET until = since WHERE gap
END

while IFS='~' read -r words statement; do
	chosen || continue
	derived "$statement" "$words"
done <<'END'
post .* makes no sense~UPDATE post SET kind = 99 WHERE key = 9
post .* makes no sense~UPDATE post SET kind = -1 WHERE key = 9
post .* makes no sense~UPDATE post SET t_precision = 99 WHERE key = 9
post .* makes no sense~UPDATE post SET t_basis = 99 WHERE key = 9
the row of x:9 ~UPDATE post SET author = -2 WHERE key = 9
does not hold the words of the posts~DELETE FROM post WHERE key = 9
the existence of x:99 ~UPDATE post SET key = 99 WHERE key = 9
version .* makes no sense~UPDATE version SET fingerprint = x'00' WHERE id = 1
version .* makes no sense~UPDATE version SET flags = 9 WHERE id = 1
version .* makes no sense~UPDATE version SET more = x'ff' WHERE id = 1
version .* makes no sense~UPDATE version SET more = x'0000000000ffff' WHERE id = 1
post .* makes no sense~UPDATE post SET more = x'05' WHERE key = 9
the text of version 1 is missing~UPDATE version SET text = NULL WHERE id = 1
does not hold the words of the posts~UPDATE version SET text = x'41' WHERE id = 1
an edge of post .* makes no sense~UPDATE edge SET type = 99
an edge of post .* makes no sense~UPDATE edge SET origin = 99
an edge of post .* makes no sense~UPDATE edge SET confidence = 101
the edges of ~UPDATE edge SET origin = 1 - origin WHERE origin < 2
the edges of ~DELETE FROM edge
a state noted in capture .* makes no sense~UPDATE state SET state = 99
the state of x:9 ~UPDATE state SET as_of = 7
a sighting of post .* makes no sense~UPDATE sighting SET start = -1
a sighting of post .* makes no sense~UPDATE sighting SET bytes = -1
the provenance of x:9 ~UPDATE sighting SET record = 99999 WHERE post = (SELECT id FROM post WHERE key = 9)
the provenance of ~UPDATE sighting SET as_of = 7
the handles of ~UPDATE account SET handle = x'41'
the other ids of x:9 ~DELETE FROM alias
full text|damaged~DELETE FROM words_data WHERE id > 10
END
# The same of texts that were packed together.
"$RIPOSTE" compact -q -A good.db || fail "compact"
[ "$(sqlite3 good.db 'SELECT count(*) FROM texts')" -gt 2 ] || fail "no texts are packed"
while IFS='~' read -r words statement; do
	chosen || continue
	derived "$statement" "$words"
done <<'END'
the text of version .* is missing~DELETE FROM texts WHERE first = (SELECT max(first) FROM texts)
texts of versions from .* on: impossible numbers~UPDATE texts SET n = -1
texts of versions from .* on: impossible numbers~UPDATE texts SET n = 100000
texts of versions from .* on: impossible numbers~UPDATE texts SET bytes = -1
texts of versions from .* on: ~UPDATE texts SET bytes = bytes + 1
texts of versions from .* on: it is packed in a way~UPDATE texts SET packing = 7
texts of versions from .* on: the lengths in it do not add up~UPDATE texts SET n = n - 1
texts of versions from .* on: the lengths in it do not add up~UPDATE texts SET packing = 0, bytes = 3, data = x'ffff7f', n = 1
the text of version .* is missing~UPDATE texts SET first = first + 1000000
texts of versions from .* on: impossible numbers~UPDATE texts SET first = -9223372036854775808 WHERE first = (SELECT min(first) FROM texts)
the text of version .* is missing~UPDATE texts SET first = 9223372036854775807 WHERE first = (SELECT max(first) FROM texts); UPDATE version SET id = 9223372036854775807 WHERE id = (SELECT max(id) FROM version)
END
[ "$(sqlite3 good.db 'SELECT count(*) FROM sealed')" -gt 0 ] || fail "no records are sealed"
while IFS='~' read -r words statement; do
	chosen || continue
	fact "$statement" "$words"
done <<'END'
the map of sealed records from .* on is damaged~UPDATE sealed SET map = CAST(x'00' || substr(map, 2) AS BLOB)
the map of sealed records from .* on is damaged~UPDATE sealed SET bytes = -1
the map of sealed records from .* on is damaged~UPDATE sealed SET n = 65536
sealed records from .* on: impossible numbers~UPDATE sealed SET n = -1
sealed records from .* on: impossible numbers~UPDATE sealed SET n = 0
sealed records from .* on: impossible numbers~UPDATE sealed SET n = 2147483648
sealed records from .* on: impossible numbers~UPDATE sealed SET n = 9223372036854775807
sealed records from .* on: impossible numbers~UPDATE sealed SET blocks = -1
sealed records from .* on: impossible numbers~UPDATE sealed SET blocks = 0
sealed records from .* on: impossible numbers~UPDATE sealed SET blocks = 65536
sealed records from .* on: impossible numbers~UPDATE sealed SET blocks = 2147483648
sealed records from .* on: impossible numbers~UPDATE sealed SET block = 9223372036854775807
sealed records from .* on: impossible numbers~UPDATE sealed SET first = -9223372036854775808
block .*: it is not what its row says~UPDATE block SET kind = 9223372036854775807
block .*: it is not what its row says~UPDATE block SET kind = kind + 256
END

# What is put together wrongly is not given out.
id=$("$RIPOSTE" capture list -A good.db | sed -n 's/ .*more.jsonl.*//p')
craft "UPDATE segment SET skeleton = zeroblob(skeleton_bytes), skeleton_packing = 0"
"$RIPOSTE" capture cat -A bad.db "$id" >out 2>err
status=$?
[ $status = 76 ] || fail "a capture put together wrongly: status $status: $(cat err)"
[ ! -s out ] || fail "a capture put together wrongly: $(head -c 300 out)"
figures "$tried damaged rows: found, and what is derived made right again"
