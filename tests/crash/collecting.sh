# A world of the mock for tests that collect, and what must come of it.  Sourced after common.sh.
# shellcheck shell=sh disable=SC2034

did=did:plc:aaaabbbbccccddddeeeeffff
minute=60000

# Posts an hour apart, the last one five minutes ago: `posts N` of each network.
make_world() {
	mkdir -p world
	now=1767614400000 # RIPOSTE_NOW in ms
	{
		echo '{"account":"x:7","name":"many"}'
		echo '{"account":"x:8","name":"few"}'
		echo "{\"account\":\"bsky:$did\",\"name\":\"many.example\"}"
		echo '{"account":"masto:42","name":"many"}'
		i=0
		while [ $i -lt "$1" ]; do
			ms=$((now - 5 * minute - i * 60 * minute))
			id=$(((ms - 1288834974657) << 22))
			time=$(date -u -d "@$((ms / 1000))" +%Y-%m-%dT%H:%M:%SZ)
			echo "{\"post\":\"x:$id\",\"by\":\"x:7\",\"text\":\"Number $i\"}"
			[ $((i % 2)) = 0 ] && echo "{\"post\":\"bsky:$did/p$((100000 - i))\",\"time\":\"$time\",\"text\":\"Number $i\"}"
			[ $((i % 4)) = 0 ] && echo "{\"post\":\"masto:$((ms << 16))\",\"by\":\"masto:42\",\"time\":\"$time\",\"text\":\"Number $i\"}"
			[ $((i % 50)) = 0 ] && echo "{\"post\":\"x:$((id + 1))\",\"by\":\"x:8\",\"text\":\"@many Why?\",\"reply\":\"x:$id\",\"root\":\"x:$id\"}"
			i=$((i + 1))
		done
	} >world/posts.jsonl
	mkdir -p world/pages
	printf 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Is it done?\n' >world/pages/talk.vtt
}

# serve: the mock, and a config with a source of each kind of list.
serve() {
	"$TOOLS/mock" --ready url --world world --log log &
	mock=$!
	until [ -s url ]; do sleep 0.01; done
	u=$(cat url)
	(umask 077; echo any-token >x-token)
	cat >c.conf <<-END
		[http]
		allow_private = yes
		[source x]
		collector = x
		base = $u/x
		token = file:x-token
		account = many
		account = few
		query = why
		roots = yes
		[source bsky]
		collector = bsky
		base = $u/bsky
		plc = $u/plc
		account = $did
		[source masto]
		collector = masto
		instance = $u/masto
		account = many
		[source talk]
		collector = transcript
		url = $u/pages/talk.vtt
	END
	for n in 1 2 3; do
		printf '[source feed%d]\ncollector = feed\nurl = %s/feeds/many/%d\n' $n "$u" $n >>c.conf
	done
}

tell_mock() { curl -s "$u/_/$1" >/dev/null; }

# What X has charged since the mock was reset, in millionths of a dollar.
billed() {
	curl -s "$u/_/counts" | tr ',' '\n' | awk -F '[:}]' '
		/billed-posts/ { sum += 5000 * $2 }
		/billed-users/ { sum += 10000 * $2 }
		END { print sum + 0 }'
}

collect() {
	"$RIPOSTE" collect -q --all -A "$1" --config c.conf
}

make_collected() {
	collect collected.db 2>err || fail "the undisturbed run: $(cat err)"
	canonical collected.db >reference.jsonl || fail "the undisturbed export"
}

# Posts by "SUBJECT KEY MICROSECONDS", as coverage names them.
list_world() {
	awk -F '"' -v did=$did '
		$2 != "post" { next }
		/"by":"x:7"/ { print "x:@7", $4 }
		/"by":"x:8"/ { print "x:@8", $4 }
		/"post":"bsky:/ { print "bsky:@" did, $4 }' world/posts.jsonl >listed
	"$RIPOSTE" export -A collected.db -f jsonl | grep -v '"kind":"ghost"' |
		sed -n 's/^{"key":"\([^"]*\)".*"time":{"lo":"\([^"]*\)".*/\1 \2/p' >"times"
	awk 'FILENAME == "times" { at[$1] = $2; next } $2 in at { print $1, $2, at[$2] }' times listed |
		while read -r subject key at; do
			echo "$subject $key $(date -u -d "$at" +%s%6N)"
		done >expected
	[ -s expected ] || fail "nothing to compare with"
}

# What is called covered is there, and what X charged is written down.  Looks at a copy.
check_claims() {
	rm -rf look
	mkdir look
	cp "$1" look/archive.db
	for beside in wal journal; do
		[ ! -e "$1-$beside" ] || cp "$1-$beside" "look/archive.db-$beside"
	done
	"$RIPOSTE" export -A look/archive.db -f jsonl 2>/dev/null | grep -v '"kind":"ghost"' | cut -d '"' -f 4 >held
	sqlite3 -separator ' ' look/archive.db 'SELECT CAST(subject AS TEXT), since, until FROM coverage WHERE NOT gap' >covered 2>/dev/null
	awk -v OFMT=%.0f 'FILENAME == "held" { held[$1] = 1; next }
		FILENAME == "expected" { n++; of[n] = $1; key[n] = $2; at[n] = $3; next }
		{ for (i = 1; i <= n; i++) if (of[i] == $1 && at[i] >= $2 && at[i] < $3 && !(key[i] in held)) { print key[i], "of", $0; exit } }' \
		held expected covered >lie
	[ ! -s lie ] || fail "$2: called covered, and is not there: $(cat lie)"
	spent=$(sqlite3 look/archive.db 'SELECT COALESCE(SUM(micro), 0) FROM spending' 2>/dev/null)
	owed=$(billed)
	[ "${spent:-0}" -ge "$owed" ] || fail "$2: $owed was charged, ${spent:-0} is written down"
}

# The next undisturbed run makes the archive of a run without the fault.  Nobody looks before it:
# a look that mends the archive would take the fault away.
check_collected() {
	collect "$1" 2>err || fail "$2: the next run: $(cat err)"
	canonical "$1" >after.jsonl || fail "$2: export after the next run"
	cmp -s reference.jsonl after.jsonl || fail "$2: another archive than without the fault: $(diff reference.jsonl after.jsonl | head -n 3 | cut -c 1-300)"
	"$RIPOSTE" verify -q --data -A "$1" || fail "$2: damaged after the next run"
}
