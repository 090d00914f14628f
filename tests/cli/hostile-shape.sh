# J13: JSON of a shape nobody knows is kept to the byte, and an empty file is no posts.
printf '{"identifier":"1","body":"renamed","writer":"9"}\n' >shape.jsonl
riposte import -q --as x shape.jsonl 2>err
echo "exit $?, $(wc -l <err) line"
riposte stats --rejected | grep -ci shape
riposte capture cat "$(sha256sum <shape.jsonl | cut -c 1-64)" | cmp - shape.jsonl && echo "every byte is there"
for text in '{}' '[]' 'null' '42' '"text"'; do
	printf '%s' "$text" >other.json
	riposte import -q --as x other.json 2>err
	status=$?
	case $status in 0 | 3 | 65) ;; *) echo "$text: exit $status: $(cat err)" ;; esac
done
riposte stats --json | grep -o '"posts":[0-9]*'
riposte verify -q --data
#> exit 65, 1 line
#> 1
#> every byte is there
#> "posts":0
