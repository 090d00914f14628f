#!/bin/sh
# Collecting: 1,000 feeds that have nothing new, beside newsboat and sfeed; a run for which
# nothing is due; and memory.
#
# Fails when polling takes more than half of the time or processor time of the better of them,
# or a run with nothing to do more than 5 ms.
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
	at_most "nothing due, sources: $n" "$wall" 5
done

printf '[http]\nallow_private = yes\n[source long]\ncollector = feed\nurl = %s/feeds/long.xml\n' \
	"$(cat feeds-at)" >long.conf
measure 1 "$RIPOSTE" collect -q --config long.conf -A long.db || exit 1
say "an answer of 32 MB" "$cpu" "$wall" "$kb"
measure 1 "$RIPOSTE" collect -q --all --config long.conf -A long.db || exit 1
say "the same again" "$cpu" "$wall" "$kb"
exit $status
