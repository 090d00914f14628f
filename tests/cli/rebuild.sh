# Everything derived can be made again, and comes out the same.
riposte import -q "$DATA"/stargate/x/*.json "$DATA/stargate/davos.txt"
riposte export -f jsonl --canonical >before.jsonl
riposte rebuild
riposte export -f jsonl --canonical | cmp - before.jsonl && echo "the same posts"
wc -l <before.jsonl
riposte verify --data
#> the same posts
#> 10
#! riposte: rebuilt from 8 records
#! riposte: archive.db: every record, capture and derived row is as it was stored
