# Killed anywhere, fill goes on where it was: the archive ends as if nothing had happened.  One at
# a time asks, be it collect or fill.
mock --ready url --world "$DATA/worlds/small" &
server=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
cat >c.conf <<END
[http]
allow_private = yes
[source embeds]
collector = x-embed
base = $u/x-embed
oembed = $u/x-oembed
missing = yes
account = bob
[source old]
collector = wayback
base = $u/wayback
[source ana]
collector = bsky
base = $u/bsky
plc = $u/plc
roots = no
account = ana.example
[source cleo]
collector = masto
instance = $u/masto
roots = no
replies = no
history = no
account = ana
END
riposte collect --config c.conf -q ana cleo
cp archive.db start.db
riposte fill --config c.conf -q
riposte export -f jsonl --canonical >whole
for after in 0.01 0.02 0.03 0.04 0.05 0.06 0.08 0.1; do
	cp start.db archive.db
	rm -f archive.db-wal archive.db-shm
	curl -s "$u/_/set?path=*&n=20&delay=8" >said
	timeout -s KILL $after riposte fill --config c.conf -q 2>err
	curl -s "$u/_/reset" >said
	riposte fill --config c.conf -q
	riposte verify -q --data
	riposte export -f jsonl --canonical | cmp - whole
done
cp start.db archive.db
rm -f archive.db-wal archive.db-shm
curl -s "$u/_/set?path=*&n=3&delay=400" >said
riposte fill --config c.conf -q 2>first.err &
first=$!
until [ -s archive.db-collect ]; do sleep 0.01; done
riposte collect --config c.conf --all 2>err
echo "exit $?"
sed 's/process [0-9]*/process N/' err
riposte fill --config c.conf 2>err
echo "exit $?"
kill -TERM $first
wait $first 2>wait.err
echo "stopped: exit $?"
kill $server
#> exit 75
#> riposte: archive.db: another collect is at work here, process N since 2026-01-05T12:00:00Z
#> exit 75
#> stopped: exit 143
