#!/bin/sh
# Collecting: 1,000 feeds that have nothing new, beside newsboat and sfeed; a run for which
# nothing is due; and the memory of each, and of long answers.
#
# Fails when polling takes more than half of the time or processor time of the better of them,
# or a run with nothing to do more than 5 ms of processor time: where nobody else is at work it
# takes no longer than that.
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/polling.sh"
trap 'stop_feeds; rm -rf "$scratch"' EXIT
status=0

say() {
	printf "%-34s %9s ms CPU %9s ms wall %6d kB\n" "$@"
}

# $1: what, $2: measured, $3: the most there may be
at_most() {
	awk -v a="$2" -v b="$3" 'BEGIN { exit a > b }' && return
	echo "TOO MUCH: $1: $2 of $3"
	status=1
}

# $1: bytes.  A list of posts as Bluesky's server gives it.
posts_of() {
	awk -v most="$1" 'BEGIN {
		did = "did:plc:aaaabbbbccccddddeeeeffff"
		words = "What is said here is as long as it is for no reason but to be long. "
		words = words words words words
		printf "{\"feed\":["
		for (i = 0; n < most; i++) {
			post = sprintf("%s{\"post\":{\"uri\":\"at://%s/app.bsky.feed.post/3m%011d\"," \
				"\"cid\":\"c\",\"author\":{\"did\":\"%s\",\"handle\":\"ana.example\"}," \
				"\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\"%s\"," \
				"\"createdAt\":\"2026-01-21T10:00:00.000Z\"}," \
				"\"indexedAt\":\"2026-01-21T10:00:01.000Z\"}}\n", i ? "," : "", did, i, did, words)
			printf "%s", post
			n += length(post)
		}
		print "]}"
	}'
}

# $1: what, $2: bytes, $3: exit status.  Nothing longer than 16 MB is read into posts.
long_answer() {
	posts_of "$2" >world/pages/long/xrpc/app.bsky.feed.getAuthorFeed
	rm -f long.db*
	# shellcheck disable=SC2016
	measure 1 sh -c '"$@" 2>/dev/null; [ $? = "$0" ]' "$3" \
		"$RIPOSTE" collect --config long.conf -A long.db || exit 1
	say "$1" "$cpu" "$wall" "$kb"
}

mkdir -p world/pages/long/xrpc
posts_of 0 >world/pages/long/xrpc/app.bsky.feed.getAuthorFeed
start_feeds && compare_polling || exit 1
for name in $names; do
	eval "say \"1,000 feeds, \$name\" \$cpu_$name \$wall_$name \$kb_$name"
done
if [ -n "$their_cpu" ]; then
	printf '%-34s %9s        %9s\n' "ours, of the better of theirs" \
		"$(over "$cpu_ours" "$their_cpu")" "$(over "$wall_ours" "$their_wall")"
	at_most "CPU of theirs" "$(over "$cpu_ours" "$their_cpu")" 0.5
	at_most "wall of theirs" "$(over "$wall_ours" "$their_wall")" 0.5
else
	echo "no newsboat and no sfeed here"
fi

for n in 1 10 100 1000; do
	our_config $n
	"$RIPOSTE" collect -q --config $n.conf -A $n.db || exit 1
done
sleep 4 # or somebody may still be at work
measure 40 true
say "an empty process" "$cpu" "$wall" "$kb"
for n in 1 10 100 1000; do
	measure 40 "$RIPOSTE" collect --config $n.conf -A $n.db || exit 1
	say "nothing due, sources: $n" "$cpu" "$wall" "$kb"
	at_most "CPU, nothing due, sources: $n" "$cpu" 5
done

printf '[http]\nallow_private = yes\n[source long]\ncollector = bsky\nbase = %s/pages/long
account = did:plc:aaaabbbbccccddddeeeeffff\n' "$(cat feeds-at)" >long.conf
long_answer "an answer of 16 MB, 27,800 posts" 16000000 0
long_answer "an answer of 32 MB, too long" 31900000 75
exit $status
