# What collecting may cost is told before, and a budget of nothing is one.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
cat >c.conf <<END
[http]
allow_private = yes
[source blog]
collector = feed
url = $u/feeds/blog.xml
every = 1h
[source both]
collector = x
base = $u/x
account = ada
account = bob
token = env:TOKEN
budget = 5usd/month
END
export TOKEN=abcd-efgh
echo "before the first run:"
riposte collect --config c.conf --estimate
riposte collect --config c.conf -q
echo "when some went by:"
RIPOSTE_NOW=2026-01-05T12:20:00Z riposte collect --config c.conf -q
RIPOSTE_NOW=2026-01-05T12:40:00Z riposte collect --config c.conf -q
riposte collect --config c.conf --estimate --all
echo "nothing is to be spent:"
sed -i 's/^budget.*/budget = 0/' c.conf
riposte collect --config c.conf -A other.db both 2>&1
echo "exit $?"
echo "there is no token, or no such file:"
sed -i 's/^token.*//' c.conf
riposte collect --config c.conf -A other.db both 2>&1
echo "exit $?"
sed -i 's/^budget.*/token = file:x-token/' c.conf
riposte collect --config c.conf -A other.db both 2>&1
echo "exit $?"
kill $!
#> before the first run:
#> blog: free, 24 requests a day or more
#> both: at most $0.02 a request (2 of x.user), 192 requests a day or more
#>   budget    $5.00 a month, $5.00 left
#>   first run what its posts cost: all that are there, or those since "since"
#> all: at most $0.02 for the first request of each, 216 requests a day or more
#> when some went by:
#> blog: free, 24 requests a day or more
#> both: at most $0.50 a request (100 of x.post), 192 requests a day or more
#>   budget    $5.00 a month, $4.85 left
#>   a day     $0.00, as in the 2 runs after the first
#> all: at most $0.50 for the first request of each, 216 requests a day or more
#> nothing is to be spent:
#> riposte: made a new archive, other.db
#> riposte: both: 0 requests; the budget of both, $0.00 a run, has $0.00 left; the next request may cost $0.01
#> exit 0
#> there is no token, or no such file:
#> riposte: both: 0 requests; it needs a token: write "token = file:PATH" into the config file (see riposte-config(5))
#> exit 69
#> riposte: both: there is no file x-token: write the token into it, with "install -m 600 /dev/stdin x-token"
#> exit 78
