#!/bin/sh
# The same posts in other bytes are the same posts; the same file adds nothing.
set -u
. "$(dirname "$0")/common.sh"
big=$real/tweets-threads/germanwings-crash.tweets.jsonl
small=$real/tweets-threads/rumoureval2017-dev.tweets.jsonl

"$RIPOSTE" import -A a.db --json "$big" >first 2>/dev/null || fail "import"
expect_number first new 4489 "the first import"
expect_number first rejected 0 "the first import"
"$RIPOSTE" import -A a.db --json "$small" >second || fail "import of the part"
expect_number second new 0 "equal JSON in other bytes"
expect_number second same 281 "equal JSON in other bytes"
expect_number second versions 0 "equal JSON in other bytes"

before=$(wc -c <a.db)
"$RIPOSTE" import -A a.db --json "$big" >third || fail "import of the same file"
expect_number third new 0 "the same file"
expect_number third same 4489 "the same file"
after=$(wc -c <a.db)
[ $((after - before)) -lt $((before / 100)) ] || fail "the same file: $((after - before)) bytes more"
"$RIPOSTE" import -A a.db --json - <"$big" >fourth || fail "the same bytes from standard input"
expect_number fourth new 0 "from standard input"
