# D09, D10: a log that is missing or of another archive, an older copy: what is in the file is what counts.
riposte import -q -A one.db "$DATA/stargate/x/musk.json"
cp one.db older.db
riposte import -q -A two.db "$DATA/stargate/x/altman.json"
riposte import -q -A one.db "$DATA/stargate/x/clip.json"
riposte export -A one.db --canonical -f jsonl >right
rm -f one.db-wal one.db-shm
riposte verify -q --data -A one.db || echo "without a log: verify exit $?"
riposte export -A one.db --canonical -f jsonl | cmp right - && echo "sound without a log"
# A log of the other archive, kept alive by a reader that a stopped pipe holds up: what is in it would go over ours.
awk 'BEGIN { for (i = 1000; i < 3000; i++) printf "{\"id\":\"%d\",\"text\":\"post %d\",\"author_id\":\"9\"}\n", i, i }' >posts.jsonl
riposte import -q -A two.db posts.jsonl
mkfifo pipe
riposte export -A two.db --canonical -f jsonl >pipe &
reader=$!
exec 3<pipe
riposte import -q -A two.db "$DATA/stargate/x/musk.json"
[ -s two.db-wal ] && cp two.db-wal one.db-wal
sha256sum one.db one.db-wal >before
riposte stats -A two.db >/dev/null || echo "its own log: exit $?"
cat <&3 >/dev/null
exec 3<&-
wait $reader
for command in timeline "verify -q" "import -q $DATA/stargate/x/altman.json" "compact -q" "backup -q copy.db"; do
	# shellcheck disable=SC2086
	riposte $command -A one.db >out 2>err
	echo "with another's log: $(echo "$command" | cut -d ' ' -f 1): exit $?"
done
cat err
sha256sum -c --quiet before && echo "neither was touched"
rm -f one.db-wal one.db-shm
riposte export -A one.db --canonical -f jsonl | cmp right - && echo "another's log is not taken"
head -c 100000 /dev/urandom >one.db-wal
riposte export -A one.db --canonical -f jsonl | cmp right - && echo "nor is noise"
# An older copy is what it was, and the next import brings back what it lacks.
rm -f one.db-*
cp older.db one.db
riposte verify -q --data -A one.db || echo "an older copy: verify exit $?"
riposte import -q -A one.db "$DATA/stargate/x/musk.json" "$DATA/stargate/x/clip.json"
riposte export -A one.db --canonical -f jsonl | cmp right - && echo "the older copy has caught up"
#> sound without a log
#> with another's log: timeline: exit 76
#> with another's log: verify: exit 76
#> with another's log: import: exit 76
#> with another's log: compact: exit 76
#> with another's log: backup: exit 76
#> riposte: one.db-wal is the log of another archive than one.db (mv one.db-wal one.db-wal.other)
#> neither was touched
#> another's log is not taken
#> nor is noise
#> the older copy has caught up
