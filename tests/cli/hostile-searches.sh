# Q02, Q03: whatever is searched for is words, never a language of the machinery below.
{
	printf '{"id":"101","text":"it'"'"'s a NEAR miss AND a col:x thing","author_id":"9"}\n'
	printf '{"id":"102","text":"stars * and ^ and ( brackets )","author_id":"9"}\n'
} >posts.jsonl
riposte import -q posts.jsonl
million=$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "a" }')
stars=$(awk 'BEGIN { for (i = 0; i < 2000; i++) printf "*a" }')
brackets=$(awk 'BEGIN { for (i = 0; i < 5000; i++) printf "(" }')
words=$(awk 'BEGIN { for (i = 0; i < 20000; i++) printf "w%d ", i }')
ors=$(awk 'BEGIN { for (i = 0; i < 5000; i++) printf "a OR " }')
for query in '"' '""' '"""' AND OR NOT 'a OR' 'OR a' 'a AND' 'a NOT' '(' ')' '()' '( a' 'NEAR(' 'NEAR(a b, 2)' 'NEAR/2' 'col:x' \
	'text:x' 'rowid:1' '^' '^a' - -- '-a' '- a' '--a' '*' '**' 'a*' '*a' 'a*b*' "it's" "'" '{a b}: c' 'a + b' '+' ':' 'a:' ':a' \
	'from:' 'on:' 'since:' 'until:' 'from:"' 'since:yesterday' 'since:9999-99-99' 'since:2025-01-02 until:2025-01-01' 'on:nowhere' \
	'(a+)+$' '!' ';' '\' '%' "$(printf '\001')" "$(printf '\377')" '“quoted”' '' ' ' "$million" "$stars" "$brackets" "$words" "$ors"; do
	timeout 10 riposte search -- "$query" >out 2>err
	status=$?
	shown=$(printf '%.30s' "$query")
	case $status in 0 | 1) ;; 64) [ -s err ] || echo "$shown: refused without a word" ;; *) echo "$shown: exit $status" ;; esac
	[ "$(wc -l <err)" -le 1 ] || echo "$shown: more than a line"
	grep -aqi 'fts\|sqlite\|syntax error\|no such' err && echo "$shown: $(head -n 1 err)"
done
riposte search "it's" -f ids
riposte search NEAR -f ids
riposte search 'thing -stars' -f ids
riposte search 'bracket*' -f ids
riposte search '"near miss"' -f ids
riposte search 'NEAR(it a)' >out 2>err
[ $? = 70 ] && echo "our bug"
riposte verify -q --data
#> x:101
#> x:101
#> x:101
#> x:102
#> x:101
