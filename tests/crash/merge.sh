#!/bin/sh
# K03, D02, D05: a merge that is killed before the N-th system call, or whose system calls fail; two
# merges at once; an archive with a bit turned over merged into a sound one.
#
#	merge.sh STEP FLIPS	every STEP-th call, 1 is all of them; FLIPS turned bits
# shellcheck source=/dev/null disable=SC2154
set -u
step=${1:-1}
flips=${2:-30}
. "$(dirname "$0")/common.sh"
need strace gzip
make_input
"$TOOLS/generate" 200 31 >more.jsonl
head -n 100 posts.jsonl >some.jsonl
gzip -n -k more.jsonl
"$RIPOSTE" import -q -A a.db some.jsonl davos.txt musk.json || fail "the import"
RIPOSTE_NOW=2026-01-04T12:00:00Z "$RIPOSTE" import -q -A b.db posts.jsonl musk.json more.jsonl.gz davos.txt --date 2025-01-22 ||
	fail "the other import"
"$RIPOSTE" import -q -A b.db clip.json altman.json.gz musk.json || fail "one more import"
"$RIPOSTE" compact -q -A b.db || fail "compact"
cp a.db reference.db
"$RIPOSTE" merge -q -A reference.db b.db || fail "the merge"
canonical reference.db >reference.jsonl
sha256sum b.db >b.sum
head=$("$RIPOSTE" stats --chain -A b.db | sed -n 's/^head *//p')

# Merged once more, all is there, the chain of the other one too; then nothing is new.
check() {
	"$RIPOSTE" verify -q -A "$1" || fail "$2: damaged"
	sha256sum b.db | cmp -s - b.sum || fail "$2: the other archive was changed"
	"$RIPOSTE" merge -q -A "$1" b.db || fail "$2: the next merge"
	canonical "$1" | cmp -s - reference.jsonl || fail "$2: another archive than without the fault"
	"$RIPOSTE" verify -q --data -A "$1" || fail "$2: damaged after the next merge"
	"$RIPOSTE" stats --chain -A "$1" >chain
	grep -q "$head" chain || fail "$2: the chain of the other one is not there"
	"$RIPOSTE" merge -q -A "$1" b.db || fail "$2: the last merge"
	"$RIPOSTE" stats --chain -A "$1" | cmp -s - chain || fail "$2: the last merge found something new"
}

# strace with these options, over one merge into a copy.
try() {
	rm -f archive.db archive.db-*
	cp a.db archive.db
	strace -f -o trace.log "$@" "$RIPOSTE" merge -q -A archive.db b.db >out 2>err
	status=$?
}

calls=pwrite64,write,fdatasync,fsync,ftruncate,openat,unlink,close
kills=0
n=1
while :; do
	try -e trace=$calls -e inject=$calls:signal=KILL:when=$n
	[ $status != 0 ] || break
	[ $status = 137 ] || fail "killed at $n: status $status: $(cat err)"
	check archive.db "killed at $n"
	kills=$((kills + 1))
	n=$((n + step))
done
[ $kills -gt 1 ] || fail "too few kills to mean anything"
check archive.db "not killed"

faults=0
for fault in pwrite64:error=ENOSPC fdatasync:error=EIO pread64:error=EIO; do
	n=1
	only=archive.db
	[ $fault != pread64:error=EIO ] || only=b.db
	while :; do
		try -P $only -e trace="${fault%%:*}" -e inject=$fault:when=$n
		grep -q INJECTED trace.log || break
		case $status in
		0) ;;
		74 | 76) [ "$(grep -c . err)" -ge 1 ] || fail "$fault at $n: no word" ;;
		*) fail "$fault at $n: status $status: $(cat err)" ;;
		esac
		check archive.db "$fault at $n"
		faults=$((faults + 1))
		n=$((n + step))
	done
done
echo "$kills kills, $faults faults: the next merge takes what is missing"

