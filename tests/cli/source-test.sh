# A source can be tried without anything being kept of it.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
cat >riposte.conf <<END
[http]
allow_private = yes
[source there]
collector = feed
url = $u/feeds/blog.xml
[source gone]
collector = feed
url = $u/feeds/gone.xml
[source nowhere]
collector = feed
url = http://127.0.0.1:1/feed.xml
robots = ignore
END
riposte source test there --config riposte.conf | sed "s|$u|URL|"
riposte source test there --config riposte.conf --json | sed "s|$u|URL|"
cat >>riposte.conf <<END
[source costs]
collector = x
account = ada
base = $u/x
token = env:TOKEN
[source embedded]
collector = x-embed
id = 2007013996753846273
base = $u/x-embed
oembed = $u/x-oembed
[source old]
collector = wayback
id = x:2007013996753846273
base = $u/wayback
[source ana]
collector = bsky
account = ana.example
base = $u/bsky
plc = $u/plc
[source town]
collector = masto
instance = $u/masto
account = ana
[source article]
collector = press
url = $u/pages/article.html
[source talk]
collector = transcript
url = $u/pages/talk.vtt
END
for name in embedded old ana town article talk costs; do
	TOKEN=abcd-efgh riposte source test $name --config riposte.conf | sed "s|$u|URL|; s/?.*//; s/ [0-9]* bytes/ N bytes/"
done
riposte source test gone --config riposte.conf >out
echo "gone: exit $?"
sed "s|$u|URL|" out; rm out
sed -i '/allow_private/d' riposte.conf
riposte source test nowhere --config riposte.conf
echo "exit $?"
kill %1 2>/dev/null || kill $!
ls
#> there: works
#>   asked     URL/feeds/blog.xml
#>   got       1106 bytes, to be read as feed
#> {"v":1,"name":"there","answered":true,"kept":true,"asked":"URL/feeds/blog.xml","format":"feed","bytes":1106,"spent_usd":0.00,"more":false,"end":"done","why":null}
#> embedded: works
#>   asked     URL/x-embed/tweet-result
#>   got       N bytes, to be read as x
#> old: answers
#>   asked     URL/wayback/cdx/search/cdx
#>   there is more to ask for
#> ana: answers
#>   asked     URL/bsky/xrpc/com.atproto.identity.resolveHandle
#>   there is more to ask for
#> town: works
#>   asked     URL/masto/api/v1/accounts/lookup
#>   got       N bytes, to be read as masto
#>   there is more to ask for
#> article: works
#>   asked     URL/pages/article.html
#>   got       N bytes, to be read as article
#> talk: works
#>   asked     URL/pages/talk.vtt
#>   got       N bytes, to be read as what it turns out to be
#> costs: works
#>   asked     URL/x/2/users/by
#>   got       N bytes, to be read as x
#>   costs     $0.01 (1 of x.user)
#>   there is more to ask for
#> gone: exit 69
#> gone: does not work
#>   asked     URL/feeds/gone.xml
#>   end       URL/feeds/gone.xml is gone for good (410)
#> nowhere: does not work
#>   asked     http://127.0.0.1:1/feed.xml
#>   end       an address of a private network, and that is not allowed
#> exit 69
#> archive.db
#> riposte.conf
#> url
#! riposte: made a new archive, archive.db
