# An event that nobody named keeps its name, though an import was killed before it had all of
# the bytes that the name was made of.
mkfifo talk.txt
{
	awk 'BEGIN { for (i = 0; i < 12000; i++) print "A B: " i % 10 "." }'
	sleep 20
} >talk.txt &
writer=$!
riposte import -q talk.txt 2>err &
until riposte capture list 2>err | grep -q talk; do sleep 0.1; done
kill -9 $!
wait $! 2>err
kill $writer
riposte capture list --json | grep -o '"complete":false'
riposte timeline -f ids | sed -n 1p >before
riposte rebuild -q
riposte timeline -f ids | sed -n 1p | cmp - before
riposte verify --data -q && echo sound
# The same bytes, given again without a name, are the same.
rm talk.txt
printf 'ANA ROE: One.\n\nBOB DOE: Two.\n' >talk.txt
riposte import -q -A again.db talk.txt
riposte import -A again.db talk.txt
#> "complete":false
#> sound
#! riposte: 1 capture: 2 records, 2 same
