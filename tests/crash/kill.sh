#!/bin/sh
# K01, K02, K06: SIGKILL before the N-th system call of an import into no archive.
#
#	kill.sh STEP	every STEP-th call; 1 is all of them
set -u
step=${1:-1}
. "$(dirname "$0")/common.sh"
need strace gzip
make_input
make_reference

calls=pwrite64,write,fdatasync,fsync,ftruncate,openat,unlink,rename,close,fcntl,mmap
n=1
kills=0
while :; do
	rm -f archive.db archive.db-*
	# shellcheck disable=SC2086
	strace -f -o /dev/null -e trace=$calls -e inject=$calls:signal=KILL:when=$n \
		"$RIPOSTE" import -q -A archive.db $inputs >out 2>err
	status=$?
	[ $status = 0 ] && break
	[ $status = 137 ] || fail "call $n: status $status: $(cat err)"
	check_convergence archive.db "killed before call $n"
	kills=$((kills + 1))
	n=$((n + step))
done
echo "$kills kills, every $step-th of about $n calls: nothing lost, nothing damaged"
[ $kills -gt 5 ] || fail "too few kills to mean anything"
