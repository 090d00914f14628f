# Z03: of two members of one name the first is read, the second is kept and is a reject; names that differ in case are two.
b=$DATA/x-archive/bob
post() {
	echo "{\"id\":\"$1\",\"text\":\"$2\",\"author_id\":\"9\"}"
}
post 1 first >first
post 2 second >second
make-archive tar twins.tar a.jsonl=first a.jsonl=second A.jsonl=second ./a.jsonl=first
say() {
	riposte "$@" 2>&1
	echo "exit $?"
}
say import twins.tar
riposte timeline -f ids
riposte stats --rejected
riposte capture list
riposte rebuild 2>&1
riposte verify -q --data && echo sound
# Nothing comes in anew when it comes again, and the second is read when it comes by itself.
say import -q twins.tar
riposte capture list | wc -l
cp second b.jsonl
say import b.jsonl
riposte -A other.db merge -q archive.db
riposte -A other.db stats --rejected | wc -l
riposte -A other.db verify -q --data && echo sound
# Whose archive it is, is told twice.
make-archive tar owners.tar data/account.js="$b/account.js" data/account.js=:x data/tweets.js="$b/tweets.js"
say -A owners.db import owners.tar
#> riposte: made a new archive, archive.db
#> riposte: twins.tar/a.jsonl: a file of the same name stands before it in the archive: this one is not read (kept; see "riposte stats --rejected")
#> riposte: twins.tar/a.jsonl: a file of the same name stands before it in the archive: this one is not read (kept; see "riposte stats --rejected")
#> riposte: 4 captures: 4 records, 2 new, 2 rejected (kept; see "riposte stats --rejected")
#> exit 3
#> x:1
#> x:2
#> twins.tar/a.jsonl: a file of the same name stands before it in the archive: this one is not read (43 bytes at 0 of capture 888086caaf7f)
#> twins.tar/a.jsonl: a file of the same name stands before it in the archive: this one is not read (42 bytes at 0 of capture 920b1c05c0d0)
#> 920b1c05c0d0  2026-01-05T12:00:00Z          42  x          twins.tar/a.jsonl
#> 888086caaf7f  2026-01-05T12:00:00Z          43  unknown    twins.tar/a.jsonl  (1 rejected)
#> 888086caaf7f  2026-01-05T12:00:00Z          43  x          twins.tar/A.jsonl
#> 920b1c05c0d0  2026-01-05T12:00:00Z          42  unknown    twins.tar/a.jsonl  (1 rejected)
#> riposte: rebuilt from 4 records
#> sound
#> riposte: twins.tar/a.jsonl: a file of the same name stands before it in the archive: this one is not read (kept; see "riposte stats --rejected")
#> riposte: twins.tar/a.jsonl: a file of the same name stands before it in the archive: this one is not read (kept; see "riposte stats --rejected")
#> riposte: 4 captures: 4 records, 2 same, 2 rejected (kept; see "riposte stats --rejected")
#> exit 3
#> 4
#> riposte: 1 capture: 1 record, 1 same
#> exit 0
#> 2
#> sound
#> riposte: made a new archive, owners.db
#> riposte: owners.tar/data/account.js: a file of the same name stands before it in the archive: this one is not read (kept; see "riposte stats --rejected")
#> riposte: 3 captures: 4 records, 3 new, 3 posts referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> exit 3
#! riposte: 4 captures: 4 records, 2 new, 2 rejected (kept; see "riposte stats --rejected")
