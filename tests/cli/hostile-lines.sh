# One bad line among good ones: it is kept with its reason, the rest goes on.
{
	printf '\357\273\277{"id":"1","text":"a byte order mark in front","author_id":"9"}\r\n'
	printf '{"id":"2","text":"carriage return behind","author_id":"9"}\r\n'
	printf '\n'
	printf '{"id":"3","text":"broken\n'
	printf '{"id":"4","id":"5","text":"two ids","author_id":"9"}\n'
	printf '{"id":6.5,"text":"an id that is no whole number","author_id":"9"}\n'
	printf '{"id":"7","text":["not a text"],"author_id":"9"}\n'
	printf '{"id":"8","text":"zero \\u0000 inside","author_id":"9"}\n'
	printf '{"id":"9","text":"half a pair \\ud800 and \377 bytes","author_id":"9"}\n'
	printf '{"id":"10","text":"one","text":"the last of two wins","author_id":"9"}\n'
	printf '{"answer":42}\n'
	printf '{"id":"9223372036854775807","text":"the largest number","author_id":"9"}\n'
	printf '{"id":"not-a-number","text":"an id of letters","author_id":"9"}\n'
	printf '{"id":"007","text":"zeros in front","author_id":"9"}\n'
	printf '{"id":"7","text":"another one","author_id":"9"}\n'
	printf '{"id":"11","text":"cut off at the e'
} >posts.jsonl
riposte import posts.jsonl
echo "exit $?"
riposte stats --rejected
riposte timeline
riposte capture cat $(sha256sum <posts.jsonl | cut -c 1-64) | cmp - posts.jsonl && echo "every byte is there"
riposte verify --data -q && echo sound
#> exit 3
#> posts.jsonl:4: not JSON: a string without end, at byte 24 (24 bytes at 128 of capture f3887894729d)
#> posts.jsonl:5: an id, author or parent stands twice, and different (52 bytes at 153 of capture f3887894729d)
#> posts.jsonl:6: "id": the number 6.5 as an id (65 bytes at 206 of capture f3887894729d)
#> posts.jsonl:7: "text" is not a text (48 bytes at 272 of capture f3887894729d)
#> posts.jsonl:11: unknown shape: an object with answer (13 bytes at 514 of capture f3887894729d)
#> posts.jsonl:16: the input ends in the middle of this record (35 bytes at 766 of capture f3887894729d)
#> 10 Jul 2080, UTC
#>   ~17:30  x:@9                                             x:9223372036854775807
#>           the largest number
#>
#> time unknown
#>           x:@9                                                               x:1
#>           a byte order mark in front
#>           x:@9                                                               x:2
#>           carriage return behind
#>           x:@9                                                               x:7
#>           another one
#>           x:@9                                                               x:8
#>           zero \u{0} inside
#>           x:@9                                                               x:9
#>           half a pair � and � bytes
#>           some characters came damaged
#>           x:@9                                                              x:10
#>           the last of two wins
#>           x:@9                                                             x:007
#>           zeros in front
#>           x:@9                                                    x:not-a-number
#>           an id of letters
#> every byte is there
#> sound
#! riposte: made a new archive, archive.db
#! riposte: posts.jsonl:4: not JSON: a string without end, at byte 24 (kept; "riposte stats --rejected" lists all)
#! riposte: posts.jsonl:5: an id, author or parent stands twice, and different (kept; "riposte stats --rejected" lists all)
#! riposte: posts.jsonl:6: "id": the number 6.5 as an id (kept; "riposte stats --rejected" lists all)
#! riposte: posts.jsonl:7: "text" is not a text (kept; "riposte stats --rejected" lists all)
#! riposte: posts.jsonl:11: unknown shape: an object with answer (kept; "riposte stats --rejected" lists all)
#! riposte: 1 capture: 15 records, 9 new, 6 rejected (kept; see "riposte stats --rejected")
