#!/bin/sh
# D11: verify --data=K/N: what the whole check finds, one of the parts finds, and not every part looks at everything.
#
#	parts.sh FLIPS
# shellcheck source=/dev/null disable=SC2154
set -u
flips=${1:-100}
parts=8
. "$(dirname "$0")/common.sh"

# Posts with much beside them that only their records hold, so that most flips meet one: some packed, some loose.
make_posts() {
	awk -v from="$1" 'BEGIN {
		srand(from)
		for (i = from; i < from + 300; i++) {
			noise = ""
			for (j = 0; j < 300; j++) noise = noise sprintf("%010d", rand() * 9999999999)
			printf "{\"id\":\"%d\",\"text\":\"post\",\"author_id\":\"9\",\"beside\":\"%s\"}\n", i, noise
		}
	}'
}
make_posts 1000 >packed.jsonl
make_posts 2000 >loose.jsonl
"$RIPOSTE" import -q -A sound.db packed.jsonl || fail "the import"
"$RIPOSTE" compact -q -A sound.db || fail "compact"
"$RIPOSTE" import -q -A sound.db loose.jsonl || fail "the second import"
k=1
while [ $k -le $parts ]; do
	"$RIPOSTE" verify -q --data=$k/$parts -A sound.db || fail "part $k of a sound archive"
	k=$((k + 1))
done

size=$(wc -c <sound.db)
found=0
by_some=0
awk -v n="$flips" -v bits="$((size * 8))" 'BEGIN { srand(7); for (i = 0; i < n; i++) printf "%d\n", int(rand() * bits) }' >places
while read -r bit; do
	cp sound.db flipped.db
	"$TOOLS/flip" flipped.db "$bit" || fail "flip $bit"
	"$RIPOSTE" verify -q --data -A flipped.db >out 2>err
	whole=$?
	k=1
	sees=0
	while [ $k -le $parts ]; do
		"$RIPOSTE" verify -q --data=$k/$parts -A flipped.db >out 2>err-part
		status=$?
		[ $status = 0 ] || sees=$((sees + 1))
		[ $status = 0 ] || [ -s err-part ] || fail "bit $bit: part $k: status $status without a word"
		[ $status = 0 ] || [ $whole != 0 ] || fail "bit $bit: part $k finds what the whole does not: $(cat err-part)"
		k=$((k + 1))
	done
	[ $whole = 0 ] || [ $sees -gt 0 ] || fail "bit $bit: no part finds $(head -n 1 err)"
	[ $whole = 0 ] || found=$((found + 1))
	[ $sees = 0 ] || [ $sees = $parts ] || by_some=$((by_some + 1))
	rm -f flipped.db flipped.db-*
done <places
echo "$flips flips: $found found, each by a part; $by_some by some parts only"
[ $found -gt 0 ] || fail "no flip was ever found"
[ $by_some -gt 0 ] || fail "every part looks at everything"
