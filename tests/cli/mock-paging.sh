# Lists of the mock go wrong in every way known: what fifteen posts in pages of five look like.
cat >world.jsonl <<'END'
{"account":"x:1","name":"ada"}
{"account":"bsky:did:plc:a","name":"ada.example"}
{"account":"masto:1","name":"ada"}
END
i=10
for letter in a b c d e f g h i j k l m n o; do
	echo '{"post":"x:20070'$i'00000000000000","by":"x:1","text":"'$letter'"}'
	echo '{"post":"bsky:did:plc:a/3mbgjrmkt2222'$letter'","text":"'$letter'","time":"2026-01-02T09:00:'$i'Z"}'
	echo '{"post":"masto:1158246825984000'$i'","by":"masto:1","text":"'$letter'","time":"2026-01-02T09:00:'$i'Z"}'
	i=$((i + 1))
done >>world.jsonl
mock --ready url --world . &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)

# Seven pages at the most.
x() {
	next= pages=0
	while [ $pages -lt 7 ]; do
		curl -sg -H 'Authorization: Bearer any' "$u/x/2/users/1/tweets?max_results=5${next:+&pagination_token=$next}" >page
		printf ' %s' "$(sed 's/"text":"\([a-o]\)"/\n=\1\n/g' page | sed -n 's/^=//p' | tr -d '\n')."
		next=$(sed -n 's/.*"next_token":"\([^"]*\)".*/\1/p' page)
		pages=$((pages + 1))
		[ -n "$next" ] || break
	done
}
bsky() {
	next= pages=0
	while [ $pages -lt 7 ]; do
		curl -sg "$u/bsky/xrpc/app.bsky.feed.getAuthorFeed?actor=ada.example&limit=5${next:+&cursor=$next}" >page
		printf ' %s' "$(sed 's/"text":"\([a-o]\)"/\n=\1\n/g' page | sed -n 's/^=//p' | tr -d '\n')."
		next=$(sed -n 's/.*"cursor":"\([^"]*\)".*/\1/p' page)
		pages=$((pages + 1))
		[ -n "$next" ] || break
	done
}

masto() {
	next=$u/masto/api/v1/accounts/1/statuses?limit=5 pages=0
	while [ $pages -lt 7 ]; do
		curl -sg -D heads "$next" >page
		printf ' %s' "$(sed 's/"content":"<p>\([a-o]\)/\n=\1\n/g' page | sed -n 's/^=//p' | tr -d '\n')."
		next=$(sed -n 's/.*<\([^>]*\)>; rel="next".*/\1/p' heads)
		pages=$((pages + 1))
		[ -n "$next" ] || break
	done
}

for fault in none aba aba-empty stuck skip twice shuffle larger smaller endless total; do
	curl -s "$u/_/set?faults=none"
	[ $fault = none ] || curl -s "$u/_/set?path=/*&paging=$fault"
	echo "$fault"
	printf '  x    '; x; echo
	printf '  bsky '; bsky; echo
	printf '  masto'; masto; echo
done
echo "what comes in on top moves nothing:"
curl -s "$u/_/set?faults=none"
curl -sg -H 'Authorization: Bearer any' "$u/x/2/users/1/tweets?max_results=5" >page
next=$(sed -n 's/.*"next_token":"\([^"]*\)".*/\1/p' page)
curl -s --data-binary '{"post":"x:2008000000000000000","by":"x:1","text":"new"}' "$u/_/add"
curl -sg -H 'Authorization: Bearer any' "$u/x/2/users/1/tweets?max_results=5&pagination_token=$next" | sed 's/"text":"\([a-o]\)"/\n=\1\n/g' | sed -n 's/^=//p' | tr -d '\n'
echo
kill $!
#> none
#>   x     onmlk. jihgf. edcba.
#>   bsky  onmlk. jihgf. edcba. .
#>   masto onmlk. jihgf. edcba. .
#> aba
#>   x     onmlk. jihgf. edcba. jihgf. edcba. jihgf. edcba.
#>   bsky  onmlk. jihgf. edcba. jihgf. edcba. jihgf. edcba.
#>   masto onmlk. jihgf. edcba. jihgf. edcba. jihgf. edcba.
#> aba-empty
#>   x     onmlk. jihgf. edcba. . jihgf. edcba. .
#>   bsky  onmlk. jihgf. edcba. . jihgf. edcba. .
#>   masto onmlk. jihgf. edcba. . jihgf. edcba. .
#> stuck
#>   x     onmlk. jihgf. jihgf. jihgf. jihgf. jihgf. jihgf.
#>   bsky  onmlk. jihgf. jihgf. jihgf. jihgf. jihgf. jihgf.
#>   masto onmlk. jihgf. jihgf. jihgf. jihgf. jihgf. jihgf.
#> skip
#>   x     onmlk. edcba.
#>   bsky  onmlk. edcba. .
#>   masto onmlk. edcba.
#> twice
#>   x     onmlo. jihgj. edcbe.
#>   bsky  onmlo. jihgj. edcbe. .
#>   masto onmlo. jihgj. edcbe.
#> shuffle
#>   x     lomkn. gjhfi. becad.
#>   bsky  lomkn. gjhfi. becad. .
#>   masto lomkn. gjhfi. becad.
#> larger
#>   x     onmlkjihgf. edcba.
#>   bsky  onmlkjihgf. edcba. .
#>   masto onmlkjihgf. edcba.
#> smaller
#>   x     on. ml. kj. ih. gf. ed. cb.
#>   bsky  on. ml. kj. ih. gf. ed. cb.
#>   masto on. ml. kj. ih. gf. ed. cb.
#> endless
#>   x     onmlk. jihgf. edcba. . . . .
#>   bsky  onmlk. jihgf. edcba. . . . .
#>   masto onmlk. jihgf. edcba. . . . .
#> total
#>   x     onmlk. jihgf. edcba.
#>   bsky  onmlk. jihgf. edcba. .
#>   masto onmlk. jihgf. edcba.
#> what comes in on top moves nothing:
#> jihgf
