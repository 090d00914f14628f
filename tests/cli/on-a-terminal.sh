# On a terminal an import shows how far it is, and exact bytes of strangers are refused.
terminal() {
	script -qec "$1" /dev/null </dev/null | tr -d '\r' | sed "s/$(printf '\033')\[K//g"
	echo
}
awk 'BEGIN { for (i = 1000; i < 41000; i++) printf "{\"id\":\"%d\",\"text\":\"words\",\"author_id\":\"9\"}\n", i }' >posts.jsonl
terminal 'riposte import posts.jsonl' >out
grep -o '^16,000 records' out
grep -o '1 capture: 40,000 records, 40,000 new$' out
terminal 'riposte show --raw x:1000; echo "exit $?"'
#> 16,000 records
#> 1 capture: 40,000 records, 40,000 new
#> riposte: --raw does not write to a terminal, on which strangers' bytes could act; use -o or a pipe (see "riposte show --help")
#> exit 64
#> 
