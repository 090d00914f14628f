# Packing an archive changes what it takes, and nothing else.
cp -r "$DATA/stargate" .
riposte import -q stargate/x/*.json stargate/davos.txt
riposte export -f jsonl --canonical >before.jsonl
riposte capture list >before.list
for how in "" --tight ""; do
	riposte compact -q $how
	riposte verify --data -q || echo "verify: $?"
	riposte export -f jsonl --canonical | cmp - before.jsonl || echo "other posts"
	riposte capture list | cmp - before.list || echo "other captures"
	cut -c 1-12 before.list | while read -r id; do
		riposte capture cat "$id" | sha256sum | grep -q "^$id" || echo "other bytes: $id"
	done
	riposte show --raw x:1881923570458304780 | grep -c 'They don'
done
riposte import stargate/x/*.json
riposte compact --json | sed 's/_bytes_before":[0-9]*/_bytes_before":N/; s/_bytes":[0-9]*/_bytes":N/g'
riposte compact unwanted
#> 1
#> 1
#> 1
#> {"v":1,"records":0,"bytes":0,"packed_bytes":N,"file_bytes_before":N,"file_bytes":N}
#! riposte: 3 captures: 6 records, 6 same
#! riposte: compact: too many arguments; it takes none (see "riposte compact --help")
#? 64
