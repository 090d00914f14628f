#!/bin/sh
# An X archive of 100 MB, zipped: taking it in, beside unpacking it and reading its JSON.
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
for tool in unzip jq; do
	have $tool || { echo "no $tool here"; exit 77; }
done
"$TOOLS/make-archive" export export.zip 100 || exit 99
measure_import export.db export.zip || exit 1
ours=$cpu ours_wall=$wall
printf '%-24s %6s ms CPU %6s ms wall %5d MB\n' "riposte import" "$cpu" "$wall" $((kb >> 10))
measure 3 sh -c "$unzip_jq" || exit 1
printf '%-24s %6s ms CPU %6s ms wall\n' "unzip -p | jq -c ." "$cpu" "$wall"
printf '%-24s %6s        %6s\n' "times as fast" "$(over "$cpu" "$ours")" "$(over "$wall" "$ours_wall")"
