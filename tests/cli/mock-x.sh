# The mock of X answers as X does: shapes, bounds, errors, money.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
x=$(cat url)/x/2
ask() { curl -sg -H 'Authorization: Bearer any' "$x$1"; echo; }

echo "one post, one that is gone, one whose author is protected:"
ask '/tweets?ids=2007013996753846273,2007089492875132960,2007092009478520866'
echo "a list that is empty has no data:"
ask '/tweets/search/recent?query=nothing-at-all'
echo "pages go on from where they were:"
ask '/users/1001/tweets?max_results=5&exclude=replies' | tr ',' '\n' | grep -e next_token -e result_count
echo "what is asked wrongly:"
ask '/tweets?ids=12,twelve'
ask '/tweets/search/recent?query=a&max_results=5'
ask '/tweets/search/recent?query=a&since_id=2007013996753846273&start_time=2026-01-01T00:00:00Z' | cut -c 1-150
ask '/tweets/search/recent?query=a&since_id=1882396566851666397' | cut -c 1-150
ask '/tweets?ids=12&post.fields=lang' | cut -c 1-150
echo "nobody's:"
curl -s "$x/tweets?ids=12"
echo
told() { curl -s "${x%/x/2}/_/set?$1"; }
echo "the new names, and only they:"
told x-vocabulary=post
ask '/tweets?ids=2007013996753846273&tweet.fields=lang' | cut -c 1-100
ask '/tweets/2007066844984246288?post.fields=lang&expansions=referenced_posts' | grep -o -e '"[a-z_]*posts\{0,1\}[a-z_]*":'
told x-vocabulary=tweet
echo "one that is missed, either way:"
ask '/tweets/12' | cut -c 1-60
told x-miss=404
curl -sg -o body -w '%{http_code}\n' -H 'Authorization: Bearer any' "$x/tweets/12"
echo "failures:"
for how in 402 402-old cap forbidden unsupported outage rate 503 html edge bad-token; do
	told x-fail=$how
	curl -sg -o body -w "$how %{http_code} %{content_type}" -H 'Authorization: Bearer any' "$x/users/1001/tweets"
	grep -o '"title":"[^"]*"' body | sed 's/.*:/ /' | tr -d '\n'
	echo
done
told x-fail=
echo "a token:"
curl -s -u key:secret -d grant_type=client_credentials "${x%/2}/oauth2/token"; echo
curl -s -u key:wrong -d grant_type=client_credentials "${x%/2}/oauth2/token"; echo
curl -s "${x%/x/2}/_/counts"
kill $!
#> one post, one that is gone, one whose author is protected:
#> {"data":[{"id":"2007013996753846273","text":"Is a heat pump worth it in an old house? https://t.co/tgsozGfdkp #energy","edit_history_tweet_ids":["2007013996753846273"]}],"errors":[{"resource_type":"tweet","resource_id":"2007089492875132960","value":"2007089492875132960","parameter":"ids","section":"data","title":"Not Found Error","detail":"Could not find tweet with ids: [2007089492875132960].","type":"https://api.twitter.com/2/problems/resource-not-found"},{"resource_type":"tweet","resource_id":"2007092009478520866","value":"2007092009478520866","parameter":"ids","section":"data","title":"Not Found Error","detail":"Could not find tweet with ids: [2007092009478520866].","type":"https://api.twitter.com/2/problems/resource-not-found"}]}
#> a list that is empty has no data:
#> {"meta":{"result_count":0}}
#> pages go on from where they were:
#> "result_count":5
#> "next_token":"bf4c5c1c0c0cfc0c2c2cbcgcdcfc2c1c3c2c3c1c4cd"}}
#> what is asked wrongly:
#> {"errors":[{"parameters":{"ids":["twelve"]},"message":"The `ids` query parameter value [twelve] is not valid"}],"title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.twitter.com/2/problems/invalid-request"}
#> {"errors":[{"parameters":{"max_results":["5"]},"message":"The `max_results` query parameter value [5] is not between 10 and 100"}],"title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.twitter.com/2/problems/invalid-request"}
#> {"errors":[{"parameters":{"since_id":["2007013996753846273"]},"message":"The `since_id` query parameter value [2007013996753846273] cannot be combined
#> {"errors":[{"parameters":{"since_id":["1882396566851666397"]},"message":"The `since_id` query parameter value [1882396566851666397] must be a tweet id
#> {"errors":[{"parameters":{"post.fields":["lang"]},"message":"The `post.fields` query parameter value [lang] is not one of the known parameters"}],"tit
#> nobody's:
#> {"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}
#> the new names, and only they:
#> {"errors":[{"parameters":{"tweet.fields":["lang"]},"message":"The `tweet.fields` query parameter val
#> "edit_history_post_ids":
#> "referenced_posts":
#> "posts":
#> "edit_history_post_ids":
#> "edit_history_post_ids":
#> one that is missed, either way:
#> {"errors":[{"resource_type":"tweet","resource_id":"12","valu
#> 404
#> failures:
#> 402 402 application/problem+json "Payment Required"
#> 402-old 402 application/problem+json "CreditsDepleted"
#> cap 429 application/problem+json "UsageCapExceeded"
#> forbidden 403 application/problem+json "Client Forbidden"
#> unsupported 403 application/problem+json "Unsupported Authentication"
#> outage 404 application/problem+json "Not Found Error"
#> rate 429 application/problem+json "Too Many Requests"
#> 503 503 application/problem+json "Service Unavailable"
#> html 503 text/html
#> edge 429 application/json
#> bad-token 401 application/json
#> a token:
#> {"token_type":"bearer","access_token":"AAAAmock%3Dtoken"}
#> {"errors":[{"code":99,"message":"Unable to verify your credentials","label":"authenticity_token_error"}]}
#> {"requests":26,"x":24,"billed-posts":7,"included-posts":2,"_":16,"x/oauth2":2}
