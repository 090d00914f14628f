#!/bin/sh
# P01-P06, P08, P09: the power is cut behind every request that a run makes of the disk.
#
#	power.sh EVERY ROUNDS AGAIN CHAIN [SEED]
#
#	EVERY	cut behind every so many-th request, and every acknowledgement; 1 is all
#	ROUNDS	so many random cuts of each kind there
#	AGAIN	after every so many-th cut, the same run once more: it comes to the same
#	CHAIN	so many runs over what a cut left, which are cut in turn
#
# See tests/support/cut.c for what is asked of an image.
# shellcheck source=/dev/null disable=SC2086,SC2154
set -u
every=${1:-1}
rounds=${2:-1}
again=${3:-1}
chain=${4:-1}
seed=${5:-${CRASH_SEED:-1}}
. "$(dirname "$0")/common.sh"
need gzip zstd
[ -x "$TOOLS/riposte-traced" ] || { echo "a program with a sanitizer is not traced: skipped"; exit 77; }

# Pages of a source, in many transactions; two of them come again with other counters.
"$TOOLS/generate" 120 30 >posts.jsonl
split -l 20 posts.jsonl page.
rm posts.jsonl
cp "$DATA/stargate/davos.txt" "$DATA/stargate/davos.txt.riposte.ini" "$DATA"/stargate/x/*.json .
sed 's/"like_count": [0-9]*/"like_count": 4711/' musk.json >poll-1.json
sed 's/"like_count": [0-9]*/"like_count": 4712/; s/good authority/the best authority/' musk.json >poll-2.json
pages="$scratch/page.aa $scratch/page.ab $scratch/page.ac $scratch/page.ad $scratch/page.ae $scratch/page.af"
more="$scratch/davos.txt $scratch/musk.json $scratch/altman.json $scratch/clip.json"
polls="$scratch/poll-1.json $scratch/musk.json $scratch/poll-2.json $scratch/page.ac"

images=0
acked=0
states=0
converged=0

# trace NAME COMMAND...: riposte, with what it finds in NAME.before, leaving NAME.root and the
# journal NAME.journal.
trace() {
	name=$1
	shift
	rm -rf "$name.root" "$name.image"
	mkdir -p "$name.before" "$name.image"
	cp -r "$name.before" "$name.root"
	(cd "$name.root" && TRACE_JOURNAL=$scratch/$name.journal TRACE_ROOT=$scratch/$name.root TRACE_PRAGMAS=${pragmas:-} \
		"$TOOLS/riposte-traced" "$@") >out 2>err || fail "$name: status $?: $(cat err)"
}

# cut NAME [OPTION...]: looks at the images; sets what cut prints as variables.
cut_images() {
	name=$1
	shift
	"$TOOLS/cut" -b "$name.before" -f "$name.root" -s "$seed" -n "$rounds" -e "$every" "$@" "$name.journal" "$name.image" >line 2>told ||
		fail "$name: $(cat told)"
	sed 's/ /\
/g' line >variables
	. ./variables
	echo "$name: $(cat line)"
}

# cuts NAME ARCHIVE COMMAND REFERENCE: nothing is lost, nothing damaged, and the command comes to
# the same after every cut.
cuts() {
	cut_images "$1" -a "$2" -c "$3" -r "$4" -C "$again"
	[ "$lost_images$corrupt$broken_files" = 000 ] || fail "$1: $(cat told)"
	[ "$tried" = "$converged_here" ] || fail "$1: $(cat told)"
	images=$((images + images_here))
	acked=$((acked + promised))
	states=$((states + states_here))
	converged=$((converged + converged_here))
}

export_of() {
	echo "'$RIPOSTE' export -A $1 -f jsonl --canonical"
}

# The first import, into directories that it makes.
trace create import -q -A deep/place/archive.db $pages
canonical create.root/deep/place/archive.db >first.jsonl
cuts create deep/place/archive.db "'$RIPOSTE' import -q -A deep/place/archive.db $pages && $(export_of deep/place/archive.db)" first.jsonl

# Another one, which takes its log into the archive now and then, and a transcript.
mkdir second.before
cp create.root/deep/place/archive.db second.before
pragmas="PRAGMA wal_autocheckpoint=20"
trace second import -q -A archive.db $more
pragmas=
canonical second.root/archive.db >second.jsonl
cuts second archive.db "'$RIPOSTE' import -q -A archive.db $more && $(export_of archive.db)" second.jsonl

