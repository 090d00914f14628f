#!/bin/sh
# K12: an allocation that fails, at every place where the program asks for memory: once, and
# all behind it as well.
#
#	scarce.sh STEP	every STEP-th place; 1 is all of them
#
# Harmless, and then nothing else comes out; or a line that says so, and status 74.  The
# archive is sound, and the same import once more gives what it gives without the fault.
# shellcheck disable=SC2086,SC2154
set -u
step=${1:-1}
. "$(dirname "$0")/common.sh"
need gzip zstd timeout
[ -x "$TOOLS/riposte-scarce" ] || { echo "allocations cannot be made to fail here: skipped"; exit 77; }
# By names without a blank in them: both are words of commands.
ln -s "$TOOLS/riposte-scarce" scarce
ln -s "$RIPOSTE" plain
scarce="timeout 60 ./scarce"

# Posts of every form with edits, inclusions, errors and rejects, and a transcript; then the
# same things again, changed, compressed and by other names.
for file in v1-classic.jsonl v1-inside.json v1-web.json v2-flat.jsonl v2-page.jsonl text.jsonl delete.jsonl answer.json; do
	tail -c +2 "$CORPUS/x/$file" >$file
done
cp "$DATA/stargate/davos.txt" "$DATA/stargate/davos.txt.riposte.ini" "$DATA"/stargate/x/*.json .
cp "$DATA/stargate/people.ini" reference.people.ini
sed 's/good authority/the best authority/; s/"name": "Elon Musk"/"name": "E. Musk"/' musk.json | gzip -n >changed.json.gz
zstd -q -o again.json.zst altman.json
cat >late.jsonl <<'END'
{"id":"1991086298396754121","text":"@bob agreed, now","author_id":"1001","edit_history_tweet_ids":["1","1991086298396754121","1991086298396754122"]}
{"id":"1991086298396754122","text":"@bob agreed, then","author_id":"1001","created_at":"2025-11-19T10:19:00.000Z","edit_history_tweet_ids":["1","1991086298396754121","1991086298396754122"]}
{"id":"1882303826214162581","text":"wrong, as you know","author_id":"1605","referenced_tweets":[{"type":"quoted","id":"1881923570458304780"}],"created_at":"2025-01-23T16:00:00.000Z"}
{"id":"77","author_id":{},"text":"no author can be read"}
not json
END
printf '[00:00:05] Ana Petit: Is it done?\n\n(Applause.)\n\nBob (00:30): It is \303\251t\303\251.\n\nANA PETIT: Then\nwe go.\n' >talk.txt

first="v1-classic.jsonl v1-inside.json v1-web.json v2-flat.jsonl v2-page.jsonl text.jsonl delete.jsonl answer.json musk.json davos.txt clip.json altman.json"
second="davos.txt changed.json.gz again.json.zst late.jsonl musk.json talk.txt --event talk --start 2025-03-04T10:00 --tz Europe/Paris --speaker Bob --speaker Ana\040Petit"
import_first() { "$@" import -A archive.db $first; }
import_second() { "$@" import -A archive.db $second; }
merge() { "$@" merge -A archive.db other.db; }
rebuild() { "$@" rebuild -A archive.db; }

# What came out of a run: it must be what comes out without a fault, or one line and 74.
judge() {
	case $status in
	"$clean")
		cmp -s out clean.out || fail "$what: another output and no word"
		cmp -s err clean.err || fail "$what: status $status, but: $(head -c 300 err)"
		;;
	74)
			# An import sums up what it stored before, perhaps.
		grep -v -x -F -f clean.err err | grep -v '^riposte: [0-9]* captures*: ' >told
		[ "$(wc -l <told)" = 1 ] || fail "$what: not one line: $(head -c 600 err)"
		grep -q '^riposte: ..' told || fail "$what: no word: $(cat told)"
		;;
	*) fail "$what: status $status, not 74 or $clean: $(head -c 600 err)" ;;
	esac
}

# each NAME BEFORE AFTER COMMAND...: the command with every place failing.
each() {
	name=$1
	before=$2
	after=$3
	shift 3
	$before
	export SCARCE_PLACES=places
	"$@" >clean.out 2>clean.err
	clean=$?
	unset SCARCE_PLACES
	[ -s places ] || fail "$name: no allocation at all"
	[ $clean = 0 ] || [ $clean = 3 ] || fail "$name: status $clean: $(cat clean.err)"
	# What two commands do alike is tried in one of them.
	cut -d ' ' -f 2 places | cat known - >met
	awk -v step="$step" 'FILENAME == "known" { known[$0] = 1; next }
		!known[$2] && ++n % step == 0 { print $1; print $1 "+" }' known places >numbers
	mv met known
	while read -r number; do
		what="$name: allocation $number"
		$before
		export SCARCE=$number
		"$@" >out 2>err
		status=$?
		unset SCARCE
		judge
		faults=$((faults + 1))
		[ $status = "$clean" ] || refused=$((refused + 1))
		$after
	done <numbers
	echo "$name: $(wc -l <numbers) faults at $(wc -l <places) places"
}

# Writers.
no_archive() {
	rm -f archive.db archive.db-*
}
first_archive() {
	no_archive
	cp first.db archive.db
}
both_archive() {
	no_archive
	cp reference.db archive.db
}
converges() {
	if [ -s archive.db ]; then
		"$RIPOSTE" verify -q -A archive.db || fail "$what: damaged after the fault"
	fi
	$once_more >out 2>err
	status=$?
	[ $status = 0 ] || [ $status = 3 ] || fail "$what: the next time: $(head -c 300 err)"
	canonical archive.db >after.jsonl || fail "$what: export after the next time"
	cmp -s $expected after.jsonl || fail "$what: another archive than without the fault"
	"$RIPOSTE" verify -q --data -A archive.db || fail "$what: damaged after the next time"
}

# Readers change nothing.
untouched() {
	cmp -s reference.db kept.db || fail "$what: the archive was changed"
}

faults=0
refused=0
: >known
no_archive
import_first "$RIPOSTE" >out 2>err
canonical archive.db >first.jsonl || fail "the first import: $(cat err)"
cp archive.db first.db
import_second "$RIPOSTE" >out 2>err
canonical archive.db >second.jsonl || fail "the second import: $(cat err)"
mv archive.db reference.db
cp reference.db kept.db

once_more="import_first ./plain"
expected=first.jsonl
each "import" no_archive converges import_first $scarce
once_more="import_second ./plain"
expected=second.jsonl
each "import again" first_archive converges import_second $scarce
"$RIPOSTE" import -q -A other.db $second >out 2>err
once_more="merge ./plain"
each "merge" first_archive converges merge $scarce
once_more="rebuild ./plain"
each "rebuild" both_archive converges rebuild $scarce

capture=$("$RIPOSTE" capture list -f json -A reference.db | grep -o '"sha256":"[0-9a-f]*' | tail -n 1 | cut -d '"' -f 4)
while read -r command; do
	each "$command" : untouched $scarce $command -A reference.db
done <<END
thread x:1882303826214162580
thread x:1882303826214162580 --json
exchange Musk Altman Nadella
exchange Musk Altman --json
timeline
search money since:2025-01-01 from:@elonmusk
show x:1991086298396754121
show x:1991086298396754121 --json
show x:1991086298396754121 --raw
person list
person show Musk
capture list
capture cat $capture
stats
stats --rejected --json
verify
verify --data
verify --data=2/2
export -f jsonl --canonical
export -f jsonl
END

# A backup is whole or not there, and what it was written to is gone.
no_copy() {
	rm -f copy.db
}
whole_or_none() {
	untouched
	find . -name '.riposte-*' | grep . && fail "$what: half a backup is left"
	if [ $status = 0 ]; then
		canonical copy.db | cmp -s - second.jsonl || fail "$what: done, and not whole"
	else
		[ ! -e copy.db ] || fail "$what: told, and there all the same"
	fi
}
each "backup" no_copy whole_or_none $scarce backup -q -A reference.db copy.db
figures "$faults failed allocations, $refused of them told: nothing lost, nothing damaged"
[ $refused -gt 50 ] || fail "too few to mean anything"
