# Below a thread and an exchange stands how well those in it were followed, and where not.
line() { riposte $1 -q --utc elonmusk sama | grep -A3 "^coverage"; }
riposte import -q "$DATA"/stargate/x/*.json "$DATA/stargate/davos.txt"
sama=$(riposte person show sama --json | grep -o 'x:@[0-9]*')
line exchange
make-coverage archive.db others x x:@1 2025-01-20 2025-01-24
line exchange
make-coverage archive.db musk x x:@elonmusk? 2024-01-20 2024-01-24
line exchange
make-coverage archive.db musk x x:@elonmusk? 2025-01-20 2025-01-24
make-coverage archive.db sama x "$sama" 2025-01-20 2025-01-22T10:00Z
line exchange
make-coverage archive.db sama x "$sama" 2025-01-22T10:00Z 2025-01-22T12:00Z "seven-day limit"
make-coverage archive.db sama x "$sama" 2025-01-22T12:00Z 2025-02-01
line exchange
riposte thread --utc x:1881923570458304780 | tail -n 2
riposte exchange --json elonmusk sama | grep -o '"coverage":.*"turns"'
riposte exchange --json elonmusk sama | schema-check "$DATA/../../docs/schema" exchange.json && echo "as the schema says"
riposte exchange --json elonmusk sama | grep -o '{"code":"gap"[^}]*}'
riposte exchange --json elonmusk sama | grep -o '"complete":[a-z]*'
echo "another source saw what this one missed:"
make-coverage archive.db more x "$sama" 2025-01-22T09:00Z 2025-01-22T13:00Z
line exchange
riposte exchange --json elonmusk sama | grep -c '{"code":"gap"'
echo "the whole conversation was followed:"
make-coverage archive.db talk x conversation:x:1881830103858172059 ever 2026-01-01
line exchange
COLUMNS=40 riposte exchange --utc elonmusk sama | grep -A5 '^coverage'
#> coverage: imported files; no source follows these accounts
#> coverage: imported files; no source follows these accounts
#> coverage: no source followed these accounts at that time
#> coverage: @elonmusk whole; @sama in part; @OpenAI not followed
#> coverage: @elonmusk whole; @OpenAI not followed; gap: @sama
#>   2025-01-22T10:00Z-2025-01-22T12:00Z (seven-day limit)
#> coverage: @elonmusk whole; @OpenAI not followed; gap: @sama
#>   2025-01-22T10:00Z-2025-01-22T12:00Z (seven-day limit)
#> "coverage":[{"source":"musk","subject":"x:@elonmusk?","from":"2025-01-20T00:00:00.000000Z","until":"2025-01-24T00:00:00.000000Z","gap":false,"why":null},{"source":"sama","subject":"x:@1605","from":"2025-01-20T00:00:00.000000Z","until":"2025-01-22T10:00:00.000000Z","gap":false,"why":null},{"source":"sama","subject":"x:@1605","from":"2025-01-22T10:00:00.000000Z","until":"2025-01-22T12:00:00.000000Z","gap":true,"why":"seven-day limit"},{"source":"sama","subject":"x:@1605","from":"2025-01-22T12:00:00.000000Z","until":"2025-02-01T00:00:00.000000Z","gap":false,"why":null}],"turns"
#> as the schema says
#> {"code":"gap","key":null,"text":"@sama was not seen from 2025-01-22T10:00:00Z until 2025-01-22T12:00:00Z: seven-day limit"}
#> "complete":false
#> another source saw what this one missed:
#> coverage: @elonmusk and @sama whole; @OpenAI not followed
#> 0
#> the whole conversation was followed:
#> coverage: @elonmusk, the conversation and @sama whole; @OpenAI not followed
#> coverage: @elonmusk, the conversation
#>   and @sama whole; @OpenAI not followed
