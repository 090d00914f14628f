# J08: an id is the text it was written as, beyond every integer there is; -1 and "-1" are the same text.
for id in 9007199254740993 9223372036854775807 9223372036854775808 18446744073709551615 18446744073709551616; do
	printf '{"id":"%s","text":"as a text","author_id":"9"}\n' $id
	printf '{"id":%s,"text":"as a text","author_id":"9"}\n' $id
done >large.jsonl
riposte import --json large.jsonl 2>err | grep -o '"new":[0-9]*,"same":[0-9]*,"versions":[0-9]*'
riposte timeline -f ids | sort
for id in '"007"' '"7"' '" 7"' 7.0 7e0 -1 '"-1"'; do
	printf '{"id":%s,"text":"kept apart","author_id":"9","alone":true}\n' "$id"
done >odd.jsonl
riposte import --json odd.jsonl 2>err >out
sed 's/.*"records":\([0-9]*\).*"same":\([0-9]*\),"versions":\([0-9]*\).*/\1 records, \2 same, \3 versions/' out
riposte show x:7 --raw
echo
riposte timeline -f ids | grep -c '^x:7$\|^x:007$'
riposte verify -q --data
#> "new":5,"same":5,"versions":0
#> x:18446744073709551615
#> x:18446744073709551616
#> x:9007199254740993
#> x:9223372036854775807
#> x:9223372036854775808
#> 7 records, 1 same, 0 versions
#> {"id":"7","text":"kept apart","author_id":"9","alone":true}
#> 2
