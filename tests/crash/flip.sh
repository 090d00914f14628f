#!/bin/sh
# D11, D12: one bit turned over anywhere in the archive, or an end cut off it: reported with what
# is damaged, or nothing changes; and never does a wrong byte of what came in go out.
#
#	flip.sh FAULTS [SEED [packed]]	packed: of an archive that compact went over
#
# Every tenth fault is a cut.
set -u
faults=${1:-100}
seed=${2:-${CRASH_SEED:-1}}
packed=${3:-}
. "$(dirname "$0")/common.sh"
need gzip truncate
make_input 200
make_reference
[ -z "$packed" ] || "$RIPOSTE" compact -q -A reference.db || fail "compact"

everything() {
	canonical "$1" && "$RIPOSTE" capture list -A "$1" &&
		for id in $ids; do "$RIPOSTE" capture cat -A "$1" "$id" || return 1; done
}

# What a finding may name: something that came in or was made of it ...
item='record [0-9]|capture [0-9a-f]|segment [0-9]|run [0-9]|window of records|dictionary [0-9]|block [0-9]|x:@?[0-9]|spoken:|full.text index'
# ... or, where the database itself makes no sense, a place in it.
place='row [0-9]+ missing from index|row not in|wrong # of entries|NULL value in|value in [a-z]+\.|[Tt]ree|[Pp]age|[Ff]reelist|malformed|schema|format|not a riposte archive|a table|not ours|application|version|id'

# No wrong byte: all of a capture, or the beginning of it and an error.
check_captures() {
	for id in $ids; do
		"$RIPOSTE" capture cat -A damaged.db "$id" >cat.out 2>cat.err
		got=$?
		if [ $got = 0 ]; then
			cmp -s cat.out "true.$id" || fail "$what: wrong bytes of capture $id, and no word"
		else
			[ -s cat.err ] || fail "$what: capture $id: status $got without a word"
			head -c "$(wc -c <cat.out)" "true.$id" | cmp -s - cat.out || fail "$what: wrong bytes of capture $id before: $(cat cat.err)"
		fi
	done
}

ids=$("$RIPOSTE" capture list -A reference.db | cut -c 1-12)
everything reference.db >reference.all || fail "the reference archive cannot be read"
for id in $ids; do
	"$RIPOSTE" capture cat -A reference.db "$id" >"true.$id"
done
size=$(wc -c <reference.db)
reported=0
by_place=0
silent=0
cuts=0
awk -v n="$faults" -v size="$size" -v seed="$seed" 'BEGIN {
	srand(seed)
	for (i = 1; i <= n; i++)
		if (i % 10)
			printf "bit %d\n", int(rand() * size * 8)
		else
			printf "end %d\n", int(rand() * size)
}' >places
while read -r kind at; do
	what="$kind $at"
	rm -f damaged.db damaged.db-*
	cp reference.db damaged.db
	case $kind in
	bit) "$TOOLS/flip" damaged.db "$at" || fail "$what" ;;
	end) truncate -s "$at" damaged.db && cuts=$((cuts + 1)) ;;
	esac
	"$RIPOSTE" verify -q --data -A damaged.db >out 2>err
	status=$?
	case $status in
	0)
		everything damaged.db >damaged.all 2>>err || fail "$what: verified, but unreadable: $(cat err)"
		cmp -s reference.all damaged.all || fail "$what: verified, but the content changed"
		silent=$((silent + 1))
		;;
	74 | 75 | 76 | 78)
		if ! grep -q -E "$item" err; then
			grep -q -E "$place" err || fail "$what: nothing is named: $(cat err)"
			by_place=$((by_place + 1))
		fi
		check_captures
		reported=$((reported + 1))
		;;
	*) fail "$what: status $status: $(cat err)" ;;
	esac
done <places
figures "$((faults - cuts)) flips and $cuts truncations${packed:+, $packed}: $reported reported, $by_place of them by a place in the database, $silent without effect, 0 wrong bytes, seed $seed"
[ $reported -gt 0 ] || fail "no fault was ever reported"
