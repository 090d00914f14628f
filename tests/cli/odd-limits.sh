# Q05: limits and dates out of range are refused in a line that names the option.
riposte import -q "$DATA/stargate/x/musk.json"
for option in --limit=-1 --limit=0 --limit=9223372036854775808 --limit=18446744073709551616 --limit=1e3 --limit=0x10 --limit= \
	--limit=many --since=9999-99-99 --until=2025-02-30 --since=tomorrowish --until= --since=-1 "--since=99999999999999999999 days ago" \
	"--until=-1 days ago" --tz=Nowhere/Land --tz=../../etc/passwd --tz=/etc/passwd --format=pdf --format= --format=JSON; do
	riposte timeline "$option" >out 2>err
	status=$?
	name=$(printf '%s' "$option" | sed 's/^--//; s/=.*//')
	[ $status = 64 ] && [ ! -s out ] && [ "$(wc -l <err)" = 1 ] && grep -q "$name\|zone" err || { echo "$option: exit $status"; cat err; }
done
riposte timeline --since 2025-02-01 --until 2025-01-01 >out 2>err
echo "exit $?, $(wc -l <err) line, $(wc -c <out) bytes"
riposte timeline --limit 9223372036854775807 -f ids >all && riposte timeline -f ids | cmp - all
riposte timeline --limit 1 -f ids | wc -l
riposte timeline --since 0001-01-01 --until 9999-12-31 -f ids | cmp - all
riposte timeline --since yesterday -f ids
echo "exit $?"
#> exit 64, 1 line, 0 bytes
#> 1
#> exit 1
