# The trouble of one source is its own, and the exit status is that of the worst.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
told() { sed -e "s|$u|URL|g" -e 's/after [0-9]* ms/after N ms/'; }
source() { printf '[source %s]\ncollector = feed\nurl = %s\n' "$1" "$2" >>c.conf; }

printf '[http]\nallow_private = yes\n' >c.conf
source blog "$u/feeds/blog.xml"
source gone "$u/feeds/gone.xml"
# What is left of a run that was killed while it made the archive.
: >archive.db
echo "one that is gone:"
riposte collect --config c.conf 2>&1 | told | sort
riposte collect --config c.conf --all -q 2>out
echo "exit $?"
told <out
echo "one that wants rest:"
source busy "$u/feeds/busy.xml"
riposte collect --config c.conf busy -q 2>out
echo "exit $?"
told <out
echo "not asked before that:"
riposte collect --config c.conf
echo "exit $?"
echo "no token for one, none of the others minds:"
printf '[source bob]\ncollector = x\naccount = bob\nbase = %s/x\ntoken = file:nowhere\n' "$u" >>c.conf
riposte collect --config c.conf bob blog >out 2>&1
echo "exit $?"
told <out | sort
echo "no sources, no file:"
echo "[http]" >none.conf
riposte collect --config none.conf
echo "exit $?"
HOME=/nowhere riposte collect
echo "exit $?"
sed -i '/source bob/,$d' c.conf
echo "a week later it is not even looked at:"
RIPOSTE_NOW=2026-01-12T12:00:00Z riposte collect --config c.conf 2>&1 | told
riposte source list --config c.conf | told | tr -s ' '
curl -s "$u/_/log" | grep -c /feeds/gone
kill $!
#> one that is gone:
#> riposte: 2 sources: 2 requests, 2 posts, 2 new
#> riposte: blog: 1 request, 2 posts, 2 new
#> riposte: gone: 1 request; URL/feeds/gone.xml is gone for good (410)
#> riposte: made a new archive, archive.db
#> exit 69
#> riposte: gone: 0 requests; URL/feeds/gone.xml is gone for good, as its server said (410); only a source of another name asks for it again
#> one that wants rest:
#> exit 75
#> riposte: busy: 1 request; answered HTTP 503; until 2026-01-05T12:30Z
#> not asked before that:
#> exit 0
#> no token for one, none of the others minds:
#> exit 78
#> riposte: blog: 1 request, nothing new
#> riposte: bob: there is no file nowhere: write the token into it, with "install -m 600 /dev/stdin nowhere"
#> no sources, no file:
#> exit 78
#> exit 78
#> a week later it is not even looked at:
#> riposte: blog: 1 request, nothing new
#> riposte: busy: 1 request; answered HTTP 503; until 2026-01-12T13:00Z
#> riposte: 2 sources: 2 requests
#> NAME COLLECTOR STATE LAST DUE WHAT
#> blog feed waiting in 7d in 7d URL/feeds/blog.xml
#> busy feed failing in 7d in 7d URL/feeds/busy.xml
#>  why answered HTTP 503
#> gone feed failing now in 31d URL/feeds/gone.xml
#>  why URL/feeds/gone.xml is gone for good, as its server said (410); only a source of another name asks for it again
#> 1
#! riposte: none.conf has no sources; write "[source NAME]" with what to collect (see riposte-config(5))
#! riposte: there is no config file /nowhere/.config/riposte/riposte.conf; write "[source NAME]" with what to collect (see riposte-config(5))
