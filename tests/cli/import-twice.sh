# The same file again is the same capture: nothing new, hardly a byte more.
riposte import "$DATA/stargate/x/musk.json"
riposte import "$DATA/stargate/x/musk.json"
riposte import --json - < "$DATA/stargate/x/musk.json" | sed 's/"bytes_stored":[0-9]*/"bytes_stored":N/'
#> {"v":1,"captures":1,"records":4,"new":0,"same":4,"versions":0,"ghosts":0,"rejected":0,"bytes_in":3140,"bytes_stored":N}
#! riposte: made a new archive, archive.db
#! riposte: 1 capture: 4 records, 4 new, 3 posts referred to but not held
#! riposte: 1 capture: 4 records, 4 same
