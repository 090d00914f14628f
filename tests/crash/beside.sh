#!/bin/sh
# C02, C04, C05, K09, D08: several writers and readers of one archive at a time.
#
#	beside.sh POSTS [patient]	patient: also wait for a lock as long as a writer does
# shellcheck source=/dev/null disable=SC2154
set -u
posts=${1:-50000}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
need timeout

"$TOOLS/generate" "$posts" 30 >all.jsonl
awk '{ print > (NR % 2 ? "odd.jsonl" : "even.jsonl") }' all.jsonl
# shellcheck disable=SC2034
inputs="odd.jsonl even.jsonl"
make_reference
total=$(wc -l <all.jsonl)

# Two imports into no archive yet, and readers all the while.
"$RIPOSTE" import -q -A archive.db odd.jsonl 2>err-odd &
odd=$!
"$RIPOSTE" import -q -A archive.db even.jsonl 2>err-even &
even=$!
reads=0
before=0
while kill -0 $odd 2>/dev/null || kill -0 $even 2>/dev/null; do
	[ -s archive.db ] || continue
	timeout 20 "$RIPOSTE" export -A archive.db -f jsonl --canonical >seen 2>err
	status=$?
	case $status in
	0 | 1) ;;
	76) grep -q empty err || fail "a reader during the import: status $status: $(cat err)"; continue ;;
	*) fail "a reader during the import: status $status: $(cat err)" ;;
	esac
	# A snapshot: nothing is without its text, nothing is ever less than before.
	now=$(grep -vc '"kind":"ghost"' seen)
	[ "$now" -ge "$before" ] || fail "$before posts, then $now"
	before=$now
	timeout 20 "$RIPOSTE" verify -q -A archive.db 2>err || fail "a check during the import: $(cat err)"
	reads=$((reads + 1))
done
wait $odd || fail "one of two imports: status $?: $(cat err-odd)"
wait $even || fail "one of two imports: status $?: $(cat err-even)"
canonical archive.db | cmp -s - reference.jsonl || fail "two imports at once are not what one after the other is"
"$RIPOSTE" verify -q --data -A archive.db || fail "damaged"
figures "two imports at once: $reads looks in between, all of $total posts there"

# A writer that is stopped holds nobody up who only reads, and goes on afterwards.
rm -f archive.db archive.db-*
"$RIPOSTE" import -q -A archive.db odd.jsonl 2>err-odd &
odd=$!
while [ ! -s archive.db-wal ] && kill -0 $odd 2>/dev/null; do :; done
# Stopped while it makes or closes the archive it does hold readers up: they wait, then try again.
status=0
for attempt in 1 2 3; do
	kill -STOP $odd 2>/dev/null || break
	timeout 10 "$RIPOSTE" stats -A archive.db >out 2>err
	status=$?
	kill -CONT $odd 2>/dev/null
	[ $status = 124 ] || break
	echo "attempt $attempt: a reader was held up"
done
[ $status = 0 ] || [ $status = 76 ] || fail "a reader beside a stopped writer: status $status: $(cat err)"
wait $odd || fail "the writer that was stopped: status $?: $(cat err-odd)"
"$RIPOSTE" verify -q --data -A archive.db || fail "damaged by a stopped writer"

# A lock that is held for longer than a writer waits: told, and nothing is lost.
if [ "${2:-}" = patient ] && command -v sqlite3 >/dev/null; then
	mkfifo orders
	sqlite3 archive.db <orders >out 2>&1 &
	holder=$!
	exec 3>orders
	echo "BEGIN IMMEDIATE;" >&3
	sleep 0.3
	timeout 60 "$RIPOSTE" import -q -A archive.db even.jsonl 2>err
	status=$?
	echo "ROLLBACK;" >&3
	exec 3>&-
	wait $holder
	[ $status = 75 ] || fail "a lock held for too long: status $status: $(cat err)"
	[ "$(wc -l <err)" = 1 ] || fail "a lock held for too long: $(cat err)"
	grep -qi 'database is locked' err && fail "a lock held for too long: $(cat err)"
	echo "a lock held for too long: $(cat err)"
