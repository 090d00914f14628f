# A run that was killed has no link in the chain, and verify and stats say so.
mkfifo fifo
riposte import -q "$DATA/stargate/x/musk.json"
riposte verify
riposte import -q "$DATA/stargate/x/altman.json" fifo 2>err &
until riposte capture list | grep -q altman; do sleep 0.1; done
kill -9 $!
wait $! 2>err
riposte verify
riposte verify -q
riposte stats --chain | tail -n 1
riposte stats --chain --json | sed 's/.*,"open"/"open"/'
#> outside 1 run of 2026-01-05T12:00:00Z, under way or killed
#> "open":1,"merged":[]}
#! riposte: archive.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: archive.db: the structure and the chain of runs are sound (--data re-hashes everything)
#! riposte: archive.db: outside of the chain: 1 run of 2026-01-05T12:00:00Z, under way or killed
