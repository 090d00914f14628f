#!/bin/sh
# K03, D02, D05: packing that is killed before the N-th system call, whose system calls fail, and
# below which the disk is full: the archive says what it said before, and can be packed afterwards.
#
#	compact.sh STEP [KILLS]	every STEP-th call fails, it is killed before every KILLS-th; 1 is all
# shellcheck source=/dev/null disable=SC2086,SC2154
set -u
step=${1:-1}
kills_step=${2:-$step}
. "$(dirname "$0")/common.sh"
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf "$scratch"' EXIT
need strace gzip
make_input
make_reference
ids=$("$RIPOSTE" capture list -A reference.db | cut -c 1-12)

# Whatever happened: the same posts, the same bytes, nothing damaged, and the next run packs it.
check() {
	"$RIPOSTE" verify -q --data -A "$1" || fail "$2: damaged"
	canonical "$1" | cmp -s - reference.jsonl || fail "$2: other posts"
	for id in $ids; do
		"$RIPOSTE" capture cat -A "$1" "$id" | sha256sum | grep -q "^$id" || fail "$2: other bytes of $id"
	done
	"$RIPOSTE" compact -q -A "$1" || fail "$2: cannot be packed"
	"$RIPOSTE" verify -q --data -A "$1" || fail "$2: damaged when it is packed"
}

# strace with these options, over one compact of a copy.
try() {
	what=$1
	shift
	rm -f archive.db archive.db-*
	cp reference.db archive.db
	strace -f -o trace.log "$@" "$RIPOSTE" compact -q $tight -A archive.db >out 2>err
	status=$?
}

kills=0
for tight in "" --tight; do
	rm -f archive.db archive.db-*
	cp reference.db archive.db
	kill_points "$kills_step" "$RIPOSTE" compact -q $tight -A archive.db >points
	while read -r call n; do
		rm -f archive.db archive.db-*
		cp reference.db archive.db
		killed_at "$call" "$n" "$RIPOSTE" compact -q $tight -A archive.db
		[ $status != 0 ] || continue
		check archive.db "killed before $call $n $tight"
		kills=$((kills + 1))
	done <points
done
[ $kills -gt 3 ] || fail "too few kills to mean anything"

tight=
faults=0
for fault in pwrite64:error=ENOSPC pwrite64:error=EIO fdatasync:error=EIO ftruncate:error=EIO; do
	for from in "" +; do
		n=1
		while :; do
			try "$fault" -e trace="${fault%%:*}" -e inject=$fault:when=$n$from
			grep -q INJECTED trace.log || break
			case $status in
			0 | 74 | 75 | 76) ;;
			*) fail "$fault at $n$from: status $status: $(cat err)" ;;
			esac
			[ $status = 0 ] || [ -s err ] || fail "$fault at $n$from: no word about it"
			check archive.db "$fault at $n$from"
			faults=$((faults + 1))
			n=$((n + step))
		done
	done
done
figures "$kills kill points, $faults faults: nothing lost, nothing damaged"

mkdir disk
if mount -t tmpfs -o size=64m none disk 2>/dev/null; then
	mounted=$scratch/disk
	cp reference.db disk/archive.db
	mount -o remount,size=$(($(wc -c <reference.db) / 1024 + 100))k disk
	"$RIPOSTE" compact -q -A disk/archive.db >out 2>err
	status=$?
	[ $status = 0 ] || [ $status = 74 ] || fail "on a full disk: status $status: $(cat err)"
	mount -o remount,size=64m disk
	check disk/archive.db "on a full disk"
	umount disk
	mounted=
	echo "a full disk: told, and packed with room"
fi
