#!/bin/sh
# posts/s and peak memory of `import` beside `sqlite-utils insert` on the same file.
#
#	import.sh [REAL-DATA]
set -u
. "$(dirname "$0")/common.sh"
real=${1:-}/tweets-threads/germanwings-crash.tweets.jsonl

compare() {
	file=$1
	posts=$(wc -l <"$file")
	rm -f a.db s.db
	# shellcheck disable=SC2046
	set -- $("$TOOLS/measure" 1 "$RIPOSTE" import -q -A a.db "$file")
	echo "$2" | awk -v posts="$posts" -v wall="$1" -v cpu="$2" -v rss="$3" -v what="$label" \
		'{ printf "%-34s riposte       %9.0f posts/s  %6.1f us CPU a post  %6.1f MB\n", what, posts / wall * 1e3, cpu * 1e3 / posts, rss / 1024 }'
	ours=$1
	ours_cpu=$2
	command -v sqlite-utils >/dev/null || { echo "  (sqlite-utils is not installed: no peer)"; return; }
	# shellcheck disable=SC2046
	set -- $("$TOOLS/measure" 1 sqlite-utils insert s.db posts "$file" --nl --alter)
	awk -v posts="$posts" -v wall="$1" -v cpu="$2" -v rss="$3" -v ours="$ours" -v ours_cpu="$ours_cpu" \
		'BEGIN { printf "%-34s sqlite-utils  %9.0f posts/s  %6.1f us CPU a post  %6.1f MB: %.1f times slower (CPU %.1f)\n", "", posts / wall * 1e3, cpu * 1e3 / posts, rss / 1024, wall / ours, cpu / ours_cpu }'
}

if [ -e "$real" ]; then
	label="real v1.1 posts, full users"
	compare "$real"
	# Ten times the posts, under other ids, so that start-up costs do not hide the work.
	i=0
	while [ $i -lt 10 ]; do
		sed "s/\"\([0-9]\{14\}\)\([0-9]\{4\}\)\"/\"\1$i\2\"/g" "$real"
		i=$((i + 1))
	done >ten.jsonl
	label="the same ten times, other ids"
	compare "$PWD/ten.jsonl"
fi
"$TOOLS/generate" 100000 20 >made.jsonl
label="made-up v2 posts"
compare "$PWD/made.jsonl"
