#!/bin/sh
# D05, D06: system calls that fail at the N-th time, once and from then on.
#
#	errors.sh STEP
set -u
step=${1:-1}
. "$(dirname "$0")/common.sh"
need strace gzip
make_input
make_reference

faults=0
try() {
	call=$1
	error=$2
	from=$3
	n=1
	while :; do
		rm -f archive.db archive.db-*
		# shellcheck disable=SC2086
		strace -f -o trace.log -e trace=$call -e inject=$call:error=$error:when=$n$from \
			"$RIPOSTE" import -q -A archive.db $inputs >out 2>err
		status=$?
		grep -q INJECTED trace.log || break
		what="$call fails with $error at $n$from"
		case $status in
		0 | 65 | 74 | 75 | 76) ;;
		*) fail "$what: status $status: $(cat err)" ;;
		esac
		[ $status = 0 ] || [ -s err ] || fail "$what: no word about it"
		check_convergence archive.db "$what"
		faults=$((faults + 1))
		n=$((n + step))
	done
}

for error in ENOSPC EIO; do
	try pwrite64 $error ""
	try pwrite64 $error +
done
try fdatasync EIO ""
try fdatasync EIO +
try ftruncate EIO ""
figures "$faults faults: each told, nothing lost, nothing damaged"
[ $faults -gt 5 ] || fail "too few faults to mean anything"
