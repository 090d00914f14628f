# An answer that a page shows without the names in front of it, and the same as X's own
# interfaces have it, are one wording, whichever comes first.
cat >a.html <<'X'
<!doctype html><html lang="en"><head><link rel="canonical" href="https://paper.example/2025/row">
<meta property="article:published_time" content="2025-01-23T06:30:00+01:00"></head>
<body><article><h1>A row</h1><p>The row about the money went on this week.</p>
<blockquote class="twitter-tweet"><p lang="en" dir="ltr">wrong, as you<br>surely know.</p>&mdash; Ana
(@ana) <a href="https://twitter.com/ana/status/1882106524090482701">January 22, 2025</a></blockquote>
</article></body></html>
X
cat >b.json <<'X'
{"data":[{"id":"1882106524090482701","text":"@bob wrong, as you\nsurely know.","author_id":"16","created_at":"2025-01-22T16:42:17.000Z","referenced_tweets":[{"type":"replied_to","id":"1881923570458304780"}],"entities":{"mentions":[{"start":0,"end":4,"username":"bob","id":"44"}]}}],"includes":{"users":[{"id":"16","username":"ana","name":"Ana"}]}}
X
cat >c.json <<'X'
{"id_str":"1882106524090482701","created_at":"Wed Jan 22 16:42:17 +0000 2025","full_text":"@bob wrong, as you\nsurely know.","display_text_range":[5,31],"in_reply_to_status_id_str":"1881923570458304780","in_reply_to_user_id_str":"44","in_reply_to_screen_name":"bob","entities":{"user_mentions":[{"screen_name":"bob","id_str":"44","indices":[0,4]}]},"user":{"id_str":"16","screen_name":"ana","name":"Ana"}}
X
for order in 'a.html b.json c.json' 'b.json a.html c.json' 'c.json b.json a.html' 'a.html c.json b.json'; do
	rm -f archive.db archive.db-*
	riposte import -q $order
	riposte export -f jsonl --canonical >now
	[ -e first ] || cp now first
	cmp first now
	riposte timeline >shown
	[ -e shown-first ] || cp shown shown-first
	cmp shown-first shown
done
riposte verify --data -q && echo sound
cat shown
#> sound
#> 22 Jan 2025, UTC
#>    16:42  > Ana @ana                                       x:1882106524090482701
#>           wrong, as you
#>           surely know.
#>
#> 23 Jan 2025
#>    05:30  " paper.example @paper.example    press:https://paper.example/2025/row
#>           A row
#>
#>           The row about the money went on this week.
