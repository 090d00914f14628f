# A source of every kind: the first run brings all that is there, the second nothing and for
# nothing, the third what is new, and that alone.
mock --ready url --world "$DATA/worlds/small" --log log &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
(umask 077; echo any-token >x-token)
ana=did:plc:aaaabbbbccccddddeeeeffff
cat >c.conf <<END
[http]
allow_private = yes
[source x]
collector = x
base = $u/x
token = file:x-token
account = ada
account = bob
conversation = x:2007013996753846273
quotes = x:2007013996753846273
query = "heat pump"
id = x:2007089494225846298
roots = yes
[source embed]
collector = x-embed
base = $u/x-embed
oembed = $u/x-oembed
id = x:2007074394731446290
[source bsky]
collector = bsky
base = $u/bsky
plc = $u/plc
account = ana.example
thread = bsky:$ana/3mbgjrmkt2223
quotes = bsky:$ana/3mbgjrmkt2223
records = yes
[source masto]
collector = masto
instance = $u/masto
account = ana
thread = 115824918528000014
tag = energy
END
for name in rss=feeds/blog.xml json=feeds/notes.json atom=feeds/many/7 nitter=feeds/nitter/bob/rss; do
	printf '[source %s]\ncollector = feed\nurl = %s/%s\n' "${name%%=*}" "$u" "${name#*=}" >>c.conf
done
printf '[source paper]\ncollector = press\nurl = %s/pages/article.html\n' "$u" >>c.conf
printf '[source talk]\ncollector = transcript\nurl = %s/pages/talk.vtt\n' "$u" >>c.conf

# NOW: how each source ended, and what all of them brought: some posts come by two ways.
collect() {
	RIPOSTE_NOW=$1 riposte collect --config c.conf --json 2>err >out
	tr '{' '\n' <out | sed -n 's/^"name":"\([^"]*\)","end":"\([^"]*\)".*/\2/p' | sort | uniq -c
	grep -o '^{"v":1.*,"ghosts"' out | grep -o '"new":[0-9]*'
}
billed() { curl -s "$u/_/counts" | grep -o '"billed-[a-z]*":[0-9]*'; }
canonical() { riposte export -f jsonl --canonical "$@"; }

echo "the first run:"
collect 2026-01-05T12:00:00Z
echo "what those who are followed said, and is not here:"
cat "$DATA"/worlds/small/[12]*.jsonl | grep -e "^{\"post\":\"bsky:$ana" -e '"by":"x:1001"' -e '"by":"x:2002"' -e '"by":"masto:42"' |
	grep -v -e '"deleted":true' -e '"protected":true' -e '"blocked":true' -e '"edits":' | cut -d '"' -f 4 | sort -u >world
keys() { riposte export -f jsonl | grep -v '"kind":"ghost"' | cut -d '"' -f 4 | sed 's|/activity$||; s|^masto:.*/|masto:|' | sort -u; }
keys >held
comm -23 world held
riposte gaps

echo "the second run:"
billed >before
canonical >first
: >log
collect 2026-01-05T13:00:00Z
billed | diff before -
canonical | diff first - | head -n 5
echo "nothing new was told to $(grep -c ' 304 0 if' log) questions"
grep -v ' 304 ' log | cut -d '?' -f 1 | sort | uniq -c

