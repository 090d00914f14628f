# A thread of Bluesky as its server shows it: the parent is not found, an answer is blocked,
# and somebody's repository tells what the view could not.
ana=did:plc:aaaabbbbccccddddeeeeffff
bo=did:plc:bbbbccccddddeeeeffffgggg
post() { printf '{"uri":"at://%s/app.bsky.feed.post/%s","cid":"c","author":{"did":"%s","handle":"%s","displayName":"%s"},"record":{"$type":"app.bsky.feed.post","text":"%s","createdAt":"2026-01-21T%s:00.000Z"%s},"indexedAt":"2026-01-21T%s:01.000Z"}' $1 $2 $1 $3 $4 "$5" $6 "$7" $6; }
reply() { printf ',"reply":{"root":{"uri":"at://%s/app.bsky.feed.post/%s","cid":"c"},"parent":{"uri":"at://%s/app.bsky.feed.post/%s","cid":"c"}}' $bo 3mcaaaaaaaa2a $1 $2; }
{
	printf '{"thread":{"$type":"app.bsky.feed.defs#threadViewPost","post":'
	post $ana 3mcbbbbbbbb2b ana.example Ana "Non." 10:12 "$(reply $bo 3mcaaaaaaaa2a)"
	printf ',"parent":{"$type":"app.bsky.feed.defs#notFoundPost","uri":"at://%s/app.bsky.feed.post/3mcaaaaaaaa2a","notFound":true},"replies":[{"post":' $bo
	post $bo 3mccccccccc2c bo.example Bo "Si." 10:15 "$(reply $ana 3mcbbbbbbbb2b)"
	printf ',"replies":[{"$type":"app.bsky.feed.defs#blockedPost","uri":"at://%s/app.bsky.feed.post/3mcddddddd2d","blocked":true,"author":{"did":"%s"}}]}]}}\n' $ana $ana
} >thread.json
printf '{"records":[{"uri":"at://%s/app.bsky.feed.post/3mcaaaaaaaa2a","cid":"c","value":{"$type":"app.bsky.feed.post","text":"AI for all. https://bsky.app/profile/Ana.example/post/3mcbbbbbbbb2b","createdAt":"2026-01-21T10:00:00Z"}},{"uri":"at://%s/app.bsky.feed.like/3l","cid":"c","value":{"$type":"app.bsky.feed.like"}}]}\n' $bo $bo >records.json
riposte import thread.json
riposte thread at://$ana/app.bsky.feed.post/3mcbbbbbbbb2b
riposte import -q records.json
riposte thread https://bsky.app/profile/ana.example/post/3mcbbbbbbbb2b
riposte timeline on:bsky from:bo.example
riposte export -f jsonl --canonical >first
riposte rebuild -q && riposte export -f jsonl --canonical | cmp - first
riposte verify --data -q && echo sound
rm -f archive.db*
riposte import -q records.json thread.json
riposte export -f jsonl --canonical | cmp - first
riposte import -q -A a.db thread.json
riposte import -q -A b.db records.json
riposte merge -q a.db -A b.db && riposte export -f jsonl --canonical -A b.db | cmp - first
riposte merge -q b.db -A a.db && riposte export -f jsonl --canonical -A a.db | cmp - first
# What is in the repository itself, whoever shows it.
riposte import -q -A car.db "$DATA/networks/bo.car" thread.json
riposte thread -A car.db bsky:$bo/3mccccccccc2c
riposte export -f jsonl --canonical -A car.db >first
riposte rebuild -q -A car.db && riposte export -f jsonl --canonical -A car.db | cmp - first
riposte verify --data -q -A car.db && echo sound
riposte capture cat "$(sha256sum "$DATA/networks/bo.car" | cut -c1-20)" -A car.db | cmp - "$DATA/networks/bo.car"
head -c 1000 "$DATA/networks/bo.car" >cut.car
riposte import cut.car -A cut.db --as bsky
#> thread bsky:did:plc:bbbbccccddddeeeeffffgggg/3mcaaaaaaaa2a
#>   12-21 Jan 2026, UTC, 2 posts + 1 ghost
#> 12 Jan ~14:18  [not in the archive] @bo.example,
#>                  bsky:did:plc:bbbbccccddddeeeeffffgggg/3mcaaaaaaaa2a;
#>                  unavailable
#>  21 Jan 10:12    > Ana @ana.example
#>                    Non.
#>         10:15      > Bo @bo.example
#>                      Si.
#> not complete: a post by @bo.example is unavailable and not in the archive
#>   (bsky:did:plc:bbbbccccddddeeeeffffgggg/3mcaaaaaaaa2a)
#> to look for it: riposte fill
#>   bsky:did:plc:bbbbccccddddeeeeffffgggg/3mcaaaaaaaa2a
#> coverage: imported files; no source follows these accounts
#> thread bsky:did:plc:bbbbccccddddeeeeffffgggg/3mcaaaaaaaa2a
#>   21 Jan 2026, UTC, 3 posts
#> 21 Jan 10:00  Bo @bo.example
#>                 AI for all.
#>                 https://bsky.app/profile/Ana.example/post/3mcbbbbbbbb2b
#>                 unavailable, gone by 21 Jan 2026 10:15 UTC; links to
#>                 @ana.example
#>                 (bsky:did:plc:aaaabbbbccccddddeeeeffff/3mcbbbbbbbb2b), in a
#>                 circle
#>        10:12    > Ana @ana.example
#>                   Non.
#>        10:15      > Bo @bo.example
#>                     Si.
#> coverage: imported files; no source follows these accounts
#> sound
#> thread bsky:did:plc:bbbbccccddddeeeeffffgggg/3mcaaaaaaaa2a
#>   21 Jan 2026, UTC, 3 posts
#> 21 Jan 10:00  Bo @bo.example
#>                 AI for all.
#>                 https://bsky.app/profile/Ana.example/post/3mcbbbbbbbb2b
#>                 unavailable, gone by 21 Jan 2026 10:15 UTC; links to
#>                 @ana.example
#>                 (bsky:did:plc:aaaabbbbccccddddeeeeffff/3mcbbbbbbbb2b), in a
#>                 circle
#>        10:12    > Ana @ana.example
#>                   Non.
#>                   1 repost by @bo.example, 21 Jan 2026 10:20 UTC
#>        10:15      > Bo @bo.example
#>                     Si.
#> coverage: imported files; no source follows these accounts
#> sound
#! riposte: made a new archive, archive.db
#! riposte: 1 capture: 2 records, 2 new, 2 posts referred to but not held
#! riposte: made a new archive, cut.db
#! riposte: cut.car: its commit is missing or damaged (kept; "riposte stats --rejected" lists all)
#! riposte: cut.car: a post that the repository's tree does not lead to (kept; "riposte stats --rejected" lists all)
#! riposte: cut.car: a post that the repository's tree does not lead to (kept; "riposte stats --rejected" lists all)
#! riposte: cut.car: a post that the repository's tree does not lead to (kept; "riposte stats --rejected" lists all)
#! riposte: cut.car: no section of a repository begins here (kept; "riposte stats --rejected" lists all)
#! riposte: cut.car: no record could be read (kept; see "riposte stats --rejected")
#? 65
