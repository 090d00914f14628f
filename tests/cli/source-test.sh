# A source can be tried without anything being kept of it.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
cat >riposte.conf <<END
[http]
allow_private = yes
[source there]
collector = feed
url = $u/feeds/blog.xml
[source gone]
collector = feed
url = $u/feeds/gone.xml
[source nowhere]
collector = feed
url = http://127.0.0.1:1/feed.xml
robots = ignore
END
riposte source test there --config riposte.conf | sed "s|$u|URL|"
riposte source test there --config riposte.conf --json | sed "s|$u|URL|"
riposte source test gone --config riposte.conf >out
echo "gone: exit $?"
sed "s|$u|URL|" out; rm out
sed -i '/allow_private/d' riposte.conf
riposte source test nowhere --config riposte.conf
echo "exit $?"
kill %1 2>/dev/null || kill $!
ls
#> there: works
#>   asked     URL/feeds/blog.xml
#>   got       1106 bytes, to be read as feed
#> {"v":1,"name":"there","answered":true,"kept":true,"asked":"URL/feeds/blog.xml","format":"feed","bytes":1106,"priced":0,"more":false,"end":"done","why":null}
#> gone: exit 69
#> gone: does not work
#>   asked     URL/feeds/gone.xml
#>   end       URL/feeds/gone.xml is gone for good (410)
#> nowhere: does not work
#>   asked     http://127.0.0.1:1/feed.xml
#>   end       an address of a private network, and that is not allowed
#> exit 69
#> riposte.conf
#> url
