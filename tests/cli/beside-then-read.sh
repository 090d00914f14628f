# A page that was kept for what it says of the talk beside it is read as the article that
# it is once it comes by itself: which of them came first makes no difference.
cat >talk.html <<'END'
<!doctype html><html lang="en"><head><title>Money row</title><link rel="canonical" href="https://paper.example/2025/money">
<meta property="article:published_time" content="2025-01-23T06:30:00+01:00">
<script type="application/ld+json">{"@type":"VideoObject","name":"The money","uploadDate":"2025-01-23T06:30:00Z"}</script></head>
<body><article><h1>Money row</h1><p>The row about the money went on this week in Davos, where all of them met and talked to reporters about it.</p>
<p>“We have the funds,” Masayoshi Son said in Tokyo.</p></article></body></html>
END
printf 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Petit>We begin.\n' >talk.vtt
printf '[event]\ntitle = The money\n' >talk.vtt.riposte.ini
for order in 'talk.vtt talk.html' 'talk.html talk.vtt'; do
	rm -f p.db
	for f in $order; do
		riposte -A p.db import -q "$f"
	done
	riposte -A p.db timeline -f ids
	riposte -A p.db export -f jsonl --canonical >"$f.jsonl"
	riposte -A p.db verify -q --data
done
cmp talk.html.jsonl talk.vtt.jsonl && echo "the same"
# What says nothing of its own is no file that could not be read.
riposte -A p.db import talk.html talk.vtt talk.vtt.riposte.ini
echo "exit $?"
#> press:https://paper.example/2025/money
#> press:https://paper.example/2025/money#q1
#> spoken:talk-7367b5b9/1
#> press:https://paper.example/2025/money
#> press:https://paper.example/2025/money#q1
#> spoken:talk-7367b5b9/1
#> the same
#> exit 0
#! riposte: 3 captures: 3 records, 3 same
