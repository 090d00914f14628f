#!/bin/sh
# D05, D06: interrupted system calls are nobody's business; the rest of the calls that can fail.
#
#	interrupted.sh STEP
# shellcheck source=/dev/null disable=SC2154
set -u
step=${1:-1}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
need strace gzip
make_input
make_reference

tried=0
# CALL INJECTION HIGHEST-STATUS-WANTED
try() {
	call=$1
	injection=$2
	wanted=$3
	n=1
	while :; do
		rm -f archive.db archive.db-*
		# shellcheck disable=SC2086
		timeout 60 strace -f -o trace.log -e trace="$call" -e inject="$call:$injection:when=$n" \
			"$RIPOSTE" import -q -A archive.db $inputs >out 2>err
		status=$?
		grep -q INJECTED trace.log || break
		what="$call with $injection at $n"
		# The loader's own calls come first, and end the program before it is ours.
		if [ $status = 127 ] && grep -q 'shared librar' err; then
			n=$((n + step))
			continue
		fi
		[ $status = 0 ] || [ -s err ] || fail "$what: status $status and no word"
		case $status in
		0) ;;
		65 | 74 | 75 | 76) [ "$wanted" != 0 ] || fail "$what: status $status: $(cat err)" ;;
		*) fail "$what: status $status: $(cat err)" ;;
		esac
		# Undone half-made schemas leave an empty file, which the next import takes over (K06).
		[ $status = 0 ] || "$RIPOSTE" stats -A archive.db >out 2>err
		check_convergence archive.db "$what"
		tried=$((tried + 1))
		n=$((n + step))
	done
}

# The loader reads with the same calls, and gives up on some that are interrupted; ours come after.
try pwrite64 error=EINTR 0
try write error=EINTR 74
for error in EACCES EMFILE ENFILE EIO ENOSPC EROFS; do
	try openat error=$error 74
done
for error in EDQUOT EROFS; do
	try pwrite64 error=$error 74
done
try fsync error=EIO 74
try unlink error=EIO 74
figures "$tried faults: nothing lost, nothing damaged"
[ $tried -gt 5 ] || fail "too few to mean anything"
