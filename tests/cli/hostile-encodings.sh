# J09, E04: text in no known encoding is kept to the byte, and written out as valid UTF-8.
{
	printf '{"id":"101","text":"half \\ud800 alone","author_id":"9"}\n'
	printf '{"id":"102","text":"the wrong \\udc00\\ud800 way round","author_id":"9"}\n'
	printf '{"id":"103","text":"cut \\ud83d","author_id":"9"}\n'
	printf '{"id":"104","text":"CESU-8 \355\240\275\355\270\200","author_id":"9"}\n'
	printf '{"id":"105","text":"overlong \300\257 \340\200\257 slash","author_id":"9"}\n'
	printf '{"id":"106","text":"no byte of UTF-8: \377\376\301","author_id":"9"}\n'
	printf '{"id":"107","text":"UTF-7 +ADw-script+AD4-","author_id":"9"}\n'
} >posts.jsonl
riposte import -q posts.jsonl
echo "exit $?"
sed 's/.*"id":"\([0-9]*\)".*/\1/' posts.jsonl >ids
while read -r id; do
	riposte show "x:$id" --raw >raw || echo "$id: no bytes"
	grep -a "\"$id\"" posts.jsonl | tr -d '\n' | cmp - raw || echo "$id: other bytes"
done <ids
for f in json jsonl text; do
	riposte export -f $f >out || echo "export -f $f: exit $?"
	iconv -f UTF-8 -t UTF-8 out >/dev/null || echo "export -f $f: not UTF-8"
done
riposte export --canonical -f jsonl | iconv -f UTF-8 -t UTF-8 >out || echo "canonical export: not UTF-8"
riposte timeline --json | iconv -f UTF-8 -t UTF-8 >out || echo "timeline: not UTF-8"
riposte search slash -f ids
riposte search '"ADw-script"' -f ids
iconv -f UTF-8 -t UTF-16 ids >/dev/null
printf '{"id":"108","text":"sixteen bits","author_id":"9"}\n' | iconv -f UTF-8 -t UTF-16 >sixteen.jsonl
riposte import -q sixteen.jsonl 2>err
echo "exit $?"
riposte capture cat "$(sha256sum <sixteen.jsonl | cut -c 1-64)" | cmp - sixteen.jsonl && echo "every byte is there"
riposte verify -q --data
#> exit 0
#> x:105
#> x:107
#> exit 65
#> every byte is there
