# On a page of any width a name and what was said do not run into one another.
riposte import -q "$DATA"/stargate/x/*.json "$DATA"/stargate/davos.txt
cat >archive.people.ini <<'END'
[Satya Nadella]
account = x:@satyanadella
[Elon Musk]
account = x:@elonmusk
END
for columns in $(seq 20 112); do
	COLUMNS=$columns riposte exchange "Satya Nadella" "Elon Musk" >page
	grep -n 'Satya Nadella[^ ,]' page && echo "at $columns"
done
COLUMNS=60 riposte exchange "Satya Nadella" "Elon Musk" | sed -n 2,8p
#>   22-23 Jan 2025, UTC, 4 turns + 2 ghosts
#>    21 Jan ~22:23  [not in the archive] @OpenAI,
#>   x:1881830103858172059
#> 1  22 Jan 04:35  > Elon Musk
#>   They don’t actually have the money
#>    05:57
#>   SoftBank has well under $10B secured. I have that on good
