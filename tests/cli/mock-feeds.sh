# The mock serves feeds and pages with everything that goes with them.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
heads() { curl -s -D - -o /dev/null "$@" | grep -i -e ^HTTP -e ^location -e ^retry -e ^etag -e ^last -e ^min-id | sed "s|$u|URL|" | tr -d '\r'; }

heads "$u/feeds/blog.xml"
echo "the same again:"
heads -H 'If-None-Match: "many-7-0-10"' "$u/feeds/many/7"
heads -H 'If-Modified-Since: Fri, 02 Jan 2026 10:00:00 GMT' "$u/feeds/blog.xml"
echo "moved, gone, busy:"
heads "$u/feeds/moved-for-good.xml"
heads "$u/feeds/gone.xml"
heads "$u/feeds/busy.xml"
heads "$u/feeds/nothing.xml"
echo "one that changes:"
curl -s "$u/_/set?many-version=1"
heads -H 'If-None-Match: "many-7-0-10"' "$u/feeds/many/7"
curl -s "$u/feeds/many/7" | sed -n 3p
echo "Nitter, the Wayback Machine:"
curl -s "$u/feeds/nitter/bob/rss" | grep -o '<title>R[^<]*' | head -n 3
curl -s "$u/wayback/cdx/search/cdx?url=twitter.com/bob/status/*&limit=1&showResumeKey=true&fl=timestamp,original"
heads "$u/wayback/web/2026id_/https://twitter.com/bob/status/123%22"
kill $!
#> HTTP/1.1 200 OK
#> ETag: "7ddd038a3388030a"
#> Last-Modified: Fri, 02 Jan 2026 10:00:00 GMT
#> the same again:
#> HTTP/1.1 304 Not Modified
#> ETag: "many-7-0-10"
#> HTTP/1.1 304 Not Modified
#> ETag: "7ddd038a3388030a"
#> Last-Modified: Fri, 02 Jan 2026 10:00:00 GMT
#> moved, gone, busy:
#> HTTP/1.1 308 Permanent Redirect
#> Location: URL/feeds/moved.xml
#> HTTP/1.1 410 Gone
#> HTTP/1.1 503 Service Unavailable
#> Retry-After: 120
#> HTTP/1.1 404 Not Found
#> one that changes:
#> HTTP/1.1 200 OK
#> ETag: "many-7-1-10"
#> <item><title>Item 10 of feed 7</title><link>https://many-7.example/10</link><guid isPermaLink="false">many-7-10</guid><description>Some words about matter 227.</description><pubDate>Thu, 01 Jan 2026 10:00:07 GMT</pubDate></item>
#> Nitter, the Wayback Machine:
#> <title>R to @bob: And its other half, after élan 🚀 and 中文.
#> <title>RT by @bob: Is a heat pump worth it in an old house? https://example.org/pumps #energy
#> <title>R to @ada: See what you wrote before.
#> [["timestamp","original"],["20260102140500","https://twitter.com/bob/status/2007000000000000001"],[],["1"]]
#> HTTP/1.1 302 Found
#> Location: URL/wayback/web/20260103100000id_/https://twitter.com/bob/status/123%22
