# K11: with any of the three standard descriptors closed nothing is written into the archive.
cp "$DATA/stargate/x/musk.json" posts.json
riposte import -q -A right.db posts.json
riposte export -A right.db --canonical -f jsonl >right
n=0
try() {
	n=$((n + 1))
	eval "riposte import -A $n.db posts.json no-such-file $1"
	status=$?
	[ $status = 65 ] || [ $status = 74 ] || echo "import $1: exit $status"
	eval "riposte stats -A $n.db >out $1"
	riposte export -A $n.db --canonical -f jsonl | cmp right - || echo "import $1: another archive"
	riposte verify -A $n.db -q --data || echo "import $1: damaged"
	head -c 16 $n.db | tr -d '\0'
	echo
}
try '<&- >/dev/null 2>/dev/null'
try '>&- 2>/dev/null'
try '2>&- >/dev/null'
try '<&- >&- 2>&-'
riposte timeline -A right.db >&-
echo "nowhere to write to: exit $?"
riposte import -q -A right.db posts.json >&-
echo "nothing to write: exit $?"
riposte import -A 1.db - <&- >/dev/null 2>err
status=$?
[ $status = 65 ] || [ $status = 74 ] || [ $status = 0 ] || echo "no standard input: exit $status"
riposte export -A right.db --canonical -f jsonl | cmp right -
#> SQLite format 3
#> SQLite format 3
#> SQLite format 3
#> SQLite format 3
#> nowhere to write to: exit 74
#> nothing to write: exit 0
#! riposte: standard output: Bad file descriptor
