# Clocks that are wrong, and descriptors that are closed, as cron may have them.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
printf '[http]\nallow_private = yes\n[source blog]\ncollector = feed\nurl = %s\n' "$u/feeds/blog.xml" >c.conf

echo "in the last second that can be written:"
RIPOSTE_NOW=9999-12-31T23:59:59Z riposte collect --config c.conf
echo "set right again, it is due at once, and then in a quarter of an hour:"
riposte collect --config c.conf 2>&1
riposte collect --config c.conf 2>&1
RIPOSTE_NOW=2026-01-05T12:14:59Z riposte collect --config c.conf 2>&1
RIPOSTE_NOW=2026-01-05T12:15:00Z riposte collect --config c.conf 2>&1
echo "before anybody was:"
RIPOSTE_NOW=1900-01-01T00:00:00Z riposte collect --config c.conf 2>&1
riposte collect --config c.conf blog 2>&1
echo "nothing to read from or to write to:"
riposte collect --config c.conf --all <&- >&- 2>&-
echo "exit $?"
riposte verify --data
riposte stats | grep ^posts
kill $!
#> in the last second that can be written:
#> set right again, it is due at once, and then in a quarter of an hour:
#> riposte: blog: 1 request, nothing new
#> riposte: blog: 1 request, nothing new
#> before anybody was:
#> riposte: the clock of this machine says 1900-01-01 (set it: times, gaps and budgets go by it)
#> riposte: blog: 1 request, nothing new
#> riposte: blog: 1 request, nothing new
#> nothing to read from or to write to:
#> exit 0
#> posts                                      2
#! riposte: made a new archive, archive.db
#! riposte: the clock of this machine says 9999-12-31, that of a server 2026-01-05 (set it: times, gaps and budgets go by it)
#! riposte: blog: 1 request, 2 posts, 2 new
#! riposte: archive.db: every record, capture and derived row is as it was stored
