# A panel in captions of three kinds and as a transcript: the same posts, in any order.
cat >panel.txt <<'TALK'
MODERATOR: Is there an AI bubble?

ANA PETIT: Only if nobody uses it. That is my test.

SATYA NADELLA: I agree.

MODERATOR: So there is none.

NADELLA: None.
TALK
cat >panel.vtt <<'TALK'
WEBVTT

00:05.000 --> 00:09.500
<v MODERATOR>Is there an AI bubble?

00:10.000 --> 00:12.000
<v ANA PETIT>Only if <i>nobody</i>
uses it.

00:12.000 --> 00:14.000
That is my test.

01:14.000 --> 01:15.000
<v SATYA NADELLA>I agree.

01:15.000 --> 01:16.000
<v MODERATOR>So there is none.

99:99.000 --> 99:99.100
<v NADELLA>Nonsense.

01:16.000 --> 01:17.000
<v NADELLA>None.
TALK
cat >panel.srt <<'TALK'
1
00:00:05,000 --> 00:00:09,500
MODERATOR: Is there an AI bubble?

2
00:00:10,000 --> 00:00:12,000
ANA PETIT: Only if nobody
uses it.

3
00:00:12,000 --> 00:00:14,000
That is my test.
SATYA NADELLA: I agree.

4
00:00:15,000 --> 00:00:17,000
MODERATOR: So there is none.
NADELLA: None.
TALK
cat >panel.json3 <<'TALK'
{"wireMagic":"pb3","events":[{"tStartMs":5000,"dDurationMs":4500,"segs":[
{"utf8":">> MODERATOR: Is there an"},{"utf8":" AI bubble?"}]},
{"tStartMs":10000,"dDurationMs":2000,"segs":[{"utf8":">> ANA PETIT: Only if nobody\nuses it."}]},
{"tStartMs":12000,"dDurationMs":2000,"segs":[{"utf8":"That is my test."}]},
{"tStartMs":14000,"dDurationMs":1000,"segs":[{"utf8":"\u003e\u003e SATYA NADELLA: I agree."}]},
{"tStartMs":15000,"dDurationMs":2000,"segs":[
{"utf8":">> MODERATOR: So there is none. >> NADELLA: None."}]}]}
TALK
told() {
	riposte export -A "$1" -f jsonl --canonical |
		sed 's/"aliases".*"author"/"author"/; s/"time".*"text"/"text"/; s/"lang".*"edges"/"edges"/'
}
for kind in txt vtt srt json3; do
	riposte import -q -A $kind.db panel.$kind --event davos 2>err
	told $kind.db >$kind.told
	cmp txt.told $kind.told
done
cat txt.told
for order in 'txt vtt srt json3' 'json3 srt vtt txt'; do
	name=$(printf %s "$order" | tr -d ' ')
	for kind in $order; do
		riposte import -q -A "$name.db" panel.$kind --event davos \
			--start '2025-01-22 16:10' --tz Europe/Zurich 2>err
	done
	riposte verify --data -q -A "$name.db" || echo "$name is not sound"
	riposte export -A "$name.db" -f jsonl --canonical >"$name.jsonl"
	riposte rebuild -q -A "$name.db"
	riposte export -A "$name.db" -f jsonl --canonical | cmp - "$name.jsonl"
	cmp txtvttsrtjson3.jsonl "$name.jsonl"
done
riposte import panel.vtt --event davos --start '2025-01-22 16:10' --tz Europe/Zurich \
	--anchor 0:05 --url 'https://www.youtube.com/watch?v=x'
riposte timeline --tz Europe/Zurich
riposte show spoken:davos/3 --json | grep -o '"url":"[^"]*"' | head -n 1
riposte show spoken:davos/2 --raw && echo
riposte capture cat "$(riposte capture list | sed -n 's/ .*//p' | head -n 1)" | cmp - panel.vtt
#> {"key":"spoken:davos/1","author":{"key":"spoken:@davos/Moderator","handle":null,"name":"Moderator"},"text":"Is there an AI bubble?","edges":[]}
#> {"key":"spoken:davos/2","author":{"key":"spoken:@Ana Petit","handle":null,"name":"Ana Petit"},"text":"Only if nobody uses it. That is my test.","edges":[{"type":"reply","parent":"spoken:davos/1","origin":"platform"}]}
#> {"key":"spoken:davos/3","author":{"key":"spoken:@Satya Nadella","handle":null,"name":"Satya Nadella"},"text":"I agree.","edges":[]}
#> {"key":"spoken:davos/4","author":{"key":"spoken:@davos/Moderator","handle":null,"name":"Moderator"},"text":"So there is none.","edges":[]}
#> {"key":"spoken:davos/5","author":{"key":"spoken:@Satya Nadella","handle":null,"name":"Satya Nadella"},"text":"None.","edges":[]}
#> 22 Jan 2025, Europe/Zurich
#>    16:10  Moderator                                               spoken:davos/1
#>           Is there an AI bubble?
#>    16:10  > Ana Petit                                             spoken:davos/2
#>           Only if nobody uses it. That is my test.
#>    16:11  Satya Nadella                                           spoken:davos/3
#>           I agree.
#>    16:11  Moderator                                               spoken:davos/4
#>           So there is none.
#>    16:11  Satya Nadella                                           spoken:davos/5
#>           None.
#> "url":"https://www.youtube.com/watch?v=x&t=74"
#> 00:10.000 --> 00:12.000
#> <v ANA PETIT>Only if <i>nobody</i>
#> uses it.
#>
#> 00:12.000 --> 00:14.000
#> That is my test.
#! riposte: made a new archive, archive.db
#! riposte: panel.vtt:19: a cue whose times cannot be read (kept; "riposte stats --rejected" lists all)
#! riposte: 1 capture: 6 records, 5 new, 1 rejected (kept; see "riposte stats --rejected")
