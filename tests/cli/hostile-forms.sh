# J12: what almost is JSON is told from what is, and one wrong line takes no other along.
post() { printf '{"id":"%s","text":"%b","author_id":"9"}' "$1" "${2:-words}"; }
{ post 101; printf '\r'; post 102; printf '\r'; } >cr.jsonl
{ printf '\357\273\277\n\n \t\n'; post 103; printf '\n\n\n'; } >bom.jsonl
{ post 104 "inside \342\200\250 a text"; printf '\n\342\200\250\n'; post 105; printf '\n\f\n'; post 106; printf '\n'; } >separators.jsonl
{ printf '// a comment\n'; post 107; printf '\n/* another { */\n'; post 108; printf '\n'; } >comments.jsonl
{
	printf '{"id":"109","text":"comma",}\n'
	printf "{'id':'110','text':'quotes'}\n"
	printf '{id:"111",text:"bare"}\n'
	post 112
	printf '\n'
} >nearly.jsonl
printf 'window.YTD.tweets.part0 = [ {"tweet":{"id_str":"113","id":"113","full_text":"of an archive","created_at":"Wed Jan 22 01:00:00 +0000 2025","user":{"id_str":"9","screen_name":"ann"}}} ]\n' >tweets.js
for f in cr.jsonl bom.jsonl separators.jsonl comments.jsonl nearly.jsonl tweets.js; do
	riposte import -q $f 2>err
	echo "$f: exit $?"
	riposte capture cat "$(sha256sum <$f | cut -c 1-64)" | cmp - $f || echo "$f: other bytes"
done
riposte timeline -f ids | sort
riposte verify -q --data
#> cr.jsonl: exit 0
#> bom.jsonl: exit 0
#> separators.jsonl: exit 3
#> comments.jsonl: exit 3
#> nearly.jsonl: exit 3
#> tweets.js: exit 0
#> x:101
#> x:102
#> x:103
#> x:104
#> x:105
#> x:106
#> x:107
#> x:108
#> x:112
#> x:113
