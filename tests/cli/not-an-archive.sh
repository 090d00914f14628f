# Q06, Q07: what is no archive, or one of a newer program, is refused and left as it is.
riposte import -q -A good.db "$DATA/stargate/x/musk.json"
: >empty.db
echo "a text, not an archive" >text.db
head -c 65536 /dev/urandom >noise.db
{ printf 'SQLite format 3\000'; head -c 8176 /dev/zero; } >header.db
head -c 8192 good.db >page.db
cp good.db newer.db
printf '\000\000\000\143' | dd of=newer.db bs=1 seek=60 conv=notrunc 2>/dev/null
cp good.db other.db
printf 'abcd' | dd of=other.db bs=1 seek=68 conv=notrunc 2>/dev/null
mkdir directory.db
for kind in empty text noise header page newer other directory; do
	[ -d $kind.db ] || cp $kind.db before
	for command in timeline "show x:1882303826214162580" stats verify "verify --data" rebuild "import $DATA/stargate/x/altman.json"; do
		[ "$kind $command" = "empty import $DATA/stargate/x/altman.json" ] && continue
		# shellcheck disable=SC2086
		riposte $command -A $kind.db >out 2>err
		status=$?
		case $kind:$status in
		newer:78 | directory:7[46] | header:7[46] | [!nd]*:76 | noise:76) ;;
		*) echo "$kind.db: $command: exit $status: $(cat err)" ;;
		esac
		[ "$(wc -l <err)" -ge 1 ] && [ ! -s out ] || echo "$kind.db: $command: $(cat err out)"
	done
	[ -d $kind.db ] || cmp before $kind.db || echo "$kind.db was changed"
done
riposte timeline -A newer.db 2>&1 | grep -ci 'newer\|version'
riposte import -q -A empty.db "$DATA/stargate/x/altman.json"
echo "an empty file becomes an archive: exit $?"
riposte verify -A empty.db -q --data
#> 1
#> an empty file becomes an archive: exit 0
