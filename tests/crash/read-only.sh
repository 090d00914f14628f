#!/bin/sh
# D07, D13, D15: an archive that cannot be written can be read; who may not is told in a line.
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; chmod -R u+rwx "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
cp "$DATA"/stargate/x/*.json .
mkdir place
"$RIPOSTE" import -q -A place/archive.db musk.json || fail "the import"
canonical place/archive.db >reference.jsonl
sha256sum <place/archive.db >before

one_line() {
	[ "$(wc -l <err)" = 1 ] || fail "$1: $(cat err)"
}

look() {
	for command in timeline stats verify "verify --data" "capture list" "show x:1882303826214162580" "thread x:1882303826214162580" "search money"; do
		# shellcheck disable=SC2086
		$as "$RIPOSTE" $command -q -A place/archive.db >out 2>err || fail "$1: $command: status $?: $(cat err)"
	done
	$as "$RIPOSTE" export -A place/archive.db -f jsonl --canonical | cmp -s - reference.jsonl || fail "$1: other posts"
	for command in "import altman.json" rebuild; do
		# shellcheck disable=SC2086
		$as "$RIPOSTE" $command -q -A place/archive.db >out 2>err
		status=$?
		[ $status = 74 ] || fail "$1: $command: status $status: $(cat err)"
		one_line "$1: $command"
	done
	sha256sum <place/archive.db | cmp -s - before || fail "$1: the archive was changed"
	echo "$1: read, and not written"
}

as=
tried=0
mkdir mount
if mount --bind place mount 2>/dev/null; then
	mounted=$scratch/mount
	if mount -o remount,bind,ro "$mounted" 2>/dev/null; then
		mv place kept
		ln -s mount place
		look "a mount for reading only"
		# A log with changes in it beside the archive: an older state must not pass for the whole.
		rm place
		mv kept place
		printf 'not empty' >place/archive.db-wal
		"$RIPOSTE" timeline -A mount/archive.db >out 2>err
		status=$?
		rm -f place/archive.db-wal
		[ $status = 0 ] || [ $status = 74 ] || fail "a log on a mount for reading only: status $status: $(cat err)"
		tried=$((tried + 1))
	fi
	umount "$mounted"
	mounted=
fi

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && setpriv --reuid 65534 --regid 65534 --clear-groups true 2>/dev/null; then
	chmod 755 "$scratch"
	as="setpriv --reuid 65534 --regid 65534 --clear-groups"
	chmod 755 place
	chmod 644 place/archive.db
	: >out
	: >err
	look "somebody else's archive"
	mkdir theirs
	chmod 500 theirs
	$as "$RIPOSTE" import -q -A theirs/archive.db altman.json >out 2>err
	status=$?
	[ $status = 74 ] || fail "a directory without permission: status $status: $(cat err)"
	one_line "a directory without permission"
	chmod 600 place/archive.db
	for command in timeline "import altman.json" verify; do
		# shellcheck disable=SC2086
		$as "$RIPOSTE" $command -q -A place/archive.db >out 2>err
		status=$?
		[ $status = 74 ] || fail "an archive without permission: $command: status $status: $(cat err)"
		one_line "an archive without permission: $command"
	done
	cp altman.json secret.json
	chmod 600 secret.json
	mkdir own
	chown 65534:65534 own
	$as "$RIPOSTE" import -q -A own/archive.db secret.json >out 2>err
	status=$?
	[ $status = 65 ] || [ $status = 74 ] || fail "an input without permission: status $status: $(cat err)"
	one_line "an input without permission"
	sha256sum <place/archive.db | cmp -s - before || fail "changed by somebody else"
	tried=$((tried + 1))
fi

if command -v strace >/dev/null; then
	timeout 60 strace -f -o trace.log -e trace=fcntl -e inject=fcntl:error=ENOLCK \
		"$RIPOSTE" import -q -A unlocked.db altman.json >out 2>err
	status=$?
	[ $status = 74 ] || fail "a file system without locks: status $status: $(cat err)"
	one_line "a file system without locks"
	grep -qi lock err || fail "a file system without locks: $(cat err)"
	tried=$((tried + 1))
fi
[ $tried -gt 0 ] || skip "neither mount nor setpriv nor strace may be used here"
