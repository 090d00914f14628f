# J10: a zero in a text does not end it, and one in an id does not make it another's.
{
	printf '{"id":"101","text":"before \\u0000 behind","author_id":"9"}\n'
	printf '{"id":"102","text":"raw \000 zero","author_id":"9"}\n'
	printf '{"id":"101\\u00002","text":"zero in the id","author_id":"9"}\n'
	printf '{"id":"103","text":"zero in the name","author_id":"9","author":{"id":"9","username":"ann\\u0000a","name":"Ann\\u0000a"}}\n'
	printf '\000\000\000\n'
	printf '{"id":"104","text":"after all zeros","author_id":"9"}\n'
} >posts.jsonl
riposte import posts.jsonl 2>err
echo "exit $?"
riposte timeline -f ids | grep -ax 'x:10[0-9]' | sort
riposte search behind -f ids
riposte export --canonical -f jsonl | grep -c 'before \\u0000 behind'
riposte export --canonical -f jsonl | tr -d '\001-\377' | wc -c
riposte show x:101 | grep -c behind
for command in timeline stats "stats --rejected" "show x:103" "export -f text"; do
	# shellcheck disable=SC2086
	riposte $command | tr -d '\001-\377' | wc -c
done | sort -u
riposte capture cat "$(sha256sum <posts.jsonl | cut -c 1-64)" | cmp - posts.jsonl && echo "every byte is there"
riposte verify -q --data
#> exit 3
#> x:101
#> x:103
#> x:104
#> x:101
#> 1
#> 0
#> 1
#> 0
#> every byte is there
