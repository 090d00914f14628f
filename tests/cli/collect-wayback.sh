# Copies of posts of X in the Wayback Machine, in the JSON of either API, become posts as of the copy.
mkdir w
cat >w/copies.jsonl <<'END'
{"capture":"https://twitter.com/bob/status/2007000000000000001","at":"20260102140500","type":"application/json","body":"{\"data\":{\"id\":\"2007000000000000001\",\"text\":\"Kept elsewhere.\",\"author_id\":\"2002\",\"created_at\":\"2026-01-02T08:08:00.000Z\"},\"includes\":{\"users\":[{\"id\":\"2002\",\"name\":\"Bob\",\"username\":\"bob\"}]}}"}
{"capture":"https://twitter.com/ada/status/1881923570458304780","at":"20250122060000","type":"application/json","body":"{\"created_at\":\"Wed Jan 22 04:40:37 +0000 2025\",\"id_str\":\"1881923570458304780\",\"full_text\":\"Old words &amp; more.\",\"user\":{\"id_str\":\"1001\",\"name\":\"Ada\",\"screen_name\":\"ada\"}}"}
{"capture":"https://twitter.com/ada/status/1881923570458304999","at":"20250123060000","type":"text/html","body":"<html><head><title>X</title></head><body><script>shell()</script></body></html>"}
{"capture":"https://news.example/a","at":"20250124060000","type":"text/html","body":"<html><head><title>News</title></head><body><article><h1>News</h1><p>Words of an article that is gone today. Words of an article that is gone today. Words of an article that is gone today. Words of an article that is gone today. Words of an article that is gone today. Words of an article that is gone today. </p></article></body></html>"}
END
mock --ready url --world w &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
cat >c.conf <<END
[http]
allow_private = yes
[source old]
collector = wayback
base = $u/wayback
id = https://x.com/bob/status/2007000000000000001
id = https://x.com/ada/status/1881923570458304780
id = https://x.com/ada/status/1881923570458304999
id = https://news.example/a
END
riposte collect --config c.conf
echo "exit $?"
for id in 2007000000000000001 1881923570458304780; do
	riposte show x:$id --json | grep -o -e '"text":"[^"]*"' -e '"as_of":[^,]*' -e '"observed_at":[^,]*'
done
riposte show x:1881923570458304999
riposte capture list | sed "s|$u|URL|" | grep -v ' fetched ' | cut -d' ' -f 3-
riposte rebuild -q
riposte verify --data
kill $mock
#> exit 3
#> "text":"Kept elsewhere."
#> "as_of":"2026-01-02T14:05:00Z"
#> "text":"Old words & more."
#> "as_of":"2025-01-22T06:00:00Z"
#> 2026-01-05T12:00:00Z         188  x          URL/wayback/web/20260102140500id_/https://twitter.com/bob/status/2007000000000000001
#> 2026-01-05T12:00:00Z         172  x          URL/wayback/web/20250122060000id_/https://twitter.com/ada/status/1881923570458304780
#> 2026-01-05T12:00:00Z          79  article    URL/wayback/web/20250123060000id_/https://twitter.com/ada/status/1881923570458304999  (1 rejected)
#> 2026-01-05T12:00:00Z         337  article    URL/wayback/web/20250124060000id_/https://news.example/a
#! riposte: made a new archive, archive.db
#! riposte: old: 8 requests, 4 posts, 3 new, 1 rejected
#! riposte: x:1881923570458304999 is not in this archive; "riposte import FILE" takes posts in
#! riposte: archive.db: every record, capture and derived row is as it was stored
