# Lists of addresses and ids name posts: each is a ghost, found again by rebuild, until the post itself comes.
cat >links.txt <<'END'
# what people pointed me to
https://x.com/ada/status/1724551110456246272 and https://x.com/bob/status/1724551529886646272?s=20
nothing here
https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3lgz24abcde2k
END
printf 'tweet_id,text\n1724551539886646272,"a, b"\n' >ids.csv
riposte import links.txt
riposte import ids.csv
echo 'nothing to see' >empty.txt
riposte import --as list empty.txt
echo "exit $?"
riposte stats --json | grep -o '"ghosts":[0-9]*'
riposte capture list | while read -r id rest; do riposte capture cat "$id" | sha256sum | grep -q "^$id" && echo "the same bytes"; done
riposte show --json x:1724551110456246272 | grep -o '"kind":"ghost"\|"handle":"ada"' | sort
riposte export -f jsonl --canonical >before
riposte rebuild -q
riposte export -f jsonl --canonical | cmp - before && echo "the same after rebuild"
riposte verify -q --data && echo sound
echo '{"id":"1724551110456246272","author_id":"1","text":"here I am","author":{"id":"1","username":"ada","name":"Ada"}}' >post.jsonl
riposte import -q post.jsonl
riposte compact -q && riposte verify -q --data && echo sound
riposte stats --json | grep -o '"ghosts":[0-9]*'
#> exit 65
#> "ghosts":4
#> the same bytes
#> the same bytes
#> the same bytes
#> "handle":"ada"
#> "kind":"ghost"
#> the same after rebuild
#> sound
#> sound
#> "ghosts":3
#! riposte: made a new archive, archive.db
#! riposte: 1 capture: 0 records, 3 posts referred to but not held
#! riposte: 1 capture: 0 records, 1 post referred to but not held
#! riposte: empty.txt:1: no address or id of a post in it (kept; see "riposte stats --rejected")
