# I02: answers in a circle, or to what came later, end every query; each post is shown once.
post() {
	printf '{"id":"%s","text":"in a circle","author_id":"9","referenced_tweets":[{"type":"replied_to","id":"%s"}]}\n' "$1" "$2"
}
{ post 101 103; post 102 101; post 103 102; } >three.jsonl
awk 'BEGIN { for (i = 0; i < 1000; i++) printf "{\"id\":\"%d\",\"text\":\"in a large circle\",\"author_id\":\"9\",\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"%d\"}]}\n", 2000 + i, 2000 + (i + 999) % 1000 }' >thousand.jsonl
{ post 301 301; post 302 301; post 304 303; } >other.jsonl
riposte import -q three.jsonl thousand.jsonl other.jsonl
for id in 101 102 103 2000 2999 301 303; do
	timeout 10 riposte thread x:$id --json >out || echo "thread x:$id: exit $?"
	printf '%s: %s nodes, %s different\n' $id "$(grep -o '{"key":"x:[0-9]*"' out | wc -l)" "$(grep -o '{"key":"x:[0-9]*"' out | sort -u | wc -l)"
	timeout 10 riposte thread x:$id >out || echo "thread x:$id: exit $?"
done
timeout 10 riposte timeline -f ids | sort | uniq -d
timeout 10 riposte export --canonical -f jsonl | wc -l
riposte verify -q --data
#> 101: 3 nodes, 3 different
#> 102: 3 nodes, 3 different
#> 103: 3 nodes, 3 different
#> 2000: 1000 nodes, 1000 different
#> 2999: 1000 nodes, 1000 different
#> 301: 2 nodes, 2 different
#> 303: 2 nodes, 2 different
#> 1007
