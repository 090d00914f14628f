# With --online the hosts of the sources are knocked at, and clocks compared.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
other=$(echo "$u" | sed 's/127.0.0.1/127.0.0.2/')
export TOKEN=canary-token
cat >riposte.conf <<END
[http]
allow_private = yes
[source blog]
collector = feed
url = $u/feeds/blog.xml
[source same]
collector = feed
url = $u/feeds/notes.json
[source town]
collector = masto
instance = $other/masto
account = ana
END
doctor() {
	riposte doctor --config riposte.conf --online "$@" >out
	status=$?
	grep -e online -e 'this clock' out | sed "s|$u|URL|; s|$other|OTHER|" | sort
	echo "exit $status"
}
echo "all answer, and have the same time; a host is asked once:"
doctor
curl -s "$u/_/log" | grep -c '^GET / '
echo "this clock is wrong, a little and too much:"
RIPOSTE_NOW=2026-01-05T12:04:59Z doctor
RIPOSTE_NOW=2026-01-05T12:07:00Z doctor
RIPOSTE_NOW=2026-01-05T09:00:00Z doctor
RIPOSTE_NOW=1970-01-01T00:00:00Z doctor
RIPOSTE_NOW=2036-01-01T00:00:00Z doctor
echo "a host that gives no time, or nonsense, is one that answers:"
curl -s "$u/_/set?path=/&n=2&status=500&header=Date:yesterday"
doctor
echo "one that is not there, one that is not allowed, and -q:"
printf '[source no]\ncollector = feed\nurl = http://127.0.0.1:1/feed.xml\n' >>riposte.conf
doctor -q
sed -i '/allow_private/d' riposte.conf
doctor -q
echo "a token is shown to nobody for that:"
printf '[source x]\ncollector = x\naccount = ada\nbase = %s/x\ntoken = env:TOKEN\n[http]\nallow_private = yes\n' "$u" >riposte.conf
doctor
curl -s "$u/_/log" | grep '^GET / ' | grep -c auth
kill $mock
#> all answer, and have the same time; a host is asked once:
#> ok       online      OTHER/ answers
#> ok       online      URL/ answers
#> exit 0
#> 2
#> this clock is wrong, a little and too much:
#> ok       online      OTHER/ answers
#> ok       online      URL/ answers
#> exit 0
#> warning  clock       this clock is 7 minutes ahead of that of OTHER/ (set the clock)
#> warning  clock       this clock is 7 minutes ahead of that of URL/ (set the clock)
#> exit 1
#> warning  clock       this clock is 3 hours behind that of OTHER/ (set the clock)
#> warning  clock       this clock is 3 hours behind that of URL/ (set the clock)
#> exit 1
#> warning  clock       this clock is 20458 days behind that of OTHER/ (set the clock)
#> warning  clock       this clock is 20458 days behind that of URL/ (set the clock)
#> exit 1
#> warning  clock       this clock is 3647 days ahead of that of OTHER/ (set the clock)
#> warning  clock       this clock is 3647 days ahead of that of URL/ (set the clock)
#> exit 1
#> a host that gives no time, or nonsense, is one that answers:
#> ok       online      OTHER/ answers
#> ok       online      URL/ answers
#> exit 0
#> one that is not there, one that is not allowed, and -q:
#> warning  online      http://127.0.0.1:1/: Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server (is this machine online, and the address right?)
#> exit 1
#> warning  online      OTHER/: an address of a private network, and that is not allowed (if it is meant: allow_private = yes, below [http])
#> warning  online      URL/: an address of a private network, and that is not allowed (if it is meant: allow_private = yes, below [http])
#> warning  online      http://127.0.0.1:1/: an address of a private network, and that is not allowed (if it is meant: allow_private = yes, below [http])
#> exit 1
#> a token is shown to nobody for that:
#> ok       online      URL/ answers
#> exit 0
#> 0
