#!/bin/sh
# C01, C03, C07: N imports at once, a lock whose holder was killed, and what a child would inherit.
#
#	at-once.sh N
# shellcheck source=/dev/null disable=SC2154
set -u
writers=${1:-20}
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
need timeout

"$TOOLS/generate" $((writers * 200)) 30 >all.jsonl
split -l 200 -a 3 all.jsonl part.
# shellcheck disable=SC2034
inputs=$(echo part.*)
make_reference

# Into no archive yet.  Each is done, or says that it is busy; none finds fault with the others' half.
i=0
for part in part.*; do
	i=$((i + 1))
	(timeout 120 "$RIPOSTE" import -q -A archive.db "$part" 2>"err.$i"; echo $? >"status.$i") &
done
wait
done=0
for n in $(seq $i); do
	case $(cat "status.$n") in
	0) done=$((done + 1)) ;;
	75) [ "$(wc -l <"err.$n")" = 1 ] || fail "busy, in other than a line: $(cat "err.$n")" ;;
	*) fail "one of $i: status $(cat "status.$n"): $(cat "err.$n")" ;;
	esac
	grep -qi 'database is locked' "err.$n" && fail "SQLite's words: $(cat "err.$n")"
done
[ $done -gt 0 ] || fail "none of $i was done"
echo "$done of $i imports at once were done"
check_convergence archive.db "$i at once"

# The same file twenty times over is once.
for n in $(seq "$writers"); do
	timeout 120 "$RIPOSTE" import -q -A same.db all.jsonl 2>"err.$n" &
done
wait
"$RIPOSTE" import -q -A same.db all.jsonl || fail "once more"
canonical same.db | cmp -s - reference.jsonl || fail "one file by many is not what it is by one"
"$RIPOSTE" verify -q --data -A same.db || fail "one file by many: damaged"

# Whoever is killed with the lock leaves none.
mkfifo never
"$RIPOSTE" import -q -A killed.db part.aaa never 2>err &
holder=$!
until [ -s killed.db ] && "$RIPOSTE" capture list -A killed.db 2>/dev/null | grep -q aaa; do sleep 0.05; done
kill -9 $holder
wait $holder 2>/dev/null
within 20 128 "after a writer that was killed" "$RIPOSTE" import -q -A killed.db part.aab

# No program is started, and no descriptor would outlive one.
if command -v strace >/dev/null && [ -z "$sanitized" ]; then
	for command in "import part.aac" compact rebuild verify "backup copy.db" "export -o posts.jsonl"; do
		# shellcheck disable=SC2086
		strace -f -qq -o trace -e trace=openat,fork,vfork,execve,dup,dup2,socket "$RIPOSTE" $command -q -A killed.db >out 2>err ||
			fail "$command: status $?: $(cat err)"
		grep -v execve trace | grep -E 'fork|dup|socket' && fail "$command: starts or copies something"
		[ "$(grep -c execve trace)" = 1 ] || fail "$command: starts a program"
		grep -E 'openat.* = [0-9]+$' trace | grep -v O_CLOEXEC | grep . && fail "$command: a descriptor that a child would inherit"
	done
	echo "nothing is started, nothing would be inherited"
fi
