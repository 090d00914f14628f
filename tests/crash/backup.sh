#!/bin/sh
# K05, D02, C04: backups during an import and a compaction; killed before the N-th system call; on a full disk.
#
#	backup.sh STEP POSTS
# shellcheck source=/dev/null disable=SC2154
set -u
step=${1:-1}
posts=${2:-50000}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf "$scratch"' EXIT
need strace timeout

# What a backup holds is what some number of whole batches made: the posts of the input's first lines.
check_backup() {
	"$RIPOSTE" verify -q --data -A "$1" || fail "$2: a damaged backup"
	[ ! -e "$1-wal" ] || fail "$2: a log beside the backup"
	"$RIPOSTE" export -A "$1" -f ids | sort >seen
	held=$(wc -l <seen)
	head -n "$held" posts.ids | sort | cmp -s - seen || fail "$2: not the first $held posts"
}

"$TOOLS/generate" "$posts" 30 >posts.jsonl
sed 's/^{"[^"]*":[^0-9]*\([0-9]*\).*/x:\1/' posts.jsonl >posts.ids
head -n 100 posts.jsonl >first.jsonl
"$RIPOSTE" import -q -A archive.db first.jsonl || fail "the first import"
"$RIPOSTE" import -q -A archive.db posts.jsonl 2>err &
writer=$!
n=0
while kill -0 $writer 2>/dev/null; do
	"$RIPOSTE" backup -q --force -A archive.db copy.db 2>err-backup || fail "a backup during an import: $(cat err-backup)"
	check_backup copy.db "during an import"
	[ "$held" = 100 ] || [ "$held" = "$posts" ] || n=$((n + 1))
done
wait $writer || fail "the import beside backups: $(cat err)"
echo "$n backups in the middle of an import"
[ $n -gt 0 ] || [ "$posts" -lt 50000 ] || fail "all of them before or after it"

canonical archive.db >reference.jsonl
"$RIPOSTE" compact -q -A archive.db 2>err &
writer=$!
n=0
while kill -0 $writer 2>/dev/null; do
	"$RIPOSTE" backup -q --force -A archive.db copy.db 2>err-backup || fail "a backup during a compaction: $(cat err-backup)"
	check_backup copy.db "during a compaction"
	canonical copy.db | cmp -s - reference.jsonl || fail "other posts during a compaction"
	n=$((n + 1))
done
wait $writer || fail "the compaction beside backups: $(cat err)"
echo "$n backups beside a compaction"

# Killed: the backup is whole or not there, or the one before is.
"$RIPOSTE" import -q -A small.db first.jsonl || fail "the small archive"
canonical small.db >reference.jsonl
"$RIPOSTE" import -q -A older.db "$DATA/stargate/x/musk.json" || fail "the older archive"
calls=pwrite64,write,fdatasync,fsync,ftruncate,openat,unlink,rename,renameat2,link,linkat,close,fcntl
kills=0
for force in "" --force; do
	n=1
	while :; do
		rm -rf place
		mkdir place
		[ -z "$force" ] || cp older.db place/copy.db
		# shellcheck disable=SC2086
		strace -f -o /dev/null -e trace=$calls -e inject=$calls:signal=KILL:when=$n \
			"$RIPOSTE" backup -q $force -A small.db place/copy.db >out 2>err
		status=$?
		find place -type f ! -name copy.db ! -name '.riposte-*.tmp' | grep . && fail "killed at $n: a file nobody knows"
		if [ -e place/copy.db ] && ! cmp -s place/copy.db older.db; then
			"$RIPOSTE" verify -q --data -A place/copy.db || fail "killed at $n: damaged"
			canonical place/copy.db | cmp -s - reference.jsonl || fail "killed at $n: there, but not whole"
		fi
		[ $status != 0 ] || break
		[ $status = 137 ] || fail "killed at $n: status $status: $(cat err)"
		[ -z "$force" ] || [ -e place/copy.db ] || fail "killed at $n: the older backup is gone"
		kills=$((kills + 1))
		n=$((n + step))
	done
	canonical place/copy.db | cmp -s - reference.jsonl || fail "not killed, and not there"
done
"$RIPOSTE" verify -q --data -A small.db || fail "the archive is damaged"
echo "$kills kills: backups whole or not there"
[ $kills -gt 1 ] || fail "too few to mean anything"

# An error of any of these calls is told, and nothing is left.
for call in pwrite64 fsync openat link ftruncate; do
	rm -rf place
	mkdir place
	n=1
	while :; do
		strace -f -o /dev/null -e trace=$call -e inject=$call:error=EIO:when=$n+ \
			"$RIPOSTE" backup -q -A small.db place/copy.db >out 2>err
		status=$?
		if [ $status = 0 ]; then
			canonical place/copy.db | cmp -s - reference.jsonl || fail "$call $n fails: done, but not whole"
			break
		fi
		[ -s err ] || fail "$call $n fails: no word, status $status"
		# A program that cannot start writes no file.
		find place -type f ! -name copy.db | grep . && fail "$call $n fails: $(ls -A place) left"
		[ $call = fsync ] || [ ! -e place/copy.db ] || fail "$call $n fails: half a backup"
		rm -f place/copy.db
		n=$((n + step / 4 + 1))
	done
done

mkdir disk
if mount -t tmpfs -o size=200k none disk 2>/dev/null; then
	mounted=$scratch/disk
	"$RIPOSTE" backup -A archive.db disk/copy.db >out 2>err
	status=$?
	[ $status = 74 ] || fail "onto a full disk: status $status: $(cat err)"
	[ "$(wc -l <err)" = 1 ] || fail "onto a full disk: $(cat err)"
	grep -q "disk with the copy is full" err || fail "onto a full disk: $(cat err)"
	[ -z "$(ls -A disk)" ] || fail "onto a full disk leaves $(ls -A disk)"
	umount disk
	mounted=
	echo "full disk: told, and nothing left: $(cat err)"
fi
(
	ulimit -f 100
	"$RIPOSTE" backup -A archive.db limited.db >out 2>err
)
status=$?
[ $status = 74 ] || fail "file size limit: status $status: $(cat err)"
[ ! -e limited.db ] || fail "file size limit: half a backup"
