# Q01, Q04: no argument is more than a value: it changes nothing and is answered in a line.
riposte import -q "$DATA/stargate/x/musk.json"
sha256sum <riposte.db >before
long=$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "x" }')
tried=0
try() {
	riposte "$@" >out 2>err </dev/null
	status=$?
	tried=$((tried + 1))
	case $status in
	0) ;;
	1 | 64 | 65 | 69 | 74 | 76 | 78) [ -s err ] || [ $status = 1 ] || echo "exit $status without a word: $*" ;;
	*) echo "exit $status: $*" | cut -c 1-200 ;;
	esac
	[ "$(wc -l <err)" -le 1 ] || { echo "more than a line: $*" | cut -c 1-200; head -n 3 err; }
	[ "$(wc -c <err)" -le 400 ] || { echo "$(wc -c <err) bytes of complaint: $*" | cut -c 1-200; }
	grep -aqi 'sqlite\|fts5\|syntax error\|no such column\|malformed' err && head -n 1 err
}
for value in "'; DROP TABLE post; --" '%' '_' '%s%n%d' '\' '"' '' ' ' '../../etc/passwd' 'x:%' 'x:' ':' '@' 'x:@' \
	'file:x?mode=memory' '@file' "$(printf '\377\376')" "$long"; do
	for command in thread exchange timeline search show "capture cat" "person show" help; do
		# shellcheck disable=SC2086
		try $command -- "$value"
	done
	try exchange -- "$value" "$value"
	for option in --format --tz --since --until --limit; do
		try timeline $option "$value"
		try export "$option=$value"
	done
	try stats --format "$value"
	try import --as "$value" "$DATA/stargate/x/musk.json"
	try capture "$value"
	try person "$value"
	try "$value"
done
[ "$tried" -gt 400 ] || echo "only $tried tried"
# An argument that begins with a dash is a value behind "--", and an option before it.
try show --raw -- -1
echo "exit $status"
try show -1
echo "exit $status"
riposte timeline -f ids | wc -l
sha256sum <riposte.db | cmp - before && echo "not a byte changed"
find . -newer before ! -name out ! -name err ! -name . ! -name 'riposte.db*' | sort
riposte verify -q --data
#> exit 1
#> exit 64
