#!/bin/sh
# Nothing depends on the order of arrival: N orders of import, the same bytes out.
#
#	shuffle.sh REAL-DATA N
set -u
orders=${2:-3}
. "$(dirname "$0")/common.sh"
file=$real/tweets-threads/germanwings-crash.tweets.jsonl

everything() {
	"$RIPOSTE" export -A a.db -f jsonl --canonical && "$RIPOSTE" timeline -A a.db --json &&
		"$RIPOSTE" timeline -A a.db && sed -n 's/.*"thread": "\([0-9]*\)".*/\1/p' \
		"$real/tweets-threads/germanwings-crash.structure.jsonl" | sed -n '1~40p' |
		while read -r id; do
			"$RIPOSTE" thread -A a.db "x:$id" --json && "$RIPOSTE" thread -A a.db "x:$id"
		done
}

cp "$file" shuffled.jsonl
i=0
while [ $i -le "$orders" ]; do
	rm -f a.db
	"$RIPOSTE" import -q -A a.db shuffled.jsonl || fail "import of order $i"
	everything >now || fail "reading order $i"
	[ -e reference ] || cp now reference
	cmp -s reference now || fail "order $i gives other bytes"
	i=$((i + 1))
	awk -v seed=$i 'BEGIN { srand(seed) } { printf "%.9f\t%s\n", rand(), $0 }' "$file" |
		sort -k 1,1 | cut -f 2- >shuffled.jsonl
done
echo "$orders orders, the same bytes: $(wc -c <reference)"
