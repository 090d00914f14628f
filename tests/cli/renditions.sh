# Several transcripts of one event: who said what does not depend on which came first.
cat >a.txt <<'TALK'
MODERATOR: Is the money there?

SATYA NADELLA: I am good for my 80 billion dollars this year.

MODERATOR: Thank you.
TALK
{
	printf 'MODERATOR: Welcome to Davos.\n\n'
	sed 's/80 billion/eighty billion/' a.txt
} >b.txt
sed 's/^MODERATOR: Thank/SATYA NADELLA: Thank/; s/there?/there?\n\nBOB ROE: Really?/' a.txt >c.txt
for order in 'a b c' 'a c b' 'b a c' 'b c a' 'c a b' 'c b a'; do
	name=$(printf %s "$order" | tr -d ' ')
	minute=0
	for file in $order; do
		minute=$((minute + 1))
		RIPOSTE_NOW=2026-01-05T12:0$minute:00Z riposte import -q -A "$name.db" $file.txt \
			--event davos --date 2025-01-22 --tz Europe/Zurich
	done
	riposte verify --data -q -A "$name.db" || echo "$name is not sound"
	riposte export -A "$name.db" -f jsonl --canonical >"$name.jsonl"
	riposte rebuild -q -A "$name.db"
	riposte export -A "$name.db" -f jsonl --canonical | cmp - "$name.jsonl"
	cmp abc.jsonl "$name.jsonl"
done
riposte thread spoken:davos/2 -A abc.db --tz Europe/Zurich
riposte import a.txt --event davos --date 2025-01-22 --tz Europe/Zurich
riposte import b.txt --event davos --date 2025-01-22 --tz Europe/Zurich
riposte timeline -f ids
# What is said last of the same bytes counts, and that it was said last is kept.
for day in 22 21 23 22; do
	now=$((${now:-10} + 1))
	RIPOSTE_NOW=2026-01-05T$now:00:00Z riposte import -A days.db a.txt \
		--event davos --date 2025-01-$day --speaker Nadella
	riposte show spoken:davos/2 -A days.db --json | grep -o '"lo":"[^"]*"' | head -n 1
done
RIPOSTE_NOW=2026-01-06T12:00:00Z riposte import -q -A days.db a.txt --event davos --date 2025-01-22
riposte verify --data -q -A days.db && echo sound
riposte timeline -A days.db -f ids
#> thread spoken:davos/1             22 Jan 2025, Europe/Zurich             6 posts
#> 22 Jan  Moderator
#>           Is the money there?
#> 22 Jan    : Moderator
#>             Welcome to Davos.
#> 22 Jan    > Bob Roe
#>             asked: Is the money there?
#>             Really?
#> 22 Jan    > Satya Nadella
#>             asked: Is the money there?
#>             I am good for my eighty billion dollars this year.
#>             2 wordings seen
#> 22 Jan    : Satya Nadella
#>             Thank you.
#> 22 Jan    : Moderator
#>             Thank you.
#> coverage: imported files; no source follows these accounts
#> spoken:davos/1
#> spoken:davos/2
#> spoken:davos/3
#> spoken:davos/4
#> "lo":"2025-01-21T10:00:00Z"
#> "lo":"2025-01-20T10:00:00Z"
#> "lo":"2025-01-22T10:00:00Z"
#> "lo":"2025-01-21T10:00:00Z"
#> sound
#> spoken:davos/1
#> spoken:davos/2
#> spoken:davos/3
#! riposte: made a new archive, archive.db
#! riposte: 1 capture: 3 records, 3 new
#! riposte: 1 capture: 4 records, 1 new, 2 same, 1 new version
#! riposte: made a new archive, days.db
#! riposte: 1 capture: 3 records, 3 new
#! riposte: 1 capture: 3 records, 3 same
#! riposte: 1 capture: 3 records, 3 same
#! riposte: 1 capture: 3 records, 3 same
