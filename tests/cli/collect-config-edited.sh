# C06: a run asks what its config file said when it began; the next one what it says by then.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
feed() { printf '[http]\nallow_private = yes\n[source %s]\ncollector = feed\nrobots = ignore\nurl = %s/feeds/%s\n' "$1" "$u" "$2"; }
feed old blog.xml >c.conf
curl -s "$u/_/set?path=/feeds/blog.xml&delay=1000"
riposte collect --config c.conf 2>err &
pid=$!
until curl -s "$u/_/log" | grep -q /feeds/; do sleep 0.01; done
feed new notes.json >c.conf.new
mv c.conf.new c.conf
wait $pid
cat err
curl -s "$u/_/log" | grep -o '/feeds/[a-z.]*'
riposte collect --config c.conf 2>&1
echo "half of a file, and none:"
printf '[source new]\ncollector = fe' >c.conf
riposte collect --config c.conf 2>&1
echo "exit $?"
rm c.conf
riposte collect --config c.conf 2>&1
echo "exit $?"
riposte verify -q --data
kill $mock
#> riposte: made a new archive, archive.db
#> riposte: old: 1 request, 2 posts, 2 new
#> /feeds/blog.xml
#> riposte: new: 1 request, 2 posts, 2 new
#> half of a file, and none:
#> riposte: c.conf:2: [source new] collector: there is no collector "fe" (riposte-config(5) lists them)
#> exit 78
#> riposte: cannot open c.conf: No such file or directory
#> exit 78
