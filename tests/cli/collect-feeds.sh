# Feeds of every kind, as servers have them: all is read once, and then nothing is sent again.
cp -r "$DATA/worlds/small" w && chmod -R u+w w
cat >w/9-more.jsonl <<'END'
{"file":"robots.txt","body":"User-agent: *\nDisallow: /nothing\n"}
{"file":"pages/home.html","body":"<!DOCTYPE html><html><head><title>Home</title><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feeds/back-ends.xml\"></head><body><p>Hello.</p></body></html>"}
END
mock --ready url --world w &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
# Which of those with the same entries comes first is left to chance.
told() { sed -e "s|$u|URL|g" -e '/sources/!s/, [0-9]* new//' -e '/sources/!s/, nothing new//'; }
printf '[http]\nallow_private = yes\n' >c.conf
source() { printf '[source %s]\ncollector = feed\nurl = %s\n' "$1" "$u/$2" >>c.conf; }
source home pages/home.html
source nitter feeds/nitter/bob/rss
source notes feeds/notes.json
echo "history = yes" >>c.conf
source blog feeds/blog.xml
echo "history = yes" >>c.conf
for form in back-ends gzip-etag no-etag blank-date wrong-type; do
	source $form feeds/$form.xml
done
riposte collect --config c.conf 2>&1 | told | sort
riposte stats | head -3
echo "again:"
RIPOSTE_NOW=2026-01-06T12:00:00Z riposte collect --config c.conf 2>&1 | told | sort
riposte verify --data

echo "a run that is killed while another feed keeps it waiting has what it had:"
export RIPOSTE_ARCHIVE=$PWD/killed.db
curl -s "$u/_/set?path=/feeds/nitter/*&delay=3000" >/dev/null
riposte collect --config c.conf -q blog nitter 2>/dev/null &
collect=$!
until riposte export -f ids 2>/dev/null | grep -q tag:blog.example,2025; do sleep 0.05; done
kill -KILL $collect 2>/dev/null
{ wait $collect; } 2>/dev/null
riposte collect --config c.conf blog 2>&1 | told
curl -s "$u/_/log" | tail -n 1 | grep -o -e 304
kill $mock
#> riposte: 9 sources: 12 requests, 31 posts, 19 new
#> riposte: back-ends: 1 request, 2 posts
#> riposte: blank-date: 1 request, 2 posts
#> riposte: blog: 2 requests, 3 posts
#> riposte: gzip-etag: 1 request, 2 posts
#> riposte: home: 2 requests, 2 posts; url is a page; write the address of its feed
#> riposte: made a new archive, archive.db
#> riposte: nitter: 1 request, 13 posts
#> riposte: no-etag: 1 request, 2 posts
#> riposte: notes: 2 requests, 3 posts
#> riposte: wrong-type: 1 request, 2 posts
#> posts                                     19
#>   referred to, not held                    6
#>   wordings                                19
#> again:
#> riposte: 9 sources: 9 requests, nothing new
#> riposte: back-ends: 1 request
#> riposte: blank-date: 1 request
#> riposte: blog: 1 request
#> riposte: gzip-etag: 1 request
#> riposte: home: 1 request
#> riposte: nitter: 1 request
#> riposte: no-etag: 1 request
#> riposte: notes: 1 request
#> riposte: wrong-type: 1 request
#> a run that is killed while another feed keeps it waiting has what it had:
#> riposte: blog: 1 request
#> 304
#! riposte: archive.db: every record, capture and derived row is as it was stored
