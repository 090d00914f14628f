# D09, D10: a log that is missing or of another archive, an older copy: what is in the file is what counts.
riposte import -q -A one.db "$DATA/stargate/x/musk.json"
cp one.db older.db
riposte import -q -A two.db "$DATA/stargate/x/altman.json"
riposte import -q -A one.db "$DATA/stargate/x/clip.json"
riposte export -A one.db --canonical -f jsonl >right
rm -f one.db-wal one.db-shm
riposte verify -q --data -A one.db || echo "without a log: verify exit $?"
riposte export -A one.db --canonical -f jsonl | cmp right - && echo "sound without a log"
# A log of the other archive, kept alive by a reader that a stopped pipe holds up.
mkfifo pipe
riposte export -A two.db --canonical -f jsonl >pipe &
reader=$!
exec 3<pipe
riposte import -q -A two.db "$DATA/stargate/x/musk.json"
cp two.db-wal one.db-wal 2>/dev/null || head -c 40000 /dev/zero >one.db-wal
exec 3<&-
wait $reader 2>/dev/null
riposte verify -q --data -A one.db || echo "with another's log: verify exit $?"
riposte export -A one.db --canonical -f jsonl | cmp right - && echo "another's log is not taken"
rm -f one.db-wal one.db-shm
head -c 100000 /dev/urandom >one.db-wal
riposte export -A one.db --canonical -f jsonl | cmp right - && echo "nor is noise"
# An older copy is what it was, and the next import brings back what it lacks.
rm -f one.db-*
cp older.db one.db
riposte verify -q --data -A one.db || echo "an older copy: verify exit $?"
riposte import -q -A one.db "$DATA/stargate/x/musk.json" "$DATA/stargate/x/clip.json"
riposte export -A one.db --canonical -f jsonl | cmp right - && echo "the older copy has caught up"
#> sound without a log
#> another's log is not taken
#> nor is noise
#> the older copy has caught up
