# A source that ran and saw nothing whole is no source that is not there.
cp -r "$DATA/worlds/small" w && chmod -R u+w w
cat >w/9-more.jsonl <<'END'
{"file":"feeds/empty.xml","body":"<rss version=\"2.0\"><channel><title>t</title></channel></rss>"}
END
mock --ready url --world w &
mock=$!
until [ -s url ]; do sleep 0.01; done
printf '[http]\nallow_private = yes\n[source empty]\ncollector = feed\nurl = %s/feeds/empty.xml\n' \
	"$(cat url)" >c.conf
riposte collect -q --config c.conf
riposte gaps
riposte gaps empty
riposte gaps other
kill $mock
#! riposte: no gaps are known, but nothing was seen whole either
#! riposte: no gaps are known, but nothing was seen whole either
#! riposte: the archive has nothing of a source "other"
