# What scrapers wrote of a post is one post with what the platform said of it.
cat >api.jsonl <<'END'
{"id_str":"1050118621198921728","created_at":"Wed Oct 10 20:19:24 +0000 2018","full_text":"@bob look https://t.co/AbCdEfGhIj","display_text_range":[5,33],"in_reply_to_status_id_str":"1050118000000000001","in_reply_to_user_id_str":"2002","in_reply_to_screen_name":"bob","entities":{"urls":[{"url":"https://t.co/AbCdEfGhIj","expanded_url":"https://example.org/a","indices":[10,33]}],"user_mentions":[{"id_str":"2002","screen_name":"bob","indices":[0,4]}]},"user":{"id_str":"1001","screen_name":"ada","name":"Ada"}}
END
cat >snscrape.jsonl <<'END'
{"_type":"snscrape.modules.twitter.Tweet","url":"https://twitter.com/ada/status/1050118621198921728","date":"2018-10-10T20:19:24+00:00","rawContent":"@bob look https://t.co/AbCdEfGhIj","id":1050118621198921728,"user":{"_type":"snscrape.modules.twitter.User","username":"ada","id":1001,"displayname":"Ada"},"conversationId":1050118000000000001,"links":[{"text":"example.org/a","url":"https://example.org/a","tcourl":"https://t.co/AbCdEfGhIj","indices":[10,33]}],"inReplyToTweetId":1050118000000000001,"inReplyToUser":{"username":"bob","id":2002,"displayname":"Bob"},"mentionedUsers":[{"username":"bob","id":2002,"displayname":"Bob"}]}
END
cat >gallery.json <<'END'
{"tweet_id":1050118621198921728,"retweet_id":0,"quote_id":0,"reply_id":1050118000000000001,"conversation_id":1050118000000000001,"date":"2018-10-10 20:19:24","author":{"id":1001,"name":"ada","nick":"Ada"},"user":{"id":1001,"name":"ada","nick":"Ada"},"lang":"en","mentions":[{"id":2002,"name":"bob","nick":"Bob"}],"content":"@bob look https://example.org/a"}
END
cat >zeeschuimer.ndjson <<'END'
{"nav_index":"1:1","item_id":"1050118621198921728","timestamp_collected":1700000000000,"source_platform":"twitter.com","data":{"rest_id":"1050118621198921728","core":{"user_results":{"result":{"rest_id":"1001","legacy":{"screen_name":"ada","name":"Ada"}}}},"legacy":{"id_str":"1050118621198921728","created_at":"Wed Oct 10 20:19:24 +0000 2018","full_text":"@bob look https://t.co/AbCdEfGhIj","display_text_range":[5,33],"in_reply_to_status_id_str":"1050118000000000001","in_reply_to_user_id_str":"2002","in_reply_to_screen_name":"bob","entities":{"urls":[{"url":"https://t.co/AbCdEfGhIj","expanded_url":"https://example.org/a","indices":[10,33]}],"user_mentions":[{"id_str":"2002","screen_name":"bob","indices":[0,4]}]},"user_id_str":"1001"},"id":1050118621198921728}}
END
for file in api.jsonl snscrape.jsonl gallery.json zeeschuimer.ndjson; do
	riposte import "$file" 2>&1 | tail -n 1
done
riposte thread 1050118621198921728
riposte export -f jsonl --canonical >before
riposte rebuild -q
riposte compact -q
riposte export -f jsonl --canonical | cmp - before && riposte verify -q --data && echo sound
rm archive.db
riposte import -q zeeschuimer.ndjson gallery.json snscrape.jsonl api.jsonl
riposte export -f jsonl --canonical | cmp - before && echo "in any order"
#> riposte: 1 capture: 1 record, 1 new, 1 post referred to but not held
#> riposte: 1 capture: 1 record, 1 same
#> riposte: 1 capture: 1 record, 1 same
#> riposte: 1 capture: 1 record, 1 same
#> thread x:1050118000000000001          10 Oct 2018, UTC          1 post + 1 ghost
#> 10 Oct ~20:16  [not in the archive] @bob, x:1050118000000000001
#>         20:19    > Ada @ada
#>                    look https://example.org/a
#> not complete: a post by @bob is not in the archive (x:1050118000000000001)
#> to look for it: riposte fill x:1050118000000000001
#> coverage: imported files; no source follows these accounts
#> sound
#> in any order
