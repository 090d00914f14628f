# N01-N09, N15, N16, N18: what goes wrong below an answer, of a feed and of an API with a
# token, behind a proxy of the environment that nobody asked for.
. "$(dirname "$0")/with-faults.sh"
kinds="feed x"
small_world
evil --ready evil --log evil.log &
servers=$!
until [ -s evil.more ]; do sleep 0.01; done
collect() { http_proxy=http://127.0.0.1:1 https_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1 riposte collect --config c.conf "$@"; }
serve world
evil() { sed -n "s/^$1 //p" evil.more; }

# wire WORDS ADDRESS: there is what is asked.
wire() {
	what=$1
	echo "$what:"
	rm -f archive.db*
	printf '[http]\nallow_private = yes\npatience = 100ms\ntotal = 1s\nmax_body = 100kB\nca = evil.ca\n' >c.conf
	case $kinds in *feed*) printf '[source feed]\ncollector = feed\nurl = %s\n' "$2" ;; esac >>c.conf
	case $kinds in *x*) printf '[source x]\ncollector = x\naccount = id:1\ntoken = file:token\nbase = %s\n' "$2" ;; esac >>c.conf
	run
	configure
	afterwards
}
web=$(evil base)
wire "nobody listens" "$(evil closed)"
wire "no such name" http://nobody.invalid
wire "reset in the body" "$web/reset/body"
wire "half of what was promised" "$web/half"
wire "cut in the middle of JSON, by closing" "$web/closed/cut"
wire "silence" "$web/silence"
wire "a byte a second" "$web/slow/body"
wire "an encoding that is none" "$web/encoding/bad"
wire "a header without end" "$web/endless/header"
for tls in expired wrong-host self-signed tls10; do wire $tls "$(evil $tls)/ok"; done

