# For cases about servers that do wrong: sourced, not run.
#
#	serve WORLD          mock servers with that folder, and c.conf with a source of each kind
#	small_world, large_world
#	                     make such a folder, world
#	fault WORDS NAME=VALUE...
#	                     every list of posts is answered as /_/set says of these: a line of
#	                     what each source makes of it.  Then all is well again, and a day
#	                     later the archive must be as if nothing had been.
#
# servers has the processes, to be ended.  What holds of every one of them is looked at here, and told only where it does not hold.
token=cAnArY-7f3/9+d2e=5b

kinds="bsky feed masto press x"

# Two posts of each network, a feed, a page.
small_world() {
	mkdir -p world/feeds world/pages
	cat >world/all.jsonl <<'END'
{"account":"bsky:did:plc:a","name":"ada.example"}
{"account":"masto:1","name":"ada"}
{"account":"x:1","name":"ada"}
{"post":"bsky:did:plc:a/3mbgjrmkt2222","text":"one","time":"2026-01-02T09:00:00Z"}
{"post":"bsky:did:plc:a/3mbgjrmkt2223","text":"two","time":"2026-01-02T09:01:00Z","reply":"bsky:did:plc:a/3mbgjrmkt2222"}
{"post":"masto:115824682598400010","by":"masto:1","text":"one","time":"2026-01-02T09:00:00Z"}
{"post":"masto:115824682598400011","by":"masto:1","text":"two","time":"2026-01-02T09:01:00Z","reply":"masto:115824682598400010"}
{"post":"x:2007010000000000000","by":"x:1","text":"one"}
{"post":"x:2007011000000000000","by":"x:1","text":"two","reply":"x:2007010000000000000"}
END
	cp "$DATA/worlds/small/feeds/blog.xml" world/feeds
	cp "$DATA/worlds/small/pages/article.html" world/pages
}

# 250 posts of each network.
large_world() {
	mkdir world
	{
		echo '{"account":"bsky:did:plc:a","name":"ada.example"}'
		echo '{"account":"masto:1","name":"ada"}'
		echo '{"account":"x:1","name":"ada"}'
		awk 'BEGIN {
			letters = "234567abcdefghijklmnopqrstuvwxyz"
			for (i = 0; i < 250; i++) {
				at = sprintf("2026-01-02T09:%02d:%02dZ", i / 60, i % 60)
				tid = "3mbgjrmkt2" substr(letters, 1 + int(i / 32), 1) substr(letters, 1 + i % 32, 1) "2"
				printf "{\"post\":\"bsky:did:plc:a/%s\",\"text\":\"%d\",\"time\":\"%s\"}\n", tid, i, at
				printf "{\"post\":\"masto:11582%03d2598400000\",\"by\":\"masto:1\",\"text\":\"%d\",\"time\":\"%s\"}\n", 468 + i, i, at
				printf "{\"post\":\"x:2007%03d000000000000\",\"by\":\"x:1\",\"text\":\"%d\"}\n", 100 + i, i
			}
		}'
	} >world/all.jsonl
}

# Each kind has a server of its own, so that none waits for another one's limits.
serve() {
	for kind in $kinds; do
		mock --ready "$kind.url" --world "$1" --log "$kind.log" &
		servers="$servers $!"
	done
	for kind in $kinds; do
		until [ -s "$kind.url" ]; do sleep 0.01; done
	done
	(umask 077 && echo $token >token)
	configure
	today=${RIPOSTE_NOW:?} tomorrow=2026-01-06T12:00:00Z
	collect -q
	tomorrow collect -q
	riposte export -f jsonl --canonical >want
}

at() { cat "$1.url"; }

# What each kind is set up with, besides its name.
section() {
	case $1 in
	bsky) printf 'account = ada.example\nbase = %s/bsky\nplc = %s/plc\n' "$(at bsky)" "$(at bsky)" ;;
	feed) printf 'url = %s/feeds/blog.xml\n' "$(at feed)" ;;
	masto) printf 'account = ada\nreplies = no\ninstance = %s/masto\n' "$(at masto)" ;;
	press) printf 'url = %s/pages/article.html\n' "$(at press)" ;;
	x) printf 'account = ada\ntoken = file:token\nbase = %s/x\n' "$(at x)" ;;
	esac
}

configure() {
	printf '[http]\nallow_private = %s\npatience = %s\n' "${private:-yes}" "${patience:-100ms}" >c.conf
	for kind in $kinds; do
		printf '[source %s]\ncollector = %s\n' "$kind" "$kind"
		section "$kind"
	done >>c.conf
}

