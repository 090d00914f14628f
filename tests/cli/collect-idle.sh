# Where nothing is due, nothing is written or made, not even for a moment.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
printf '[http]\nallow_private = yes\n[source blog]\ncollector = feed\nurl = %s/feeds/blog.xml\n' "$(cat url)" >c.conf
riposte collect --config c.conf -q
# What changes something of a file, and what opens one to write.
traced() {
	ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 strace -f -o trace -e trace=file,desc "$@"
	grep -E 'O_WRONLY|O_RDWR|O_CREAT|^[0-9]+ +(p?write|p?writev|pwrite64|ftruncate|truncate|unlink|rename|link|symlink|mkdir|chmod|fchmod|utime|fallocate|fsync|fdatasync)[a-z0-9]*\(' trace |
		grep -v 'write([12],\|/dev/\|/proc/\|/sys/' >found
	wc -l <found
}
was_long_ago() { touch -d '1 hour ago' archive.db; }
was_long_ago
echo "a minute later:"
RIPOSTE_NOW=2026-01-05T12:01:00Z traced riposte collect --config c.conf
cat found
ls
echo "the same by the clock of this machine, where the config file is read no more:"
unset RIPOSTE_NOW
riposte collect --config c.conf --all -q 2>/dev/null
was_long_ago
traced riposte collect --config c.conf --json
echo "one that was changed is, and what is wrong is told:"
echo 'colour = red' >>c.conf
riposte collect --config c.conf
echo "exit $?"
sed -i '$d' c.conf
echo "a new source is due:"
printf '[source other]\ncollector = feed\nurl = http://127.0.0.1:1/\n' >>c.conf
riposte collect --config c.conf --dry-run
riposte collect --config c.conf 2>&1 | cut -d: -f1,2
echo "an archive that was written a moment ago is read with its log:"
touch archive.db
traced riposte collect --config c.conf | grep -c '^0$'
kill $!
exit 0
#> a minute later:
#> 0
#> archive.db
#> archive.db-collect
#> c.conf
#> found
#> trace
#> url
#> the same by the clock of this machine, where the config file is read no more:
#> {"v":1,"captures":0,"records":0,"new":0,"same":0,"versions":0,"ghosts":0,"rejected":0,"bytes_in":0,"bytes_stored":0,"sources":[]}
#> 0
#> one that was changed is, and what is wrong is told:
#> exit 78
#> a new source is due:
#> other: http://127.0.0.1:1
#> riposte: other
#> an archive that was written a moment ago is read with its log:
#> 0
#! riposte: c.conf:6: [source blog] colour: there is no such setting (see riposte-config(5))
