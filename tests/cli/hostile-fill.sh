# Addresses that strangers give lead nowhere they should not: nothing private is asked, and what
# nobody can be asked for spoils nothing for the others.
cat >list.txt <<'END'
https://x.com/ada/status/99999999999999999999
https://x.com/ada/status/2007013996753846273
https://bsky.app/profile/ada.example/post/3mbgjrmkt2223
https://127.0.0.1/@ada/109999999999999999
https://localhost/users/ada/statuses/109999999999999998
END
printf '[http]\npatience = 0s\n[source nobody]\ncollector = x-embed\nbase = http://127.0.0.1:1/x\noembed = http://127.0.0.1:1/y\nid = x:1\n[source copies]\ncollector = wayback\nbase = http://127.0.0.1:1/w\n' >c.conf
riposte import -q list.txt
riposte fill --config c.conf --dry-run
riposte fill --config c.conf 2>err
echo "exit $?"
sed 's/ in [0-9]* ms//' err
for page in http://ada:pw@127.0.0.1/secret http://169.254.169.254/latest/meta-data file:///etc/passwd; do
	riposte fill --config c.conf "$page" 2>err
	echo "exit $?"
	cat err
done
riposte stats | grep -i captures
riposte verify -q --data
#> masto:https://localhost/users/ada/statuses/109999999999999998  masto
#> masto:127.0.0.1!109999999999999999  masto
#> x:2007013996753846273  x-embed, x, wayback
#> exit 69
#> riposte: fill:x-embed: 0 requests; an address of a private network, and that is not allowed
#> riposte: fill:masto: 0 requests; an address of a private network, and that is not allowed
#> riposte: fill:masto-2: 0 requests; an address of a private network, and that is not allowed
#> riposte: fill:wayback: 0 requests; an address of a private network, and that is not allowed
#> riposte: 3 posts wanted, 0 filled, 3 not to be had; 0 requests
#> exit 69
#> riposte: fill:wayback: 0 requests; an address of a private network, and that is not allowed
#> riposte: 1 post wanted, 0 filled, 1 not to be had; 0 requests
#> exit 69
#> riposte: fill:wayback: 0 requests; an address of a private network, and that is not allowed
#> riposte: 1 post wanted, 0 filled, 1 not to be had; 0 requests
#> exit 64
#> riposte: "file:///etc/passwd" is no post: give its address, or its key, such as x:1881923570458304780
#> captures                                   1
