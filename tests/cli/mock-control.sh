# The mock does what it is told: faults for some requests, settings, posts that come later.
mock --ready url --world "$DATA/worlds/small" --log log &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
status() { curl -sg -o body -w '%{http_code} %{size_download}\n' -H 'Authorization: Bearer any' "$u$1"; }

curl -s "$u/_/set?path=/x/2/users*&n=2&after=1&status=503&type=text/html&body=busy"
for i in 1 2 3 4; do status '/x/2/users/by/username/ada'; done
echo "cut off:"
curl -s "$u/_/set?path=/pages/*&n=1&cut=10"
status /pages/article.html || echo "curl: $?"
status /pages/article.html
echo "out of money, and again not:"
curl -s "$u/_/set?x-fail=402"
status '/x/2/tweets?ids=12'
curl -s "$u/_/set?x-fail="
status '/x/2/tweets?ids=12'
echo "a limit:"
curl -s "$u/_/set?x-limit=3"
for i in 1 2 3; do status '/x/2/tweets?ids=12'; done
echo "a post that comes later, and goes:"
curl -s "$u/_/set?x-limit=100"
curl -s --data-binary '{"post":"x:2008000000000000001","by":"x:1001","text":"News."}' "$u/_/add"
curl -sg -H 'Authorization: Bearer any' "$u/x/2/tweets?ids=2008000000000000001"; echo
curl -s "$u/_/delete?key=x:2008000000000000001"
curl -sg -H 'Authorization: Bearer any' "$u/x/2/tweets?ids=2008000000000000001" | cut -c 1-60
echo "circles:"
curl -s "$u/_/set?path=/x/2/users/*&paging=aba"
next=
for i in 1 2 3 4; do
	curl -sg -H 'Authorization: Bearer any' "$u/x/2/users/1001/tweets?max_results=5${next:+&pagination_token=$next}" >page
	next=$(sed 's/.*"next_token":"\([^"]*\)".*/\1/' page)
	sed 's/.*"newest_id":"\([0-9]*\)".*/\1/' page; echo
done
tail -n 1 log | cut -c 1-20
kill $!
#> 200 61
#> 503 4
#> 503 4
#> 200 61
#> cut off:
#> 200 10
#> curl: 18
#> 200 730
#> out of money, and again not:
#> 402 124
#> 200 242
#> a limit:
#> 200 242
#> 429 92
#> 429 92
#> a post that comes later, and goes:
#> {"data":[{"id":"2008000000000000001","text":"News.","edit_history_tweet_ids":["2008000000000000001"]}]}
#> {"errors":[{"resource_type":"tweet","resource_id":"200800000
#> circles:
#> 2007119693214646308
#> 2007076911313846292
#> 2007018526602166279
#> 2007076911313846292
#> GET /x/2/users/1001/
