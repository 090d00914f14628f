# A post that answers itself, two that answer each other, a reply from before its parent.
cat >posts.jsonl <<'END'
{"id":"1881923570458304780","text":"I answer myself","author_id":"9","referenced_tweets":[{"type":"replied_to","id":"1881923570458304780"}]}
{"id":"100","text":"ping","author_id":"9","referenced_tweets":[{"type":"replied_to","id":"101"}]}
{"id":"101","text":"pong","author_id":"8","referenced_tweets":[{"type":"replied_to","id":"100"}]}
END
riposte import -q posts.jsonl
riposte thread x:1881923570458304780
riposte thread x:100
riposte thread x:101 --json | grep -o '"key":"[^"]*"\|"root":"[^"]*"' | sort -u
#> thread x:1881923570458304780               22 Jan 2025, UTC               1 post
#> 22 Jan ~04:35  x:@9
#>                  I answer myself
#>                  answers x:@9 (x:1881923570458304780), in a circle
#> coverage: imported files; no source follows these accounts
#> thread x:100                        time unknown                         2 posts
#> time unknown  x:@9
#>                 ping
#>                 answers x:@8 (x:101), which is younger
#> time unknown    > x:@8
#>                   pong
#> coverage: imported files; no source follows these accounts
#> "key":"x:100"
#> "key":"x:101"
#> "key":"x:@8"
#> "key":"x:@9"
#> "root":"x:100"
