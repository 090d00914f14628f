#!/bin/sh
# What two archives hold, in one: A+B, B+A and A+B+A are the same bytes, for N random splits.
#
#	merge.sh REAL-DATA N
#
# Pieces of real data, edits, deletions, and one event in several words and under several
# options go to A, to B or to both, at random times, plain or compressed.
# shellcheck source=/dev/null disable=SC2154
set -u
splits=${2:-3}
first=${3:-1}
. "$(dirname "$0")/common.sh"
posts=$real/tweets-threads/germanwings-crash.tweets.jsonl
mkdir pieces

# Random numbers that are the same everywhere: seed, and how many, each from 0 to 999.
numbers() {
	awk -v seed="$1" -v n="$2" 'BEGIN { srand(seed); for (i = 0; i < n; i++) print int(rand() * 1000) }'
}

make_pieces() {
	rm -f pieces/*
	awk -v seed="$1" 'BEGIN { srand(seed) }
		rand() < 0.25 { print >("pieces/posts" int(rand() * 6) ".jsonl"); if (rand() < 0.2) print >("pieces/posts7.jsonl") }' "$posts"
	cp "$real"/tweets-v2/*.jsonl "$real"/tweets-v1-extended/*.json "$real"/stargate/*.jsonl pieces 2>/dev/null
	for day in 1 2 3; do
		printf '{"data":[{"id":"1","text":"here","author_id":"7"}],"__twarc":{"retrieved_at":"2024-01-0%sT10:00:00+00:00"}}\n' $day >pieces/here$day.json
		printf '{"errors":[{"resource_type":"tweet","resource_id":"1","value":"1","parameter":"ids","title":"Not Found Error","type":"https://api.x.com/2/problems/resource-not-found"}],"__twarc":{"retrieved_at":"2024-01-0%sT12:00:00+00:00"}}\n' $day >pieces/gone$day.json
	done
	printf '{"data":[{"id":"1724551529886646272","text":"My honest words","author_id":"1001","edit_history_tweet_ids":["1724551529886646272"]}]}\n' >pieces/ada.json
	printf '{"data":[{"id":"1724551949317046272","text":"I confess","author_id":"2002","edit_history_tweet_ids":["1724551529886646272","1724551949317046272"]}]}\n' >pieces/bob.json
	printf 'MODERATOR: Is the money there?\n\nSATYA NADELLA: I am good for my 80 billion dollars this year.\n\nMODERATOR: Thank you.\n' >pieces/talk1.txt
	{ printf 'MODERATOR: Welcome to Davos.\n\n'; sed 's/80/eighty/' pieces/talk1.txt; } >pieces/talk2.txt
	sed 's/there?/there?\n\nBOB ROE: Really?/' pieces/talk1.txt >pieces/talk3.txt
	cp pieces/talk1.txt pieces/nameless.txt
	cp pieces/talk1.txt pieces/other.txt
	head -c 700 pieces/posts0.jsonl >pieces/cut.jsonl
	gzip -c pieces/posts1.jsonl | head -c 20000 >pieces/broken.jsonl.gz
	gzip -c pieces/talk2.txt >pieces/talk4.txt.gz
	printf 'neither nor\n' >pieces/unknown.bin
}

# take ARCHIVE PIECE RANDOM: at a time of its own, sometimes compressed.
take() {
	set -- "$1" "$2" "$3" "$2"
	if [ $(($3 % 7)) = 0 ] && [ "${2%.gz}" = "$2" ]; then
		gzip -c "$2" >packed/"$(basename "$2")".gz
		set -- "$1" packed/"$(basename "$2")".gz "$3" "$2"
	fi
	RIPOSTE_NOW=2026-02-$(printf %02d $(($3 % 28 + 1)))T0$(($3 % 10)):00:00Z
	export RIPOSTE_NOW
	case $4 in
	*/talk*) "$RIPOSTE" import -q -A "$1" "$2" --event davos --date 2025-01-2$(($3 / 100 % 3)) ;;
	*/nameless.txt | */other.txt) "$RIPOSTE" import -q -A "$1" "$2" --date 2025-01-2$(($3 / 100 % 3)) ;;
	*) "$RIPOSTE" import -q -A "$1" "$2" ;;
	esac 2>err
	status=$?
	case $status in 0 | 3 | 65) ;; *) fail "split $split: import $2: status $status: $(cat err)" ;; esac
	RIPOSTE_NOW=2026-01-05T12:00:00Z
}

# Twice over the pieces: what comes again comes at another time, under other options.
fill() {
	for archive in a b; do
		for round in 1 2; do
			find pieces -type f | sort | paste -d ' ' - wanted-$archive$round | sort -k 3n | while read -r piece random place; do
				if [ "$place" -lt $((650 - round * 250)) ]; then
					take $archive.db "$piece" "$random" || exit 1
				fi
			done || exit 1
		done
	done
}

merge() {
	into=$1
	shift
	"$RIPOSTE" merge -q -A "$into" "$@" 2>err
	status=$?
	case $status in 0 | 3) ;; *) fail "split $split: merge $* into $into: status $status: $(cat err)" ;; esac
}

canonical() {
	"$RIPOSTE" export -A "$1" -f jsonl --canonical
}

sound() {
	"$RIPOSTE" verify -q --data -A "$1" 2>err || fail "split $split: $1 is damaged: $(cat err)"
	"$RIPOSTE" verify -q -A "$1" || fail "split $split: $1"
}

split=$first
while [ "$split" -lt $((first + splits)) ]; do
	rm -rf ./*.db* packed
	mkdir packed
	make_pieces "$split"
	n=$(find pieces -type f | wc -l)
	seed=$((split * 10))
	for archive in a b; do
		for round in 1 2; do
			numbers $((seed + 1)) "$n" >one
			numbers $((seed + 2)) "$n" | paste -d ' ' one - >wanted-$archive$round
			seed=$((seed + 2))
		done
	done
	fill
	[ $((split % 3)) != 0 ] || "$RIPOSTE" compact -q -A a.db || fail "compact"
	cp a.db ab.db
	cp b.db ba.db
	merge ab.db b.db
	merge ba.db a.db
	canonical ab.db >ab.jsonl
	canonical ba.db | cmp -s - ab.jsonl || fail "split $split: A+B is not B+A"
	"$RIPOSTE" stats --chain -A ab.db >chain
	merge ab.db a.db b.db
	"$RIPOSTE" stats --chain -A ab.db | cmp -s - chain || fail "split $split: A+B+A is one run more"
	merge both.db ab.db ba.db
	merge new.db b.db a.db
	for made in ab both new; do
		canonical $made.db | cmp -s - ab.jsonl || fail "split $split: $made is not A+B"
		sound $made.db
	done
	sound ba.db
	"$RIPOSTE" rebuild -q -A ba.db || fail "split $split: rebuild"
	canonical ba.db | cmp -s - ab.jsonl || fail "split $split: B+A rebuilt is not A+B"
	for archive in a b; do
		head=$("$RIPOSTE" stats --chain -A $archive.db | sed -n 's/^head *//p')
		"$RIPOSTE" stats --chain -A new.db | grep -q "$head" || fail "split $split: the chain of $archive"
	done
	split=$((split + 1))
done
echo "$splits splits: A+B = B+A = A+B+A, $(wc -l <ab.jsonl) posts"
