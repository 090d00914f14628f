# A post with the address of another hangs below it, unless it answers something else, and is marked "@".
cat >posts.jsonl <<'END'
{"id":"1724551110456246272","author_id":"1","text":"you started it","author":{"id":"1","username":"ada","name":"Ada"}}
{"id":"1724551529886646272","author_id":"2","text":"no https://x.com/ada/status/1724551110456246272","author":{"id":"2","username":"bob","name":"Bob"}}
{"id":"1724551529986646272","author_id":"1","text":"yes","author":{"id":"1","username":"ada","name":"Ada"},"referenced_tweets":[{"type":"replied_to","id":"1724551529886646272"}]}
{"id":"1724551539886646272","author_id":"3","text":"look https://x.com/ada/status/1724551110456246272","author":{"id":"3","username":"eve","name":"Eve"}}
END
riposte import -q posts.jsonl
riposte thread 1724551110456246272
riposte verify -q --data
riposte stats --json | grep -o '"link":[0-9]*'
#> thread x:1724551110456246272              14 Nov 2023, UTC               4 posts
#> 14 Nov ~22:13  Ada @ada
#>                  you started it
#>        ~22:15    @ Bob @bob
#>                    no https://x.com/ada/status/1724551110456246272
#>        ~22:15      > Ada @ada
#>                      yes
#>        ~22:15    quoted by Eve @eve
#>                    look https://x.com/ada/status/1724551110456246272
#> coverage: imported files; no source follows these accounts
#> "link":2
