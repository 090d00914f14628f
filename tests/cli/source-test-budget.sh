# Trying a source costs what asking it costs: the budget counts, and the archive knows.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
cat >c.conf <<END
[http]
allow_private = yes
[source few]
collector = x
id = 2007013996753846273
id = 2007014751728566274
base = $u/x
token = env:TOKEN
budget = 0.014usd/day
END
export TOKEN=abcd-efgh
try() { riposte source test few --config c.conf "$@" | sed "s|$u|URL|; s/&.*//; s/ [0-9]* bytes/ N bytes/"; }
try
riposte source show few --config c.conf --json | grep -o '"spent_usd":[0-9.]*'
echo "what is left is not enough for one more:"
try
riposte source test few --config c.conf --json >json && echo "exit $?" || echo "exit $?"
grep -o '"asked":null\|"spent_usd":[0-9.]*' json
riposte collect --config c.conf few
echo "the next day:"
RIPOSTE_NOW=2026-01-06T12:00:00Z try | grep costs
curl -s "$u/_/counts" | grep -o '"billed-posts":[0-9]*'
riposte stats | head -3
kill $mock
#> few: works
#>   asked     URL/x/2/tweets?ids=2007013996753846273,2007014751728566274
#>   got       N bytes, to be read as x
#>   costs     $0.01 (2 of x.post)
#> "spent_usd":0.01
#> what is left is not enough for one more:
#> few: was not asked
#>   end       the budget of few, $0.014 a day, has $0.004 left; the next request may cost $0.005
#> exit 75
#> "asked":null
#> "spent_usd":0.00
#> the next day:
#>   costs     $0.01 (2 of x.post)
#> "billed-posts":2
#> posts                                      0
#>   referred to, not held                    0
#>   wordings                                 0
#! riposte: made a new archive, archive.db
#! riposte: few: 0 requests; the budget of few, $0.014 a day, has $0.004 left; the next request may cost $0.005