# Only what has just this address.
kinds=feed
for length in huge negative garbage twice; do wire "a length that is $length" "$web/length/$length"; done
for endless in body chunks headers; do wire "$endless without end" "$web/endless/$endless"; done
for bomb in gzip deflate br zstd; do wire "a bomb of $bomb" "$web/bomb/$bomb"; done
for encoding in stacked unknown; do wire "encodings: $encoding" "$web/encoding/$encoding"; done
for raw in old garbage nul cr latin status; do wire "no HTTP: $raw" "$web/raw/$raw"; done
kill $servers
#> nobody listens:
#>   feed later, 0 answers, due 01-05 12:30: the robots.txt of http://HOST1 cannot be had: Failed to connect to 127.0.0.1 port N after N ms: Couldn't connect to server
#>   x later, 0 answers, due 01-05 12:30: Failed to connect to 127.0.0.1 port N after N ms: Couldn't connect to server
#>   exit 75
#> no such name:
#>   feed later, 0 answers, due 01-05 12:30: the robots.txt of http://nobody.invalid cannot be had: Could not resolve host: nobody.invalid
#>   x later, 0 answers, due 01-05 12:30: Could not resolve host: nobody.invalid
#>   exit 75
#> reset in the body:
#>   feed later, 0 answers, due 01-05 12:30: Recv failure: Connection reset by peer
#>   x later, 0 answers, due 01-05 12:30: Recv failure: Connection reset by peer
#>   exit 75
#> half of what was promised:
#>   feed later, 0 answers, due 01-05 12:30: transfer closed with N bytes remaining to read
#>   x later, 0 answers, due 01-05 12:30: transfer closed with N bytes remaining to read
#>   exit 75
#> cut in the middle of JSON, by closing:
#>   feed later, 1 answer, due 01-05 12:30: http://HOST1/closed/cut is no feed
#>   x later, 1 answer, due 01-05 12:30: answered something else than what was asked for
#>   exit 75
#> silence:
#>   feed later, 0 answers, due 01-05 12:30: Operation timed out after N ms
#>   x later, 0 answers, due 01-05 12:30: Operation timed out after N ms
#>   exit 75
#> a byte a second:
#>   feed later, 0 answers, due 01-05 12:30: Operation timed out after N ms
#>   x later, 0 answers, due 01-05 12:30: Operation timed out after N ms
#>   exit 75
#> an encoding that is none:
#>   feed failed, 0 answers, due 01-05 12:30: Error while processing content unencoding: incorrect header check
#>   x failed, 0 answers, due 01-05 12:30: Error while processing content unencoding: incorrect header check
#>   exit 69
#> a header without end:
#>   feed failed, 0 answers, due 01-05 12:30: a header that is longer than is taken, or no memory for it
#>   x failed, 0 answers, due 01-05 12:30: a header that is longer than is taken, or no memory for it
#>   exit 69
#> expired:
#>   feed failed, 0 answers, due 01-05 12:30: the robots.txt of https://HOST1 cannot be had: SSL certificate problem: certificate has expired
#>   x failed, 0 answers, due 01-05 12:30: SSL certificate problem: certificate has expired
#>   exit 69
#> wrong-host:
#>   feed failed, 0 answers, due 01-05 12:30: the robots.txt of https://HOST1 cannot be had: SSL: no alternative certificate subject name matches target host name '127.0.0.1'
#>   x failed, 0 answers, due 01-05 12:30: SSL: no alternative certificate subject name matches target host name '127.0.0.1'
#>   exit 69
#> self-signed:
#>   feed failed, 0 answers, due 01-05 12:30: the robots.txt of https://HOST1 cannot be had: SSL certificate problem: self-signed certificate
#>   x failed, 0 answers, due 01-05 12:30: SSL certificate problem: self-signed certificate
#>   exit 69
#> tls10:
#>   feed failed, 0 answers, due 01-05 12:30: the robots.txt of https://HOST1 cannot be had: OpenSSL: error:0A00042E:SSL routines::tlsv1 alert protocol version
#>   x failed, 0 answers, due 01-05 12:30: OpenSSL: error:0A00042E:SSL routines::tlsv1 alert protocol version
#>   exit 69
#> a length that is huge:
#>   feed later, 0 answers, due 01-05 12:30: transfer closed with N bytes remaining to read
#>   exit 75
#> a length that is negative:
#>   feed failed, 0 answers, due 01-05 12:30: Invalid Content-Length: value
#>   exit 69
#> a length that is garbage:
#>   feed failed, 0 answers, due 01-05 12:30: Invalid Content-Length: value
#>   exit 69
#> a length that is twice:
#>   feed failed, 0 answers, due 01-05 12:30: two lengths that differ
#>   exit 69
#> body without end:
#>   feed done, 1 answer, due 01-05 12:15: it is longer than max_body, and was cut
#>   exit 3
#> chunks without end:
#>   feed done, 1 answer, due 01-05 12:15: it is longer than max_body, and was cut
#>   exit 3
#> headers without end:
#>   feed failed, 0 answers, due 01-05 12:30: headers of more than 64 KB
#>   exit 69
#> a bomb of gzip:
#>   feed done, 1 answer, due 01-05 12:15: it is longer than max_body, and was cut
#>   exit 3
#> a bomb of deflate:
#>   feed done, 1 answer, due 01-05 12:15: it is longer than max_body, and was cut
#>   exit 3
#> a bomb of br:
#>   feed done, 1 answer, due 01-05 12:15: it is longer than max_body, and was cut
#>   exit 3
#> a bomb of zstd:
#>   feed done, 1 answer, due 01-05 12:15: it is longer than max_body, and was cut
#>   exit 3
#> encodings: stacked:
#>   feed failed, 0 answers, due 01-05 12:30: Reject response due to more than 5 content encodings
#>   exit 69
#> encodings: unknown:
#>   feed failed, 0 answers, due 01-05 12:30: Unrecognized content encoding type. libcurl understands deflate, gzip, br, zstd content encodings.
#>   exit 69
#> no HTTP: old:
#>   feed failed, 0 answers, due 01-05 12:30: Received HTTP/0.9 when not allowed
#>   exit 69
#> no HTTP: garbage:
#>   feed failed, 0 answers, due 01-05 12:30: Unsupported HTTP version in response
#>   exit 69
#> no HTTP: nul:
#>   feed failed, 0 answers, due 01-05 12:30: Nul byte in header
#>   exit 69
#> no HTTP: cr:
#>   feed failed, 0 answers, due 01-05 12:30: a header with a control character in it
#>   exit 69
#> no HTTP: latin:
#>   feed later, 1 answer, due 01-05 12:30: http://HOST1/raw/latin is no feed
#>   exit 75
#> no HTTP: status:
#>   feed failed, 0 answers, due 01-05 12:30: Unsupported response code in HTTP response
#>   exit 69
