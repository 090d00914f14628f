# What could not be read is named, the first few of each file, then counted; -v names all.
printf '{"id":"1","text":"good","author_id":"9"}\n' >good.jsonl
{
	cat good.jsonl
	for n in 1 2 3 4 5 6 7; do printf '{"id":\n'; done
} >posts.jsonl
printf 'neither posts nor a transcript\n' >bad.txt
riposte import posts.jsonl
echo "exit $?"
echo "-- again, as JSON, the same lines"
riposte import --json posts.jsonl 2>err | grep -o '"rejected":[0-9]*'
grep -c 'posts.jsonl:[2-6]: not JSON' err
echo "-- all"
riposte import -v posts.jsonl 2>&1 | grep -c 'posts.jsonl:[2-8]: not JSON'
echo "-- one line under cron"
riposte import -q posts.jsonl 2>&1
echo "-- nothing could be read, something could, a file is missing"
riposte import bad.txt 2>&1
echo "exit $?"
riposte import -q good.jsonl bad.txt 2>&1
echo "exit $?"
riposte import -q good.jsonl missing.jsonl bad.txt 2>&1
echo "exit $?"
echo "-- a long line keeps its next step"
long=$(printf '%0300d' 7)
printf '{"id":"2","%s":3}\n' "$long" | cat - good.jsonl >"$(printf '%0200d' 8).jsonl"
riposte import ./0*.jsonl 2>&1 | awk '{ print (length($0) < 200), substr($0, length($0) - 38) }'
#> exit 3
#> -- again, as JSON, the same lines
#> "rejected":7
#> 5
#> -- all
#> 7
#> -- one line under cron
#> riposte: 1 capture: 8 records, 1 same, 7 rejected (kept; see "riposte stats --rejected")
#> -- nothing could be read, something could, a file is missing
#> riposte: bad.txt: format not recognised (kept); --as NAME says what it is, "riposte help import" lists the names
#> exit 65
#> riposte: bad.txt: format not recognised (kept); --as NAME says what it is, "riposte help import" lists the names
#> riposte: 2 captures: 2 records, 1 same, 1 rejected (kept; see "riposte stats --rejected")
#> exit 3
#> riposte: missing.jsonl: cannot be opened: No such file or directory
#> riposte: bad.txt: format not recognised (kept); --as NAME says what it is, "riposte help import" lists the names
#> riposte: 2 captures: 2 records, 1 same, 1 rejected (kept; see "riposte stats --rejected")
#> exit 74
#> -- a long line keeps its next step
#> 1 ; "riposte stats --rejected" lists all)
#> 1  (kept; see "riposte stats --rejected")
#! riposte: made a new archive, archive.db
#! riposte: posts.jsonl:2: not JSON: it ends where a value should be, at byte 6 (kept; "riposte stats --rejected" lists all)
#! riposte: posts.jsonl:3: not JSON: it ends where a value should be, at byte 6 (kept; "riposte stats --rejected" lists all)
#! riposte: posts.jsonl:4: not JSON: it ends where a value should be, at byte 6 (kept; "riposte stats --rejected" lists all)
#! riposte: posts.jsonl:5: not JSON: it ends where a value should be, at byte 6 (kept; "riposte stats --rejected" lists all)
#! riposte: posts.jsonl:6: not JSON: it ends where a value should be, at byte 6 (kept; "riposte stats --rejected" lists all)
#! riposte: 1 capture: 8 records, 1 new, 7 rejected (kept; see "riposte stats --rejected")
