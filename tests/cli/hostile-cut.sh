# J01: a file cut off at any byte of its last line loses that line and nothing else.
printf '{"id":"1","text":"whole","author_id":"9"}\n' >whole
printf '{"id":"2","text":"cut","author_id":"9"}' >last
riposte import -q whole
size=$(wc -c <last)
n=1
while [ $n -lt "$size" ]; do
	{ cat whole; head -c $n last; } >cut.jsonl
	riposte import --json cut.jsonl >out 2>err
	status=$?
	[ $status = 3 ] || echo "cut behind byte $n: exit $status"
	grep -q '"records":2,"new":0,"same":1,"versions":0,"ghosts":0,"rejected":1,' out ||
		echo "cut behind byte $n: $(cat out)"
	n=$((n + 1))
done
riposte timeline -f ids
riposte stats --rejected | wc -l
{ cat whole; cat last; } >cut.jsonl
riposte import -q cut.jsonl
riposte timeline -f ids | sort
riposte verify -q --data
#> x:1
#> 38
#> x:1
#> x:2
