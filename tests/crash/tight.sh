#!/bin/sh
# K12: an import under any limit of memory ends well, or with a line; nothing is lost by it.
#
#	tight.sh STEP	in kilobytes
# shellcheck source=/dev/null disable=SC2086,SC2154,SC3045
set -u
step=${1:-1000}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
[ -z "$sanitized" ] || skip "a sanitizer needs all the address space"
need gzip
make_input 600
make_reference
limit=10000
refused=0
ended=0
while [ $ended -lt 3 ]; do
	rm -f archive.db archive.db-*
	(ulimit -v $limit && exec timeout 60 "$RIPOSTE" import -q -A archive.db $inputs) >out 2>err
	status=$?
	what="with $limit KB"
	case $status in
	0) ended=$((ended + 1)) ;;
	# The loader has no room for the program.
	126 | 127) ;;
	74)
		refused=$((refused + 1))
		[ "$(wc -l <err)" = 1 ] || fail "$what: not one line: $(head -c 600 err)"
		;;
	*) fail "$what: status $status: $(head -c 600 err)" ;;
	esac
	[ $status = 126 ] || [ $status = 127 ] || check_convergence archive.db "$what"
	limit=$((limit + step))
	[ $limit -lt 400000 ] || fail "400 MB are not enough"
done
figures "$refused imports ended by a limit of memory, done with $((limit - 3 * step)) KB of address space: nothing lost, nothing damaged"
[ $refused -gt 0 ] || fail "no limit was met"
