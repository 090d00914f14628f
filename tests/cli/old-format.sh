# An archive of an older format is read as it is, and becomes one of today's when it is written.
format() { od -An -tu1 -j63 -N1 old.db; }
cp -r "$DATA/stargate" .
riposte import -q stargate/x/*.json stargate/davos.txt
riposte export -f jsonl --canonical >new.jsonl
for old in 1 2 3 4; do
	rm -f old.db
	zstd -dqf "$DATA/../golden/format-$old.db.zst" -o old.db
	riposte stats -A old.db --chain
	riposte verify -A old.db
	riposte exchange -q -A old.db --utc elonmusk sama >old.txt
	riposte search -q -A old.db money -f ids | sort
	riposte export -f jsonl --canonical -A old.db >old.jsonl
	riposte capture list -A old.db | while read -r id rest; do
		riposte capture cat -A old.db "$id" | sha256sum | grep -q "^$id" || echo "other bytes: $id $rest"
	done
	rm -f merged.db
	riposte merge -q -A merged.db old.db && riposte verify -q --data -A merged.db
	riposte stats -A merged.db --chain | tail -n 2
	echo "format$(format)"
	riposte import -q -A old.db stargate/davos.txt
	echo "format$(format)"
	riposte verify -A old.db
	riposte exchange -q -A old.db --utc elonmusk sama | cmp - old.txt && echo "the same exchange"
	riposte export -f jsonl --canonical -A old.db | cmp - old.jsonl && echo "the same posts"
	riposte rebuild -A old.db
	riposte compact -q -A old.db
	riposte verify --data -A old.db
	riposte export -f jsonl --canonical -A old.db | cmp - new.jsonl && echo "what a new archive has"
done
#> archive a3f72e705c5f1a9dab023e1300171645
#> head    acceca1eeb574ac294a0891b4aedc71024b7dad22e4bfda8c4d5a81b20cfd2f0
#> spoken:davos-2025-cnbc/1
#> x:1881923570458304780
#> x:1882085592135237737
#> x:1882303826214162580
#> merged  a3f72e705c5f1a9dab023e1300171645
#> head    acceca1eeb574ac294a0891b4aedc71024b7dad22e4bfda8c4d5a81b20cfd2f0
#> format   1
#> format   5
#> the same exchange
#> the same posts
#> what a new archive has
#> archive 931fdebb819a63f399e15f9db8fab9a7
#> head    77212ba90b97fddc5e59dc1bcda9ecc0d55438e5f81f8e9445b998eb34c28d8b
#> spoken:davos-2025-cnbc/1
#> x:1881923570458304780
#> x:1882085592135237737
#> x:1882303826214162580
#> merged  931fdebb819a63f399e15f9db8fab9a7
#> head    77212ba90b97fddc5e59dc1bcda9ecc0d55438e5f81f8e9445b998eb34c28d8b
#> format   2
#> format   5
#> the same exchange
#> the same posts
#> what a new archive has
#> archive b03f2e0b44fa53502a8f97f7907fb953
#> head    2680c7587401d8cbc840e739a00ee0090346ea87b6f42b9e0846cdc7b3914292
#> spoken:davos-2025-cnbc/1
#> x:1881923570458304780
#> x:1882085592135237737
#> x:1882303826214162580
#> merged  b03f2e0b44fa53502a8f97f7907fb953
#> head    2680c7587401d8cbc840e739a00ee0090346ea87b6f42b9e0846cdc7b3914292
#> format   3
#> format   5
#> the same exchange
#> the same posts
#> what a new archive has
#> archive 76541658d94444833482e51af56ba21c
#> head    2680c7587401d8cbc840e739a00ee0090346ea87b6f42b9e0846cdc7b3914292
#> spoken:davos-2025-cnbc/1
#> x:1881923570458304780
#> x:1882085592135237737
#> x:1882303826214162580
#> merged  76541658d94444833482e51af56ba21c
#> head    2680c7587401d8cbc840e739a00ee0090346ea87b6f42b9e0846cdc7b3914292
#> format   4
#> format   5
#> the same exchange
#> the same posts
#> what a new archive has
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: rebuilt from 8 records
#! riposte: old.db: every record, capture and derived row is as it was stored
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: rebuilt from 8 records
#! riposte: old.db: every record, capture and derived row is as it was stored
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: rebuilt from 8 records
#! riposte: old.db: every record, capture and derived row is as it was stored
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: old.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: rebuilt from 8 records
#! riposte: old.db: every record, capture and derived row is as it was stored
