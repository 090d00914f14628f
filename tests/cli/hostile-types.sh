# J11: an id, text or author of another type is rejected, and the reason names it.
n=100
for field in id text author_id; do
	for value in '{"a":1}' '["1"]' true; do
		n=$((n + 1))
		id="\"$n\"" text='"words"' author_id='"9"'
		eval "$field=\$value"
		printf '{"id":%s,"text":%s,"author_id":%s}\n' "$id" "$text" "$author_id" >$n.jsonl
		riposte import -q $n.jsonl 2>err
		status=$?
		[ $status = 65 ] || echo "$field $value: exit $status"
		riposte stats --rejected | grep "$n.jsonl" | grep -q "$field\|${field%_id}" ||
			echo "$field $value: $(riposte stats --rejected | grep $n.jsonl)"
	done
done
for line in '{"id":null,"text":"no id","author_id":"9"}' '{"text":"no id","author_id":"9"}' \
	'{"id":"","text":"empty id","author_id":"9"}' '{"id":"201","text":null,"author_id":"9"}' \
	'{"id":"202","text":17,"author_id":"9"}'; do
	printf '%s\n' "$line"
done >more.jsonl
riposte import -q --as x more.jsonl 2>err
echo "exit $?"
printf '{"id":"301","text":"an author nobody told"}\n{"id":"302","text":"an author that is null","author_id":null}\n' >fine.jsonl
riposte import -q fine.jsonl
echo "exit $?"
riposte timeline -f ids | sort
riposte verify -q --data
#> exit 65
#> exit 0
#> x:301
#> x:302
