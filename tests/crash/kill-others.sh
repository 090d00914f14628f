#!/bin/sh
# K02, K03, K04, K05, D02, D03: SIGKILL before the N-th system call of an import into an archive that
# holds something, an export, a rebuild and the migration of an old archive; a full disk below them.
#
#	kill-others.sh STEP
# shellcheck source=/dev/null disable=SC2086,SC2154
set -u
step=${1:-1}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf "$scratch"' EXIT
need strace gzip zstd
make_input
make_reference

kills=0

# each WHAT BEFORE CHECK COMMAND...: kills the command at its calls, each time on a copy of the
# archive BEFORE, and calls CHECK.
each() {
	what=$1
	before=$2
	check=$3
	shift 3
	renew
	kill_points "$step" "$@" >points
	while read -r call n; do
		renew
		killed_at "$call" "$n" "$@"
		[ $status != 0 ] || continue
		where="$what killed before $call $n"
		$check
		kills=$((kills + 1))
	done <points
}

renew() {
	rm -rf archive.db archive.db-* place
	mkdir place
	cp "$before" archive.db
}

check_export() {
	[ ! -e place/posts.jsonl ] || cmp -s place/posts.jsonl reference.jsonl || fail "$where: there, but not whole"
	! find place -type f ! -name posts.jsonl ! -name '.riposte-*' | grep . || fail "$where: a file nobody knows"
	canonical archive.db | cmp -s - reference.jsonl || fail "$where: other posts"
}
each export reference.db check_export "$RIPOSTE" export -A archive.db -f jsonl --canonical -o place/posts.jsonl

check_rebuild() {
	"$RIPOSTE" verify -q --data -A archive.db || fail "$where: damaged"
	canonical archive.db | cmp -s - reference.jsonl || fail "$where: other posts"
}
each rebuild reference.db check_rebuild "$RIPOSTE" rebuild -q -A archive.db

# What is held comes again, with other counters and words.
sed 's/"like_count": [0-9]*/"like_count": 4711/; s/good authority/the best authority/' musk.json >again.json
mkdir input
mv davos.txt davos.txt.riposte.ini input
more="again.json musk.json input/davos.txt"
cp reference.db more.db
"$RIPOSTE" import -q -A more.db $more || fail "an import into an archive"
canonical more.db >more.jsonl
check_import() {
	"$RIPOSTE" verify -q -A archive.db || fail "$where: damaged"
	"$RIPOSTE" import -q -A archive.db $more || fail "$where: the next one"
	canonical archive.db | cmp -s - more.jsonl || fail "$where: other posts"
	"$RIPOSTE" verify -q --data -A archive.db || fail "$where: damaged afterwards"
}
each import reference.db check_import "$RIPOSTE" import -q -A archive.db $more

# An archive of the first format is opened for writing, and rebuilt: it stays what it was, or
# becomes today's.
zstd -dq "$DATA/../golden/format-1.db.zst" -o old.db
canonical old.db >old.jsonl || fail "the old archive cannot be read"
cp old.db new.db
"$RIPOSTE" rebuild -q -A new.db || fail "the old archive cannot be migrated"
canonical new.db >new.jsonl
check_migration() {
	"$RIPOSTE" verify -q -A archive.db || fail "$where: damaged"
	canonical archive.db >seen || fail "$where: cannot be read"
	cmp -s seen old.jsonl || cmp -s seen new.jsonl || fail "$where: other posts"
	"$RIPOSTE" rebuild -q -A archive.db || fail "$where: cannot go on"
	[ "$(od -An -tu1 -j63 -N1 archive.db)" -gt 1 ] || fail "$where: never done"
	"$RIPOSTE" verify -q --data -A archive.db || fail "$where: damaged afterwards"
	canonical archive.db | cmp -s - new.jsonl || fail "$where: other posts afterwards"
}
each migration old.db check_migration "$RIPOSTE" rebuild -q -A archive.db

figures "$kills kill points: exports whole or not there, archives as they were or as they should be"
[ $kills -gt 3 ] || fail "too few to mean anything"

mkdir disk
if mount -t tmpfs -o size=64k none disk 2>/dev/null; then
	mounted=$scratch/disk
	"$RIPOSTE" export -A reference.db -f jsonl -o disk/posts.jsonl >out 2>err
	status=$?
	[ $status = 74 ] || fail "an export onto a full disk: status $status: $(cat err)"
	[ "$(wc -l <err)" = 1 ] || fail "an export onto a full disk: $(cat err)"
	[ -z "$(ls -A disk)" ] || fail "an export onto a full disk leaves $(ls -A disk)"
	mount -o remount,size=64m disk
	cp reference.db disk/archive.db
	mount -o remount,size=$(($(wc -c <reference.db) / 1024 + 300))k disk
	"$RIPOSTE" rebuild -q -A disk/archive.db >out 2>err
	status=$?
	[ $status = 0 ] || [ $status = 74 ] || fail "a rebuild on a full disk: status $status: $(cat err)"
	mount -o remount,size=64m disk
	canonical disk/archive.db | cmp -s - reference.jsonl || fail "a rebuild on a full disk: other posts"
	"$RIPOSTE" verify -q --data -A disk/archive.db || fail "a rebuild on a full disk: damaged"
	umount disk
	mounted=
	if mount -t tmpfs -o size=8m,nr_inodes=2 none disk 2>/dev/null; then
		mounted=$scratch/disk
		"$RIPOSTE" import -q -A disk/archive.db musk.json >out 2>err
		status=$?
		[ $status = 74 ] || fail "a disk without inodes: status $status: $(cat err)"
		[ "$(wc -l <err)" = 1 ] || fail "a disk without inodes: $(cat err)"
		umount disk
		mounted=
	fi
	echo "full disks: told, and nothing left half"
fi
