# S01, S02, S04-S07, S14: where answers lead to.  Only feeds and pages follow, to http and
# https, five times; no other host hears of a token; nobody leads into a private network.
. "$(dirname "$0")/with-faults.sh"
small_world
evil --ready evil --log evil.log &
servers=$!
until [ -s evil.more ]; do sleep 0.01; done
serve world
evil() { sed -n "s/^$1 //p" evil.more; }
# The feed and the page may be led to the same site: who comes first asks for its robots.txt, and
# makes one request more.
led() { # WORDS ADDRESS
	fault "$1" status=302 "header=Location: $2" body= >led.out
	sed 's/^\(  [fp][a-z]* [a-z]*, \)[0-9]* answers\{0,1\}/\1some answers/' led.out
}

for to in file:///etc/passwd gopher://127.0.0.1:1/ ftp://127.0.0.1/ dict://127.0.0.1:1/ data:text/html,hello; do
	led "to $to" "$to"
done
led "in circles" "$(evil base)/loop"
led "a thousand times" "$(evil base)/chain/1000"
led "to another host" "$(evil other-host)/html"
led "to another port" "$(evil other-port)/html"
led "with a password" "http://ada:cAnArY@$(evil base | cut -c 8-)/ok"
led "nowhere" ""
fault "with cookies" "header=Set-Cookie: a=cAnArY; Path=/"
echo "# what others heard of a token, a password and a cookie"
grep -c -i -e cAnArY -e '	authorization:' evil.log
echo "# they were not asked too often"
[ "$(wc -l <evil.log)" -le 24 ] || cat evil.log

echo "# private networks, in every spelling"
private=no
configure
what=private
run
for host in localhost 127.1 0x7f.1 2130706433 0177.0.0.1 '[::1]' '[::ffff:127.0.0.1]'; do
	printf '[source feed]\ncollector = feed\nrobots = ignore\nurl = http://%s:%s/feeds/blog.xml\n' \
		"$host" "$(at feed | sed 's/.*://')" >c.conf
	riposte collect --config c.conf --all 2>err
	echo "$host: exit $?"
	grep -v -e "made a new" -e "an address of a private network" err
done
control reset
rm -f archive.db*
riposte collect --config c.conf -q 2>err
asked feed
kill $servers
#> to file:///etc/passwd:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> to gopher://127.0.0.1:1/:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> to ftp://127.0.0.1/:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> to dict://127.0.0.1:1/:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> to data:text/html,hello:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> in circles:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed failed, some answers, due 01-05 12:30: redirected in a circle
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press failed, some answers, due 01-05 12:30: redirected in a circle
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> a thousand times:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed failed, some answers, due 01-05 12:30: more than 5 redirects
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press failed, some answers, due 01-05 12:30: more than 5 redirects
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> to another host:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed later, some answers, due 01-05 12:30: a login page, where a feed was asked for
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press later, some answers, due 01-05 12:30: a login page stands at http://HOST2/html
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> to another port:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed later, some answers, due 01-05 12:30: a login page, where a feed was asked for
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press later, some answers, due 01-05 12:30: a login page stands at http://HOST1/html
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> with a password:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press failed, some answers, due 01-05 12:30: redirected to what is no address of http or https
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> nowhere:
#>   bsky failed, 2 answers, due 01-05 12:30: URL sends us elsewhere (status 302), which is not followed
#>   feed later, some answers, due 01-05 12:30: URL/feeds/blog.xml answered with status 302
#>   masto failed, 2 answers, due 01-05 12:30: HOST sends us elsewhere (status 302), which is not followed: does `instance` name the server itself?
#>   press later, some answers, due 01-05 12:30: URL/pages/article.html answered with status 302
#>   x later, 2 answers, due 01-05 12:30: X answers what it should not (302)
#>   exit 75
#> with cookies:
#>   bsky done, 2 answers, due 01-05 12:15
#>   feed done, 1 answer, due 01-05 12:15
#>   masto done, 2 answers, due 01-05 12:15
#>   press done, 1 answer, due 01-05 12:15
#>   x done, 2 answers, due 01-05 12:15
#>   exit 0
#> # what others heard of a token, a password and a cookie
#> 0
#> # they were not asked too often
#> # private networks, in every spelling
#>   bsky failed, 0 answers, due 01-05 12:30: an address of a private network, and that is not allowed
#>   feed failed, 0 answers, due 01-05 12:30: the robots.txt of URL cannot be had: an address of a private network, and that is not allowed
#>   masto failed, 0 answers, due 01-05 12:30: an address of a private network, and that is not allowed
#>   press failed, 0 answers, due 01-05 12:30: the robots.txt of URL cannot be had: an address of a private network, and that is not allowed
#>   x failed, 0 answers, due 01-05 12:30: an address of a private network, and that is not allowed
#>   exit 69
#> localhost: exit 69
#> 127.1: exit 69
#> 0x7f.1: exit 69
#> 2130706433: exit 69
#> 0177.0.0.1: exit 69
#> [::1]: exit 69
#> [::ffff:127.0.0.1]: exit 69
#> 0
