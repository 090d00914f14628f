# S07, S11, S12, S13: a token in every place that may hold one, sent back by its server in
# bodies, headers and redirects, is in nothing that leaves the program, but for the one header
# to the one host it is for.
token=cAnArY-7f3/9+d2e=5b key=cAnArYkey42
mock --ready url --world "$DATA/worlds/small" &
mock=$!
evil --ready evil --log evil.log &
evil=$!
until [ -s url ] && [ -s evil.more ]; do sleep 0.01; done
u=$(cat url) other=$(sed -n 's/^other-host //p' evil.more) port=$(sed -n 's/^other-port //p' evil.more)
source() { printf '[source %s]\ncollector = %s\n' "$1" "$2" && shift 2 && printf '%s\n' "$@"; }
x() { source "$1" x "account = ${4:-elonmusk}" "token = $2" "base = $3"; }
{
	printf '[http]\nconnect = 1s\nallow_private = yes\npatience = 100ms\n'
	x answers file:token "$u/x" ada
	x in-file file:token http://127.0.0.1:1
	x in-environment env:X_TOKEN http://127.0.0.1:1
	x in-credentials x-token http://127.0.0.1:1
	x not-there file:broken http://127.0.0.1:1
	x echo file:token "$(cat evil)/echo" id:1
	x bob file:token "$u/x" bob
	source masto masto "account = ana" "instance = $u/masto" "token = file:token"
	source address feed "url = $u/feeds/blog.xml?api_key=$key&page=1" "robots = ignore"
	source busy feed "url = $u/feeds/busy.xml?token=$key" "robots = ignore"
	source away feed "url = $u/feeds/back-ends.xml" "robots = ignore"
} >riposte.conf
mkdir credentials
printf '%s\n' "$token" >credentials/x-token
printf '%s\n' "$token" >token
printf '%s \n' "$token" >broken
chmod 600 token broken
export X_TOKEN="$token" CREDENTIALS_DIRECTORY="$PWD/credentials"
escaped=$(printf '%s' "$token" | sed 's|/|%2F|; s|+|%2B|; s|=|%3D|')
base64=$(printf '%s' "$token" | base64)
set_up() { curl -s -g -G "$u/_/set" "$@" >/dev/null; }
# What a server may do with it: a post that has it, in every form; headers; a redirect.
set_up --data-urlencode "path=/x/2/users/1001/tweets" -d status=200 -d type=application/json --data-urlencode "header=ETag: \"$token\"" --data-urlencode \
	"body={\"data\":[{\"id\":\"2007013996753846999\",\"author_id\":\"1001\",\"text\":\"you are $token, $escaped, $base64\"}],\"meta\":{\"result_count\":1}}"
set_up --data-urlencode "path=/x/2/users/2002/tweets" --data-urlencode status=302 --data-urlencode "header=Location: $other/echo?$escaped" -d body=
set_up --data-urlencode "path=/feeds/back-ends.xml" --data-urlencode status=302 --data-urlencode "header=Location: $u/feeds/blog.xml?was=$escaped" -d body=
set_up --data-urlencode "path=/masto/api/v1/accounts/[0-9]*/statuses" --data-urlencode status=302 --data-urlencode "header=Location: $port/echo?$escaped" -d body=
riposte import -q "$DATA/stargate/x/musk.json"
for command in "collect --all" "collect --all --json" "collect --dry-run --all" "collect --estimate --all" "source test answers" \
	"source test echo" "source test address" "source test away --json" "source list" "source list --json" \
	"source show in-file" "source show in-environment" "source show address" "source show away --json" \
	"source show in-credentials --json" "source show not-there" "source test in-file" "source test not-there" \
	"source test in-environment --json" "source pause in-file" doctor "doctor --json" "doctor --online" \
	schedule "schedule --systemd" stats "stats --rejected" gaps "gaps --json" timeline "timeline --json" "search you" \
	"show x:2007013996753846999" "show --raw x:2007013996753846999" "export -f jsonl" "export -f jsonl --canonical" \
	"capture list" "capture list --json" "verify --data"; do
	# shellcheck disable=SC2086
	riposte $command -v --config riposte.conf >>out 2>>err
	status=$?
	[ $status -lt 128 ] || echo "$command: exit $status"
done
riposte capture list --json | grep -o '"sha256":"[0-9a-f]*"' | cut -d'"' -f4 >ids
while read -r id; do riposte capture cat "$id"; done <ids >captures 2>>err
riposte backup copy.db 2>>err
echo "a cassette, recorded and played:"
sed 's/^patience.*/&\nrecord = tape/' riposte.conf >record.conf
sed 's/^patience.*/&\nreplay = tape/' riposte.conf >replay.conf
for how in record replay; do
	riposte collect --all -v --config $how.conf -A $how.db >>out 2>>err
	grep -q 2007013996753846999 tape && riposte show -A $how.db x:2007013996753846999 | grep -c 'you are'
done
echo "a process while it waits, and when it dies:"
set_up --data-urlencode "path=/x/2/users/by" -d delay=20000
ulimit -c unlimited
riposte collect -v --config riposte.conf -A re.db answers >>out 2>>err &
pid=$!
until curl -s "$u/_/log" | tail -2 | grep -q users/by || ! kill -0 $pid; do sleep 0.05; done
tr '\0' ' ' </proc/$pid/cmdline >cmdline
sed -n 's/^Max core file size *\([0-9a-z]*\).*/core files of \1 bytes/p' /proc/$pid/limits
kill -ABRT $pid
{ wait $pid; } 2>/dev/null
riposte compact -q -A copy.db
kill $mock $evil
for what in out err cmdline captures tape archive.db* copy.db* re*.db* core*; do
	[ -e "$what" ] || continue
	for form in "$token" "$escaped" "$(printf '%s' "$token" | base64 | cut -c 1-20)" cAnArY; do
		grep -a -q -F -e "$form" "$what" && echo "$what has it as $form"
	done
done
echo "what was blotted out is marked so, and one host has heard of it:"
riposte capture list --json | grep -o '"masked":[a-z]*' | sort -u
cut -f 1 evil.log | sort -u | grep -c .
grep -F -e cAnArY evil.log | grep -v -e "/echo/2/users/1/tweets" | cut -f 2 | sort -u
# What was said is about all of them.
for name in answers in-file in-environment in-credentials not-there echo masto address away; do grep -q "$name" out || echo "$name: nothing is told"; done
grep -c 'you are \*\*\*' captures
#> a cassette, recorded and played:
#> 1
#> 1
#> a process while it waits, and when it dies:
#> core files of 0 bytes
#> what was blotted out is marked so, and one host has heard of it:
#> "masked":true
#> 1
#> 1
