# Two people's archives make their quarrel whole, whichever comes first: one thread, both
# sides, no ghost between them.
x=$DATA/x-archive
make-archive zip ana.zip data/manifest.js="$x/ana/manifest.js" data/account.js="$x/ana/account.js" \
	data/tweets.js="$x/ana/tweets.js" data/note-tweet.js="$x/ana/note-tweet.js"
make-archive zip bob.zip top/data/account.js="$x/bob/account.js" top/data/tweets.js="$x/bob/tweets.js"
riposte import -q ana.zip
riposte thread x:1881763690705846273 --utc
riposte import -q bob.zip
riposte thread x:1881763690705846273 --utc
riposte exchange ana bob --utc
riposte export -f jsonl --canonical >first
riposte -A other.db import -q bob.zip ana.zip
riposte -A other.db export -f jsonl --canonical >second
cmp first second && echo "in any order"
riposte -A merged.db merge -q archive.db
riposte -A merged.db rebuild -q
riposte -A merged.db export -f jsonl --canonical | cmp - first && echo "merged the same"
riposte -A merged.db verify -q --data
#> thread x:1881763690705846273               21 Jan 2025, UTC               1 post
#> 2025-01-21T18:00:00Z  Ana @ana
#>                         The campus is going up as we speak. 640 acres & more.
#> coverage: imported files; no source follows these accounts
#> thread x:1881763690705846273              21 Jan 2025, UTC               7 posts
#> 2025-01-21T18:00:00Z  Ana @ana
#>                         The campus is going up as we speak. 640 acres & more.
#> 2025-01-21T18:01:00Z    > Bob @bob
#>                           they don't actually have the money
#> 2025-01-21T18:02:00Z      > Ana @ana
#>                             wrong, as you know. want to come visit the first
#>                             site?
#> 2025-01-21T18:03:00Z        > Bob @bob
#>                               well under $10B secured. I have that on good
#>                               authority.
#> 2025-01-21T18:04:00Z          > Ana @ana
#>                                 They have not secured the money, and everybody
#>                                 who looks at the accounts can see that for
#>                                 himself. They have not secured the money, and
#>                                 everybody who looks at the accounts can see that
#>                                 for himself. They have not secured the money,
#>                                 and everybody who looks at the accounts can see
#>                                 that for himself. They have not secured the
#>                                 money, and everybody who looks at the accounts
#>                                 can see that for himself. They have not secured
#>                                 the money, and everybody who looks at the
#>                                 accounts can see that for himself.
#> 2025-01-21T18:12:00Z            > Bob @bob
#>                                   <3
#> 2025-01-21T18:08:00Z          " Ana @ana
#>                                 He still says this
#> coverage: imported files; no source follows these accounts
#> between @ana, @bob                   21 Jan 2025, UTC                    6 turns
#> 1  2025-01-21T18:00:00Z    @ana  The campus is going up as we speak. 640 acres &
#>                                  more.
#> 2  2025-01-21T18:01:00Z  > @bob  they don't actually have the money
#>                                                                     60 s after 1
#> 3  2025-01-21T18:02:00Z  > @ana  wrong, as you know. want to come visit the
#>                                  first site?                        60 s after 2
#> 4  2025-01-21T18:03:00Z  > @bob  well under $10B secured. I have that on good
#>                                  authority.                         60 s after 3
#> 5  2025-01-21T18:04:00Z  > @ana  They have not secured the money, and everybody
#>                                  who looks at the accounts can see that for
#>                                  himself. They have not secured the money, and
#>                                  everybody who looks at the accounts can see
#>                                  that for himself. They have not secured the
#>                                  money, and everybody who looks at the accounts
#>                                  can see that for himself. They have not secured
#>                                  the money, and everybody who looks at the
#>                                  accounts can see that for himself. They have
#>                                  not secured the money, and everybody who looks
#>                                  at the accounts can see that for himself.
#>                                                                     60 s after 4
#>    2025-01-21T18:08:00Z          He still says this
#> 6  2025-01-21T18:12:00Z  > @bob  <3               4 min after 5; last word: @bob
#> coverage: imported files; no source follows these accounts
#> in any order
#> merged the same
