# E08, T04: the canonical export is the same bytes whatever surrounds the program.
riposte import -q "$DATA"/stargate/x/*.json "$DATA/stargate/davos.txt"
riposte export --canonical -f jsonl >first
for zone in UTC Asia/Kathmandu America/New_York :bad '' 'EST5EDT,M3.2.0,M11.1.0' '<+0545>-5:45' /etc/passwd ../../etc/passwd; do
	TZ=$zone riposte export --canonical -f jsonl | cmp first - || echo "TZ=$zone: another export"
	TZ=$zone riposte timeline --utc >utc || echo "TZ=$zone: timeline exit $?"
	[ -e utc-first ] || cp utc utc-first
	cmp utc-first utc || echo "TZ=$zone: another timeline in UTC"
	TZ=$zone riposte timeline --json | cmp - json 2>/dev/null || { [ -e json ] && echo "TZ=$zone: other JSON"; }
	[ -e json ] || riposte timeline --json >json
done
for locale in C tr_TR.UTF-8 de_DE ar_EG.UTF-8; do
	LC_ALL=$locale LANG=$locale riposte export --canonical -f jsonl | cmp first - || echo "$locale: another export"
done
(umask 777 && riposte export --canonical -f jsonl) | cmp first -
RIPOSTE_NOW=9999-12-31T23:59:59Z COLUMNS=1 riposte export --canonical -f jsonl | cmp first -
(umask 000 && riposte export --canonical -f jsonl -o file) && cmp first file
riposte rebuild -q
riposte export --canonical -f jsonl | cmp first - && echo "the same bytes"
#> the same bytes
#! riposte: TZ is ":bad", which is no zone here; UTC is used instead
#! riposte: TZ is ":bad", which is no zone here; UTC is used instead
#! riposte: TZ is "/etc/passwd", which is no zone here; UTC is used instead
#! riposte: TZ is "/etc/passwd", which is no zone here; UTC is used instead
#! riposte: TZ is "../../etc/passwd", which is no zone here; UTC is used instead
#! riposte: TZ is "../../etc/passwd", which is no zone here; UTC is used instead
