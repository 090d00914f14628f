# Q01, Q04: no argument is more than a value: it changes nothing and is answered in a line.
export RIPOSTE_ARCHIVE=riposte.db
riposte import -q "$DATA/stargate/x/musk.json"
sha256sum <riposte.db >before
long=$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "x" }')
try() {
	riposte "$@" >/dev/null 2>err </dev/null
	status=$?
	tried=$((tried + 1))
	first=
	more=
	{ read -r first; read -r more; } <err
	case $status in
	0 | 1) ;;
	64 | 65 | 69 | 74 | 78) [ -n "$first" ] || echo "exit $status without a word: $*" | cut -c 1-200 ;;
	*) echo "exit $status: $*" | cut -c 1-200 ;;
	esac
	[ -z "$more" ] || echo "more than a line: $*" | cut -c 1-200
	[ ${#first} -le 400 ] || echo "${#first} bytes of complaint: $*" | cut -c 1-200
	printf '%s\n' "$first" >>complaints
}
tried=0
for value in "'; DROP TABLE post; --" '%s%n%_' \\ '"' '' '../../etc/passwd' 'x:' '@' 'file:x?mode=memory' "$(printf '\377\376')" "$long"; do
	for command in thread timeline search show "capture cat" "person show" help; do
		# shellcheck disable=SC2086
		try $command -- "$value"
	done
	try exchange -- "$value" "$value"
	for option in --format --tz --since --limit; do
		try timeline $option "$value"
	done
	try import -q -A other.db --as "$value" "$DATA/stargate/x/musk.json"
	try "$value"
done
[ "$tried" -gt 140 ] || echo "only $tried tried"
grep -ai 'sqlite\|fts5\|syntax error\|no such column\|malformed' complaints
# What begins with a dash is an option, unless it stands behind "--".
riposte timeline -f ids | wc -l
riposte timeline -x >/dev/null 2>&1
echo "exit $?"
sha256sum <riposte.db | cmp - before && echo "not a byte changed"
find . -type f ! -name err ! -name before ! -name complaints ! -name 'riposte.db*' ! -name 'other.db*'
riposte verify -q --data
#> 4
#> exit 64
#> not a byte changed
