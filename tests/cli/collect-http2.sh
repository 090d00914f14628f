# Over HTTP/2, of a real server: one connection for all, and what did not change is not sent again.
mkdir site
for n in a b c; do
	echo "<rss version=\"2.0\"><channel><title>F</title><item><guid>$n</guid><description>One of $n.</description></item></channel></rss>" >site/$n.xml
done
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost \
	-addext subjectAltName=IP:127.0.0.1 2>/dev/null
try() {
	port=$((20000 + ($$ * 7 + $1 * 101) % 30000))
	nghttpd -v -d site -a 127.0.0.1 $port key.pem cert.pem >log 2>&1 &
	server=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		grep -q 'listen 127.0.0.1' log && return 0
		kill -0 $server 2>/dev/null || return 1
		sleep 0.1
	done
	kill -0 $server
}
try 1 || try 2 || try 3
printf '[http]\nallow_private = yes\nca = cert.pem\n' >c.conf
for n in a b c; do
	printf '[source %s]\ncollector = feed\nurl = https://127.0.0.1:%s/%s.xml\n' $n $port $n >>c.conf
done
riposte collect --config c.conf 2>&1 | sort
grep -c 'The negotiated protocol: h2' log
echo "again:"
riposte collect --config c.conf --all 2>&1 | sort
grep -c ':status: 304' log
echo "a certificate that nobody vouches for:"
sed -i '/^ca/d' c.conf
riposte collect --config c.conf a 2>&1 | sed "s/:$port/:PORT/"
riposte verify --data
kill $server
#> riposte: 3 sources: 3 requests, 3 posts, 3 new
#> riposte: a: 1 request, 1 post, 1 new
#> riposte: b: 1 request, 1 post, 1 new
#> riposte: c: 1 request, 1 post, 1 new
#> riposte: made a new archive, archive.db
#> 1
#> again:
#> riposte: 3 sources: 3 requests, nothing new
#> riposte: a: 1 request, nothing new
#> riposte: b: 1 request, nothing new
#> riposte: c: 1 request, nothing new
#> 3
#> a certificate that nobody vouches for:
#> riposte: a: 0 requests; the robots.txt of https://127.0.0.1:PORT cannot be had: SSL certificate problem: self-signed certificate
#! riposte: archive.db: every record, capture and derived row is as it was stored
