# A feed asked for twice, with one new entry: the others are the same, and cost nothing again.
# An entry that answers another one is below it; an entry of Nitter is the post of X.
feed() {
	echo '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">'
	echo "<id>tag:b.example,2026:f</id><title>B</title><updated>2026-01-2$1T12:00:00Z</updated>"
	for i in $(seq "$1" -1 1); do
		echo "<entry><id>e$i</id><title>Entry $i</title><updated>2026-01-2${i}T10:00:00Z</updated>"
		[ "$i" = 1 ] || echo "<thr:in-reply-to ref='e$((i - 1))'/>"
		echo "<author><name>Bo$((i % 2))</name></author><link href='https://b.example/$i'/>"
		echo "<content type='html'>&lt;p&gt;R&amp;amp;D, part $i:</p> $(seq -s ' ' "$i" 400)</content></entry>"
	done
	echo '</feed>'
}
feed 3 >one.atom
feed 4 >two.atom
riposte import one.atom
riposte compact -q
before=$(wc -c <archive.db)
riposte import two.atom
riposte import --json two.atom | sed 's/"bytes_in.*"bytes_stored"/… "bytes_stored"/'
riposte compact -q
[ $(($(wc -c <archive.db) - before)) -le 8192 ] && echo "what it costs is what is new"
riposte thread 'feed:tag:b.example,2026:f#e3' | grep 'Bo\|Entry'
capture=$(riposte capture list | sed -n 's/^\([0-9a-f]\{12\}\).*two.atom.*/\1/p' | head -n 1)
riposte capture cat "$capture" | cmp - two.atom && echo "given back"
cat >ada.rss <<'RSS'
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Ada L / @ada</title><link>https://n.example/ada</link>
<item><title>R to @bob: I disagree</title><dc:creator>@ada</dc:creator>
<description><![CDATA[<p>I disagree</p>]]></description>
<pubDate>Wed, 19 Nov 2025 10:05:00 GMT</pubDate>
<link>https://n.example/ada/status/1991085290367127556#m</link></item>
</channel></rss>
RSS
riposte import -q ada.rss
riposte show x:1991085290367127556 --json | grep -o '"handle":"[a-z]*"'
riposte rebuild -q && riposte verify --data -q && echo sound
#> {"v":1,"captures":1,"records":4,"new":0,"same":4,"versions":0,"ghosts":0,"rejected":0,… "bytes_stored":0}
#> what it costs is what is new
#> 21 Jan 10:00  Bo1
#>                 Entry 1
#> 22 Jan 10:00    > Bo0
#>                   Entry 2
#> 23 Jan 10:00      > Bo1
#>                     Entry 3
#> 24 Jan 10:00        > Bo0
#>                       Entry 4
#> given back
#> "handle":"ada"
#> sound
#! riposte: made a new archive, archive.db
#! riposte: 1 capture: 3 records, 3 new
#! riposte: 1 capture: 4 records, 1 new, 3 same
