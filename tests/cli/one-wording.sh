# A post seen twice, once told more fully, was not edited, and has one wording; other words
# without a history of edits are "2 wordings seen".
seen() {
	rm -f archive.db* export
	for order in "1 2" "2 1"; do
		rm -f archive.db*
		for f in $order; do riposte import -q $f.json; done
		riposte export -f jsonl --canonical | grep '"key":"x:1","aliases"' >got
		[ -e export ] || cp got export
		cmp got export
	done
	echo "$1: $(riposte show x:1 --json | grep -o '"state":"[a-z]*"\|"versions":[0-9]*' | tr '\n' ' ')"
}
page() { printf '{"data":[{"id":"1","text":"%s"%s}]%s}\n' "$1" "$2" "$3"; }
url='"entities":{"urls":[{"start":3,"end":17,"url":"https://t.co/a","expanded_url":"https://example.org/b"%s}]}'
by=',"author_id":"7"'

page 'no, you' >1.json
page 'no, you' "$by" >2.json
seen "author told"
page 'at https://t.co/a' "$by" >1.json
page 'at https://t.co/a' "$by,$(printf "$url")" >2.json
seen "links told"
page 'at https://t.co/a' "$by,$(printf "$url" ',"media_key":"3_1"')" >1.json
page 'at https://t.co/a' "$by,$(printf "$url" ',"media_key":"3_1"'),\"attachments\":{\"media_keys\":[\"3_1\"]}" >2.json
seen "media told"
page 'yes?' "$by,\"attachments\":{\"poll_ids\":[\"5\"]}" >1.json
page 'yes?' "$by,\"attachments\":{\"poll_ids\":[\"5\"]}" ',"includes":{"polls":[{"id":"5","options":[{"position":1,"label":"yes"},{"position":2,"label":"no"}]}]}' >2.json
seen "poll told"
page '@ada no' "$by,\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"0\"}]" >1.json
page '@ada no' "$by,\"display_text_range\":[5,7],\"entities\":{\"mentions\":[{\"start\":0,\"end\":4,\"username\":\"ada\",\"id\":\"8\"}]},\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"0\"}]" >2.json
seen "range told"
page 'no https://t.co/a' "$by,\"entities\":{\"urls\":[{\"start\":3,\"end\":17,\"url\":\"https://t.co/a\",\"expanded_url\":\"https://twitter.com/ada/status/99\"}]}" >1.json
page 'no https://t.co/a' "$by,\"referenced_tweets\":[{\"type\":\"quoted\",\"id\":\"99\"}],\"entities\":{\"urls\":[{\"start\":3,\"end\":17,\"url\":\"https://t.co/a\",\"expanded_url\":\"https://twitter.com/ada/status/99\"}]}" >2.json
seen "quotation told"
page 'RT @ada: so it beg…' "$by,\"referenced_tweets\":[{\"type\":\"retweeted\",\"id\":\"99\"}]" >1.json
page 'RT @ada: so it begins, as…' "$by,\"referenced_tweets\":[{\"type\":\"retweeted\",\"id\":\"99\"}]" >2.json
seen "cut twice"
page 'no' "$by" >1.json
page 'yes' "$by" >2.json
seen "other words"
riposte timeline --utc | grep -o '[0-9] wordings seen'
riposte import 1.json 2.json
#> author told: "state":"live" "versions":1
#> links told: "state":"live" "versions":1
#> media told: "state":"live" "versions":1
#> poll told: "state":"live" "versions":1
#> range told: "state":"live" "versions":1
#> quotation told: "state":"live" "versions":1
#> cut twice: "state":"live" "versions":1
#> other words: "state":"live" "versions":2
#> 2 wordings seen
#! riposte: 2 captures: 2 records, 2 same
