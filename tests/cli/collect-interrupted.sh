# Lists of ten pages, newest first, left on the third while new posts come in: what lies in between
# is a gap until it is read, and nothing is skipped.
did=did:plc:aaaabbbbccccddddeeeeffff
# posts FROM UNTIL: one each ten minutes from 2026-01-01T00:00:00Z on, on X, Bluesky and Mastodon.
posts() {
	i=$1
	while [ "$i" -lt "$2" ]; do
		ms=$((1767225600000 + i * 600000))
		time=$(printf '2026-01-%02dT%02d:%02d:00Z' $((1 + i / 144)) $((i / 6 % 24)) $((i % 6 * 10)))
		printf '{"post":"x:%d","by":"x:7","text":"Number %d"}\n' $(((ms - 1288834974657) << 22)) "$i"
		printf '{"post":"bsky:%s/p%d","time":"%s","text":"Number %d"}\n' $did $((10000 + i)) "$time" "$i"
		[ $((i % 2)) = 1 ] || printf '{"post":"masto:%d","by":"masto:42","time":"%s","text":"Number %d"}\n' $((ms << 16)) "$time" "$i"
		i=$((i + 1))
	done
}
mkdir world
{
	echo '{"account":"x:7","name":"ana"}'
	echo "{\"account\":\"bsky:$did\",\"name\":\"ana.example\"}"
	echo '{"account":"masto:42","name":"ana"}'
	posts 0 100
} >world/posts.jsonl
mock --ready url --world world --log log &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
(umask 077; echo any-token >x-token)
cat >c.conf <<END
[http]
allow_private = yes
[source x]
collector = x
base = $u/x
token = file:x-token
account = id:7
[source bsky]
collector = bsky
base = $u/bsky
account = $did
[source masto]
collector = masto
instance = $u/masto
account = ana
replies = no
END
sed 's/^collector.*/&\npages = 3/' c.conf >limited.conf
# NOW CONFIG: what a run brings, what is there then, and what is not.
look() {
	curl -s "$u/_/set?now=$1" >/dev/null
	RIPOSTE_NOW=$1 riposte collect --config "$2" --all 2>&1 | grep -v sources: | sort
	for who in x:@ bsky:@ masto:@; do
		riposte export -f jsonl | grep -c "\"author\":{\"key\":\"$who"
	done | tr '\n' ' '
	echo held
	riposte gaps 2>&1 | grep -v next
}
more() { posts "$1" "$2" | curl -s --data-binary @- "$u/_/add"; }

echo "all there is:"
look 2026-01-02T00:00:00Z c.conf
echo "ten pages more, left on the third:"
more 100 1000
look 2026-01-08T00:00:00Z limited.conf
echo "new ones come, and it goes on:"
more 1000 1008
look 2026-01-08T01:30:00Z limited.conf
echo "to the end, and then what is new:"
more 1008 1009
look 2026-01-08T01:40:00Z c.conf
echo "nothing was skipped, and nothing bought twice:"
curl -s "$u/_/counts" | grep -o '"billed-posts":[0-9]*'
riposte source show x --config c.conf | grep spent
kill $!
#> all there is:
#> riposte: bsky: 2 requests, 100 posts, 100 new
#> riposte: made a new archive, archive.db
#> riposte: masto: 3 requests, 50 posts, 50 new
#> riposte: x: 1 request, 100 posts, 100 new, $0.50
#> 100 100 50 held
#> riposte: no gaps in 3 stretches of 3 sources
#> ten pages more, left on the third:
#> riposte: bsky: 3 requests, 300 posts, 300 new; stopped after 3 answers, the most of one run; goes on from there
#> riposte: masto: 3 requests, 80 posts, 78 new; stopped after 3 answers, the most of one run; goes on from there
#> riposte: x: 3 requests, 300 posts, 300 new, $1.50; stopped after 3 answers, the most of one run; goes on from there
#> 400 400 128 held
#> bsky  @ana.example  from 2026-01-02T00:00Z until 2026-01-06T13:10Z
#>   why   not read yet
#> x  @ana  from 2026-01-02T00:00Z until 2026-01-05T20:40Z
#>   why   not read yet
#> new ones come, and it goes on:
#> riposte: bsky: 3 requests, 300 posts, 300 new; stopped after 3 answers, the most of one run; goes on from there
#> riposte: masto: 3 requests, 120 posts, 117 new; stopped after 3 answers, the most of one run; goes on from there
#> riposte: x: 3 requests, 300 posts, 300 new, $1.50; stopped after 3 answers, the most of one run; goes on from there
#> 700 700 245 held
#> bsky  @ana.example  from 2026-01-02T00:00Z until 2026-01-04T11:10Z
#>   why   not read yet
#> x  @ana  from 2026-01-02T00:00Z until 2026-01-03T18:40Z
#>   why   not read yet
#> to the end, and then what is new:
#> riposte: bsky: 6 requests, 600 posts, 309 new
#> riposte: masto: 8 requests, 267 posts, 260 new
#> riposte: x: 4 requests, 309 posts, 309 new, $1.545
#> 1009 1009 505 held
#> riposte: no gaps in 3 stretches of 3 sources
#> nothing was skipped, and nothing bought twice:
#> "billed-posts":1009
#> spent $5.045, this month $5.045
