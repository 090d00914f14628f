# What cannot be meant is told before anything is opened: 64, also where there is no archive.
for words in "timeline --since garbage" "timeline --tz Mars" "timeline -n 0" \
	"search from:" "export -f csv" "export --canonical -f ids" "export since:never" \
	"thread nonsense" "thread x:1 https://x.com/search" "thread x:1 -f nothing" \
	"show x:@ana" "exchange a b --since garbage" "exchange a b -n 1" \
	"person list -f ids" "capture list -f ids"; do
	# shellcheck disable=SC2086
	riposte $words 2>err
	echo "$words: exit $?"
done
riposte timeline --since 2025-01-20
ls
#> timeline --since garbage: exit 64
#> timeline --tz Mars: exit 64
#> timeline -n 0: exit 64
#> search from:: exit 64
#> export -f csv: exit 64
#> export --canonical -f ids: exit 64
#> export since:never: exit 64
#> thread nonsense: exit 64
#> thread x:1 https://x.com/search: exit 64
#> thread x:1 -f nothing: exit 64
#> show x:@ana: exit 64
#> exchange a b --since garbage: exit 64
#> exchange a b -n 1: exit 64
#> person list -f ids: exit 64
#> capture list -f ids: exit 64
#> err
#! riposte: archive.db: no archive there ("riposte import FILE" makes one)
