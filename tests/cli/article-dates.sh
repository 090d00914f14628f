# What was said on a day that an article tells was said before it came out; and the date of
# what it shows beside its text is not its own.
cat >dated.html <<'X'
<html lang="en"><head><link rel="canonical" href="https://paper.example/money">
<meta property="article:published_time" content="2025-01-23T06:30:00+01:00"></head><article>
<p>The row about the money went on this week in Davos, where all of them met.</p>
<p>“I'm good for my 80 billion dollars,” said Satya Nadella on Wednesday.</p></article>
X
cat >undated.html <<'X'
<html lang="en"><head><link rel="canonical" href="https://paper.example/undated"></head><article>
<p>The row about the money went on this week in Davos, where all of them met.</p>
<blockquote class="twitter-tweet"><p>where is it?</p>&mdash; Ana (@ana)
<a href="https://twitter.com/ana/status/1881923570458304780">March 3, 2019</a></blockquote>
<aside><time datetime="2011-01-01">1 January 2011</time> <a href="/other">Another</a></aside>
</article><footer><time datetime="2010-02-02">2010</time></footer>
X
riposte import -q dated.html undated.html
riposte timeline --json >before
grep -o '"key":"press[^"]*"\|"time":{[^}]*}' before
riposte rebuild -q
riposte timeline --json | cmp - before
riposte verify --data -q && echo sound
#> "key":"press:https://paper.example/money#q1"
#> "time":{"lo":"2025-01-21T10:00:00Z","hi":"2025-01-23T05:30:00Z","precision":"day","basis":"article"}
#> "time":{"lo":"2025-01-22T04:35:18.303Z","hi":"2025-01-22T04:35:18.303Z","precision":"ms","basis":"id"}
#> "key":"press:https://paper.example/money"
#> "key":"press:@paper.example"
#> "time":{"lo":"2025-01-23T05:30:00Z","hi":"2025-01-23T05:30:00Z","precision":"s","basis":"article"}
#> "key":"press:https://paper.example/undated"
#> "key":"press:@paper.example"
#> "time":{"lo":null,"hi":null,"precision":"unknown","basis":"unknown"}
#> sound
