# One collect an archive at a time; the second says who is there.  A signal ends it cleanly.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
printf '[http]\nallow_private = yes\n[source slow]\ncollector = feed\nurl = %s/feeds/blog.xml\n' "$u" >c.conf
curl -s "$u/_/set?path=/feeds/*&delay=20000" >/dev/null
riposte import -q "$DATA/stargate/x/musk.json"
riposte collect --config c.conf 2>first &
pid=$!
until [ -s archive.db-collect ]; do sleep 0.01; done
riposte collect --config c.conf 2>second
echo "exit $?"
sed "s/process [0-9]*/process PID/" second
grep -c "process $(cut -d' ' -f1 archive.db-collect) " second
echo "import beside it:"
riposte import "$DATA/stargate/x/altman.json"
kill -TERM $pid
{ wait $pid; } 2>wait
echo "exit $?"
cat first
wc -c <archive.db-collect
riposte verify
kill $mock
#> exit 75
#> riposte: archive.db: another collect is at work here, process PID since 2026-01-05T12:00:00Z
#> 1
#> import beside it:
#> exit 143
#> riposte: slow: 0 requests; stopped; goes on from there
#> 0
#! riposte: 1 capture: 1 record, 1 new
#! riposte: archive.db: the structure and the chain of runs are sound (--data re-hashes everything)
