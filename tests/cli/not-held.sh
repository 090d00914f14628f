# A post that is not held: said so, and what to do.
riposte import -q "$DATA/stargate/x/clip.json"
riposte thread https://x.com/elonmusk/status/1881923570458304780
echo "exit $?"
riposte show x:1
echo "exit $?"
riposte show "not a reference"
echo "exit $?"
riposte search nothingofthekind
echo "exit $?"
#> exit 1
#> exit 1
#> exit 64
#> exit 1
#! riposte: https://x.com/elonmusk/status/1881923570458304780 is not in this archive; "riposte import FILE" takes posts in (fetching them comes in a later release)
#! riposte: x:1 is not in this archive; "riposte import FILE" takes posts in
#! riposte: "not a reference" is no post: give its address, or its key, such as x:1881923570458304780
