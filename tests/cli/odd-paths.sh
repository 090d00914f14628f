# D14: a path may hold anything a path can hold; one that is too long is refused.
name255=$(awk 'BEGIN { for (i = 0; i < 240; i++) printf "n"; printf ".db" }')
newline=$(printf 'new\nline %%n%%s.db')
for path in "$newline" '%s%n.db' '-A' '--help' './-dash.db' ' ' ':memory:' 'file:here?mode=memory' '$(touch ran)' '`touch ran`;touch ran.db' \
	"$(printf '\377\376.db')" "$name255" 'a'\''b"c.db' '*?[.db' 'x#y?z%41.db'; do
	riposte import -q --archive="$path" "$DATA/stargate/x/musk.json" || echo "$path: import exit $?"
	[ -f "./$path" ] || echo "$path: not where it was asked for"
	riposte timeline --archive="$path" -f ids >ids || echo "$path: timeline exit $?"
	[ "$(wc -l <ids)" -gt 2 ] || echo "$path: nothing in it"
	riposte verify -q --archive="$path" || echo "$path: verify exit $?"
done
cp "$DATA/stargate/x/musk.json" "$(printf 'in\nput%%n')"
cp "$DATA/stargate/x/altman.json" ./--as
riposte import -q -A inputs.db -- "$(printf 'in\nput%%n')" --as || echo "inputs: exit $?"
riposte capture list -A inputs.db | wc -l
[ -e ran ] && echo "a name was run"
long=$(awk 'BEGIN { for (i = 0; i < 500; i++) printf "directory/" }')
for path in "$long/a.db" "${name255}${name255}" ''; do
	riposte import -q --archive="$path" "$DATA/stargate/x/musk.json" >out 2>err
	status=$?
	case $status in 64 | 74) ;; *) echo "a path that cannot be: exit $status" ;; esac
	[ "$(wc -l <err)" = 1 ] && [ "$(wc -c <err)" -le 700 ] || { echo "$(wc -l <err) lines, $(wc -c <err) bytes"; }
done
ls -d directory 2>/dev/null || true
#> 2
