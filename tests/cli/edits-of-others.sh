# A chain of edits that names somebody else's post takes nothing over, whichever came first.
cat >ada.json <<'END'
{"data":[{"id":"1724551529886646272","text":"My honest words","author_id":"1001","edit_history_tweet_ids":["1724551529886646272"]}],"includes":{"users":[{"id":"1001","username":"ada","name":"Ada"}]}}
END
cat >bob.json <<'END'
{"data":[{"id":"1724551949317046272","text":"I confess to fraud","author_id":"2002","edit_history_tweet_ids":["1724551529886646272","1724551949317046272"]}],"includes":{"users":[{"id":"2002","username":"bob","name":"Bob"}]}}
END
cat >cyd.json <<'END'
{"data":[{"id":"1724552200975286272","text":"@ada well said","author_id":"3003","referenced_tweets":[{"type":"replied_to","id":"1724551529886646272"}]}]}
END
for order in "ada bob cyd" "ada cyd bob" "bob ada cyd" "bob cyd ada" "cyd ada bob" "cyd bob ada"; do
	rm -f archive.db*
	for f in $order; do riposte import -q $f.json; done
	riposte verify -q --data || echo "$order: verify exits $?"
	riposte export -f jsonl --canonical >got
	[ -e first ] || cp got first
	cmp got first || echo "$order: another export"
done
riposte thread x:1724551529886646272 --utc
riposte thread x:1724551949317046272 --utc
#> thread x:1724551529886646272              14 Nov 2023, UTC               2 posts
#> ~2023-11-14T22:15:00Z  Ada @ada
#>                          My honest words
#> ~2023-11-14T22:17:40Z    > x:@3003
#>                            @ada well said
#> coverage: imported files; no source follows these accounts
#> thread x:1724551949317046272               14 Nov 2023, UTC               1 post
#> ~2023-11-14T22:16:40Z  Bob @bob
#>                          I confess to fraud
#> coverage: imported files; no source follows these accounts
