# T06: a date that makes no sense is unknown; it is never 1970, and never moves another post.
n=100
for date in 0000-01-01T00:00:00.000Z 9999-12-31T23:59:59.999Z 10000-01-01T00:00:00.000Z \
	-0001-01-01T00:00:00.000Z 1000000000000000000 1700000000000 1700000000 2024-02-30T00:00:00.000Z \
	2024-06-30T23:59:60.000Z 2024-13-01T00:00:00.000Z yesterday "" ; do
	n=$((n + 1))
	printf '{"id":"%s","text":"said at some time","author_id":"9","created_at":"%s"}\n' $n "$date"
done >posts.jsonl
printf '{"id":"120","text":"a number for a date","author_id":"9","created_at":1700000000}\n' >>posts.jsonl
printf '{"id":"121","text":"a good date","author_id":"9","created_at":"2024-01-02T03:04:05.000Z"}\n' >>posts.jsonl
riposte import -q posts.jsonl
riposte timeline -f jsonl >first
riposte rebuild -q
riposte timeline -f jsonl | cmp first - && echo "the same order again"
wc -l <first
grep -c '"lo":"19[67]' first
for id in 102 103 104 108 109 110 111 112 121; do
	grep "\"key\":\"x:$id\"" first | sed 's/.*"key":"\(x:[0-9]*\)".*"lo":\([^,]*\),.*/\1 \2/'
done
riposte timeline -f ids --since 2024-01-01 --until 2024-02-01
riposte timeline >/dev/null || echo "timeline: exit $?"
riposte verify -q --data
#> the same order again
#> 14
#> 0
#> x:102 "9999-12-31T23:59:59.999Z"
#> x:103 null
#> x:104 null
#> x:108 null
#> x:109 "2024-06-30T23:59:59Z"
#> x:110 null
#> x:111 null
#> x:112 null
#> x:121 "2024-01-02T03:04:05Z"
#> x:121
