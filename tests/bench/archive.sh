#!/bin/sh
# An X archive of 100 MB, zipped: taking it in, beside unpacking it and reading its JSON.
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
for tool in unzip jq; do
	have $tool || { echo "no $tool here"; exit 77; }
done
compare_archive || exit 1
printf '%-24s %8s ms CPU %8s ms wall %5d MB\n' "riposte import" "$our_cpu" "$our_wall" $((our_kb >> 10))
printf '%-24s %8s ms CPU %8s ms wall\n' "unzip -p | jq -c ." "$their_cpu" "$their_wall"
printf '%-24s %8s        %8s\n' "times as fast" "$(over "$their_cpu" "$our_cpu")" "$(over "$their_wall" "$our_wall")"
