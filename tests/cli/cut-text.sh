# A text that the platform cut off never stands for the whole one, in whatever order they come.
long=$(printf '%0270d' 0 | tr 0 a)
echo "{\"id\":\"1724551110456246272\",\"author_id\":\"9\",\"text\":\"$long… https://t.co/trunc12345\",\"note_tweet\":{\"text\":\"$long THE END\"}}" >whole.json
echo "{\"id\":\"1724551110456246272\",\"author_id\":\"9\",\"text\":\"$long… https://t.co/trunc12345\"}" >cut.json
for order in "whole.json cut.json" "cut.json whole.json" cut.json; do
	rm -f archive.db
	# shellcheck disable=SC2086
	riposte import -q $order
	riposte show --json 1724551110456246272 | grep -o '"text":"a*[^"]*"\|"truncated":[a-z]*' | sed 's/aa*/a/'
done
#> "text":"a THE END"
#> "text":"a THE END"
#> "text":"a…"
#> "truncated":true
