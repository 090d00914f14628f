# 100,000 brackets deep: refused at the limit, nothing overflows, and the line behind is read.
ulimit -s 256 2>/dev/null
{
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; print "" }'
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"a\":"; print "" }'
	printf '{"id":"1","text":"fine","author_id":"9"}\n'
} >deep.jsonl
riposte import --as x deep.jsonl
echo "exit $?"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }' >unclosed.json
riposte import unclosed.json
riposte stats --rejected
#> exit 3
#> deep.jsonl:1: not JSON: nested too deep, at byte 512 (100000 bytes at 0 of capture 4aef50407607)
#> deep.jsonl:2: not JSON: nested too deep, at byte 2560 (500000 bytes at 100001 of capture 4aef50407607)
#> unclosed.json:1: not JSON: nested too deep, at byte 512 (99999 bytes at 1 of capture 13f86ea1e7ed)
#! riposte: made a new archive, archive.db
#! riposte: deep.jsonl:1: not JSON: nested too deep, at byte 512 (kept; "riposte stats --rejected" lists all)
#! riposte: deep.jsonl:2: not JSON: nested too deep, at byte 2560 (kept; "riposte stats --rejected" lists all)
#! riposte: 1 capture: 3 records, 1 new, 2 rejected (kept; see "riposte stats --rejected")
#! riposte: unclosed.json:1: not JSON: nested too deep, at byte 512 (kept; see "riposte stats --rejected")
