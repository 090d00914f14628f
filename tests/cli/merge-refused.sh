# What cannot be merged is told in one line, and the others are taken in; but no archive is made.
cp -r "$DATA/stargate" .
riposte import -q -A good.db stargate/x/musk.json
riposte import -q -A newer.db stargate/x/altman.json
printf '\000\000\000\143' | dd of=newer.db bs=1 seek=60 conv=notrunc 2>/dev/null
: >empty.db
printf 'not a database, but long enough to be taken for one, if only its size is looked at\n' >text.db
mkdir folder.db
riposte merge -A typo.db typo.db
echo "$?"
riposte merge -A new.db none.db good.db text.db
echo "$?"
riposte merge -A empty.db text.db
echo "$?"
find . -name "typo.db*" -o -name "new.db*"; wc -c empty.db
riposte import -q -A a.db stargate/x/clip.json
for other in none.db empty.db text.db folder.db newer.db stargate/davos.txt; do
	riposte merge -A a.db -q $other good.db
	echo "$other: $?"
done
riposte timeline -A a.db -f ids
riposte stats --chain -A a.db | grep -c merged
# Nothing to merge, and no such option.
riposte merge -A a.db
echo $?
#> 74
#> 74
#> 76
#> 0 empty.db
#> none.db: 74
#> empty.db: 76
#> text.db: 76
#> folder.db: 76
#> newer.db: 78
#> stargate/davos.txt: 76
#> x:1881923570458304780
#> x:1881944244480565497
#> x:1882085592135237737
#> x:1882303826214162580
#> x:1882396566851666397
#> 1
#> 64
#! riposte: there is no archive at typo.db
#! riposte: there is no archive at none.db
#! riposte: text.db: not a riposte archive
#! riposte: text.db: not a riposte archive
#! riposte: there is no archive at none.db
#! riposte: empty.db: not a riposte archive: the file is empty
#! riposte: text.db: not a riposte archive
#! riposte: not a riposte archive, not even a file: folder.db
#! riposte: newer.db: made by a newer riposte: its format is version 99, this riposte reads up to version 5
#! riposte: stargate/davos.txt: not a riposte archive
#! riposte: merge: not enough arguments; it takes OTHER... (see "riposte merge --help")
