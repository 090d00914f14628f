#!/bin/sh
# D01, D02, D04: a full disk, also below an archive of an older format, and a limit on file size.
set -u
. "$(dirname "$0")/common.sh"
need gzip
make_input 3000
make_reference

(
	ulimit -f 200
	# shellcheck disable=SC2086
	"$RIPOSTE" import -q -A limit.db $inputs 2>err
)
status=$?
[ $status = 74 ] || fail "file size limit: status $status: $(cat err)"
[ -s err ] || fail "file size limit: no word about it"
check_convergence limit.db "file size limit"

mkdir disk
if mount -t tmpfs -o size=400k none disk 2>/dev/null; then
	# shellcheck disable=SC2086
	"$RIPOSTE" import -q -A disk/archive.db $inputs 2>err
	status=$?
	[ $status = 74 ] || { umount disk; fail "full disk: status $status: $(cat err)"; }
	grep -qi "full\|space" err || { umount disk; fail "full disk: $(cat err)"; }
	mount -o remount,size=64m disk
	check_convergence disk/archive.db "full disk"
	rm -f disk/*

	# An archive of an older format stays one, or becomes one of ours; room is what it takes, and a page or a few.
	zstd -q -d "$DATA/../golden/format-1.db.zst" -o old.db || { umount disk; fail "no archive of an older format"; }
	canonical old.db >old.jsonl
	cp old.db new.db
	"$RIPOSTE" rebuild -q -A new.db || { umount disk; fail "an archive of an older format cannot be rebuilt"; }
	canonical new.db >new.jsonl
	for pages in 1 4 8 16 40 200; do
		cp old.db disk/archive.db
		mount -o remount,size=$(($(wc -c <old.db) / 1024 + 8 * pages))k disk
		"$RIPOSTE" rebuild -q -A disk/archive.db 2>err
		status=$?
		[ $status = 0 ] || [ $status = 74 ] || { umount disk; fail "migration, $pages pages: status $status: $(cat err)"; }
		mount -o remount,size=64m disk
		[ $status = 0 ] && want=new || want=old
		canonical disk/archive.db | cmp -s - $want.jsonl || { umount disk; fail "migration, $pages pages: other posts"; }
		"$RIPOSTE" rebuild -q -A disk/archive.db || { umount disk; fail "migration, $pages pages: not with room either"; }
		canonical disk/archive.db | cmp -s - new.jsonl || { umount disk; fail "migration, $pages pages: other posts afterwards"; }
		"$RIPOSTE" verify -q --data -A disk/archive.db || { umount disk; fail "migration, $pages pages: damaged"; }
		rm -f disk/*
	done

	# A closed archive is read, whatever is left of the disk; one with changes beside it does not pass for the whole.
	"$RIPOSTE" import -q -A small.db musk.json clip.json || { umount disk; fail "a small import"; }
	canonical small.db >small.jsonl
	kilobytes=$(($(wc -c <small.db) / 1024))
	for pages in 0 1 4; do
		cp small.db disk/archive.db
		mount -o remount,size=$((kilobytes + 4 * pages))k disk
		rm -f copy.db merged.db
		"$RIPOSTE" import -q -A merged.db musk.json
		for command in "timeline -A" "verify --data -A" "stats -A" "show x:1882303826214162580 -A" "backup copy.db -A" "merge -A merged.db"; do
			# shellcheck disable=SC2086
			"$RIPOSTE" $command disk/archive.db >out 2>err || { umount disk; fail "$command with $pages pages left: $(cat err)"; }
		done
		for copy in copy.db merged.db; do
			canonical $copy | cmp -s - small.jsonl || { umount disk; fail "$copy with $pages pages left: other posts"; }
		done
		rm -f disk/archive.db-*
		mount -o remount,size=64m disk
	done
	printf 'not empty' >disk/archive.db-wal
	mount -o remount,size=$((kilobytes + 4))k disk
	"$RIPOSTE" timeline -A disk/archive.db >out 2>err
	status=$?
	[ $status = 74 ] || { umount disk; fail "a log on a full disk: status $status: $(cat err)"; }
	grep -q unfinished err || { umount disk; fail "a log on a full disk: $(cat err)"; }
	umount disk
	figures "full disk: told, read, and works again with room"
else
	echo "cannot mount a small file system here: only the file size limit was tried"
fi
