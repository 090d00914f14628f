# Sources that are due are asked, once, and what they have becomes posts.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
told() { sed "s|$u|URL|g"; }

(umask 077; echo s3cret-c4nary >x-token)
cat >c.conf <<END
[http]
allow_private = yes
[source blog]
collector = feed
url = $u/feeds/blog.xml
[source bob]
collector = x
base = $u/x
account = bob
token = file:x-token
END
echo "what would be asked, and cost:"
riposte collect --config c.conf --dry-run | cut -d'?' -f1 | told
riposte collect --config c.conf --estimate
ls
echo "the first run:"
riposte collect --config c.conf --json >summary 2>err
sed 's/"bytes_stored":[0-9]*/"bytes_stored":N/' summary
schema-check "$DATA/../../docs/schema" collect.json <summary && echo "as the schema says"
told <err | sort
echo "nothing is due a minute later, and nothing is written:"
before=$(cksum archive.db)
RIPOSTE_NOW=2026-01-05T12:01:00Z riposte collect --config c.conf
[ "$before" = "$(cksum archive.db)" ] || echo "something was"
echo "named, or a quarter of an hour later, they are asked again:"
riposte collect --config c.conf blog 2>&1 | told
RIPOSTE_NOW=2026-01-05T12:20:00Z riposte collect --config c.conf -q
riposte collect --config c.conf blgo
echo "exit $?"
echo "no byte of the token is anywhere:"
riposte export -f jsonl >out
grep -l c4nary archive.db* out err
riposte verify --data
riposte rebuild -q
kill $!
#> what would be asked, and cost:
#> blog: URL/feeds/blog.xml
#> bob: URL/x/2/users/by
#> blog: free, 96 requests a day or more
#> bob: at most $0.01 a request (1 of x.user), 96 requests a day or more
#>   budget    none
#>   first run what its posts cost: all that are there, or those since "since"
#> all: at most $0.01 for the first request of each, 192 requests a day or more
#> c.conf
#> url
#> x-token
#> the first run:
#> {"v":1,"captures":3,"records":22,"new":21,"same":1,"versions":0,"ghosts":2,"rejected":0,"bytes_in":16993,"bytes_stored":N,"sources":[{"name":"blog","end":"done","requests":1,"unchanged":0,"records":2,"new":2,"same":0,"versions":0,"rejected":0,"spent_usd":0.00,"due":"2026-01-05T12:15:00Z","why":null},{"name":"bob","end":"done","requests":2,"unchanged":0,"records":20,"new":19,"same":1,"versions":0,"rejected":0,"spent_usd":0.07,"due":"2026-01-05T12:15:00Z","why":null}]}
#> as the schema says
#> riposte: blog: 1 request, 2 posts, 2 new
#> riposte: bob: 2 requests, 20 posts, 19 new, $0.07
#> riposte: made a new archive, archive.db
#> nothing is due a minute later, and nothing is written:
#> named, or a quarter of an hour later, they are asked again:
#> riposte: blog: 1 request, nothing new
#> exit 64
#> no byte of the token is anywhere:
#! riposte: there is no source "blgo"; did you mean "blog"? (see "riposte collect --help")
#! riposte: archive.db: every record, capture and derived row is as it was stored
