# Bytes that are held are read anew when they are to be read in another way.
printf 'Ann: It is done.\n\nBob: It is not.\n\nAnn: It is.\n' >talk.txt
riposte import talk.txt --event talk --date 2025-03-04 --tz Europe/Paris
riposte stats --rejected
riposte import talk.txt --event talk --date 2025-03-04 --tz Europe/Paris --speaker Bob
riposte import talk.txt --event talk --date 2025-03-04 --tz Europe/Paris --speaker Bob
riposte timeline -f ids
for days in '04 05' '05 04'; do
	rm -f days.db*
	for day in $days; do
		riposte import -q -A days.db talk.txt --event talk --speaker Bob --date 2025-03-$day
	done
	riposte export -A days.db -f jsonl --canonical >"days ${days% *}.jsonl"
done
cmp 'days 04.jsonl' 'days 05.jsonl' && echo "the order of the days makes no difference"
gzip -n talk.txt
for event in one two one; do
	riposte import talk.txt.gz --event $event --speaker Bob
done
riposte import talk.txt.gz --as nothing
echo "exit $?"
riposte verify --data -q && echo sound
#> talk.txt:3: a label that comes once may be no speaker; name speakers with --speaker (15 bytes at 18 of capture 7668ceb3b1f6)
#> spoken:talk/1
#> spoken:talk/2
#> spoken:talk/3
#> the order of the days makes no difference
#> exit 64
#> sound
#! riposte: made a new archive, archive.db
#! riposte: talk.txt:3: a label that comes once may be no speaker; name speakers with --speaker (kept; "riposte stats --rejected" lists all)
#! riposte: 1 capture: 3 records, 2 new, 1 rejected (kept; see "riposte stats --rejected")
#! riposte: 1 capture: 3 records, 1 new, 2 same
#! riposte: 1 capture: 3 records, 3 same
#! riposte: 1 capture: 3 records, 3 new
#! riposte: 1 capture: 3 records, 3 new
#! riposte: 1 capture: 3 records, 3 same
#! riposte: no format is called "nothing"; there are: x, x-archive, masto, bsky, transcript, captions, article, feed, list (see "riposte import --help")
