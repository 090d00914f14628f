# One talk is one event, however it was handed in: what lies beside it counts in a folder,
# a zip and a tar file as it does beside a single file.
mkdir talks
printf 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Petit>We begin.\n' >'talks/Talk [aaaaaaaaaaa].en.vtt'
cat >'talks/Talk [aaaaaaaaaaa].info.json' <<'END'
{"id":"aaaaaaaaaaa","title":"The talk","webpage_url":"https://www.youtube.com/watch?v=aaaaaaaaaaa","extractor":"youtube","extractor_key":"Youtube","upload_date":"20250122","timestamp":1737550000,"language":"en"}
END
printf 'ANA PETIT: We begin.\nBOB ROE: We go on.\nANA PETIT: So we do.\nBOB ROE: And end.\n' >talks/panel.txt
printf '[event]\nid = panel-7\ntitle = The panel\ndate = 2025-01-21\n' >talks/panel.txt.riposte.ini
printf 'ANA PETIT: We begin.\nBOB ROE: We stop.\nANA PETIT: So we do.\nBOB ROE: And end.\n' >talks/other.txt
cat >talks/other.html <<'END'
<!doctype html><html><head><title>Other</title><script type="application/ld+json">{"@type":"Event","name":"The other","startDate":"2025-01-20T10:00:00+01:00","location":"Davos"}</script></head><body><p>Words</p></body></html>
END
set -- panel.txt=talks/panel.txt panel.txt.riposte.ini=talks/panel.txt.riposte.ini \
	other.txt=talks/other.txt other.html=talks/other.html \
	'Talk [aaaaaaaaaaa].info.json=talks/Talk [aaaaaaaaaaa].info.json' \
	'Talk [aaaaaaaaaaa].en.vtt=talks/Talk [aaaaaaaaaaa].en.vtt'
make-archive zip talks.zip "$@"
make-archive tar.gz talks.tgz "$@"
riposte -A one.db import -q talks/*.vtt talks/panel.txt talks/other.txt
riposte -A one.db export -f jsonl --canonical >want
riposte -A one.db timeline -f ids
for way in talks talks.zip talks.tgz; do
	riposte -A p.db import -q $way 2>&1 | grep -v other.html
	riposte -A p.db export -f jsonl --canonical | cmp - want && echo "$way: the same"
	riposte -A p.db verify -q --data
	riposte -A p.db capture list | cut -c 37- | sort
	rm p.db
done
# The word of the command line counts more; a sidecar that cannot be believed ends it.
riposte -A p.db import -q --event mine talks/panel.txt
riposte -A q.db import -q --event mine talks
riposte -A q.db timeline -f ids | sort -u
printf '[event]\nnonsense = 1\n' >talks/panel.txt.riposte.ini
riposte -A r.db import -q talks
echo "exit $?"
#> spoken:other-30d62d07/1
#> spoken:other-30d62d07/2
#> spoken:other-30d62d07/3
#> spoken:other-30d62d07/4
#> spoken:panel-7/1
#> spoken:panel-7/2
#> spoken:panel-7/3
#> spoken:panel-7/4
#> spoken:youtube-aaaaaaaaaaa/1
#> riposte: 6 captures: 10 records, 9 new, 1 rejected (kept; see "riposte stats --rejected")
#> talks: the same
#>         55  captions   talks/Talk [aaaaaaaaaaa].en.vtt
#>         57  raw        talks/panel.txt.riposte.ini
#>         78  transcript talks/other.txt
#>         79  transcript talks/panel.txt
#>        212  raw        talks/Talk [aaaaaaaaaaa].info.json
#>        226  article    talks/other.html  (1 rejected)
#> riposte: 7 captures: 10 records, 9 new, 1 rejected (kept; see "riposte stats --rejected")
#> talks.zip: the same
#>         55  captions   talks.zip/Talk [aaaaaaaaaaa].en.vtt
#>         57  raw        talks.zip/panel.txt.riposte.ini
#>         78  transcript talks.zip/other.txt
#>         79  transcript talks.zip/panel.txt
#>        212  raw        talks.zip/Talk [aaaaaaaaaaa].info.json
#>        226  article    talks.zip/other.html  (1 rejected)
#>        226  raw        talks.zip/other.html
#> riposte: 7 captures: 10 records, 9 new, 1 rejected (kept; see "riposte stats --rejected")
#> talks.tgz: the same
#>         55  captions   talks.tgz/Talk [aaaaaaaaaaa].en.vtt
#>         57  raw        talks.tgz/panel.txt.riposte.ini
#>         78  transcript talks.tgz/other.txt
#>         79  transcript talks.tgz/panel.txt
#>        212  raw        talks.tgz/Talk [aaaaaaaaaaa].info.json
#>        226  article    talks.tgz/other.html  (1 rejected)
#>        226  raw        talks.tgz/other.html
#> spoken:mine/1
#> spoken:mine/2
#> spoken:mine/2.6a5da1ba
#> spoken:mine/3
#> spoken:mine/4
#> exit 78
#! riposte: talks/other.html:1: too little text for an article: an error page, or one that scripts fill (kept; see "riposte stats --rejected")
#! riposte: 6 captures: 10 records, 5 new, 4 same, 1 rejected (kept; see "riposte stats --rejected")
#! riposte: talks/panel.txt.riposte.ini: line 2: unknown key "nonsense"
#! riposte: 4 captures: 6 records, 5 new, 1 rejected (kept; see "riposte stats --rejected")
