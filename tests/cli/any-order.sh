# I04, I05, I06: in whatever order files arrive, and however often, the archive is the same.
printf '{"id":"101","text":"the first word","author_id":"9","author":{"id":"9","username":"ann","name":"Ann"}}\n' >a.jsonl
printf '{"id":"102","text":"@ann an answer","author_id":"8","referenced_tweets":[{"type":"replied_to","id":"101"}]}\n' >b.jsonl
printf '{"author_id":"9","id":"101","public_metrics":{"like_count":7},"text":"the first word"}\n{"id":"103","text":"to nobody held","author_id":"7","referenced_tweets":[{"type":"quoted","id":"102"},{"type":"replied_to","id":"99"}]}\n' >c.jsonl
printf '{"id":"101","text":"the second word","author_id":"9","author":{"id":"9","username":"anna","name":"Anna"}}\n' >d.jsonl
for order in "a b c d" "a b d c" "a c b d" "a c d b" "a d b c" "a d c b" "b a c d" "b c d a" "b d c a" "c a b d" "c b d a" "c d a b" "c d b a" "d a b c" "d b c a" "d c b a" "d c b a b c d"; do
	rm -f archive.db archive.db-*
	set --
	for f in $order; do set -- "$@" $f.jsonl; done
	riposte import -q -A archive.db "$@" || echo "$order: exit $?"
	riposte export -A archive.db -f jsonl --canonical >"got $order"
	cmp "got a b c d" "got $order" || diff "got a b c d" "got $order"
	riposte thread -A archive.db x:103 >thread-now
	[ -e thread ] || cp thread-now thread
	cmp thread thread-now || echo "$order: another thread"
done
riposte stats -A archive.db --json | grep -o '"posts":[0-9]*,"ghosts":[0-9]*,"versions":[0-9]*'
riposte verify -A archive.db -q --data
#> "posts":3,"ghosts":1,"versions":4
