# T02: one run with a clock that is years ahead claims nothing of the years to come, whatever the server says of the time.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
at() { curl -s "$u/_/set?now=$1" >/dev/null; }
mkconf() { printf '[http]\nallow_private = yes\n[source blog]\ncollector = feed\nurl = %s/feeds/%s.xml\n' "$u" "$1"; }
mkconf blog >c.conf
at 2026-01-05T12:00:00Z
riposte collect --config c.conf -q
echo "the server's clock counts where ours is ahead of it:"
at 2026-01-06T12:00:00Z
RIPOSTE_NOW=2038-01-19T03:14:00Z riposte collect --config c.conf
RIPOSTE_NOW=2038-01-19T03:14:00Z riposte gaps -v | grep -c 2038
echo "in years before anybody was:"
RIPOSTE_NOW=1970-01-02T00:00:00Z riposte collect --config c.conf --all
echo "what was claimed of times to come is taken back once a server says that our clock is right:"
make-coverage blog feed:$u/feeds/blog.xml 2026-01-06T12:00:00Z 2038-01-19T00:00:00Z 2>/dev/null
at 2026-01-07T12:00:00Z
RIPOSTE_NOW=2026-01-07T12:00:00Z riposte collect --config c.conf --all -q
RIPOSTE_NOW=2026-01-07T12:00:00Z riposte gaps -v | sed "s|$u|URL|g"
kill $!
#> the server's clock counts where ours is ahead of it:
#> 0
#> in years before anybody was:
#> what was claimed of times to come is taken back once a server says that our clock is right:
#> blog  covers from 2026-01-02T10:00Z until 2026-01-07T12:00Z
#! riposte: the clock of this machine says 2038-01-19, that of a server 2026-01-06 (set it: times, gaps and budgets go by it)
#! riposte: blog: 1 request, nothing new
#! riposte: no gaps in 1 stretch of 1 source
#! riposte: the clock of this machine says 1970-01-02 (set it: times, gaps and budgets go by it)
#! riposte: blog: 1 request, nothing new
#! riposte: no gaps in 1 stretch of 1 source
