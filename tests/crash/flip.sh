#!/bin/sh
# D11: one bit turned over anywhere in the archive is reported, or changes nothing.
#
#	flip.sh FLIPS [SEED [packed]]	packed: of an archive that compact went over
set -u
flips=${1:-100}
seed=${2:-1}
packed=${3:-}
. "$(dirname "$0")/common.sh"
need gzip
make_input 200
make_reference
[ -z "$packed" ] || "$RIPOSTE" compact -q -A reference.db || fail "compact"

everything() {
	canonical "$1" && "$RIPOSTE" capture list -A "$1" &&
		for id in $ids; do "$RIPOSTE" capture cat -A "$1" "$id" || return 1; done
}

ids=$("$RIPOSTE" capture list -A reference.db | cut -c 1-12)
everything reference.db >reference.all || fail "the reference archive cannot be read"
size=$(wc -c <reference.db)
reported=0
silent=0
awk -v n="$flips" -v bits="$((size * 8))" -v seed="$seed" \
	'BEGIN { srand(seed); for (i = 0; i < n; i++) printf "%d\n", int(rand() * bits) }' >places
while read -r bit; do
	rm -f flipped.db flipped.db-*
	cp reference.db flipped.db
	"$TOOLS/flip" flipped.db "$bit" || fail "flip $bit"
	"$RIPOSTE" verify -q --data -A flipped.db >out 2>err
	status=$?
	case $status in
	0)
		everything flipped.db >flipped.all 2>>err || fail "bit $bit: verified, but unreadable: $(cat err)"
		cmp -s reference.all flipped.all || fail "bit $bit: verified, but the content changed"
		silent=$((silent + 1))
		;;
	74 | 75 | 76 | 78)
		[ -s err ] || fail "bit $bit: status $status without a word"
		reported=$((reported + 1))
		;;
	*) fail "bit $bit: status $status: $(cat err)" ;;
	esac
done <places
echo "$flips flips: $reported reported, $silent without effect"
[ $reported -gt 0 ] || fail "no flip was ever reported"
