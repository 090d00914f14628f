# S12: a token in every place that may hold one is in nothing that leaves the program.
token=cAnArY-7f3/9+d2e=5b
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
cat >riposte.conf <<END
[http]
connect = 1s
allow_private = yes
[source answers]
collector = x
account = ada
token = file:token
base = $(cat url)/x
[source in-file]
collector = x
account = elonmusk
token = file:token
base = http://127.0.0.1:1
[source in-environment]
collector = x
account = elonmusk
token = env:X_TOKEN
base = http://127.0.0.1:1
[source in-credentials]
collector = x
account = elonmusk
token = x-token
base = http://127.0.0.1:1
[source not-there]
collector = x
account = elonmusk
token = file:broken
base = http://127.0.0.1:1
END
mkdir credentials
printf '%s\n' "$token" >credentials/x-token
printf '%s\n' "$token" >token
printf '%s \n' "$token" >broken
chmod 600 token broken
export X_TOKEN="$token" CREDENTIALS_DIRECTORY="$PWD/credentials"
riposte import -q "$DATA/stargate/x/musk.json"
for command in "collect --all" "collect --all --json" "collect --dry-run --all" "collect --estimate --all" "source test answers" "source list" "source list --json" "source show in-file" "source show in-environment" \
	"source show in-credentials --json" "source show not-there" "source test in-file" "source test not-there" \
	"source test in-environment --json" "source pause in-file" doctor "doctor --json" "doctor --online" \
	schedule "schedule --systemd" stats "export -f jsonl" "capture list"; do
	# shellcheck disable=SC2086
	riposte $command -v --config riposte.conf >>out 2>>err
	status=$?
	[ $status -lt 128 ] || echo "$command: exit $status"
done
riposte capture list | while read -r id rest; do riposte capture cat "$id"; done >captures 2>>err
riposte backup copy.db 2>>err
kill $mock
escaped=$(printf '%s' "$token" | sed 's|/|%2F|; s|+|%2B|; s|=|%3D|')
for what in out err captures archive.db archive.db-wal copy.db; do
	[ -e $what ] || continue
	for form in "$token" "$escaped" "$(printf '%s' "$token" | base64 | cut -c 1-20)" cAnArY; do
		grep -a -q -F -e "$form" $what && echo "$what has it as $form"
	done
done
# What was said is about all of them.
grep -c -e answers -e in-file -e in-environment -e in-credentials -e not-there out >told
[ "$(cat told)" -gt 10 ] || echo "nothing was told"