collect() { riposte collect --config c.conf "$@"; }
tomorrow() { RIPOSTE_NOW=$tomorrow "$@"; }

# Where lists of posts are.
lists() {
	case $1 in
	bsky) echo "/bsky/xrpc/app.bsky.feed.getAuthorFeed" ;;
	feed) echo "/feeds/*" ;;
	masto) echo "/masto/api/v1/accounts/[0-9]*/statuses" ;;
	press) echo "/pages/*" ;;
	x) echo "/x/2/users/[0-9]*/tweets" ;;
	esac
}

# A word for each server's address, and for what differs from run to run.
named() { sed "s/port [0-9]* after [0-9]* ms/port N after N ms/; s/after [0-9]* milliseconds.*/after N ms/; $(for kind in $kinds; do printf 's|%s|URL|g; s|%s|HOST|g; ' "$(at $kind)" "$(at $kind | cut -c 8-)"; done)"'s|127.0.0.\([12]\):[0-9]*|HOST\1|g'; }

# How many requests came to the server of a kind since it was set.
asked() { curl -s "$(at "$1")/_/log" | grep -vc ' /_/'; }

# The last run as it is told in out: a source a line.
told() {
	sed 's/^.*"sources":\[//; s/\]}$//; s/},{/\n/g' out | sed -n \
		's/.*"name":"\([^"]*\)","end":"\([^"]*\)","requests":\([0-9]*\),.*"due":"....-\(..-..\)T\(..:..\)[^,]*,"why":\(.*[^}]\)}*$/  \1 \2, \3 answers, due \4 \5: \6/p' |
		sed 's/with [0-9]* bytes/with N bytes/; s,OpenSSL/[0-9.]*,OpenSSL,; s/again in [0-9]* s/again in N s/; s/: null$//; s/: "\(.*\)"$/: \1/; s/\\"/"/g; s/ 1 answers/ 1 answer/' | named
}

# What is said is a line each, short, readable, and without a secret.
is_plain() {
	awk -v what="$1" 'length > 200 { print what ": a line of " length ": " $0 }' err
	grep -n '[^ -~]' err
	grep -F -n -e "$token" out err
}

# Nobody's post is gone because a server was in trouble; a page is if it says so itself (410).
nothing_is_gone() {
	riposte export -f jsonl --canonical >now 2>/dev/null || return
	sed -n 's/^{"key":"\([^"]*\)".*"state":"\(deleted\|gone\)".*/  \1: \2/p' now | named
}

# Each that did not do well says so, and counts it.
is_noted() {
	riposte source list --json --config c.conf | sed 's/},{/\n/g' >states
	for name in $(told | sed -n 's/^  \([a-z]*\) \(later\|failed\),.*/\1/p'); do
		grep "\"name\":\"$name\"" states | grep '"failures":1,"trouble":"' >/dev/null ||
			echo "  $name: no trouble is noted"
	done
}

# Holes are known, each with its reason.
gaps() {
	riposte gaps --json 2>/dev/null | sed 's/},{/\n/g' | sed -n \
		's/.*"source":"\([^"]*\)".*"why":"\([^"]*\)".*/  gap of \1: \2/p' | sort -u
}

is_mended() {
	control set faults=none
	tomorrow collect -q >out 2>err || { echo "  afterwards: exit $?"; named <err; }
	riposte export -f jsonl --canonical >now
	cmp -s now want || for kind in $kinds; do
		grep "^{\"key\":\"$kind:" want >wanted
		grep "^{\"key\":\"$kind:" now | cmp -s - wanted ||
			echo "  $kind: not the archive that it is without"
	done
	riposte verify -q --data || echo "  verify: exit $?"
}

afterwards() {
	gaps
	nothing_is_gone
	is_noted
	is_mended
}

run() {
	collect --json "$@" >out 2>err
	status=$?
	told
	echo "  exit $status"
	is_plain "$what"
}

# control set NAME=VALUE...: of every server, in one go.
control() {
	verb=$1
	shift
	for pair; do
		set -- "$@" --data-urlencode "$pair"
		shift
	done
	for kind in $kinds; do set -- "$@" "$(at $kind)/_/$verb"; done
	curl -s -g -G "$@"
}

fault() {
	what=$1
	shift
	echo "$what:"
	rm -f archive.db*
	control reset
	for kind in $kinds; do
		kinds=$kind control set "path=${where:-$(lists $kind)}" "$@"
	done
	run
	afterwards
}
