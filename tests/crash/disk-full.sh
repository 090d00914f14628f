#!/bin/sh
# D01, D03, D04: a full disk and a limit on file size.
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
	umount disk
	echo "full disk: told, and works again with room"
else
	echo "cannot mount a small file system here: only the file size limit was tried"
fi
