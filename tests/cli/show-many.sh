# Of many answers `show` names the first ten, with -v and in JSON all; an answer to itself is a circle.
post() { # ID ANSWERED TEXT
	printf '{"id":"%s","author_id":"7","created_at":"2025-01-22T10:00:00.000Z","text":"%s"' "$1" "$3"
	printf ',"referenced_tweets":[{"type":"replied_to","id":"%s"}]}\n' "$2"
}
post 1000 1000 "I answer myself" >posts.jsonl
for n in 01 02 03 04 05 06 07 08 09 10 11 12; do post "20$n" 3000 "answer $n"; done >>posts.jsonl
riposte import -q posts.jsonl
riposte show x:1000 | grep circle
riposte show x:3000
riposte show x:3000 -v | grep -c "answered by"
riposte show x:3000 --json | tr '{' '\n' | grep -c '"child":'
#>   > answers x:1000, in a circle
#>   > answered by x:1000, in a circle
#> x:3000
#> kind      not in the archive, only referred to
#> author    unknown
#> time      time unknown
#>
#> edges
#>   > answered by x:2001
#>   > answered by x:2002
#>   > answered by x:2003
#>   > answered by x:2004
#>   > answered by x:2005
#>   > answered by x:2006
#>   > answered by x:2007
#>   > answered by x:2008
#>   > answered by x:2009
#>   > answered by x:2010
#>     and 2 more (-v shows all)
#> 12
#> 12
