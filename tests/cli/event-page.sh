# A page says what event its transcript is of, also one beside captions or a text.
session() {
	printf '<!doctype html><html lang="en"><link rel="canonical" href="https://a.example/ai">
<script type="application/ld+json">{"@type":"Event","name":"AI and us",
"startDate":"2026-01-20T09:30:00+01:00","location":{"name":"Davos"},
"performer":[{"@type":"Person","name":"Ana Roe"},{"@type":"Person","name":"Bo Li"}]}</script>
<nav><a href="/">Home: events</a></nav><h1>AI and us</h1><p>They met, and spoke.</p>'
}
{
	session
	printf '<h2>Transcript</h2><p>Ana Roe, host: Is it?</p><p>Bo Li: It is.</p>
<p>And will be.</p><p>Roe: Good.</p><h2>More</h2><p>Subscribe.</p></html>'
} >talk.html
riposte import talk.html
riposte timeline
riposte export -A archive.db -f jsonl --canonical | grep -o '"lo":"[^"]*","hi":"*[^",]*\|"place":"[^"]*"\|"url":"[^"]*"' | uniq
# Beside captions; what the command line says counts more.
session >panel.html
printf 'WEBVTT\n\n00:05.000 --> 00:06.000\n<v Roe>Is it?\n\n00:07.000 --> 00:08.000\n<v Li>It is.\n' >panel.en.vtt
printf 'ROE: Is it?\nLI: It is.\n' >panel.txt
riposte import -q -A beside.db panel.en.vtt panel.txt
riposte timeline -A beside.db
riposte import -q -A told.db panel.en.vtt --start '2026-01-20 10:00' --tz Europe/Zurich --title Told
riposte timeline -A told.db
riposte show -A told.db "$(riposte export -A told.db -f jsonl | sed 's/{"key":"\([^"]*\).*/\1/;q')" --json |
	grep -o '"title":"[^"]*"\|"place":"[^"]*"'
for archive in archive.db beside.db told.db; do
	riposte export -A $archive -f jsonl --canonical >before
	mv panel.html away 2>/dev/null
	riposte rebuild -q -A $archive
	riposte export -A $archive -f jsonl --canonical | cmp - before
	riposte verify --data -q -A $archive || echo "$archive is not sound"
done
#> 20 Jan 2026, UTC
#>    08:30  Ana Roe                                         spoken:talk-5a06c7a6/1
#>           Is it?
#>           Davos
#>  >=08:30  Bo Li                                           spoken:talk-5a06c7a6/2
#>           It is.
#>           And will be.
#>           Davos
#>  >=08:30  Ana Roe                                         spoken:talk-5a06c7a6/3
#>           Good.
#>           Davos
#> "lo":"2026-01-20T08:30Z","hi":"2026-01-20T08:30Z
#> "url":"https://a.example/ai"
#> "place":"Davos"
#> "lo":"2026-01-20T08:30:00Z","hi":null
#> "url":"https://a.example/ai"
#> "place":"Davos"
#> "lo":"2026-01-20T08:30:00Z","hi":null
#> "url":"https://a.example/ai"
#> "place":"Davos"
#> 20 Jan 2026, UTC
#>    08:30  Ana Roe                                        spoken:panel-95763cc6/1
#>           Is it?
#>           Davos
#>  >=08:30  Bo Li                                          spoken:panel-95763cc6/2
#>           It is.
#>           Davos
#>    08:30  Ana Roe                                        spoken:panel-aa4c4e6f/1
#>           Is it?
#>           Davos
#>    08:30  Bo Li                                          spoken:panel-aa4c4e6f/2
#>           It is.
#>           Davos
#> 20 Jan 2026, UTC
#>    09:00  Ana Roe                                        spoken:panel-aa4c4e6f/1
#>           Is it?
#>           Davos (CET 10:00)
#>    09:00  Bo Li                                          spoken:panel-aa4c4e6f/2
#>           It is.
#>           Davos (CET 10:00)
#> "title":"Told"
#> "place":"Davos"
#! riposte: made a new archive, archive.db
#! riposte: 1 capture: 3 records, 3 new
