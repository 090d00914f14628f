# E07: a file that is there, a link, a directory: none of them is written over.
riposte import -q "$DATA/stargate/x/musk.json"
echo mine >taken
ln -s elsewhere link
ln -s taken link-to-taken
mkdir directory
for name in taken link link-to-taken directory /dev/full no-such-directory/file; do
	for command in export timeline "thread x:1882303826214162580" "exchange x:@44196397 x:@44196397"; do
		# shellcheck disable=SC2086
		riposte $command -o $name >out 2>err && echo "$command -o $name: done"
		[ "$(wc -l <err)" = 1 ] && [ ! -s out ] || { echo "$command -o $name:"; cat out err; }
	done
done
cat taken
[ -e elsewhere ] && echo "written through a link"
ls directory
riposte export -f ids -o fresh
echo "exit $?"
riposte export -f ids | cmp - fresh
riposte search nothingofthekind -o nothing 2>/dev/null
echo "exit $?"
[ -e nothing ] && echo "an empty file for nothing"
find . -name '.riposte-*' | wc -l
#> mine
#> exit 0
#> exit 1
#> 0
