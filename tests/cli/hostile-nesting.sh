# 100,000 brackets deep: refused at the limit, nothing overflows.
ulimit -s 256 2>/dev/null
{
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; print "" }'
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"a\":"; print "" }'
	printf '{"id":"1","text":"fine","author_id":"9"}\n'
} >deep.jsonl
riposte import --as x deep.jsonl
echo "exit $?"
riposte stats --rejected
#> exit 65
#> deep.jsonl:1: the input ends in the middle of this record (600041 bytes at 1 of capture 4aef50407607)
#! riposte: made a new archive, archive.db
#! riposte: deep.jsonl: no record could be read (kept; see "riposte stats --rejected")
