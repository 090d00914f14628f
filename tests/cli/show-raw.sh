# A post's exact bytes.
printf '{"id":"1",  "text":"blanks   and \\u00e9scapes kept","author_id":"9"}\n' >a.jsonl
riposte import -q a.jsonl
riposte show x:1 --raw >raw
head -n 1 a.jsonl | tr -d '\n' | cmp - raw && echo "the same bytes"
#> the same bytes
