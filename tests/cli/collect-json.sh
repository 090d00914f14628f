# What commands about collecting write as JSON is what the schemas say.
mock --ready url --world "$DATA/worlds/small" &
mock=$!
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
export TOKEN=canary-token
cat >c.conf <<END
[http]
allow_private = yes
[source ana]
collector = bsky
account = ana.example
base = $u/bsky
plc = $u/plc
[source bob]
collector = x
base = $u/x
account = bob
account = locked
token = env:TOKEN
budget = 5usd/month
[source gone]
collector = feed
url = $u/feeds/gone.xml
END
schemas=$DATA/../../docs/schema
check() {
	schema=$1
	shift
	riposte "$@" --config c.conf --json >out 2>err
	schema-check "$schemas" "$schema" <out && echo "$*: as $schema says"
}
for when in before after; do
	echo "$when the first run:"
	check sources.json source list
	for name in ana bob gone; do
		check source.json source show $name
		check source-test.json source test $name
	done
	check doctor.json doctor
	[ $when = after ] || check collect.json collect
done
check collect.json collect
check collect.json collect bob
check gaps.json gaps
printf '[http]\nallow_private = yes\n' >c.conf
echo "of sources that are left:"
check sources.json source list
check doctor.json doctor --online
kill $mock
#> before the first run:
#> source list: as sources.json says
#> source show ana: as source.json says
#> source test ana: as source-test.json says
#> source show bob: as source.json says
#> source test bob: as source-test.json says
#> source show gone: as source.json says
#> source test gone: as source-test.json says
#> doctor: as doctor.json says
#> collect: as collect.json says
#> after the first run:
#> source list: as sources.json says
#> source show ana: as source.json says
#> source test ana: as source-test.json says
#> source show bob: as source.json says
#> source test bob: as source-test.json says
#> source show gone: as source.json says
#> source test gone: as source-test.json says
#> doctor: as doctor.json says
#> collect: as collect.json says
#> collect bob: as collect.json says
#> gaps: as gaps.json says
#> of sources that are left:
#> source list: as sources.json says
#> doctor --online: as doctor.json says
