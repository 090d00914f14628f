# I09: where the conversation a post claims and what it answers disagree, the answer counts and the claim is kept.
cat >posts.jsonl <<'END'
{"id":"101","text":"one start","author_id":"9","conversation_id":"101"}
{"id":"201","text":"another start","author_id":"8","conversation_id":"201"}
{"id":"102","text":"answers the one, claims the other","author_id":"7","conversation_id":"201","referenced_tweets":[{"type":"replied_to","id":"101"},{"type":"quoted","id":"201"}]}
{"id":"103","text":"answers two at once","author_id":"7","conversation_id":"101","referenced_tweets":[{"type":"replied_to","id":"101"},{"type":"replied_to","id":"201"}]}
END
riposte import -q posts.jsonl
riposte thread x:101 --json >out
grep -o '"root":"[^"]*"' out
grep -o '{"key":"x:102"' out
riposte export -f jsonl --canonical | grep '"key":"x:102"' | grep -o '"conversation":"[^"]*"'
riposte export -f jsonl --canonical | grep '"key":"x:103"' | grep -o '"type":"reply"' | wc -l
riposte thread x:103 >out || echo "exit $?"
grep -c 'answers two at once' out
riposte verify -q --data
#> "root":"x:101"
#> {"key":"x:102"
#> "conversation":"x:201"
#> 2
#> 1
