# Every example of the pages about collecting can be typed as it stands there.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
# No crontab, units or root of anybody's are touched.
mkdir stubs "$HOME/.config" "$HOME/.config/riposte"
printf '#!/bin/sh\n[ "$1" = -l ] || cat >>crontab.txt\n' >stubs/crontab
printf '#!/bin/sh\n[ "$1" != riposte ] || exec "$@"\n' >stubs/sudo
printf '#!/bin/sh\ncat >/dev/null\n' >stubs/jq
chmod 755 stubs/*
PATH=$PWD/stubs:$PATH
conf=$HOME/.config/riposte/riposte.conf

# The blocks of a page's examples, a file each: PAGE.1, PAGE.2, ...
blocks() {
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$DATA/../../docs/man/$1" |
		awk -v page="$1" '/^\.Bd/ { n++; on = 1; next } /^\.Ed/ { on = 0 } on { print >(page "." n) }'
	sed -i 's/\\e/\\/g; s/\\&//g' "$1".*
	ls -v "$1".*
}
# As the mock has it: bob for musk, its feed for the paper's.
here() { sed "s|^account = elonmusk|account = bob\nbase = $u/x|; s|^account = sama||; s|^account = ana.example.com|account = ana.example\nbase = $u/bsky\nplc = $u/plc|; s|https://paper.example/feed.xml|$u/feeds/blog.xml|; s|/srv/posts/|$HOME/|"; }
try() {
	for block in $(blocks "$1"); do
		case $(head -c 1 "$block") in
		\[) (printf '[http]\nallow_private = yes\n'; here <"$block" | grep -v -e '^\[http' -e '^contact') >"$conf" ;;
		*) echo "\$ $(head -n 1 "$block")"
			sed -i "s|^\\*/5 \\* \\* \\* \\* ||; s|/srv/posts/|$HOME/|; s|/etc/systemd/system|.|; s|/etc/riposte.conf|$conf|" "$block"
			echo canary-token | sh "$block" >out 2>&1 || echo "exit $?" ;;
		esac
	done
}
unset RIPOSTE_ARCHIVE
echo s3cret-token | install -m 600 /dev/stdin "$HOME/.config/riposte/x-token"
for page in riposte-config.5 riposte-collect.1 riposte-source.1 riposte-gaps.1 riposte-doctor.1 riposte-schedule.1; do
	echo "$page:"
	[ $page != riposte-collect.1 ] || printf '[source musk]\ncollector = feed\nurl = %s/feeds/notes.json\n[http]\nallow_private=yes\n' "$u" >"$conf"
	try $page
done
ls riposte-*.service riposte-*.timer
kill $mock
#> riposte-config.5:
#> $ install -m 600 /dev/stdin ~/.config/riposte/x-token
#> riposte-collect.1:
#> $ */5 * * * * riposte collect -q
#> $ riposte collect --all --dry-run
#> $ riposte collect --budget 0.50usd musk
#> riposte-source.1:
#> $ riposte source show paper
#> $ riposte source list --json |
#> riposte-gaps.1:
#> $ riposte gaps
#> exit 1
#> riposte-doctor.1:
#> $ riposte doctor -q --online
#> riposte-schedule.1:
#> $ (crontab -l; riposte schedule) | crontab -
#> $ sudo install -D -m 600 x-token /etc/credstore/x-token
#> riposte-collect.service
#> riposte-collect.timer
#> riposte-compact.service
#> riposte-compact.timer
#> riposte-verify.service
#> riposte-verify.timer
