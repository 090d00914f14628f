#!/bin/sh
# I02, I03: a chain and a star of N answers, and a circle of them: every view ends, in bounded memory.
#
#	deep.sh N
# shellcheck source=/dev/null disable=SC2154
set -u
posts=${1:-100000}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"

# The first id of what tests/support/generate makes.
root=x:$("$TOOLS/generate" 1 1 | sed 's/{"id":"\([0-9]*\)".*/\1/')

check() {
	shape=$1
	within 120 256 "$shape: import" "$RIPOSTE" import -q -A "$shape.db" "$shape.jsonl"
	last=x:$(tail -n 1 "$shape.jsonl" | sed 's/{"id":"\([0-9]*\)".*/\1/')
	for ref in "$root" "$last"; do
		within 30 256 "$shape: thread $ref" "$RIPOSTE" thread -A "$shape.db" "$ref"
		within 30 256 "$shape: thread $ref --json" "$RIPOSTE" thread -A "$shape.db" "$ref" --json
		within 30 256 "$shape: show $ref" "$RIPOSTE" show -A "$shape.db" "$ref"
	done
	within 30 256 "$shape: timeline" "$RIPOSTE" timeline -A "$shape.db"
	within 30 256 "$shape: canonical export" "$RIPOSTE" export -A "$shape.db" -f jsonl --canonical
	within 30 256 "$shape: search" "$RIPOSTE" search -A "$shape.db" post
	within 30 256 "$shape: first page" "$RIPOSTE" timeline -A "$shape.db" --limit 20
	[ "$("$RIPOSTE" export -A "$shape.db" -f ids | wc -l)" = "$posts" ] || fail "$shape: posts are missing"
	"$RIPOSTE" thread -A "$shape.db" "$root" --json | grep -o '{"key":"x:[0-9]*"' | sort >nodes
	[ "$(uniq -d nodes | wc -l)" = 0 ] || fail "$shape: a post is there twice"
	[ "$(wc -l <nodes)" = "$posts" ] || grep -q . nodes || fail "$shape: no thread"
	echo "$shape: $(wc -l <nodes) of $posts posts in the thread"
	[ "$(wc -l <nodes)" = "$posts" ] ||
		"$RIPOSTE" thread -A "$shape.db" "$root" --json | grep -q '"code":"limit"' ||
		fail "$shape: posts are missing from the thread and nobody says so"
	rm -f "$shape.db" "$shape.db-wal" "$shape.db-shm" "$shape.jsonl"
}

"$TOOLS/generate" "$posts" "$posts" chain >chain.jsonl
check chain
"$TOOLS/generate" "$posts" "$posts" star >star.jsonl
check star

# The first answers the last: a circle.
"$TOOLS/generate" "$posts" "$posts" chain >chain.jsonl
last=$(tail -n 1 chain.jsonl | sed 's/{"id":"\([0-9]*\)".*/\1/')
sed "1s/}\$/,\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"$last\"}]}/" chain.jsonl >circle.jsonl
rm chain.jsonl
check circle
