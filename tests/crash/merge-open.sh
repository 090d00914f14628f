#!/bin/sh
# C02: merging archives that are importing at that moment, from and into: what is half there now is
# whole later, and neither chain vouches for bytes that may still grow.
#
#	merge-open.sh [long]	long: two imports at once, too
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
# One batch, which is committed, and some more.
"$TOOLS/generate" 300 33 >posts.jsonl
i=0
while [ $i -lt 80 ]; do
	head -n 200 posts.jsonl
	i=$((i + 1))
done >begin.jsonl
tail -n +201 posts.jsonl >rest.jsonl
head -n 20 rest.jsonl >>begin.jsonl
cat begin.jsonl rest.jsonl >all.jsonl
import() {
	"$RIPOSTE" import -q -A "$1" -
}
import whole.db <all.jsonl || fail "the whole import"
canonical whole.db >reference.jsonl
mkfifo pipe

# half_imported ARCHIVE: $! imports from descriptor 3, and has committed a batch.
half_imported() {
	rm -f "$1"*
	import "$1" <pipe &
	exec 3>pipe
	cat begin.jsonl >&3
	tries=0
	until "$RIPOSTE" capture list -A "$1" 2>/dev/null | grep -q .; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] || fail "$1: nothing was committed"
		sleep 0.1
	done
	"$RIPOSTE" capture list -A "$1" | grep -q incomplete || fail "$1: its capture is complete"
}

merge() {
	"$RIPOSTE" merge -A "$1" "$2" 2>merge.err || fail "$3: merge $2 into $1: $(cat merge.err)"
	"$RIPOSTE" verify -q -A "$1" || fail "$3: $1 after merging $2"
}

nothing_new() {
	merge "$1" "$2" "$3"
	grep -q 'nothing in it that is not held' merge.err || fail "$3: $2 into $1 again: $(cat merge.err)"
}

finish() {
	"$RIPOSTE" verify -q --data -A "$1" || fail "$2: $1 is damaged"
	canonical "$1" | cmp -s - reference.jsonl || fail "$2: $1 has other posts"
}

# There and back.
half_imported a.db
rm -f b.db*
merge b.db a.db "half way"
merge a.db b.db "half way, back"
nothing_new a.db b.db "half way, back"
nothing_new a.db a.db "half way, itself"
cat rest.jsonl >&3
exec 3>&-
wait $! || fail "the import beside merges"
finish a.db "there and back"
merge b.db a.db "when done"
finish b.db "when done"
nothing_new b.db a.db "when done"
merge a.db b.db "when done, back"
merge c.db a.db "a third one"
finish c.db "a third one"

if [ "${1:-}" = long ]; then
	# The same stream into two archives, at another time.
	half_imported a.db
	exec 4>&3
	a=$!
	rm pipe
	mkfifo pipe
	export RIPOSTE_NOW=2026-01-06T12:00:00Z
	half_imported b.db
	b=$!
	merge a.db b.db "two imports"
	merge b.db a.db "two imports, back"
	cat rest.jsonl >&4
	exec 4>&-
	cat rest.jsonl >&3
	exec 3>&-
	wait $a || fail "an import beside merges"
	wait $b || fail "another import beside merges"
	finish a.db "two imports, done"
	finish b.db "two imports, done"
	merge a.db b.db "two imports, done"
	merge b.db a.db "two imports, done"
	nothing_new b.db a.db "two imports, done"
	finish a.db "two imports, merged"
	finish b.db "two imports, merged"
	"$RIPOSTE" show --json -A a.db "$("$RIPOSTE" timeline -A a.db -f ids | head -n 1)" >a.shown
	grep -q '"first_seen":"2026-01-05T12:00:00Z".*"last_seen":"2026-01-06T12:00:00Z"' a.shown ||
		fail "two imports: it is not known when they were: $(cat a.shown)"
fi

# One that was killed can grow no more, but looks as if: it comes back once, not for ever.
half_imported a.db
kill -9 $!
wait $! 2>/dev/null
exec 3>&-
rm -f b.db*
merge b.db a.db "killed"
merge a.db b.db "killed, back"
nothing_new a.db b.db "killed, back"
merge b.db a.db "killed, once more"
nothing_new b.db a.db "killed, once more"
nothing_new a.db a.db "killed, itself"
cp a.db copy.db
nothing_new a.db copy.db "killed, a copy"
merge c.db a.db "killed, a third one"
"$RIPOSTE" verify -q --data -A a.db || fail "killed: damaged"
echo "what is half there is whole later"
