# A reply is about the words that stood there when it was made, which an edit may have changed.
cat >posts.json <<'END'
{"data":[
{"id":"1724551110456246272","text":"The moon is cheese","author_id":"1","edit_history_tweet_ids":["1724551110456246272"]},
{"id":"1724551949317046272","text":"The moon is rock","author_id":"1","edit_history_tweet_ids":["1724551110456246272","1724551613772726272","1724551949317046272"]},
{"id":"1724551529886646272","text":"No it is not","author_id":"2","referenced_tweets":[{"type":"replied_to","id":"1724551110456246272"}]},
{"id":"1724551781544886272","text":"Chalk?","author_id":"2","referenced_tweets":[{"type":"replied_to","id":"1724551613772726272"}]},
{"id":"1724552200975286272","text":"So it is","author_id":"2","referenced_tweets":[{"type":"replied_to","id":"1724551949317046272"}]}
],"includes":{"users":[{"id":"1","username":"ada","name":"Ada"},{"id":"2","username":"bob","name":"Bob"}]}}
END
riposte import -q posts.json
riposte thread x:1724551110456246272 --utc
riposte exchange @ada @bob --utc
riposte thread x:1724551110456246272 --json | grep -o '"answered_version":{[^}]*}'
riposte verify -q --data
#> thread x:1724551110456246272              14 Nov 2023, UTC               4 posts
#> ~2023-11-14T22:13:20Z  Ada @ada
#>                          The moon is rock
#>                          edited, 2 wordings
#> ~2023-11-14T22:15:00Z    > Bob @bob
#>                            No it is not
#>                            was replying to version 1: The moon is cheese
#> ~2023-11-14T22:16:00Z    > Bob @bob
#>                            Chalk?
#>                            was replying to version 2
#> ~2023-11-14T22:17:40Z    > Bob @bob
#>                            So it is
#> coverage: imported files; no source follows these accounts
#> between @ada, @bob                   14 Nov 2023, UTC                    2 turns
#> 1  ~2023-11-14T22:13:20Z    @ada  The moon is rock            edited, 2 wordings
#> 2  ~2023-11-14T22:15:00Z  > @bob  No it is not
#>                                   was replying to version 1: The moon is cheese;
#>                                   2 min after 1
#>    ~2023-11-14T22:16:00Z          Chalk?               was replying to version 2
#>    ~2023-11-14T22:17:40Z          So it is                       last word: @bob
#> coverage: imported files; no source follows these accounts
#> "answered_version":{"n":1,"key":"x:1724551110456246272","text":"The moon is cheese"}
#> "answered_version":{"n":2,"key":"x:1724551613772726272","text":null}
