#!/bin/sh
# Dictionaries are made of what comes in first.  When posts have become others, new ones are made, the
# old ones stay for what was packed with them, and every byte comes back.
# shellcheck source=/dev/null
set -u
. "$(dirname "$0")/common.sh"
need sqlite3

# 17,000 posts, more than half a window, each of two of 400 sentences; $1 makes other sentences.
posts() {
	awk -v set="$1" -v first="$2" '
		function sentence(k,  s, j) {
			s = ""
			for (j = 0; j < 9; j++)
				s = s sprintf("%s%c%c%c%d ", set, 97 + (k * 7 + j * 5) % 26,
					97 + (k * 3 + j) % 26, 97 + (k + j * 11) % 26, (k * 13 + j * 29) % 97)
			return s
		}
		BEGIN {
			for (i = 0; i < 17000; i++)
				printf "{\"id\":\"%s%d\",\"text\":\"%s%s\",\"author_id\":\"%d\"}\n", first,
					100000 + i, sentence((i * 7919) % 400), sentence((i * 104729) % 397), i % 50
		}' >"$1.jsonl"
}
dictionaries() {
	sqlite3 archive.db "SELECT count(*) FROM dictionary WHERE kind > 512"
}
for set in a b; do
	posts $set "$([ $set = a ] && echo 1 || echo 2)"
	"$RIPOSTE" import -q -A archive.db $set.jsonl || fail "the import"
	"$RIPOSTE" compact -q -A archive.db || fail "compact"
	[ "$(dictionaries)" = "$([ $set = a ] && echo 1 || echo 2)" ] ||
		fail "after $set: $(dictionaries) dictionaries of texts"
done
"$RIPOSTE" verify -q --data=2/2 -A archive.db || fail "verify"
for set in a b; do
	"$RIPOSTE" capture cat -A archive.db "$(sha256sum $set.jsonl | cut -c1-64)" | cmp -s - $set.jsonl ||
		fail "other bytes of $set.jsonl"
done
figures "new dictionaries when the old ones had aged: every byte back"
