# Posts of Mastodon: out of answers of its API and out of the export of an account, whose ids
# differ.  In whatever order they come, they are the same posts, and one thread.
account='"account":{"username":"ana","acct":"ana","display_name":"Ana","url":"https://s.example/@ana"}'
bo='"account":{"username":"bo","acct":"bo@o.example","display_name":"Bo","url":"https://o.example/@bo"}'
cat >context.json <<END
{"ancestors":[{"id":"100","created_at":"2026-01-21T09:00:00.000Z","visibility":"public","uri":"https://s.example/users/ana/statuses/100","url":"https://s.example/@ana/100","content":"<p>The money is not there.</p>",$account}],
 "descendants":[{"id":"102","created_at":"2026-01-21T09:20:00.000Z","visibility":"unlisted","in_reply_to_id":"101","uri":"https://s.example/users/ana/statuses/102","content":"<p>Says <a href=\"https://o.example/@bo\" class=\"u-url mention\">@<span>bo</span></a>.</p>","mentions":[{"username":"bo","acct":"bo@o.example","url":"https://o.example/@bo"}],$account},
 {"id":"103","created_at":"2026-01-21T09:21:00.000Z","visibility":"direct","in_reply_to_id":"101","uri":"https://s.example/users/ana/statuses/103","content":"<p>for your eyes only</p>",$account}]}
END
cat >reply.jsonl <<END
{"id":"101","created_at":"2026-01-21T09:10:00.000Z","visibility":"public","in_reply_to_id":"100","uri":"https://o.example/users/bo/statuses/7","url":"https://o.example/@bo/7","content":"<p>It is.</p>",$bo}
{"id":"100","created_at":"2026-01-21T09:00:00.000Z","edited_at":"2026-01-21T09:05:00.000Z","visibility":"public","uri":"https://s.example/users/ana/statuses/100","url":"https://s.example/@ana/100","content":"<p>The money is not there, I hear.</p>",$account}
END
cat >outbox.json <<'END'
{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":9,"orderedItems":[
{"id":"https://o.example/users/bo/statuses/7/activity","type":"Create","actor":"https://o.example/users/bo","published":"2026-01-21T09:10:00Z","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"object":{"id":"https://o.example/users/bo/statuses/7","type":"Note","inReplyTo":"https://s.example/users/ana/statuses/100","published":"2026-01-21T09:10:00Z","attributedTo":"https://o.example/users/bo","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"content":"<p>It is.</p>"}},
{"id":"https://o.example/users/bo/statuses/8/activity","type":"Announce","actor":"https://o.example/users/bo","published":"2026-01-21T09:30:00Z","to":["https://www.w3.org/ns/activitystreams#Public"],"object":"https://s.example/users/ana/statuses/102"},
{"id":"https://o.example/users/bo/statuses/9/activity","type":"Create","actor":"https://o.example/users/bo","to":["https://o.example/users/bo/followers"],"cc":[],"object":{"id":"https://o.example/users/bo/statuses/9","type":"Note","to":["https://o.example/users/bo/followers"],"cc":[],"content":"psst"}},
{"id":"https://o.example/users/bo#delete","type":"Delete","actor":"https://o.example/users/bo","object":{"id":"https://o.example/users/bo/statuses/6","type":"Tombstone","deleted":"2026-01-22T00:00:00Z"}}]}
END
cat >actor.json <<'END'
{"@context":"https://www.w3.org/ns/activitystreams","id":"https://o.example/users/bo","type":"Person","preferredUsername":"bo","name":"Bo","outbox":"outbox.json"}
END
for order in "context.json reply.jsonl outbox.json actor.json" "outbox.json reply.jsonl actor.json context.json" "actor.json reply.jsonl outbox.json context.json" "reply.jsonl context.json outbox.json reply.jsonl actor.json"; do
	rm -f archive.db*
	riposte import -q $order 2>/dev/null
	echo "exit $?"
	riposte export -f jsonl --canonical >got
	[ -e first ] || cp got first
	cmp first got
	riposte rebuild -q
	riposte export -f jsonl --canonical | cmp - first
	riposte verify --data -q
done
riposte import -q -A a.db context.json outbox.json 2>/dev/null
riposte import -q -A b.db reply.jsonl actor.json
riposte merge -q a.db -A b.db && riposte export -f jsonl --canonical -A b.db | cmp - first
riposte merge -q b.db -A a.db && riposte export -f jsonl --canonical -A a.db | cmp - first
riposte thread https://s.example/@ana/102
riposte timeline on:masto from:bo@o.example
riposte show --json https://s.example/users/ana/statuses/100 | grep -o '"text":"[^"]*"'
riposte show https://o.example/users/bo/statuses/6 | grep -i deleted
riposte search psst || echo "nothing of it"
riposte stats --rejected
# People are told by the handles that everybody writes.
printf '[Bo Roe]\naccount = masto:@Bo@o.example\n[Ana Petit]\naccount = masto:@https://s.example/users/ana\n' >archive.db.people.ini
riposte exchange "Ana Petit" "Bo Roe"
#> exit 3
#> exit 3
#> exit 3
#> exit 3
#> thread masto:https://s.example/users/ana/statuses/100  21 Jan 2026, UTC  3 posts
#> 21 Jan 09:00  Ana @ana@s.example
#>                 The money is not there, I hear.
#>                 2 wordings seen
#>        09:10    > Bo @bo@o.example
#>                   It is.
#>        09:20      > Ana @ana@s.example
#>                     Says @bo@o.example.
#>                     1 repost by @bo@o.example, 21 Jan 2026 09:30 UTC
#> coverage: imported files; no source follows these accounts
#> "text":"The money is not there, I hear."
#> "text":"The money is not there."
#> "text":"The money is not there, I hear."
#> kind      not in the archive, only referred to; deleted
#>   22 Jan 2026 00:00:00 UTC  deleted: Delete
#> nothing of it
#> context.json:1: not public: its author chose who reads it; kept as bytes only (278 bytes at 760 of capture 6713739efeee)
#> outbox.json:1: not public: its author chose who reads it; kept as bytes only (303 bytes at 882 of capture 0000f26d15a9)
#> between Ana Petit, Bo Roe                21 Jan 2026, UTC                3 turns
#> 1  21 Jan 09:00    Ana Petit  The money is not there, I hear.    2 wordings seen
#> 2         09:10  > Bo Roe     It is.                              10 min after 1
#> 3         09:20  > Ana Petit  Says @bo@o.example.
#>                                             10 min after 2; last word: Ana Petit
#> coverage: imported files; no source follows these accounts
#! riposte: 2 captures: 6 records, 2 new, 1 same, 1 new version, 1 post referred to but not held, 2 rejected (kept; see "riposte stats --rejected")
#! riposte: 4 captures: 8 records, 5 same, 1 new version, 2 rejected (kept; see "riposte stats --rejected")
