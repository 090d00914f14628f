# What a first user meets: each line says what, where, and what to do.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
run() {
	echo "\$ $*"
	"$@" 2>&1 | sed "s|$HOME|HOME|g; s|$u|URL|g; s| [0-9]* ms| N ms|"
}
run riposte collect
run riposte source list
run env -u HOME riposte collect
printf '[http]\nallow_private = yes\n[source blog]\ncollector = feed\nurl = %s/feeds/blog.xml\n' "$u" >c.conf
run riposte collect --config c.conf --budget lots
run riposte collect --config c.conf blob
run riposte collect --config c.conf -A c.conf/x.db
: >empty.db
run riposte doctor -q -A empty.db
run riposte collect --config c.conf -v
run riposte collect --config c.conf --dry-run
run riposte collect --config c.conf --estimate blog
run riposte source pause --config c.conf blog
run riposte collect --config c.conf blog
run riposte source list --config c.conf
mkdir taken.db-collect
run riposte collect --config c.conf -A taken.db
curl -s "$u/_/set?path=/feeds/*&n=1&delay=60000" >/dev/null
riposte source resume -q --config c.conf blog
echo "Ctrl-C:"
timeout -s INT 3 riposte collect --config c.conf blog 2>&1
kill $mock
#> $ riposte collect
#> riposte: there is no config file HOME/.config/riposte/riposte.conf; write "[source NAME]" with what to collect (see riposte-config(5))
#> $ riposte source list
#> riposte: there are no sources yet (riposte-config(5) tells how to add one to the config file)
#> $ env -u HOME riposte collect
#> riposte: neither $XDG_CONFIG_HOME nor $HOME says where files go: set HOME
#> $ riposte collect --config c.conf --budget lots
#> riposte: --budget: "lots" is not written like 5usd/month (or /day, /run) (see "riposte collect --help")
#> $ riposte collect --config c.conf blob
#> riposte: there is no source "blob"; did you mean "blog"? (see "riposte collect --help")
#> $ riposte collect --config c.conf -A c.conf/x.db
#> riposte: cannot make the directory c.conf: Not a directory
#> $ riposte doctor -q -A empty.db
#> error    archive     empty.db: not a riposte archive: the file is empty (riposte collect and riposte import make one of it)
#> warning  permissions empty.db may be used by others (mode 0644) (chmod 600 empty.db)
#> $ riposte collect --config c.conf -v
#> riposte: made a new archive, archive.db
#> riposte: GET URL/robots.txt: 200, 134 bytes, N ms
#> riposte: GET URL/feeds/blog.xml: 200, 1106 bytes, N ms
#> riposte: blog: 1 request, 2 posts, 2 new
#> $ riposte collect --config c.conf --dry-run
#> riposte: nothing is due; with --all every source is shown
#> $ riposte collect --config c.conf --estimate blog
#> blog: free, 96 requests a day or more
#> $ riposte source pause --config c.conf blog
#> riposte: blog paused
#> $ riposte collect --config c.conf blog
#> riposte: blog: paused ("riposte source resume blog")
#> $ riposte source list --config c.conf
#> NAME  COLLECTOR  STATE   LAST  DUE       WHAT
#> blog  feed       paused  now   in 15min  URL/feeds/blog.xml
#> $ riposte collect --config c.conf -A taken.db
#> riposte: cannot open the lock taken.db-collect: Is a directory
#> Ctrl-C:
#> riposte: blog: 0 requests; stopped; goes on from there
