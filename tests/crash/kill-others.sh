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

calls=pwrite64,write,fdatasync,fsync,ftruncate,openat,unlink,rename,renameat2,link,linkat,close,fcntl
kills=0
n=1
while :; do
	rm -rf place
	mkdir place
	strace -f -o /dev/null -e trace=$calls -e inject=$calls:signal=KILL:when=$n \
		"$RIPOSTE" export -A reference.db -f jsonl --canonical -o place/posts.jsonl >out 2>err
	status=$?
	if [ -e place/posts.jsonl ]; then
		cmp -s place/posts.jsonl reference.jsonl || fail "export killed at $n: there, but not whole"
	fi
	[ $status != 0 ] || break
	[ $status = 137 ] || fail "export killed at $n: status $status: $(cat err)"
	find place -type f ! -name posts.jsonl ! -name '.riposte-*' | grep . && fail "export killed at $n: a file nobody knows"
	kills=$((kills + 1))
	n=$((n + step))
done
n=1
while :; do
	rm -f archive.db archive.db-*
	cp reference.db archive.db
	strace -f -o /dev/null -e trace=$calls -e inject=$calls:signal=KILL:when=$n \
		"$RIPOSTE" rebuild -q -A archive.db >out 2>err
	status=$?
	"$RIPOSTE" verify -q --data -A archive.db || fail "rebuild killed at $n: damaged"
	canonical archive.db | cmp -s - reference.jsonl || fail "rebuild killed at $n: other posts"
	[ $status != 0 ] || break
	[ $status = 137 ] || fail "rebuild killed at $n: status $status: $(cat err)"
	kills=$((kills + 1))
	n=$((n + step))
done
# What is held comes again, with other counters and words.
sed 's/"like_count": [0-9]*/"like_count": 4711/; s/good authority/the best authority/' musk.json >again.json
mkdir input
mv davos.txt davos.txt.riposte.ini input
more="again.json musk.json input/davos.txt"
cp reference.db more.db
"$RIPOSTE" import -q -A more.db $more || fail "an import into an archive"
canonical more.db >more.jsonl
n=1
while :; do
	rm -f archive.db archive.db-*
	cp reference.db archive.db
	strace -f -o /dev/null -e trace=$calls -e inject=$calls:signal=KILL:when=$n \
		"$RIPOSTE" import -q -A archive.db $more >out 2>err
	status=$?
	[ $status != 0 ] || break
	[ $status = 137 ] || fail "an import killed at $n: status $status: $(cat err)"
	"$RIPOSTE" verify -q -A archive.db || fail "an import killed at $n: damaged"
	"$RIPOSTE" import -q -A archive.db $more || fail "an import killed at $n: the next one"
	canonical archive.db | cmp -s - more.jsonl || fail "an import killed at $n: other posts"
	"$RIPOSTE" verify -q --data -A archive.db || fail "an import killed at $n: damaged afterwards"
	kills=$((kills + 1))
	n=$((n + step))
done

# An archive of the first format is opened for writing, and rebuilt: it stays what it was, or
# becomes today's.
zstd -dq "$DATA/../golden/format-1.db.zst" -o old.db
canonical old.db >old.jsonl || fail "the old archive cannot be read"
cp old.db new.db
"$RIPOSTE" rebuild -q -A new.db || fail "the old archive cannot be migrated"
canonical new.db >new.jsonl
n=1
while :; do
	rm -f archive.db archive.db-*
	cp old.db archive.db
	strace -f -o /dev/null -e trace=$calls -e inject=$calls:signal=KILL:when=$n \
		"$RIPOSTE" rebuild -q -A archive.db >out 2>err
	status=$?
	[ $status != 0 ] || break
	[ $status = 137 ] || fail "migration killed at $n: status $status: $(cat err)"
	"$RIPOSTE" verify -q -A archive.db || fail "migration killed at $n: damaged"
	canonical archive.db >seen || fail "migration killed at $n: cannot be read"
	cmp -s seen old.jsonl || cmp -s seen new.jsonl || fail "migration killed at $n: other posts"
	"$RIPOSTE" rebuild -q -A archive.db || fail "migration killed at $n: cannot go on"
	[ "$(od -An -tu1 -j63 -N1 archive.db)" -gt 1 ] || fail "migration killed at $n: never done"
	"$RIPOSTE" verify -q --data -A archive.db || fail "migration killed at $n: damaged afterwards"
	canonical archive.db | cmp -s - new.jsonl || fail "migration killed at $n: other posts afterwards"
	kills=$((kills + 1))
	n=$((n + step))
done
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
