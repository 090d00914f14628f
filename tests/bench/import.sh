#!/bin/sh
# posts/s and peak memory of `import`, all indexes and the full text included, beside the
# least that has to be done with the same file (F, see floor.c), and beside
# `sqlite-utils insert`.
#
#	import.sh [REAL-DATA]
set -u
. "$(dirname "$0")/common.sh"
v1=${1:-}/tweets-threads/germanwings-crash.tweets.jsonl
v2=${1:-}/tweets-v2

# The same posts COPIES times, under other ids, so that start-up costs do not hide the work.
# $1: their file, $2: copies, at most 90
enlarge() {
	i=10
	while [ $i -lt $((10 + $2)) ]; do
		sed -E "s/\"([0-9]{14,15})([0-9]{4})\"/\"\1$i\2\"/g" "$1"
		i=$((i + 1))
	done
}

compare() {
	file=$1
	posts=$(wc -l <"$file")
	rm -f a.db s.db
	# shellcheck disable=SC2046
	set -- $("$TOOLS/measure" 1 "$RIPOSTE" import -q -A a.db "$file")
	awk -v posts="$posts" -v wall="$1" -v cpu="$2" -v rss="$3" -v what="$label" \
		'BEGIN { printf "%-34s riposte       %9.0f posts/s  %6.1f us CPU a post  %6.1f MB\n", what, posts / wall * 1e3, cpu * 1e3 / posts, rss / 1024 }'
	ours=$1
	ours_cpu=$2
	# shellcheck disable=SC2046
	set -- $("$FLOOR" "$file")
	awk -v posts="$posts" -v cpu="$1" -v ours_cpu="$ours_cpu" \
		'BEGIN { printf "%-34s the floor F                      %6.1f us CPU a post: riposte takes %.2f times that\n", "", cpu * 1e3 / posts, ours_cpu / cpu }'
	command -v sqlite-utils >/dev/null || { echo "  (sqlite-utils is not installed: no peer)"; return; }
	# shellcheck disable=SC2046
	set -- $("$TOOLS/measure" 1 sqlite-utils insert s.db posts "$file" --nl --alter)
	awk -v posts="$posts" -v wall="$1" -v cpu="$2" -v rss="$3" -v ours="$ours" -v ours_cpu="$ours_cpu" \
		'BEGIN { printf "%-34s sqlite-utils  %9.0f posts/s  %6.1f us CPU a post  %6.1f MB: %.1f times slower (CPU %.1f)\n", "", posts / wall * 1e3, cpu * 1e3 / posts, rss / 1024, wall / ours, cpu / ours_cpu }'
}

if [ -e "$v1" ]; then
	label="real v1.1 posts, full users"
	compare "$v1"
	enlarge "$v1" 10 >v1.jsonl
	label="the same ten times, other ids"
	compare "$PWD/v1.jsonl"
fi
if [ -d "$v2" ] && command -v jq >/dev/null; then
	jq -c '.data[]' "$v2/2sets.jsonl" "$v2/noflat.jsonl" >flat.jsonl
	enlarge flat.jsonl 60 >v2.jsonl
	label="real v2 posts, 60 times, other ids"
	compare "$PWD/v2.jsonl"
fi
"$TOOLS/generate" 100000 20 >made.jsonl
label="made-up v2 posts"
compare "$PWD/made.jsonl"