echo "the third run, after this and that:"
curl -s --data-binary @- "$u/_/add" <<END
{"post":"x:2008161345678901234","by":"x:1001","text":"It is warm."}
{"post":"x:2008162345678901234","by":"x:1001","text":"It is warm now.","edits":"x:2008161345678901234"}
{"post":"x:2008163345678901234","by":"x:2002","reply":"x:2007022301475766284","root":"x:2007013996753846273","text":"@ada Turn 12 of the exchange."}
{"post":"bsky:$ana/3mbpf7aw4c22a","time":"2026-01-05T13:10:00.000Z","text":"Encore.","lang":"fr"}
{"post":"bsky:did:plc:bbbbccccddddeeeeffffgggg/3mbpf7aw4c22b","time":"2026-01-05T13:11:00.000Z","text":"Turn 12.","reply":"bsky:$ana/3mbgjrmkt2223"}
{"post":"masto:115842650000000001","by":"masto:42","time":"2026-01-05T13:10:00Z","text":"Encore."}
{"post":"masto:115824918528000014","by":"masto:78","time":"2026-01-05T13:12:00Z","text":"Who agrees, and why?"}
END
curl -s "$u/_/delete?key=bsky:did:plc:bbbbccccddddeeeeffffgggg/3mbglbvjcc22e"
curl -s "$u/_/delete?key=masto:115824922460160015"
curl -s "$u/_/delete?key=x:2007104593720246305"
curl -s "$u/_/set?many-version=1"
keys >held
: >log
collect 2026-01-05T14:00:00Z
keys | diff held - | grep '^[<>]' | sed "s|$u|URL|"
echo "what became of some, as far as anybody says:"
riposte export -f jsonl | grep -o -e '^{"key":"[^"]*".*"state":"[a-z]*"' | sed 's/^{"key":"\([^"]*\).*"state":/\1 /' | grep -v live
riposte gaps
curl -s "$u/_/counts" | grep -o '"billed-[a-z]*":[0-9]*' | diff before -

echo "put together again from what was stored, and in another archive:"
canonical >third
riposte rebuild -q
canonical | diff third - | head -n 5
riposte merge -q -A other.db archive.db
canonical -A other.db | diff third - | head -n 5
riposte verify --data
kill $!
#> the first run:
#>      10 done
#> "new":159
#> what those who are followed said, and is not here:
#> masto  conversation:masto:https://social.example/users/cleo/statuses/115824918528000014  from 2026-01-02T10:00Z until 2026-01-05T12:00Z
#>   why   the server shows 60 answers at the most without a login
#>   next  follow who answers there, at their own instances
#> the second run:
#>      10 done
#> "new":0
#> nothing new was told to 9 questions
#>       1 GET /bsky/xrpc/app.bsky.feed.getPostThread
#>       1 GET /feeds/nitter/bob/rss 200 5161
#>       1 GET /masto/api/v1/accounts/42/statuses
#>       1 GET /masto/api/v1/statuses/115824918528000014 200 816
#>       1 GET /masto/api/v1/statuses/115824918528000014/context 200 62302
#>       1 GET /masto/api/v1/timelines/tag/energy
#>       1 GET /robots.txt 200 134
#>       3 GET /x/2/tweets/search/recent
#>       1 GET /x/2/users/1001/tweets
#>       1 GET /x/2/users/2002/tweets
#> the third run, after this and that:
#>      10 done
#> "new":7
#> > bsky:did:plc:aaaabbbbccccddddeeeeffff/3mbpf7aw4c22a
#> > bsky:did:plc:bbbbccccddddeeeeffffgggg/3mbpf7aw4c22b
#> > feed:URL/feeds/many/7#many-7-10
#> > masto:115824926392320075
#> > masto:115842650000000001
#> > x:2008161345678901234
#> > x:2008163345678901234
#> what became of some, as far as anybody says:
#> bsky:did:plc:bbbbccccddddeeeeffffgggg/3mbglbvjcc22e "unavailable"
#> bsky:did:plc:ccccddddeeeeffffgggghhhh/3mbgoskfqk22o "unavailable"
#> x:2007059295237046286 "edited"
#> x:2008161345678901234 "edited"
#> masto  conversation:masto:https://social.example/users/cleo/statuses/115824918528000014  from 2026-01-02T10:00Z until 2026-01-05T14:00Z
#>   why   the server shows 60 answers at the most without a login
#>   next  follow who answers there, at their own instances
#> 2c2
#> < "billed-posts":27
#> ---
#> > "billed-posts":30
#> put together again from what was stored, and in another archive:
#! riposte: archive.db: every record, capture and derived row is as it was stored
