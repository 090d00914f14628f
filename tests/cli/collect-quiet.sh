# M6: -q, as cron runs it, tells of a budget that is used up, and of the most pages of a run, once: not in each run after that.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
(umask 077; echo s3cret-token >x-token)
cat >c.conf <<END
[http]
allow_private = yes
[source few]
collector = x
base = $u/x
token = file:x-token
budget = 0.01usd/month
roots = no
edits = no
END
for id in 2007013996753846273 2007014751728566274 2007015506703286275 2007016261678006276; do
	echo "id = $id" >>c.conf
done
collect() {
	echo "$*:"
	at=$1
	shift
	RIPOSTE_NOW=$at riposte collect --config c.conf --all "$@" 2>&1
}
collect 2026-01-05T12:00:00Z -q
collect 2026-01-05T12:15:00Z -q
collect 2026-01-05T12:30:00Z -q
echo "who does not ask for quiet hears of it:"
collect 2026-01-05T12:45:00Z
echo "and of something new:"
sed -i 's/^budget.*/budget = 5usd\/month\npages = 1/' c.conf
for id in 2007017016652726277 2007017771627446278; do echo "id = $id" >>c.conf; done
collect 2026-01-05T13:00:00Z -q
kill $mock
#> 2026-01-05T12:00:00Z -q:
#> riposte: few: 1 request, 3 posts, 2 new, $0.01; the budget of few, $0.01 a month, has $0.00 left; the next request may cost $0.005
#> 2026-01-05T12:15:00Z -q:
#> 2026-01-05T12:30:00Z -q:
#> who does not ask for quiet hears of it:
#> 2026-01-05T12:45:00Z:
#> riposte: few: 0 requests; the budget of few, $0.01 a month, has $0.00 left; the next request may cost $0.005
#> and of something new:
#> 2026-01-05T13:00:00Z -q:
#> riposte: few: 1 request, 8 posts, 4 new, $0.02; stopped after 1 answers, the most of one run; goes on from there
