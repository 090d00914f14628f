# An archive of an older format is read as it is, and becomes one of today's when it is written.
zstd -dq "$DATA/../golden/format-1.db.zst" -o old.db
format() { od -An -tu1 -j63 -N1 old.db; }
riposte stats -A old.db --chain
riposte verify -A old.db
riposte capture list -A old.db | while read -r id rest; do
	riposte capture cat -A old.db "$id" | sha256sum | grep -q "^$id" || echo "other bytes: $id $rest"
done
echo "format$(format)"
riposte rebuild -A old.db
echo "format$(format)"
riposte verify --data -A old.db
cp -r "$DATA/stargate" .
riposte import -q stargate/x/*.json stargate/davos.txt
riposte export -f jsonl --canonical -A old.db >old.jsonl
riposte export -f jsonl --canonical | cmp - old.jsonl && echo "what a new archive has"
riposte compact -q -A old.db
riposte verify --data -A old.db
riposte export -f jsonl --canonical -A old.db | cmp - old.jsonl && echo "still"
#> archive a3f72e705c5f1a9dab023e1300171645
#> head    acceca1eeb574ac294a0891b4aedc71024b7dad22e4bfda8c4d5a81b20cfd2f0
#> format   1
#> format   2
#> what a new archive has
#> still
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: rebuilt from 8 records
#! riposte: old.db: every record, capture and derived row is as it was stored
#! riposte: old.db: every record, capture and derived row is as it was stored
