# A source can be tried without anything being kept of it.
cat >riposte.conf <<'END'
[http]
connect = 2s
[source there]
collector = feed
url = http://127.0.0.1:1/feed.xml
END
riposte source test there --config riposte.conf
echo "exit $?"
riposte source test there --config riposte.conf --json
echo "exit $?"
ls
#> there: does not work
#>   asked     http://127.0.0.1:1/feed.xml
#>   end       an address of a private network, and that is not allowed
#> exit 69
#> {"v":1,"name":"there","answered":false,"kept":false,"asked":"http://127.0.0.1:1/feed.xml","format":null,"bytes":0,"priced":0,"more":false,"end":"failed","why":"an address of a private network, and that is not allowed"}
#> exit 69
#> riposte.conf
