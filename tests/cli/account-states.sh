# "User has been suspended" is a fact about an account, told by number or by name: it is in show,
# in person show and in the exports.
cat >posts.json <<'END'
{"data":[{"id":"1","text":"one","author_id":"2002"},{"id":"2","text":"two","author_id":"3003"}],"includes":{"users":[{"id":"2002","username":"bob","name":"Bob"},{"id":"3003","username":"Cyd","name":"Cyd"}]}}
END
cat >number.json <<'END'
{"errors":[{"resource_type":"user","resource_id":"2002","value":"2002","parameter":"ids","title":"Forbidden","detail":"User has been suspended: [2002].","type":"https://api.x.com/2/problems/resource-not-found"}]}
END
cat >name.json <<'END'
{"errors":[{"resource_type":"user","value":"cyd","parameter":"usernames","title":"Forbidden","detail":"User has been suspended: [cyd].","type":"https://api.x.com/2/problems/resource-not-found"}]}
END
riposte import -q name.json posts.json
riposte export -f jsonl --canonical >before
riposte import -q number.json
riposte export -f jsonl --canonical >after
cmp -s before after && echo "the same export"
grep -o '"author":{[^}]*}' after
riposte export -f jsonl | grep -c '"state":"suspended"'
for post in x:1 x:2; do
	riposte show $post --utc | grep -A1 'what became'
	riposte show $post --json | grep -o '"states":\[[^]]*\]'
done
riposte person show @bob
riposte person show @cyd
riposte person show @bob --json
riposte verify -q --data
#> "author":{"key":"x:@2002","handle":"bob","name":"Bob","state":"suspended"}
#> "author":{"key":"x:@3003","handle":"Cyd","name":"Cyd","state":"suspended"}
#> 2
#> what became of it
#>   time unknown  suspended: User has been suspended: [2002].
#> "states":[{"subject":"x:@2002","state":"suspended","as_of":null,"evidence":"User has been suspended: [2002]
#> what became of it
#>   time unknown  suspended: User has been suspended: [cyd].
#> "states":[{"subject":"x:@cyd?","state":"suspended","as_of":null,"evidence":"User has been suspended: [cyd]
#> @bob
#>   account  x:@2002 (@bob)  suspended
#> @Cyd
#>   account  x:@3003 (@Cyd)  suspended
#> {"v":1,"people":[{"name":"@bob","short":null,"accounts":["x:@2002"],"aliases":[],"roles":[],"states":[{"account":"x:@2002","state":"suspended"}]}]}
