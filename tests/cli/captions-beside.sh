# Captions that yt-dlp fetched: the info.json beside them says what they are of.
talk='A talk [abc12345678]'
printf 'WEBVTT\nLanguage: en\n\n00:05.000 --> 00:06.000\nOne.\n\n00:07.000 --> 00:08.000\nTwo.\n' \
	>"$talk.en.vtt"
cp "$talk.en.vtt" "$talk.fr-en.vtt"
info() {
	printf '{"id":"abc12345678","title":"A talk\\nin Davos","extractor":"youtube",%s,
"webpage_url":"https://www.youtube.com/watch?v=abc12345678","language":"en",
"chapters":[{"start_time":0.0,"title":"One"},{"start_time":6.5,"title":"Two"}]}' "$1" >"$talk.info.json"
}
when() {
	riposte export -A "$1" -f jsonl --canonical |
		sed 's/"versions".*//; s/.*"time":\({[^}]*}\).*/\1/' | uniq
}
# A stream begins when it began.
info '"live_status":"was_live","release_timestamp":1737558600,"upload_date":"20250123"'
riposte import "$talk.en.vtt" "$talk.fr-en.vtt"
riposte timeline
when archive.db
riposte show spoken:youtube-abc12345678/2 --json | grep -o '"url":"[^"]*","author\|"title":"[^"]*"'
# What was only published can have been said on any day before.
info '"upload_date":"20250123"'
riposte import -q -A upload.db "$talk.en.vtt"
when upload.db
# Those who know better win.
riposte import -q -A told.db "$talk.en.vtt" --date 2025-01-21 --tz Europe/Zurich --event talk
when told.db
for archive in archive.db upload.db told.db; do
	riposte export -A $archive -f jsonl --canonical >before
	riposte rebuild -q -A $archive
	riposte export -A $archive -f jsonl --canonical | cmp - before
	riposte verify --data -q -A $archive || echo "$archive is not sound"
done
riposte import -q "$talk.fr-en.vtt" --lang fr --event french
printf '{' >"$talk.info.json"
riposte import "$talk.en.vtt"
#> 22 Jan 2025, UTC
#>    15:10  somebody                                  spoken:youtube-abc12345678/1
#>           One.
#>    15:10  somebody                                  spoken:youtube-abc12345678/2
#>           Two.
#> {"lo":"2025-01-22T15:10:05Z","hi":"2025-01-22T15:10:05Z","precision":"s","basis":"event"}
#> {"lo":"2025-01-22T15:10:07Z","hi":"2025-01-22T15:10:07Z","precision":"s","basis":"event"}
#> "url":"https://www.youtube.com/watch?v=abc12345678&t=7","author
#> "title":"A talk in Davos"
#> {"lo":null,"hi":"2025-01-24T11:59:59.999999Z","precision":"day","basis":"event"}
#> {"lo":"2025-01-20T23:00:00Z","hi":"2025-01-21T22:59:59.999999Z","precision":"day","basis":"event"}
#! riposte: made a new archive, archive.db
#! riposte: A talk [abc12345678].fr-en.vtt: a machine translated these captions from "en"; to take them all the same, say --lang
#! riposte: 2 captures: 2 records, 2 new
#! riposte: A talk [abc12345678].en.vtt: the info.json beside it cannot be read: not JSON: no name in quotes, at byte 1
#? 65
