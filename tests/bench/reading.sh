#!/bin/sh
# Whole-process time of `show` against an empty process, and of `thread` on 1,000 posts out of
# a million.
#
#	reading.sh [POSTS]
set -u
posts=${1:-1000000}
. "$(dirname "$0")/common.sh"

"$TOOLS/generate" "$posts" 1000 | "$RIPOSTE" import -q -A a.db - || exit 1
key=x:1741610183685046272

# shellcheck disable=SC2046
set -- $("$TOOLS/measure" 50 true)
empty=$1
# shellcheck disable=SC2046
set -- $("$TOOLS/measure" 50 "$RIPOSTE" show -A a.db $key --json)
echo "$empty $1 $3" | awk '{ printf "show, one post:              %6.2f ms, %.1f times an empty process (%.2f ms), %.1f MB\n", $2, $2 / $1, $1, $3 / 1024 }'
# shellcheck disable=SC2046
set -- $("$TOOLS/measure" 20 "$RIPOSTE" thread -A a.db $key --json)
echo "$posts $1 $3" | awk '{ printf "thread of 1,000 of %d posts: %6.2f ms, %.1f MB\n", $1, $2, $3 / 1024 }'
# shellcheck disable=SC2046
set -- $("$TOOLS/measure" 5 "$RIPOSTE" search -A a.db -n 50 wab12870)
echo "$1 $3" | awk '{ printf "search, newest 50 of a word: %6.2f ms, %.1f MB\n", $1, $2 / 1024 }'
