# A backup is the archive in one file, of the same format; it is there whole or not at all.
same() {
	riposte export -A "$1" --canonical -f jsonl >one
	riposte export -A "$2" --canonical -f jsonl | cmp one -
}
awk 'BEGIN { for (i = 1000; i < 3000; i++) printf "{\"id\":\"%d\",\"text\":\"post %d\",\"author_id\":\"9\"}\n", i, i }' >posts.jsonl
riposte import -q "$DATA/stargate/x/musk.json" posts.jsonl
umask 000
riposte backup copy.db
stat -c '%a %n' copy.db
riposte verify -q --data -A copy.db && same archive.db copy.db && echo "the same posts"
riposte stats --chain >chain
riposte stats --chain -A copy.db | cmp chain - && echo "the same chain"

# What still stands in the log of an archive in use is in it.
mkfifo pipe
riposte export --canonical -f jsonl >pipe &
exec 3<pipe
riposte import -q "$DATA/stargate/x/altman.json"
[ -s archive.db-wal ] && echo "there is a log"
riposte backup -q live.db
cat <&3 >/dev/null
exec 3<&-
wait
same archive.db live.db && echo "what the log says, too"
ls live.db*

# Names that are taken.
echo mine >taken
ln -s taken link
ln -s nowhere dangling
mkdir directory
touch later.db-wal
for name in taken link dangling directory /dev/full no-such-directory/file - archive.db ./archive.db archive.db-wal later.db; do
	for force in "" --force; do
		[ "$name$force" = taken--force ] && continue
		riposte backup $force $name >out 2>err
		echo "$name $force: exit $?, $(wc -l <err) line, $(wc -c <out) bytes of output"
	done
done
cat taken
riposte backup -q --force taken && same archive.db taken && echo "written over by force"
find . -name '.riposte-*' -o -name '*-shm' | wc -l

# Older formats stay what they are.
zstd -q -d "$DATA/../golden/format-1.db.zst" -o old.db && chmod 600 old.db
riposte backup -q -A old.db older.db
for file in old.db older.db; do od -A n -t u1 -j 60 -N 4 $file; done
same old.db older.db && echo "format 1 stays format 1"

# What is damaged is not copied over what is not.
riposte compact -q
dd if=/dev/zero of=archive.db bs=8192 seek=3 count=2 conv=notrunc 2>/dev/null
cp live.db kept.db
riposte backup --force live.db >out 2>err
echo "exit $?"
tail -n 1 err
cmp live.db kept.db
riposte backup new.db 2>/dev/null
echo "exit $?"
[ ! -e new.db ]
#> 600 copy.db
#> the same posts
#> the same chain
#> there is a log
#> what the log says, too
#> live.db
#> taken : exit 64, 1 line, 0 bytes of output
#> link : exit 64, 1 line, 0 bytes of output
#> link --force: exit 64, 1 line, 0 bytes of output
#> dangling : exit 64, 1 line, 0 bytes of output
#> dangling --force: exit 64, 1 line, 0 bytes of output
#> directory : exit 64, 1 line, 0 bytes of output
#> directory --force: exit 64, 1 line, 0 bytes of output
#> /dev/full : exit 64, 1 line, 0 bytes of output
#> /dev/full --force: exit 64, 1 line, 0 bytes of output
#> no-such-directory/file : exit 74, 1 line, 0 bytes of output
#> no-such-directory/file --force: exit 74, 1 line, 0 bytes of output
#> - : exit 64, 1 line, 0 bytes of output
#> - --force: exit 64, 1 line, 0 bytes of output
#> archive.db : exit 64, 1 line, 0 bytes of output
#> archive.db --force: exit 64, 1 line, 0 bytes of output
#> ./archive.db : exit 64, 1 line, 0 bytes of output
#> ./archive.db --force: exit 64, 1 line, 0 bytes of output
#> archive.db-wal : exit 64, 1 line, 0 bytes of output
#> archive.db-wal --force: exit 64, 1 line, 0 bytes of output
#> later.db : exit 64, 1 line, 0 bytes of output
#> later.db --force: exit 64, 1 line, 0 bytes of output
#> mine
#> written over by force
#> 0
#>    0   0   0   1
#>    0   0   0   1
#> format 1 stays format 1
#> exit 76
#> riposte: archive.db: the archive is damaged, so no backup was made (copy the file itself to keep it as it is)
#> exit 76
#! riposte: copy.db: a backup of archive.db, 942080 bytes
