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
#> {"requests":9,"x":9,"billed-posts":6,"included-posts":0,"_":1}
