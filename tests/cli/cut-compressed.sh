# Z07, Z12: a compressed file that ends early gives what stands before the cut, and is never a success.
awk 'BEGIN {
	srand(1)
	for (i = 0; i < 120; i++) {
		printf "{\"id\":\"%d\",\"text\":\"", 1000 + i
		for (j = 0; j < 20; j++) printf "w%d ", int(rand() * 1000000)
		printf "\",\"author_id\":\"9\"}\n"
	}
}' >posts.jsonl
zstd -q posts.jsonl -o posts.zst
gzip -n -c posts.jsonl >posts.gz
for kind in zst gz; do
	size=$(wc -c <posts.$kind)
	at=1
	while [ $at -lt "$size" ]; do
		rm -f archive.db archive.db-*
		head -c $at posts.$kind >cut.$kind
		timeout 10 riposte import -q -A archive.db cut.$kind 2>err
		status=$?
		case $status in 3 | 65) [ -s err ] || echo "$kind cut at $at: no word" ;; *) echo "$kind cut at $at: exit $status" ;; esac
		riposte timeline -A archive.db -f ids >ids
		# What came out is the beginning of what went in.
		sed 's/.*"id":"\([0-9]*\)".*/x:\1/' posts.jsonl | head -n "$(wc -l <ids)" | cmp -s - ids || sort ids | cmp -s - ids ||
			echo "$kind cut at $at: other posts"
		at=$((at + 1024))
	done
	head -c $((size - 1)) posts.$kind >cut.$kind
	riposte import -q -A last-$kind.db cut.$kind 2>err
	echo "$kind without its last byte: exit $?"
done
#> zst without its last byte: exit 3
#> gz without its last byte: exit 3