# Polls: what is known comes again, in part with other words.
cp -r second.root polls.before
trace polls import -q -A archive.db $polls
canonical polls.root/archive.db >polls.jsonl
cuts polls archive.db "'$RIPOSTE' import -q -A archive.db $polls && $(export_of archive.db)" polls.jsonl

# Packing, and the archive written anew.
cp -r polls.root compact.before
trace compact compact -q -A archive.db
cuts compact archive.db "'$RIPOSTE' compact -q -A archive.db && $(export_of archive.db)" polls.jsonl

cp -r compact.root rebuild.before
trace rebuild rebuild -q -A archive.db
cuts rebuild archive.db "'$RIPOSTE' rebuild -q -A archive.db && $(export_of archive.db)" polls.jsonl

# An archive of the first format, on its way to today's.
mkdir migrate.before
zstd -dq "$DATA/../golden/format-1.db.zst" -o migrate.before/archive.db
trace migrate import -q -A archive.db $scratch/page.aa
canonical migrate.root/archive.db >migrate.jsonl
cuts migrate archive.db "'$RIPOSTE' import -q -A archive.db $scratch/page.aa && $(export_of archive.db)" migrate.jsonl

# Files of ours: there whole, or not at all.
cp -r polls.root export.before
trace export export -A archive.db -f jsonl --canonical -o posts.jsonl
cuts export archive.db "'$RIPOSTE' export -A archive.db -f jsonl --canonical -o again.jsonl && cat again.jsonl" polls.jsonl
id=$("$RIPOSTE" capture list -A polls.root/archive.db | cut -c 1-12 | head -n 1)
cp -r export.root capture.before
trace capture capture cat -A archive.db "$id" -o capture
cuts capture archive.db "$(export_of archive.db)" polls.jsonl

# Runs over what a cut left behind: recovery is cut as well, and the recovery of that.
i=0
for from in create second compact migrate; do
	case $from in
	create) run="import -q -A archive.db $pages" to=first.jsonl ;;
	second) run="import -q -A archive.db $more" to=second.jsonl ;;
	compact) run="compact -q -A archive.db" to=polls.jsonl ;;
	migrate) run="import -q -A archive.db $scratch/page.aa" to=migrate.jsonl ;;
	esac
	n=0
	before=$from
	while [ $n -lt "$chain" ]; do
		n=$((n + 1))
		i=$((i + 1))
		again_name=$from-again-$n
		rm -rf picked
		mkdir picked
		at=$(awk -v seed="$((seed * 1000 + i))" 'BEGIN { srand(seed); printf "%d", rand() * 1e6 }')
		"$TOOLS/cut" -b "$before.before" -p "$at" "$before.journal" picked || fail "$again_name: no image"
		mkdir -p "$again_name.before"
		for file in picked/archive.db* picked/deep/place/archive.db*; do
			[ ! -f "$file" ] || cp "$file" "$again_name.before"
		done
		trace "$again_name" $run
		cuts "$again_name" archive.db "'$RIPOSTE' $run && $(export_of archive.db)" $to
		# Every other one goes on from there.
		[ $((n % 2)) = 0 ] && before=$from || before=$again_name
	done
done
figures "$images power-cut images, $states states of archives, $acked promises of posts looked up, 0 lost, 0 corrupt, $converged of $converged runs after a cut converged, seed $seed"

# The same with less than synchronous=FULL: these must lose something, or nothing here means a thing.
control() {
	name=$1
	pragmas=$2
	mkdir "$name.before"
	trace "$name" import -q -A archive.db $pages
	pragmas=
	cut_images "$name"
}
control normal "PRAGMA synchronous=NORMAL"
[ "$lost_posts" -gt 0 ] || fail "synchronous=NORMAL loses nothing: the test has no teeth"
normal=$lost_posts
control off "PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=20"
[ "$corrupt" -gt 0 ] || fail "synchronous=OFF damages nothing: the test has no teeth"
figures "negative controls: NORMAL lost $normal posts; OFF lost $lost_posts and destroyed $corrupt of $images_here archives, as they must"