# A disk that is full in the middle of a capture: that is told, and no sum of what came.
awk 'BEGIN { for (i = 1; i <= 3600; i++) printf "%s: this is what is said as number %d\n\n", i % 3 ? "Ana" : "Bo", i }' >talk.txt
"$RIPOSTE" import -q -A talk.db --as transcript --date 2026-01-01 talk.txt || fail "a transcript"
for command in "merge talk.db" "import --as transcript --date 2026-01-01 talk.txt"; do
	rm -f archive.db archive.db-*
	# shellcheck disable=SC2086
	strace -f -o trace.log -e trace=pwrite64 "$RIPOSTE" ${command%% *} -A archive.db ${command#* } 2>err ||
		fail "$command: $(cat err)"
	n=$(($(grep -c pwrite64 trace.log) / 2))
	rm -f archive.db archive.db-*
	# shellcheck disable=SC2086
	strace -f -o trace.log -e trace=pwrite64 -e inject=pwrite64:error=ENOSPC:when=$n \
		"$RIPOSTE" ${command%% *} -A archive.db ${command#* } 2>err
	[ $? = 74 ] || fail "$command: a full disk: $(cat err)"
	"$RIPOSTE" capture list -A archive.db | grep -q incomplete || fail "$command: not in the middle"
	! grep -q captures err || fail "$command: a full disk: $(cat err)"
	"$RIPOSTE" merge -q -A archive.db talk.db || fail "$command: the merge after a full disk"
	"$RIPOSTE" verify -q --data -A archive.db || fail "$command: damaged after a full disk"
done

# An import that was killed there comes along, once, outside of the chain.
"$TOOLS/generate" 2600 32 >long.jsonl
gzip -n long.jsonl
killed=0
for n in 10 11 12 13; do
	rm -f killed.db* archive.db*
	strace -f -o /dev/null -e trace=fdatasync -e inject=fdatasync:signal=KILL:when=$n \
		"$RIPOSTE" import -q -A killed.db long.jsonl.gz >out 2>err
	"$RIPOSTE" capture list -A killed.db 2>err | grep -q incomplete || continue
	"$RIPOSTE" merge -q -A archive.db killed.db || fail "a killed import: the merge"
	"$RIPOSTE" capture list -A archive.db >captures
	"$RIPOSTE" verify -q --data -A archive.db || fail "a killed import: damaged"
	"$RIPOSTE" merge -A archive.db killed.db 2>err || fail "a killed import: the next merge"
	grep -q 'nothing in it that is not held' err || fail "a killed import: taken twice: $(cat err)"
	"$RIPOSTE" import -q -A killed.db long.jsonl.gz || fail "a killed import: done again"
	"$RIPOSTE" merge -q -A archive.db killed.db || fail "a killed import: merged when done"
	"$RIPOSTE" verify -q --data -A archive.db || fail "a killed import: then damaged"
	canonical killed.db >killed.jsonl
	canonical archive.db | cmp -s - killed.jsonl || fail "a killed import: other posts"
	killed=$((killed + 1))
	break
done
[ $killed -gt 0 ] || fail "no import was killed in its middle"

# Two at once, from both sides of the same pair.
rm -f archive.db archive.db-*
cp a.db archive.db
"$RIPOSTE" merge -q -A archive.db b.db &
one=$!
"$RIPOSTE" merge -q -A archive.db b.db || fail "a merge beside another"
wait $one || fail "a merge beside another"
check archive.db "two at once"

# What is damaged there is named, or it makes no difference; ours is sound.
size=$(wc -c <b.db)
named=0
i=1
while [ $i -le "$flips" ]; do
	at=$(awk -v seed=$i -v size="$size" 'BEGIN { srand(seed); print int(rand() * size) }')
	rm -f archive.db archive.db-* flipped.db*
	cp a.db archive.db
	cp b.db flipped.db
	byte=$(od -An -tu1 -j"$at" -N1 flipped.db | tr -d ' ')
	# shellcheck disable=SC2059
	printf "\\$(printf %o $((byte ^ 16)))" | dd of=flipped.db bs=1 seek="$at" conv=notrunc 2>/dev/null
	"$RIPOSTE" merge -q -A archive.db flipped.db >out 2>err
	status=$?
	case $status in
	0 | 3) ;;
	65 | 76 | 78)
		[ -s err ] || fail "a bit at $at: no word"
		named=$((named + 1))
		;;
	*) fail "a bit at $at: status $status: $(cat err)" ;;
	esac
	"$RIPOSTE" verify -q --data -A archive.db || fail "a bit at $at: our archive is damaged"
	"$RIPOSTE" capture list -A archive.db | wc -l >captures
	"$RIPOSTE" merge -q -A archive.db flipped.db >out 2>err
	"$RIPOSTE" capture list -A archive.db | wc -l | cmp -s - captures || fail "a bit at $at: the next merge adds captures"
	check archive.db "a bit at $at, then the sound one"
	i=$((i + 1))
done
echo "$flips bits turned over, $named told: our archive is sound"
