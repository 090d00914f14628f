# A post is named by its address in any form, by its key in either case, or by the digits of its id.
echo '{"id":"20","text":"just setting up","author_id":"12"}' >first.json
riposte import -q first.json
for ref in 20 x:20 X:20 'https://twitter.com/#%21/jack/status/20' '<https://x.com/jack/status/20>'; do
	riposte show --json "$ref" | grep -o '"key":"x:20"' || echo "$ref: not found"
done
for ref in 020x 12345678901234567890 Y:20; do
	riposte show "$ref"
	echo "exit $?"
done
#> "key":"x:20"
#> "key":"x:20"
#> "key":"x:20"
#> "key":"x:20"
#> "key":"x:20"
#> exit 64
#> exit 64
#> exit 64
#! riposte: "020x" is no post: give its address, or its key, such as x:1881923570458304780
#! riposte: "12345678901234567890" is no post: give its address, or its key, such as x:1881923570458304780
#! riposte: "y:20" is no post: give its address, or its key, such as x:1881923570458304780
