# What a budget has left buys fewer posts, not none; the others come when there is money again.
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
budget = 0.02usd/day
roots = no
edits = no
END
for id in 2007013996753846273 2007014751728566274 2007015506703286275 \
	2007016261678006276 2007017016652726277 2007017771627446278; do
	echo "id = $id" >>c.conf
done
riposte collect --config c.conf few
echo "exit $?"
echo "the next day:"
RIPOSTE_NOW=2026-01-06T12:00:00Z riposte collect --config c.conf few
curl -s "$u/_/counts" | grep -o '"billed-posts":[0-9]*'
kill $mock
#> exit 0
#> the next day:
#> "billed-posts":6
#! riposte: made a new archive, archive.db
#! riposte: few: 2 requests, 7 posts, 4 new, $0.02; the budget of few, $0.02 a day, has $0.00 left; the next request may cost $0.005
#! riposte: few: 1 request, 4 posts, 2 new, $0.01
