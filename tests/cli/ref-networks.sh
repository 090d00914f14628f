# Posts of other networks and articles are named by their addresses too, and links between networks are edges.
cat >posts.jsonl <<'END'
{"id":"1881923570458304780","author_id":"1","text":"see https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3lgz24abcde2k and https://Social.example/@Ana/115930000000000001","author":{"id":"1","username":"ada","name":"Ada"}}
{"id":"1881923670458304780","author_id":"1","text":"and https://social.example/users/ana/statuses/115930000000000002?x=1","author":{"id":"1","username":"ada","name":"Ada"}}
END
riposte import -q posts.jsonl
key() { riposte show --json "$1" | grep -o '"key":"[^"]*","kind":"ghost","platform":"[^"]*","url":[^,]*' | head -n 1 || echo "$1: nothing"; }
key 'https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3lgz24abcde2k?ref_src=embed'
key at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3lgz24abcde2k
key https://social.example/@ana/115930000000000001
key https://social.example/users/ana/statuses/115930000000000002
riposte thread -f ids https://social.example/users/ana/statuses/115930000000000002 >/dev/null && echo "a thread"
riposte thread -q --json at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3lgz24abcde2k | grep -o '"key":"x:[0-9]*"'
for ref in 'https://Example.org:443/a?utm_source=x#c' https://x.com/home; do
	riposte show "$ref"
	echo "exit $?"
done
riposte verify -q --data
riposte rebuild -q
#> "key":"bsky:did:plc:z72i7hdynmk6r22z27h6tvur/3lgz24abcde2k","kind":"ghost","platform":"bsky","url":"https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3lgz24abcde2k"
#> "key":"bsky:did:plc:z72i7hdynmk6r22z27h6tvur/3lgz24abcde2k","kind":"ghost","platform":"bsky","url":"https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3lgz24abcde2k"
#> "key":"masto:social.example!115930000000000001","kind":"ghost","platform":"masto","url":"https://social.example/@ana/115930000000000001"
#> "key":"masto:https://social.example/users/ana/statuses/115930000000000002","kind":"ghost","platform":"masto","url":"https://social.example/users/ana/statuses/115930000000000002"
#> a thread
#> "key":"x:1881923570458304780"
#> exit 1
#> exit 64
#! riposte: https://Example.org:443/a?utm_source=x#c is not in this archive; "riposte import FILE" takes posts in
#! riposte: "https://x.com/home" is not the address of a post we know how to read
