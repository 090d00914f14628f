# Z08, Z11: what only a dictionary or much memory unpacks is refused in a line that names it; nothing of it passes for a post.
awk 'BEGIN { for (i = 1000; i < 5000; i++) printf "{\"id\":\"%d\",\"text\":\"post %d\",\"author_id\":\"9\"}\n", i, i * i }' >posts.jsonl
zstd -q --train posts.jsonl -B200 --maxdict=4000 -o dictionary 2>train.log || cat train.log
zstd -q -D dictionary posts.jsonl -o with-dictionary.zst
# From a pipe, for otherwise zstd makes the window as small as the file.
head -n 4000 posts.jsonl | zstd -q --long=31 >window.zst
{ zstd -q -c posts.jsonl; zstd -q -c -D dictionary posts.jsonl; } >second-frame.zst
for name in with-dictionary window second-frame; do
	riposte import -q -A $name.db $name.zst 2>err
	echo "$name: exit $?, $(riposte timeline -A $name.db -f ids 2>/dev/null | wc -l) posts"
	sed 's/dictionary [0-9][0-9]*/dictionary N/' err
	riposte verify -q --data -A $name.db
done
# With a dictionary's id that is another's.
head -c 12 with-dictionary.zst >other.zst
printf '\377\377\377\377' | dd of=other.zst bs=1 seek=5 conv=notrunc 2>/dev/null
tail -c +13 with-dictionary.zst >>other.zst
riposte import -q -A other.db other.zst 2>err
echo "exit $?, $(wc -l <err) line"
#> with-dictionary: exit 65, 0 posts
#> riposte: with-dictionary.zst: it was compressed with zstd dictionary N, which is not here
#> window: exit 65, 0 posts
#> riposte: window.zst: its zstd window is above the limit of 128 MiB (unpack it with "zstd -d --long=31" first)
#> second-frame: exit 3, 4000 posts
#> riposte: 1 capture: 4,001 records, 4,000 new, 1 rejected (kept; see "riposte stats --rejected")
#> exit 65, 1 line
