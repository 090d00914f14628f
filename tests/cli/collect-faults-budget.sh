# A10: what a request may cost is set aside before it is made: no budget is passed, whoever
# is killed meanwhile, and what reached nobody costs nothing.
. "$(dirname "$0")/with-faults.sh"
kinds=x
large_world
serve world
told() { named <err | sed 's/"/\n/; s/.*riposte: /  /; /made a new/d'; }
spent() { riposte source show x --json --config c.conf | sed 's/.*"spent_usd":\([0-9.]*\).*/\1/'; }
run() {
	echo "$1:"
	shift
	"$@" 2>err
	status=$?
	told
	[ $status = 0 ] || echo "  exit $status"
}
again() {
	rm -f archive.db*
	control reset
	configure
	echo "${1:-}" >>c.conf
}

again
run "0.60 USD, of which a page may cost 0.50" collect --budget 0.60usd
run "a run has a budget of its own" collect x --budget 0.60usd
run "the rest" collect x
run "nothing is bought twice" collect x
spent
riposte export -f jsonl --canonical | cmp - want

again 'budget = 0.60usd/day'
run "a day's budget" collect
run "used up, later that day" env RIPOSTE_NOW=2026-01-05T23:59:59Z riposte collect --config c.conf
run "the next day" env RIPOSTE_NOW=2026-01-06T00:15:00Z riposte collect --config c.conf

again 'budget = 0.60usd/month'
run "a month's budget" collect
run "used up, in that month" env RIPOSTE_NOW=2026-01-31T23:59:59Z riposte collect --config c.conf
run "the next month" env RIPOSTE_NOW=2026-02-01T00:15:00Z riposte collect --config c.conf

again 'budget = 0.60usd/month'
control set "path=/x/2/users/[0-9]*/tweets" paging=larger
run "more than was asked for" collect
run "then nothing" env RIPOSTE_NOW=2026-01-05T23:59:59Z riposte collect --config c.conf
spent
control set faults=none

again
echo "killed while it waits for an answer:"
control set "path=/x/2/users/[0-9]*/tweets" delay=20000
riposte collect --config c.conf --budget 0.60usd/day 2>err &
pid=$!
tries=0
until [ "$(spent 2>/dev/null)" = 0.51 ] || [ $tries = 200 ]; do sleep 0.05; tries=$((tries + 1)); done
kill -9 $pid
{ wait $pid; } 2>wait
spent
control set faults=none
run "what it may have cost counts" collect --budget 0.60usd/day x

again
sed -i 's|^base = .*|base = http://127.0.0.1:1/x|' c.conf
run "nobody listens" collect --budget 0.60usd/day
spent

again
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	printf '[source x%s]\ncollector = x\n' $i
	section x
done >>c.conf
control set x-fail=401
run "a token that is refused, of 21 sources" collect -q
printf '  asked: '
asked x
kill $servers
#> 0.60 USD, of which a page may cost 0.50:
#>   x: 2 requests, 100 posts, 100 new, $0.51; the budget of all sources, $0.60 a run, has $0.09 left; the next request may cost $0.50
#> a run has a budget of its own:
#>   x: 1 request, 100 posts, 100 new, $0.50; the budget of all sources, $0.60 a run, has $0.10 left; the next request may cost $0.50
#> the rest:
#>   x: 1 request, 50 posts, 50 new, $0.25
#> nothing is bought twice:
#>   x: 1 request, nothing new
#> 1.26
#> a day's budget:
#>   x: 2 requests, 100 posts, 100 new, $0.51; the budget of x, $0.60 a day, has $0.09 left; the next request may cost $0.50
#> used up, later that day:
#>   x: 0 requests; the budget of x, $0.60 a day, has $0.09 left; the next request may cost $0.50
#> the next day:
#>   x: 1 request, 100 posts, 100 new, $0.50; the budget of x, $0.60 a day, has $0.10 left; the next request may cost $0.50
#> a month's budget:
#>   x: 2 requests, 100 posts, 100 new, $0.51; the budget of x, $0.60 a month, has $0.09 left; the next request may cost $0.50
#> used up, in that month:
#>   x: 0 requests; the budget of x, $0.60 a month, has $0.09 left; the next request may cost $0.50
#> the next month:
#>   x: 1 request, 100 posts, 100 new, $0.50; the budget of x, $0.60 a month, has $0.10 left; the next request may cost $0.50
#> more than was asked for:
#>   x: 2 requests, 200 posts, 200 new, $1.01; the budget of x, $0.60 a month, has $0.00 left; the next request may cost $0.50; 100 more of x.post came than were asked for, and count
#> then nothing:
#>   x: 0 requests; the budget of x, $0.60 a month, has $0.00 left; the next request may cost $0.50
#> 1.01
#> killed while it waits for an answer:
#> 0.51
#> what it may have cost counts:
#>   x: 0 requests; the budget of all sources, $0.60 a day, has $0.09 left; the next request may cost $0.50
#> nobody listens:
#>   x: 0 requests; Failed to connect to 127.0.0.1 port N after N ms: Couldn't connect to server; until 2026-01-05T12:30Z
#>   exit 75
#> 0.00
#> a token that is refused, of 21 sources:
#>   x: 1 request; X refuses the token (401: Unauthorized)
#>   x5: 0 requests; not asked: its token was refused to x
#>   x6: 0 requests; not asked: its token was refused to x
#>   x7: 0 requests; not asked: its token was refused to x
#>   x8: 0 requests; not asked: its token was refused to x
#>   x9: 0 requests; not asked: its token was refused to x
#>   x1: 0 requests; not asked: its token was refused to x
#>   x10: 0 requests; not asked: its token was refused to x
#>   x11: 0 requests; not asked: its token was refused to x
#>   x12: 0 requests; not asked: its token was refused to x
#>   x13: 0 requests; not asked: its token was refused to x
#>   x14: 0 requests; not asked: its token was refused to x
#>   x15: 0 requests; not asked: its token was refused to x
#>   x16: 0 requests; not asked: its token was refused to x
#>   x17: 0 requests; not asked: its token was refused to x
#>   x18: 0 requests; not asked: its token was refused to x
#>   x19: 0 requests; not asked: its token was refused to x
#>   x2: 0 requests; not asked: its token was refused to x
#>   x20: 0 requests; not asked: its token was refused to x
#>   x3: 0 requests; not asked: its token was refused to x
#>   x4: 0 requests; not asked: its token was refused to x
#>   exit 69
#>   asked: 1
