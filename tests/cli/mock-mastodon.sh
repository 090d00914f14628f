# The mock of a Mastodon instance: pages by Link, threads cut at their cap, limits.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
ask() { curl -sg -D heads "$u/masto/api/v1/$1" >body; }
heads() { grep -i "^$1" heads | sed "s|$u|URL|g" | tr -d '\r'; }

ask accounts/lookup?acct=Ana@social.example; cat body; echo
ask 'accounts/42/statuses?limit=5&exclude_replies=true'; heads link
ask 'accounts/42/statuses?limit=40&min_id=115825940889600000'; heads link; grep -o '"id":"11[0-9]*"' body
echo "a thread of 71:"
ask statuses/115824918528000014/context; grep -o 'Voice' body | wc -l
echo "three wordings, quotes in every state, a post of another server:"
ask statuses/115825154457600085/history; grep -o '"content":"[^"]*"' body
ask 'accounts/78/statuses?limit=40'; grep -o '"quote":{"state":"[a-z_]*"' body
ask statuses/AmW9zQk2LfB7; grep -o '"ur[il]":[^,]*' body
echo "what cannot be had, alike whatever the reason:"
for i in 1 $(sed -n 's/.*"post":"masto:\([0-9]*\)".*\(Soon gone\|For friends\).*/\1/p' "$DATA/worlds/small/2-mastodon.jsonl"); do ask statuses/$i; cat body; echo; done
ask accounts/80; head -n 1 heads | tr -d '\r'
echo "too many, and when it is over:"
curl -s "$u/_/set?masto-paging-limit=1"
ask 'accounts/42/statuses?max_id=1'; ask 'accounts/42/statuses?max_id=1'
heads HTTP; heads x-ratelimit; heads retry-after; cat body
kill $!
#> {"id":"42","username":"ana","acct":"ana","display_name":"Ana","locked":false,"bot":false,"group":false,"created_at":"2022-11-05T00:00:00.000Z","note":"<p>Made up.</p>","url":"https://social.example/@ana","uri":"https://social.example/users/ana"}
#> Link: <URL/masto/api/v1/accounts/42/statuses?limit=5&exclude_replies=true&max_id=115825315676160090>; rel="next", <URL/masto/api/v1/accounts/42/statuses?limit=5&exclude_replies=true&min_id=115825940889600106>; rel="prev"
#> Link: <URL/masto/api/v1/accounts/42/statuses?limit=40&min_id=115825940889600106>; rel="prev"
#> "id":"115825940889600106"
#> a thread of 71:
#> 60
#> three wordings, quotes in every state, a post of another server:
#> "content":"<p>I never makes mistakes.</p>"
#> "content":"<p>I never make mistakes.</p>"
#> "content":"<p>I hardly ever make mistakes.</p>"
#> "quote":{"state":"of_tomorrow"
#> "quote":{"state":"muted_account"
#> "quote":{"state":"blocked_domain"
#> "quote":{"state":"blocked_account"
#> "quote":{"state":"unauthorized"
#> "quote":{"state":"deleted"
#> "quote":{"state":"revoked"
#> "quote":{"state":"rejected"
#> "quote":{"state":"pending"
#> "quote":{"state":"accepted"
#> "url":"https://other.example/@bo"
#> "uri":"https://other.example/users/bo"}
#> "url":null
#> "uri":"https://other.example/objects/5f2c"}
#> what cannot be had, alike whatever the reason:
#> {"error":"Record not found"}
#> {"error":"Record not found"}
#> {"error":"Record not found"}
#> HTTP/1.1 410 Gone
#> too many, and when it is over:
#> HTTP/1.1 429 Too Many Requests
#> X-RateLimit-Limit: 1
#> X-RateLimit-Remaining: 0
#> X-RateLimit-Reset: 2026-01-05T12:15:00.000000Z
#> {"error":"Too many requests"}