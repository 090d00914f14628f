# The clock is set by seven months while a run is under way (libfaketime): its times go on from
# its start, and it says so.
lib=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
printf '[http]\nallow_private = yes\n[source blog]\ncollector = feed\nurl = %s\n' "$u/feeds/blog.xml" >c.conf
curl -s "$u/_/set?path=/feeds/*&delay=700" >/dev/null
unset RIPOSTE_NOW
echo "@2026-01-05 12:00:00" >clock
LD_PRELOAD=$lib FAKETIME_TIMESTAMP_FILE=clock FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \
	DONT_FAKE_MONOTONIC=1 riposte collect --config c.conf 2>told &
pid=$!
until [ -s archive.db-collect ]; do sleep 0.01; done
sleep 0.2
echo "@2025-06-05 12:00:00" >clock
wait $pid
echo "exit $?"
sed 's/set by -[0-9]* s/set by -N s/' told
riposte capture list | sed -n 's/.*fetched \(2026-01-05T12\).*/fetched \1/p'
kill $mock
#> exit 0
#> riposte: made a new archive, archive.db
#> riposte: blog: 1 request, 2 posts, 2 new; the clock was set by -N s meanwhile; times go on from the start of the run
#> fetched 2026-01-05T12
