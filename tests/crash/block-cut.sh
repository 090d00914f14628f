#!/bin/sh
# P07: a disk whose power is cut under a real ext4: what an import said is done is in the archive.
#
#	block-cut.sh CUTS [SEED]
#
# The file of a loop device is copied while imports run in the file system on it, stopped for the
# moment: what has not reached the device is missing in the copy.
# shellcheck disable=SC2154
set -u
cuts=${1:-50}
seed=${2:-${CRASH_SEED:-1}}
. "$(dirname "$0")/common.sh"
need mkfs.ext4 mount umount setsid
importing=
trap clean_up EXIT

clean_up() {
	[ -z "$importing" ] || kill -9 -- "-$importing" 2>/dev/null
	wait
	for place in disk copy; do
		mountpoint -q $place && umount $place
	done
	rm -rf "$scratch"
}

"$TOOLS/generate" 2000 30 >all.jsonl
split -l 10 -a 3 all.jsonl page.
mkdir disk copy
truncate -s 24M disk.img
mkfs.ext4 -q -m 0 disk.img 2>err || fail "no ext4: $(cat err)"
mount -o loop disk.img disk 2>err || { echo "no loop device can be mounted here: skipped"; exit 77; }

# One import a page; the names of those that are done.
cat >imports <<'END'
for page in page.*; do
	"$RIPOSTE" import -q -A disk/archive.db "$page" 2>"err.$page" || exit 1
	echo "$page" >>promises
done
END

promised=0
cut=0
times=$(awk -v n="$cuts" -v seed="$seed" 'BEGIN { srand(seed); for (i = 0; i < n; i++) printf "%.3f ", 0.01 + rand() * 0.3 }')
for seconds in $times; do
	if ! kill -0 "$importing" 2>/dev/null; then
		[ -z "$importing" ] || wait "$importing" || fail "an import: $(cat err.*)"
		rm -rf disk/archive.db*
		: >promises
		setsid sh imports &
		importing=$!
	fi
	sleep "$seconds"
	kill -STOP -- "-$importing" 2>/dev/null
	cp promises promised
	cp disk.img copy.img
	kill -CONT -- "-$importing" 2>/dev/null
	mount -o loop copy.img copy || fail "cut $cut: the file system cannot be mounted"
	posts=0
	if [ -s copy/archive.db ]; then
		"$RIPOSTE" verify -q --data -A copy/archive.db || fail "cut $cut: damaged"
		posts=$("$RIPOSTE" export -A copy/archive.db -f jsonl --canonical | grep -vc '"kind":"ghost"')
	fi
	pages=$(grep -c page promised)
	umount copy
	[ "$posts" -ge $((pages * 10)) ] || fail "cut $cut: $pages imports of 10 posts were done, and $posts posts are there"
	promised=$((promised + pages * 10))
	cut=$((cut + 1))
done
figures "$cut cuts below ext4, $promised promises of posts looked up, 0 lost, seed $seed"
[ "$promised" -gt 0 ] || fail "nothing was promised before a cut"
