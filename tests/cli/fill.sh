# Posts that are missing are fetched, the cheapest way first, and each says who had it.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
told() { sed "s|$u|URL|g; s|127.0.0.1:[0-9]*|HOST|g"; }
count() { curl -s "$u/_/counts" | tr ',{}' '\n' | grep -E "^\"(x|x-embed|x-oembed|wayback|bsky|plc|pds|masto)\""; }

(umask 077; echo s3cret-c4nary >x-token)
cat >c.conf <<END
[http]
allow_private = yes
[source bob]
collector = x
base = $u/x
account = bob
account = ada
token = file:x-token
[source embeds]
collector = x-embed
base = $u/x-embed
oembed = $u/x-oembed
missing = yes
account = bob
[source old]
collector = wayback
base = $u/wayback
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
account = cleo
END
echo '{"data":[{"id":"2007000000000000009","author_id":"2002","text":"I wrote that.","referenced_tweets":[{"type":"replied_to","id":"2007000000000000001"}],"in_reply_to_user_id":"2002"}],"includes":{"users":[{"id":"2002","username":"bob","name":"Bob"}]}}' >more.json
riposte collect --config c.conf -q bob ana cleo
riposte import -q more.json
echo "what would be asked, and who:"
before=$(cksum archive.db)
riposte fill --config c.conf --dry-run | told
riposte fill --config c.conf --estimate
[ "$before" = "$(cksum archive.db)" ] || echo "something was written"
curl -s "$u/_/reset" >counts
echo "all of it, but for what costs:"
riposte fill --config c.conf --json 2>err >out
echo "exit $?"
cat err | told
grep -o '"ways":.*' out | told | tr '}' '\n'
schema-check "$DATA/../../docs/schema" fill.json <out && echo "as the schema says"
count
echo "each is there with who had it:"
riposte show x:2007000000000000001 --json | grep -oE 'Kept elsewhere|/wayback/web/[0-9]*id_' | sort -u
riposte show x:2007094527390646302 --json | grep -oE '/x-embed/tweet-result' | sort -u
riposte verify -q --data
echo "what was asked before is not asked again, but whom nobody asked:"
curl -s "$u/_/reset" >counts
riposte fill --config c.conf
echo "exit $?"
riposte fill --config c.conf --budget 0.005usd
riposte fill --config c.conf --budget 1usd
riposte fill --config c.conf --budget 1usd
echo "exit $?"
count
echo "after a week, or when told to, they are:"
RIPOSTE_NOW=2026-01-12T11:59:00Z riposte fill --config c.conf
RIPOSTE_NOW=2026-01-13T12:00:00Z riposte fill --config c.conf -n 1 --dry-run | told
riposte fill --config c.conf --again --dry-run | wc -l
echo "a thread alone, a post that nobody refers to, and nothing:"
riposte fill --config c.conf x:2007089494225846298 --again -q
echo "exit $?"
curl -s "$u/_/add" -d '{"post":"x:2007199999999999999","by":"x:2002","time":"2026-01-03T10:00:00Z","text":"Alone."}' >counts
riposte fill --config c.conf https://x.com/bob/status/2007199999999999999
riposte search -f ids Alone
riposte fill --config c.conf x:2007199999999999999
echo "exit $?"
echo "no byte of the token is anywhere:"
grep -l c4nary archive.db* out err
riposte verify --data
riposte rebuild -q
kill $!
#> what would be asked, and who:
#> bsky:did:plc:ccccddddeeeeffffgggghhhh/3mbgoskfqk22o  bsky
#> bsky:did:plc:bbbbccccddddeeeeffffgggg/3mbgoao77222l  bsky
#> x:2007094527390646302  x-embed, x, wayback
#> x:2007092010808246300  x-embed, x, wayback
#> x:2007089494225846298  x-embed, x, wayback
#> x:2007000000000000001  x-embed, x, wayback
#> 6 posts: at most $0.02 (4 of x.post, if nothing else has them)
#> all of it, but for what costs:
#> exit 0
#> "ways":[{"way":"x-embed","end":"done","asked":4,"found":1,"requests":7,"spent_usd":0.00
#> ,{"way":"bsky","end":"done","asked":2,"found":1,"requests":5,"spent_usd":0.00
#> ,{"way":"wayback","end":"done","asked":3,"found":1,"requests":6,"spent_usd":0.00
#> ],"posts":[{"key":"bsky:did:plc:ccccddddeeeeffffgggghhhh/3mbgoskfqk22o","by":"bsky","held_as":null,"gone":false
#> ,{"key":"bsky:did:plc:bbbbccccddddeeeeffffgggg/3mbgoao77222l","by":null,"held_as":null,"gone":true
#> ,{"key":"x:2007094527390646302","by":"x-embed","held_as":null,"gone":false
#> ,{"key":"x:2007092010808246300","by":null,"held_as":null,"gone":true
#> ,{"key":"x:2007089494225846298","by":null,"held_as":null,"gone":true
#> ,{"key":"x:2007000000000000001","by":"wayback","held_as":null,"gone":false
#> ]
#>
#> as the schema says
#> "x-embed":4
#> "bsky":1
#> "plc":2
#> "pds":2
#> "x-oembed":3
#> "wayback":6
#> each is there with who had it:
#> /wayback/web/20260102140500id_
#> Kept elsewhere
#> /x-embed/tweet-result
#> what was asked before is not asked again, but whom nobody asked:
#> exit 1
#> exit 0
#> "x":2
#> after a week, or when told to, they are:
#> x:2007092010808246300  x-embed, wayback
#> 3
#> a thread alone, a post that nobody refers to, and nothing:
#> exit 1
#> x:2007199999999999999
#> exit 0
#> no byte of the token is anywhere:
#! riposte: 2 posts wanted, 0 filled, 2 not asked for; 0 requests
#! riposte: X's API may have 2 of them, for $0.005 each (give --budget)
#! riposte: 2 posts wanted, 0 filled, 1 said to be gone, 1 not asked for; 1 request
#! riposte: 1 post wanted, 0 filled, 1 said to be gone; 1 request
#! riposte: nothing to fill
#! riposte: nothing to fill
#! riposte: 1 post wanted, 1 filled (1 by x-embed); 1 request
#! riposte: nothing to fill
#! riposte: archive.db: every record, capture and derived row is as it was stored
