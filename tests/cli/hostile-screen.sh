# U01-U06: whatever strangers wrote, and wherever it is shown, no byte of it acts on a terminal.
{
	printf '{"id":"101","text":"\\u001b]52;c;aGk=\\u0007\\u009b31m \\u001bPq\\u001b\\\\ \\u202e\\u2066 \\udb40\\udc41 a\\rb","author_id":"9","author":{"id":"9","username":"a\\u001b[2J\\u202eb","name":"x\\r\\n2 forged: line\\u0085"},"lang":"\\u001b[1m","conversation_id":"100","referenced_tweets":[{"type":"replied_to","id":"100"}]}\n'
	printf '{"id":"102","text":"raw \302\233 \233 and a marked e'
	awk 'BEGIN { for (i = 0; i < 1000; i++) printf "\314\201" }'
	printf '","author_id":"9","created_at":"\\u001b[7m"}\n'
	printf '{"id":"103","text":"a long handle","author_id":"8","author":{"id":"8","username":"'
	awk 'BEGIN { for (i = 0; i < 300; i++) printf "\327\220" }'
	printf '","name":"\\u0430\\u0440\\u0440le"}}\n'
	printf '{"id":"\\u001b[5m","text":"in the id","author_id":"9"}\n'
	printf '\033]0;title\007 no json at all \302\205\n'
} >posts.jsonl
bad=$(printf 'od\033]0;x\007d\nname \302\233.jsonl')
cp posts.jsonl "$bad"
riposte import posts.jsonl >all 2>&1
riposte import "$bad" >>all 2>&1
riposte import "$bad.gone" >>all 2>&1
for command in "timeline" "search handle" "show x:101" "show x:102" "show x:103" "thread x:101" "thread x:100" "capture list" \
	"person list" "stats" "stats --rejected" "stats --rejected --json" "export -f text" "export -f jsonl" "export -f ids" \
	"timeline -f json" "export -f jsonl --canonical" "exchange x:@9 x:@8"; do
	# shellcheck disable=SC2086
	riposte $command >>all 2>&1
	echo "-- $command" >>all
done
for word in "$(printf '\033[2J')" "$(printf 'a\nb')" "$(printf '\302\233')" "$(printf '\342\200\256')"; do
	for command in thread exchange timeline search show "capture cat" "person show" "export -f" "timeline --since" "timeline --tz" nonsense; do
		# shellcheck disable=SC2086
		riposte $command "$word" >>all 2>&1 </dev/null
		# shellcheck disable=SC2086
		riposte $command "$word" "$word" >>all 2>&1 </dev/null
	done
	riposte "$word" >>all 2>&1
	riposte "--$word" >>all 2>&1
	riposte stats -A "$word" >>all 2>&1
done
echo "$(tr -d '\n\t\040-\377' <all | wc -c) control characters"
echo "$(grep -ac "$(printf '\302[\200-\237]')" all) lines with C1 controls"
echo "$(grep -ac "$(printf '\342\200\256\|\342\201\246')" all) lines turned around"
echo "$(grep -ac '^2 forged' all) forged lines"
for columns in 0 1 2 99999 99999999999999999999 -1 wide; do
	COLUMNS=$columns riposte timeline >out || echo "COLUMNS=$columns: exit $?"
	COLUMNS=$columns riposte thread x:101 >out || echo "COLUMNS=$columns: exit $?"
done
riposte timeline >plain
for locale in C tr_TR.ISO8859-9 de_DE.UTF-8 nonsense; do
	LC_ALL=$locale TERM=dumb riposte timeline | cmp plain - || echo "another timeline in $locale"
done
#> 0 control characters
#> 0 lines with C1 controls
#> 0 lines turned around
#> 0 forged lines
