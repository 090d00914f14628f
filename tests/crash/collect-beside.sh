#!/bin/sh
# C02, K09 of collect: a second one at once, twenty at once, one that is stopped; imports, merges and
# readers beside it.  Nothing is lost, nobody waits who need not.
#
#	collect-beside.sh N
# shellcheck source=/dev/null disable=SC2154
set -u
many=${1:-20}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
. "$(dirname "$0")/collecting.sh"
need sqlite3 curl timeout
make_world 300
serve
make_collected
"$TOOLS/generate" 500 30 >other.jsonl
"$RIPOSTE" import -q -A other.db other.jsonl
"$RIPOSTE" merge -q -A together.db collected.db || fail "merge"
"$RIPOSTE" import -q -A together.db other.jsonl
canonical together.db >together.jsonl

fresh() {
	rm -f archive.db archive.db-*
	tell_mock reset
	tell_mock "set?path=/*/*&n=1000&delay=$1"
}

begin() {
	"$RIPOSTE" collect -q --all -A archive.db --config c.conf >first 2>&1 &
	pid=$!
	until [ -s archive.db-collect ]; do sleep 0.01; done
}

# refused_beside WHAT: a second one ends at once, and says whom it met.
refused_beside() {
	start=$(date +%s%N)
	timeout 20 "$RIPOSTE" collect -q --all -A archive.db --config c.conf >out 2>err
	status=$?
	ms=$((($(date +%s%N) - start) / 1000000))
	[ $status = 75 ] || fail "$1: status $status: $(cat err)"
	grep -q "another collect is at work here, process [0-9]* since 2026-01-05T12:00:00Z" err || fail "$1: $(cat err)"
	[ $ms -lt 500 ] || [ -n "$sanitized" ] || fail "$1: told after $ms ms"
}

# One more, and import, merge and readers, all while it runs.
fresh 30
begin
refused_beside "a second one"
grep -q "process $(cut -d ' ' -f 1 archive.db-collect) " err || fail "another process than the one at work: $(cat err)"
timeout 60 "$RIPOSTE" import -q -A archive.db other.jsonl || fail "an import beside it: status $?"
timeout 60 "$RIPOSTE" merge -q -A archive.db other.db || fail "a merge beside it: status $?"
reads=0
slowest=0
before=0
while kill -0 $pid 2>/dev/null; do
	start=$(date +%s%N)
	"$RIPOSTE" timeline -A archive.db from:@many -f ids >seen 2>err
	status=$?
	ms=$((($(date +%s%N) - start) / 1000000))
	[ $status = 0 ] || [ $status = 1 ] || fail "a reader beside it: status $status: $(cat err)"
	[ "$(wc -l <seen)" -ge "$before" ] || fail "$before posts, then $(wc -l <seen)"
	before=$(wc -l <seen)
	reads=$((reads + 1))
	[ $ms -le $slowest ] || slowest=$ms
done
wait $pid || fail "the first one: status $?: $(cat first)"
[ $slowest -lt 1000 ] || [ -n "$sanitized" ] || fail "a reader waited for $slowest ms"
canonical archive.db | cmp -s - together.jsonl || fail "beside others: not what one after the other gives"
"$RIPOSTE" verify -q --data -A archive.db || fail "beside others: damaged"
figures "beside a collect: import and merge finish, $reads looks of $slowest ms at the most"

# Many at once, into no archive yet: one works, the others say so.
fresh 5
i=0
while [ $i -lt "$many" ]; do
	i=$((i + 1))
	(collect archive.db 2>"err.$i"; echo $? >"status.$i") &
done
for n in $(seq "$many"); do
	until [ -s "status.$n" ]; do sleep 0.02; done
done
cat status.* | sort | uniq -c >statuses
[ "$(cat status.* | grep -cx 0)" -ge 1 ] || fail "$many at once: nobody worked: $(cat statuses)"
[ "$(cat status.* | grep -cvx -e 0 -e 75)" = 0 ] || fail "$many at once: $(cat statuses) $(cat err.* | sort | uniq -c)"
check_collected archive.db "$many at once"
figures "$many collects at once: $(cat status.* | grep -cx 0) worked, $(cat status.* | grep -cx 75) were told"

# One that is stopped while it waits for an answer holds nobody up but the next collect.
fresh 500
begin
sleep 0.3
kill -STOP $pid
refused_beside "beside one that is stopped"
grep -q "process $(cut -d ' ' -f 1 archive.db-collect) " err || fail "another process than the one that is stopped: $(cat err)"
timeout 60 "$RIPOSTE" import -q -A archive.db other.jsonl || fail "an import beside one that is stopped: status $?"
timeout 10 "$RIPOSTE" timeline -A archive.db >seen || fail "a reader beside one that is stopped: status $?"
sleep 3
tell_mock reset
kill -CONT $pid
wait $pid
status=$?
# A connection may have been given up meanwhile: that is another run's.
[ $status = 0 ] || [ $status = 75 ] || fail "the one that was stopped: status $status: $(cat first)"
collect archive.db || fail "after the one that was stopped"
canonical archive.db | cmp -s - together.jsonl || fail "after the one that was stopped: other posts"
"$RIPOSTE" verify -q --data -A archive.db || fail "after the one that was stopped: damaged"

# The lock of one that was killed is nobody's.
fresh 500
begin
kill -KILL $pid
{ wait $pid; } 2>/dev/null
tell_mock reset
check_collected archive.db "after one that was killed with the lock"
kill "$mock"
