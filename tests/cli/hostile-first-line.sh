# J02: a file that begins in the middle of a line, or with a line cut off, loses that line only.
post() { printf '{"id":"%s","text":"whole","author_id":"9"}\n' "$1"; }
for first in 'the end of a text","author_id":"9"}' '{"id":"1","text":"cut off' '{"id":"1","text":' '{"id":"1","a":{"b":[1,' '[' '}'; do
	rm -f archive.db archive.db-*
	{ printf '%s\n' "$first"; post 101; post 102; } >posts.jsonl
	riposte import -q --as x -A archive.db posts.jsonl 2>err
	echo "$first: exit $?, $(riposte timeline -A archive.db -f ids | sort | tr '\n' ' ')"
done
#> the end of a text","author_id":"9"}: exit 3, x:101 x:102
#> {"id":"1","text":"cut off: exit 3, x:101 x:102
#> {"id":"1","text":: exit 3, x:101 x:102
#> {"id":"1","a":{"b":[1,: exit 3, x:101 x:102
#> [: exit 0, x:101 x:102
#> }: exit 3, x:101 x:102