fi
"$RIPOSTE" import -q -A archive.db even.jsonl || fail "the import after the lock was given back"
canonical archive.db | cmp -s - reference.jsonl || fail "not the same after the lock"

# A reader that never reads on: the log is bounded, or taken in afterwards.
rm -f archive.db archive.db-* orders
"$RIPOSTE" import -q -A archive.db odd.jsonl
mkfifo pipe
"$RIPOSTE" export -A archive.db -f jsonl --canonical >pipe &
reader=$!
exec 3<pipe
head -c 100 <&3 >/dev/null
"$RIPOSTE" import -q -A archive.db even.jsonl || fail "an import beside a reader that waits"
log=$(stat -c %s archive.db-wal 2>/dev/null || echo 0)
cat <&3 >seen
exec 3<&-
wait $reader || fail "the reader that waited: status $?"
[ "$(head -n 1 seen | wc -c)" -gt 0 ] || fail "the reader that waited saw nothing"
canonical archive.db | cmp -s - reference.jsonl || fail "not the same beside a reader"
figures "a reader that waits: a log of $log bytes meanwhile, $(stat -c %s archive.db-wal 2>/dev/null || echo 0) afterwards"

# The archive is moved away during the import: told, and not made again behind one's back.
mkdir place
"$RIPOSTE" import -q -A place/archive.db odd.jsonl 2>err &
odd=$!
while [ ! -s place/archive.db-wal ] && kill -0 $odd 2>/dev/null; do :; done
mv place moved
wait $odd
status=$?
case $status in
0 | 74) ;;
*) fail "moved away: status $status: $(cat err)" ;;
esac
[ ! -e place ] || fail "moved away: made again"
[ $status = 0 ] || [ -s err ] || fail "moved away: no word"
"$RIPOSTE" verify -q -A moved/archive.db || fail "moved away: damaged"
"$RIPOSTE" import -q -A moved/archive.db odd.jsonl even.jsonl || fail "moved away: the next import"
canonical moved/archive.db | cmp -s - reference.jsonl || fail "moved away: not the same"
echo "moved away during the import: status $status"

# An archive of an older format becomes one of ours between two looks of a reader: it shows the state before or the one after.
if command -v strace >/dev/null && command -v zstd >/dev/null; then
	points="4 5 6 7 8 10 12 14 17 20"
	zstd -dq "$DATA/../golden/format-2.db.zst" -o old.db || fail "no archive of an older format"
	canonical old.db >old.jsonl
	for point in $points; do
		cp old.db "old-$point.db"
		strace -f -o /dev/null -e trace=pread64 -e inject="pread64:delay_enter=1000000:when=$point" \
			"$RIPOSTE" export -A "old-$point.db" -f jsonl --canonical >"seen-$point" 2>"err-$point" &
		eval "reader_$point=$!"
	done
	sleep 0.5
	for point in $points; do
		head -n 1 odd.jsonl | "$RIPOSTE" import -q -A "old-$point.db" - || fail "an import that migrates beside a reader"
	done
	new=0
	for point in $points; do
		eval "wait \$reader_$point"
		status=$?
		[ $status = 0 ] || [ $status = 75 ] || fail "a reader during a migration, at read $point: status $status: $(cat "err-$point")"
		canonical "old-$point.db" >new.jsonl
		if [ $status = 75 ] || cmp -s "seen-$point" new.jsonl; then
			new=$((new + 1))
		else
			cmp -s "seen-$point" old.jsonl || fail "a reader during a migration, at read $point: neither the state before nor the one after"
		fi
	done
	cmp -s old.jsonl new.jsonl && fail "the import changed nothing"
	figures "a reader during a migration: $new of $(echo "$points" | wc -w) saw the state after it"
fi
