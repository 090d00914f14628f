#!/bin/sh
# Every byte of every real file comes back, and every post's own bytes stand in its file.
set -u
. "$(dirname "$0")/common.sh"

for f in "$real"/tweets-*/*.json*; do
	case $f in *structure*) continue ;; esac
	"$RIPOSTE" import -q -A a.db "$f" 2>err
	status=$?
	case $status in 0 | 3) ;; *) fail "import of $f: status $status: $(cat err)" ;; esac
	sha=$(sha256sum <"$f" | cut -c 1-64)
	"$RIPOSTE" capture cat -A a.db "$sha" >back || fail "capture cat of $f"
	cmp -s "$f" back || fail "$f came back in other bytes"
done
"$RIPOSTE" search -A a.db -f ids from:wongmjane >ids
while read -r key; do
	"$RIPOSTE" show -A a.db "$key" --raw >raw || fail "show --raw $key"
	[ -s raw ] || fail "$key has no bytes"
	cat "$real"/tweets-*/*.json* | grep -qF "$(cat raw)" || fail "$key: bytes that came in no file"
done <ids
[ -s ids ] || fail "no post to try"
"$RIPOSTE" verify -q --data -A a.db || fail "verify"
