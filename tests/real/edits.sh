#!/bin/sh
# A post edited twice, seen before and after, is one post with its versions, in any order;
# a broken stream keeps what is whole; an error entry is the state it means.
set -u
. "$(dirname "$0")/common.sh"
v2=$real/tweets-v2

for order in "edited_before edited edited_after" "edited_after edited_before edited" \
	"edited edited_after edited_before"; do
	rm -f a.db
	for name in $order; do
		"$RIPOSTE" import -q -A a.db "$v2/$name.jsonl" || fail "import of $name"
	done
	"$RIPOSTE" export -A a.db -f jsonl --canonical >now.jsonl || fail "export"
	[ -e edits.jsonl ] || cp now.jsonl edits.jsonl
	cmp -s edits.jsonl now.jsonl || fail "another archive when the order is $order"
done
[ "$(grep -c '"kind":"post"' edits.jsonl)" = 1 ] || fail "not one post"
"$RIPOSTE" show -A a.db x:1576994789110992896 --json >later || fail "the later id is no alias"
grep -q '"key":"x:1576994746135764992"' later || fail "the first id is not the key"
grep -q '"versions":2' later || fail "not two wordings"

"$RIPOSTE" import -A b.db --json "$v2/streaming_output_with_error.jsonl" >stream 2>/dev/null
[ $? = 3 ] || fail "a broken stream must end with status 3"
expect_number stream rejected 1 "the broken stream"

for f in "$v2"/*.jsonl; do "$RIPOSTE" import -q -A c.db "$f" 2>/dev/null; done
"$RIPOSTE" export -A c.db -f jsonl --canonical | grep -c '"state":"deleted"' >deleted
[ "$(cat deleted)" = 0 ] || fail "an absence was taken for a deletion"
