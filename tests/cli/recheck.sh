# Posts are asked for once more, by their ids: each state with its evidence, and the window
# between when it was seen last and was first gone.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
told() { sed "s|$u|URL|g; s|127.0.0.1:[0-9]*|HOST|g"; }
add() { curl -s "$u/_/add" -d "$1" >said; }
day() {
	RIPOSTE_NOW=2026-01-$1T12:00:00Z
	export RIPOSTE_NOW
	shift
	riposte "$@" --config c.conf 2>err
	code=$?
	told <err
	[ $code = 0 ] || echo "exit $code"
}
state() { riposte timeline --utc "$1" | grep -E '^ +.*(deleted|suspended|protected|withheld|unavailable),'; }

(umask 077; echo s3cret-c4nary >x-token)
cat >c.conf <<END
[http]
allow_private = yes
patience = 1s
[source bob]
collector = x
base = $u/x
account = bob
account = ada
token = file:x-token
edits = no
[source embeds]
collector = x-embed
base = $u/x-embed
oembed = $u/x-oembed
missing = yes
account = bob
[source ana]
collector = bsky
base = $u/bsky
plc = $u/plc
roots = no
account = ana.example
[source cleo]
collector = masto
instance = $u/masto
roots = no
replies = no
history = no
account = ana
[source page]
collector = press
url = $u/pages/article.html
robots = ignore
END
day 05 collect -q bob ana cleo page
echo "what would be asked; nothing is written:"
before=$(cksum archive.db)
day 06 recheck -n 3 on:x --dry-run
day 06 recheck -n 3 on:x --estimate
day 06 recheck nothing-like-this
[ "$before" = "$(cksum archive.db)" ] || echo "something was written"
echo "nothing has changed, but for an edit that was not asked for:"
day 06 recheck on:x --budget 1usd
day 06 recheck on:bsky
day 06 recheck on:press
riposte recheck --config c.conf on:press --json | schema-check "$DATA/../../docs/schema" recheck.json && echo "as the schema says"
echo "deleted, edited, and withheld:"
curl -s "$u/_/delete?key=x:2007022301475766284" >said
add '{"post":"x:2007020791526326282","by":"x:2002","time":"2026-01-02T09:27:00Z","text":"@ada Turn 9.","reply":"x:2007020036551606281","root":"x:2007013996753846273","withheld":["DE"]}'
day 07 recheck on:x --budget 1usd
riposte timeline --utc "Turn 11" from:bob | tail -1
echo "back, and gone again by the same bytes:"
add '{"post":"x:2007022301475766284","by":"x:2002","time":"2026-01-02T09:33:00Z","text":"@ada Turn 11 of the exchange: yes & no, 1 < 2.","reply":"x:2007021546501046283","root":"x:2007013996753846273"}'
day 08 recheck "Turn 11" from:bob --budget 1usd
riposte timeline --utc "Turn 11" from:bob | tail -1
curl -s "$u/_/delete?key=x:2007022301475766284" >said
day 09 recheck "Turn 11" from:bob --budget 1usd
riposte timeline --utc "Turn 11" from:bob | tail -1
echo "accounts that are suspended, or protected: X says the same of their posts:"
add '{"account":"x:2002","name":"bob","display":"Bob","time":"2015-03-01T10:00:00Z","suspended":true}'
day 10 recheck "Turn 9" --budget 1usd
add '{"account":"x:1001","name":"ada","display":"Ada","time":"2015-03-01T10:00:00Z","protected":true}'
day 10 recheck "Turn 10" from:ada --budget 1usd
echo "Bluesky, by the author's own server; Mastodon:"
curl -s "$u/_/delete?key=bsky:did:plc:aaaabbbbccccddddeeeeffff/3mbglhb6hk22f" >said
day 11 recheck on:bsky "Turn 10"
curl -s "$u/_/delete?key=masto:115824776970240010" >said
day 11 recheck on:masto "Tour 8" 
echo "an article that is not there (404), and one that is gone (410):"
add '{"file":"pages/article.html","status":404,"body":"<html>?</html>"}'
day 11 recheck on:press
add '{"file":"pages/article.html","status":410,"body":"<html>Gone</html>"}'
day 12 recheck on:press
riposte show "$u/pages/article.html" --utc | grep -A1 became
echo "embeds prove nothing gone, and what is not told changes nothing:"
day 12 recheck "Turn 8" on:x
curl -s "$u/_/set?path=/x/2/tweets&n=9&status=503" >said
day 12 recheck "Turn 8" on:x --budget 1usd -q
curl -s "$u/_/reset" >said
curl -s "$u/_/set?path=/x/2/tweets&n=9&body=sorry&type=text/html" >said
day 12 recheck "Turn 8" on:x --budget 1usd -q
state "on:x"
riposte verify -q --data
riposte export -f jsonl --canonical >before
riposte rebuild -q
riposte export -f jsonl --canonical | cmp - before
grep -l c4nary archive.db* before err
kill $!
#> what would be asked; nothing is written:
#> x:2007119693214646308  x-embed
#> x:2007104845378486306  x-embed
#> x:2007104593720246305  x-embed
#> 3 posts: at most $0.015 (3 of x.post, if nothing else has them)
#> riposte: no post that matches can be asked for
#> exit 1
#> nothing has changed, but for an edit that was not asked for:
#> riposte: x:2007059295237046286: edited
#> riposte: 26 posts asked for: 25 unchanged, 1 edited; 1 request, $0.13
#> riposte: 25 posts asked for: 25 unchanged; 1 request
#> riposte: 1 post asked for: 1 unchanged; 1 request
#> as the schema says
#> deleted, edited, and withheld:
#> riposte: x:2007022301475766284: deleted: Could not find tweet with ids: [2007022301475766284].
#> riposte: x:2007020791526326282: withheld: withheld in DE
#> riposte: 26 posts asked for: 24 unchanged, 1 deleted, 1 withheld; 1 request, $0.125
#>           deleted, seen until 2026-01-06T12:00Z, gone by 2026-01-07T12:00Z
#> back, and gone again by the same bytes:
#> riposte: x:2007022301475766284: back again
#> riposte: 1 post asked for: 1 back again; 1 request, $0.005
#>           Turn 11 of the exchange: yes & no, 1 < 2.
#> riposte: x:2007022301475766284: deleted: Could not find tweet with ids: [2007022301475766284].
#> riposte: 1 post asked for: 1 deleted; 1 request
#>           deleted, seen until 2026-01-08T12:00Z, gone by 2026-01-09T12:00Z
#> accounts that are suspended, or protected: X says the same of their posts:
#> riposte: x:2007020791526326282: protected: Sorry, you are not authorized to see the Tweet with ids: [2007020791526326282].
#> riposte: 2 posts asked for: 1 unchanged, 1 protected; 2 requests
#> riposte: x:2007021546501046283: protected: Sorry, you are not authorized to see the Tweet with ids: [2007021546501046283].
#> riposte: 1 post asked for: 1 protected; 1 request
#> Bluesky, by the author's own server; Mastodon:
#> riposte: bsky:did:plc:aaaabbbbccccddddeeeeffff/3mbglhb6hk22f: deleted: Could not locate record: at://did:plc:aaaabbbbccccddddeeeeffff/app.bsky.feed.post/3mbglhb6hk22f
#> riposte: 1 post asked for: 1 deleted; 3 requests
#> riposte: masto:https://social.example/users/ana/statuses/115824776970240010: unavailable: Record not found
#> riposte: 1 post asked for: 1 unavailable; 1 request
#> an article that is not there (404), and one that is gone (410):
#> riposte: 1 post asked for: 1 not told; 1 request
#> riposte: press:URL/pages/article.html: deleted: 410 Gone
#> riposte: 1 post asked for: 1 deleted; 1 request
#> what became of it
#>   2026-01-12T12:00:00Z  deleted: 410 Gone
#> embeds prove nothing gone, and what is not told changes nothing:
#> riposte: 1 post asked for: 1 not told; 2 requests
#> riposte: embeds prove no post of X gone; its API does (give --budget)
#> riposte: recheck:x: 1 request; answered HTTP 503
#> exit 75
#> riposte: recheck:x: 1 request; answered something else than what was asked for
#> exit 75
#>           2 wordings seen; account protected, seen until 2026-01-07T12:00Z, gone
#>           account protected, seen until 2026-01-08T12:00Z, gone by
#>           deleted, seen until 2026-01-08T12:00Z, gone by 2026-01-09T12:00Z
