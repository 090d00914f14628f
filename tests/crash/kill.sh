#!/bin/sh
# K02, K06, K08: SIGKILL before the N-th system call of an import into no archive; every other
# time the next import is killed as well.
#
#	kill.sh STEP [SEED]	every STEP-th call; 1 is all of them
# shellcheck source=/dev/null disable=SC2154
set -u
step=${1:-1}
seed=${2:-${CRASH_SEED:-1}}
. "$(dirname "$0")/common.sh"
need strace gzip
make_input
make_reference

calls=pwrite64,write,fdatasync,fsync,ftruncate,openat,unlink,rename,close,fcntl,mmap

# import_killed N: sets status.
import_killed() {
	# shellcheck disable=SC2086
	strace -f -o /dev/null -e trace=$calls -e inject=$calls:signal=KILL:when="$1" \
		"$RIPOSTE" import -q -A archive.db $inputs >out 2>err
	status=$?
	[ $status = 0 ] || [ $status = 137 ] || fail "killed before call $1: status $status: $(cat err)"
}

n=1
kills=0
seconds=0
what=
while :; do
	rm -f archive.db archive.db-*
	import_killed $n
	[ $status != 0 ] || break
	what="killed before call $n"
	kills=$((kills + 1))
	if [ $((kills % 2)) = 0 ]; then
		again=$(awk -v seed="$((seed * 100000 + n))" -v most="$n" 'BEGIN { srand(seed); print 1 + int(rand() * most) }')
		import_killed "$again"
		[ $status = 0 ] || seconds=$((seconds + 1))
		what="$what, and the next import before call $again"
	fi
	check_convergence archive.db "$what"
	n=$((n + step))
done
figures "$((kills + seconds)) kill points, $seconds of them second kills, every $step-th of about $n calls: nothing lost, nothing damaged, seed $seed"
[ $kills -gt 5 ] || fail "too few kills to mean anything"
