# What a source missed is told with its reason, and with what to do about it.
riposte import -q "$DATA"/stargate/x/*.json
riposte gaps
echo "exit $?"
sama=$(riposte person show sama --json | grep -o 'x:@[0-9]*')
make-coverage archive.db musk x x:@44196397 2025-01-20 2025-01-24
riposte gaps
echo "exit $?"
make-coverage archive.db sama x "$sama" 2025-01-20 2025-01-22T10:00Z
make-coverage archive.db sama x "$sama" 2025-01-22T10:00Z 2025-01-22T12:00:30Z "seven-day limit"
make-coverage archive.db sama x "$sama" ever 2025-01-20 "more posts than X lists (3200)"
make-coverage archive.db news feed feed:https://n.example/rss 2025-01-21 2025-01-22 "$(printf 'an escape: \033[31m')"
riposte gaps
echo "exit $?"
riposte gaps -v sama
make-coverage archive.db sama x "$sama" 2025-01-23 2025-01-24
riposte gaps -v sama | grep covers
riposte gaps --json news
riposte gaps --json | schema-check "$DATA/../../docs/schema" gaps.json && echo "as the schema says"
riposte gaps musk
riposte gaps ana
riposte gaps -f ids
riposte gaps >before
riposte rebuild -q && riposte compact -q && riposte backup -q copy.db
riposte verify -q -A copy.db && riposte gaps -A copy.db | cmp - before && echo "a backup has them, rebuilt and packed"
riposte merge -q -A merged.db archive.db && riposte gaps -A merged.db
echo "exit $?, merged"
#> exit 1
#> exit 1
#> news  feed:https://n.example/rss  from 2025-01-21T00:00Z until 2025-01-22T00:00Z
#>   why   an escape: \u{1B}[31m
#>   next  import older copies of the feed, if anybody has them
#> sama  @sama  from the beginning until 2025-01-20T00:00Z
#>   why   more posts than X lists (3200)
#>   next  set "archive = yes" if the token may search all, or import an X archive
#> sama  @sama  from 2025-01-22T10:00Z until 2025-01-22T12:00:30Z
#>   why   seven-day limit
#>   next  set "archive = yes" if the token may search all, or import an X archive
#> exit 0
#> sama  @sama  from the beginning until 2025-01-20T00:00Z
#>   why   more posts than X lists (3200)
#>   next  set "archive = yes" if the token may search all, or import an X archive
#> sama  @sama  from 2025-01-22T10:00Z until 2025-01-22T12:00:30Z
#>   why   seven-day limit
#>   next  set "archive = yes" if the token may search all, or import an X archive
#> sama  covers from 2025-01-20T00:00Z until 2025-01-22T10:00Z
#> sama  covers from 2025-01-20T00:00Z until 2025-01-22T10:00Z
#> sama  covers from 2025-01-23T00:00Z until 2025-01-24T00:00Z
#> {"v":1,"gaps":[{"source":"news","subject":"feed:https://n.example/rss","label":"feed:https://n.example/rss","from":"2025-01-21T00:00:00.000000Z","until":"2025-01-22T00:00:00.000000Z","why":"an escape: \u001b[31m","next":"import older copies of the feed, if anybody has them"}],"stretches":1,"sources":1}
#> as the schema says
#> a backup has them, rebuilt and packed
#> exit 1, merged
#! riposte: the archive has no sources: all it holds was imported
#! riposte: no gaps in 1 stretch of 1 source
#! riposte: no gaps in 1 stretch of 1 source
#! riposte: the archive has nothing of a source "ana"
#! riposte: gaps are written as text or json (see "riposte gaps --help")
#! riposte: the archive has no sources: all it holds was imported
