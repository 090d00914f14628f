# D18, K10: a full disk behind standard output is an error; a reader that went away is none.
riposte import -q "$DATA/stargate/x/musk.json"
riposte timeline >/dev/full
echo "exit $?"
riposte timeline | head -c 10 >/dev/null
echo "exit $?"
#> exit 74
#> exit 0
#! riposte: standard output: No space left on device
