#!/bin/sh
# J02, J05, J03: twice as many keys, brackets or bad lines take no more than three times as long.
#
#	linear.sh N
# shellcheck source=/dev/null disable=SC2154
set -u
size=${1:-500000}
CRASH_DIR=${CRASH_DIR:-${TMPDIR:-/tmp}}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"

# KIND N
make() {
	awk -v kind="$1" -v n="$2" 'BEGIN {
		print "{\"id\":\"100\",\"text\":\"the first line\",\"author_id\":\"9\"}"
		if (kind == "keys" || kind == "duplicate-keys") {
			printf "{\"id\":\"101\",\"text\":\"words\",\"author_id\":\"9\""
			for (i = 0; i < n; i++)
				printf ",\"%s\":1", kind == "keys" ? "k" i : "key"
			print "}"
		} else if (kind == "last-of-many") {
			printf "{\"id\":\"101\",\"author_id\":\"9\""
			for (i = 0; i < n; i++)
				printf ",\"text\":\"%d\"", i
			print "}"
		} else if (kind == "brackets") {
			for (i = 0; i < n; i++)
				printf "["
			print "\n{\"id\":\"101\",\"text\":\"words\",\"author_id\":\"9\"}"
		} else if (kind == "bad-lines") {
			for (i = 0; i < n / 10; i++)
				printf "{\"id\":\"%d\",\"text\":\n", i
			print "\n{\"id\":\"101\",\"text\":\"words\",\"author_id\":\"9\"}"
		} else if (kind == "escapes") {
			printf "{\"id\":\"101\",\"author_id\":\"9\",\"text\":\""
			for (i = 0; i < n; i++)
				printf "\\u0041"
			print "\"}"
		} else if (kind == "mentions") {
			printf "{\"id\":\"101\",\"author_id\":\"9\",\"text\":\""
			for (i = 0; i < n / 10; i++)
				printf "@u%d ", i
			printf "\",\"entities\":{\"mentions\":["
			for (i = 0; i < n / 10; i++)
				printf "%s{\"start\":%d,\"end\":%d,\"username\":\"u%d\",\"id\":\"%d\"}", i ? "," : "", i, i + 2, i, i
			print "]}}"
		} else if (kind == "marks") {
			printf "{\"id\":\"101\",\"author_id\":\"9\",\"text\":\"e"
			for (i = 0; i < n; i++)
				printf "\314\201"
			print "\"}"
		}
	}'
}

for kind in keys duplicate-keys last-of-many brackets bad-lines escapes mentions marks; do
	for n in "$size" $((2 * size)); do
		rm -f archive.db archive.db-*
		LC_ALL=C make $kind "$n" >posts.jsonl
		timeout 120 "$TOOLS/measure" 1 sh -c '"$0" import -q --as x -A archive.db posts.jsonl 2>err
			status=$?; [ $status = 0 ] || [ $status = 3 ]' "$RIPOSTE" >cost ||
			fail "$kind: $n: $(head -c 300 err 2>/dev/null)"
		read -r _ cpu_ms rss_kb <cost
		timeout 60 "$RIPOSTE" timeline -A archive.db >out || fail "$kind: $n: timeline"
		[ -n "$sanitized" ] || [ $((rss_kb / 1024)) -lt 256 ] || fail "$kind: $n: $((rss_kb / 1024)) MB"
		echo "$kind: $n: $cpu_ms ms, $((rss_kb / 1024)) MB"
		[ "$n" != "$size" ] || once=$cpu_ms
	done
	# Below 20 ms it is the start of the program that is measured.
	awk -v a="$once" -v b="$cpu_ms" 'BEGIN { exit !(b < 3 * (a > 20 ? a : 20)) }' ||
		fail "$kind: $once ms for $size, $cpu_ms for twice as many"
done
