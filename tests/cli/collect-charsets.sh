# What only the header of an answer tells of its encoding is read right, now and at a rebuild.
mkdir -p w/pages
cat >w/robots.jsonl <<'END'
{"file":"robots.txt","body":"User-agent: *\nDisallow: /nothing\n"}
END
one() { # NAME TYPE CHARSET: from standard input
	iconv -f utf-8 -t "$3" >"w/pages/$1"
	printf '{"file":"pages/%s","type":"%s; charset=%s"}\n' "$1" "$2" "$3" >>w/files.jsonl
}
feed() {
	one "feed-$1" application/rss+xml "$1" <<END
<rss version="2.0"><channel><title>F</title><item><guid>$1</guid><title>$2</title><description>$2</description></item></channel></rss>
END
}
page() {
	one "page-$1" text/html "$1" <<END
<html><head><title>T</title></head><body><article><h1>T</h1><p>$2 $2 $2</p></article></body></html>
END
}
feed windows-1252 'l’été'
feed utf-16le 'l’été'
feed gb2312 '他说'
page windows-1252 'C’était l’été, dit-elle, et personne ne savait quoi faire du soleil.'
page gb2312 '他说今天天气很好，我们一起去公园散步吧。'
one talk text/plain windows-1252 <<'END'
ÉLISE MARTIN: C’était l’été ?
BO LI: Oui.
ÉLISE MARTIN: Non.
END
one vtt text/vtt gb2312 <<'END'
WEBVTT

00:01.000 --> 00:02.000
<v Ana Roe>他说：好。

00:02.000 --> 00:03.000
<v Bo Li>Oui.
END
mock --ready url --world w &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
printf '[http]\nallow_private = yes\n' >c.conf
for f in w/pages/*; do
	n=${f##*/}
	case $n in
	feed*) c=feed ;;
	page*) c=press ;;
	*) c=transcript ;;
	esac
	printf '[source %s]\ncollector = %s\nurl = %s/pages/%s\n' "$n" $c "$u" "$n" >>c.conf
done
riposte collect --config c.conf -q
echo "exit $?"
texts() { riposte export -f jsonl | grep -o -e '"key":"spoken:@[^"]*"' -e '"text":"[^"]*"' | sort -u; }
texts
texts >before
riposte rebuild -q
texts | cmp - before
kill $mock
#> exit 0
#> "key":"spoken:@Ana Roe"
#> "key":"spoken:@Bo Li"
#> "key":"spoken:@Élise Martin"
#> "text":"C’était l’été ?"
#> "text":"C’était l’été, dit-elle, et personne ne savait quoi faire du soleil. C’était l’été, dit-elle, et personne ne savait quoi faire du soleil. C’était l’été, dit-elle, et personne ne savait quoi faire du soleil."
#> "text":"Non."
#> "text":"Oui."
#> "text":"l’été"
#> "text":"他说"
#> "text":"他说今天天气很好，我们一起去公园散步吧。 他说今天天气很好，我们一起去公园散步吧。 他说今天天气很好，我们一起去公园散步吧。"
#> "text":"他说：好。"
