# The mock of Bluesky: feeds with their cursors, threads cut off, what is gone, limits.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
feed=$u/bsky/xrpc/app.bsky.feed
repo=$u/pds/xrpc/com.atproto
rkey() { sed -n "s|.*\"post\":\"bsky:\([^\"]*\)/\([^\"]*\)\".*$1.*|at://\1/app.bsky.feed.post/\2|p" "$DATA/worlds/small/2-bluesky.jsonl" | head -n 1; }
root=$(rkey 'tell me')
gone=$(rkey 'Taken back')

echo "facets count bytes:"
curl -sg "$feed.getPosts?uris=$root" | grep -o '"byteStart":[0-9]*,"byteEnd":[0-9]*'
echo "pages, the last one full and with a cursor:"
cursor=
for page in 1 2 3; do
	curl -sg "$feed.getAuthorFeed?actor=ana.example&filter=posts_with_media&limit=1${cursor:+&cursor=$cursor}" >body
	cursor=$(sed -n 's/.*"cursor":"\([^"]*\)".*/\1/p' body)
	echo "$(grep -o '"post":' body | wc -l) ${cursor%%_*}"
done
curl -sg "$feed.getAuthorFeed?actor=ana.example&cursor=rubbish"; echo
echo "a thread deeper than was asked:"
curl -sg "$feed.getPostThread?uri=$root&depth=2" | grep -o -e '"replies":' -e '"text":"[^"]*"'
echo "what is gone:"
curl -sg "$feed.getPostThread?uri=$gone"; echo
curl -sg "$feed.getPosts?uris=$gone"; echo
curl -sg "$repo.repo.getRecord?repo=bo.example&collection=app.bsky.feed.post&rkey=${gone##*/}"; echo
curl -sg "$feed.getAuthorFeed?actor=ana.example&limit=100" | grep -o -e 'defs#notFoundPost' -e 'defs#blockedPost' -e 'record#view[A-Z][a-zA-Z]*' | sort | uniq -c
curl -sg "$feed.getAuthorFeed?actor=off.example"; echo
curl -sg "$repo.sync.getRepoStatus?did=did:plc:ddddeeeeffffgggghhhhiiii"; echo
echo "who is who:"
curl -sg "$repo.identity.resolveHandle?handle=bo.example"; echo
curl -sg "$repo.identity.resolveHandle?handle=nobody.example"; echo
curl -sg "$u/plc/did:plc:bbbbccccddddeeeeffffgggg" | grep -o -e '"at://[^"]*"' -e '#atproto_pds'
echo "oldest first, in steps:"
curl -sg "$repo.repo.listRecords?repo=bo.example&collection=app.bsky.feed.post&limit=2&reverse=true" | grep -o -e '"text":"[^"]*"' -e '"cursor":.*'
echo "the same again:"
etag=$(curl -sg -D - -o body "$repo.repo.describeRepo?repo=bo.example" | sed -n 's/^ETag: \(.*\)\r/\1/p')
curl -sg -w '%{http_code}\n' -H "If-None-Match: $etag" "$repo.repo.describeRepo?repo=bo.example"
echo "limits, and a search that is shut:"
curl -s "$u/_/set?bsky-limit=1&bsky-search=off"
curl -sg -D heads "$repo.identity.resolveHandle?handle=bo.example"; echo
grep -i -e ratelimit -e retry heads | tr -d '\r'
curl -sg -w '%{http_code} %{content_type}\n' -o body "$feed.searchPosts?q=turn"
kill $!
#> facets count bytes:
#> "byteStart":15,"byteEnd":36
#> "byteStart":50,"byteEnd":61
#> "byteStart":62,"byteEnd":71
#> pages, the last one full and with a cursor:
#> 1 1767348360000
#> 1 1767348300000
#> 0
#> {"error":"InternalServerError","message":"Internal Server Error"}
#> a thread deeper than was asked:
#> "text":"élan 🚀 see https://example.org/x and tell me, @bo.example #énergie"
#> "replies":
#> "text":"Turn 1: yes & no, 1 < 2."
#> "replies":
#> "text":"Turn 2: yes & no, 1 < 2."
#> "text":"My handle does not resolve."
#> "replies":
#> what is gone:
#> {"error":"NotFound","message":"Post not found: at://did:plc:bbbbccccddddeeeeffffgggg/app.bsky.feed.post/3mbgoao77222l"}
#> {"posts":[]}
#> {"error":"RecordNotFound","message":"Could not locate record: at://did:plc:bbbbccccddddeeeeffffgggg/app.bsky.feed.post/3mbgoao77222l"}
#>       2 defs#blockedPost
#>       2 defs#notFoundPost
#>       1 record#viewDetached
#>       1 record#viewNotFound
#>       1 record#viewRecord
#> {"error":"AccountDeactivated","message":"Account is deactivated"}
#> {"did":"did:plc:ddddeeeeffffgggghhhhiiii","active":false,"status":"deactivated"}
#> who is who:
#> {"did":"did:plc:bbbbccccddddeeeeffffgggg"}
#> {"error":"InvalidRequest","message":"Unable to resolve handle"}
#> "at://bo.example"
#> #atproto_pds
#> oldest first, in steps:
#> "text":"Turn 1: yes & no, 1 < 2."
#> "text":"Turn 3: yes & no, 1 < 2."
#> "cursor":"3mbgkbpkcs226"}
#> the same again:
#> 304
#> limits, and a search that is shut:
#> {"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}
#> RateLimit-Limit: 1
#> RateLimit-Remaining: 0
#> RateLimit-Reset: 1767614700
#> RateLimit-Policy: 1;w=300
#> Retry-After: 300
#> 403 text/html
