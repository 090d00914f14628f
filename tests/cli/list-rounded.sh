# A list whose ids are all damaged, but whose addresses name posts, is not unreadable.
cat >both.csv <<'END'
tweet_id,link
1.72455E+18,https://x.com/ada/status/1724551110456246272
END
printf 'tweet_id\n1.72455E+18\n' >none.csv
for i in 1 2; do
	riposte import both.csv 2>&1
	echo "exit $?"
done
riposte import none.csv 2>&1
echo "exit $?"
#> riposte: made a new archive, archive.db
#> riposte: both.csv:2: a spreadsheet has rounded the id: its last digits are gone (kept; "riposte stats --rejected" lists all)
#> riposte: 1 capture: 1 record, 1 post referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> exit 3
#> riposte: both.csv:2: a spreadsheet has rounded the id: its last digits are gone (kept; "riposte stats --rejected" lists all)
#> riposte: 1 capture: 1 record, 1 rejected (kept; see "riposte stats --rejected")
#> exit 3
#> riposte: none.csv: format not recognised (kept); --as NAME says what it is, "riposte help import" lists the names
#> exit 65
