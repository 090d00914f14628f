# Merging: what two archives hold, in one; it does not matter which is merged into which.
cp -r "$DATA/stargate" .
same() { riposte export -f jsonl --canonical -A $1 >one; riposte export -f jsonl --canonical -A $2 | cmp - one && echo "$1 is as $2"; }
chains() { riposte stats --chain -A $1 | grep -c "$2"; }
riposte import -q -A all.db stargate/x/*.json stargate/davos.txt
RIPOSTE_NOW=2026-01-04T00:00:00Z riposte import -q -A a.db stargate/x/musk.json stargate/davos.txt
riposte import -q -A b.db stargate/x/*.json
cp a.db ab.db
cp b.db ba.db
sha256sum b.db >before
riposte merge -A ab.db b.db
sha256sum b.db | cmp - before
riposte merge -A ba.db a.db --json | sed 's/bytes_stored":[0-9]*/bytes_stored":N/'
riposte verify --data -A ab.db -q && riposte verify --data -A ba.db -q && echo sound
same ab.db all.db
same ba.db all.db
# When it was seen is known of both.
for f in ab ba; do riposte show x:1881923570458304780 --json -A $f.db | grep -o '"\(first\|last\)_seen":"[^"]*"'; done
# Once more, with the first one, and with itself: nothing is new.
riposte stats --chain -A ab.db >chain
riposte merge -A ab.db b.db a.db ab.db
riposte stats --chain -A ab.db | cmp - chain
# Chains of others come along, and each ends where it did.
riposte merge -q -A third.db ba.db
chains third.db ^merged
for f in a b ba; do chains third.db "$(riposte stats --chain -A $f.db | sed -n '/^head/{s/^head *//p;q}')"; done
# Copies of one archive that went on apart.
cp a.db one.db
cp a.db two.db
riposte import -q -A one.db stargate/x/altman.json
riposte import -q -A two.db stargate/x/clip.json
riposte merge -q -A one.db two.db && riposte merge -q -A one.db a.db two.db
same one.db all.db
riposte stats --chain -A one.db | sed 's/ [0-9a-f]\{20,\}/ .../'
riposte verify --data -q -A one.db && echo sound
riposte capture list -A one.db | cut -c 17-
#> {"v":1,"captures":3,"records":6,"new":2,"same":4,"versions":0,"ghosts":0,"rejected":0,"bytes_in":3778,"bytes_stored":N}
#> sound
#> ab.db is as all.db
#> ba.db is as all.db
#> "first_seen":"2026-01-04T00:00:00Z"
#> "last_seen":"2026-01-05T12:00:00Z"
#> "first_seen":"2026-01-04T00:00:00Z"
#> "last_seen":"2026-01-05T12:00:00Z"
#> 2
#> 1
#> 0
#> 1
#> one.db is as all.db
#> archive ...
#> head    ...
#> merged  ...
#> head    ...
#> sound
#> 26-01-04T00:00:00Z        3140  x          stargate/x/musk.json
#> 26-01-04T00:00:00Z         422  raw        stargate/davos.txt.riposte.ini
#> 26-01-04T00:00:00Z         216  transcript stargate/davos.txt
#> 26-01-05T12:00:00Z        1581  x          stargate/x/altman.json
#> 26-01-05T12:00:00Z        1137  x          stargate/x/clip.json
#! riposte: 3 captures: 6 records, 2 new, 4 same
#! riposte: b.db: nothing in it that is not held
#! riposte: a.db: nothing in it that is not held
#! riposte: ab.db: nothing in it that is not held
#! riposte: 11 captures: 20 records, 20 same
