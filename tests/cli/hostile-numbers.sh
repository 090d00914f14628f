# J07: a number that JSON knows may stand anywhere, whatever its size; what only looks like one may not.
long=$(awk 'BEGIN { for (i = 0; i < 10000; i++) printf "7" }')
n=100
for number in 1e308 1e999 -0 0.1e-400 "$long" 00 +1 .5 1. NaN Infinity -Infinity 0x10 1e 1_000; do
	n=$((n + 1))
	printf '{"id":"%s","text":"a number","author_id":"9","beside":%s}\n' $n "$number"
done >posts.jsonl
riposte import posts.jsonl 2>err
echo "exit $?"
riposte timeline -f ids | sort
riposte stats --rejected | wc -l
printf '{"id":1e3,"text":"x","author_id":"9"}\n{"id":3e0,"text":"x","author_id":"9"}\n{"id":4.0,"text":"x","author_id":"9"}\n' >ids.jsonl
riposte import -q ids.jsonl 2>err
echo "exit $?"
for id in 1000 1e3 3 4; do
	riposte show x:$id >out 2>err && echo "an id went through a number: $id"
done
riposte verify -q --data
#> exit 3
#> x:101
#> x:102
#> x:103
#> x:104
#> x:105
#> 10
#> exit 65
