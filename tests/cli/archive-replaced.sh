# D10: another archive takes the place of ours while a run writes to it.  The run ends, and nobody is kept from the new one.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
printf '[http]\nallow_private = yes\n[source a]\ncollector = feed\nurl = %s/feeds/blog.xml\n[source b]\ncollector = feed\nurl = %s/feeds/blog.xml?b\n' "$u" "$u" >c.conf
riposte import -q -A new.db "$DATA/stargate/x/musk.json"
riposte import -q -A archive.db "$DATA/stargate/x/altman.json"
riposte export -A new.db --canonical -f jsonl >right
curl -s "$u/_/set?path=/feeds/blog.xml&delay=1500" >/dev/null
riposte collect --config c.conf -q 2>told &
pid=$!
until [ -s archive.db-wal ]; do sleep 0.01; done
sleep 0.3
mv new.db archive.db
wait $pid
echo "exit $?"
cat told
ls | sed -n 's/of-[0-9a-f]*$/of-ID/p'
riposte verify -q --data || echo "verify: exit $?"
riposte export --canonical -f jsonl | cmp - right && echo "the new one is what it was"
riposte collect --config c.conf -q
echo "exit $?"
kill $mock
#> exit 74
#> riposte: the archive was moved, removed or replaced while in use
#> archive.db-wal.of-ID
#> the new one is what it was
#> exit 0
