# Where nothing is due, nothing is written or made, not even for a moment.
mock --ready url --world "$DATA/worlds/small" &
until [ -s url ]; do sleep 0.01; done
printf '[http]\nallow_private = yes\n[source blog]\ncollector = feed\nurl = %s/feeds/blog.xml\n' "$(cat url)" >c.conf
riposte collect --config c.conf -q
kill $!
# What changes something of a file, and what opens one to write.
traced() {
	ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 strace -f -o trace -e trace=file,desc "$@"
	grep -E 'O_WRONLY|O_RDWR|O_CREAT|^[0-9]+ +(p?write|p?writev|pwrite64|ftruncate|truncate|unlink|rename|link|symlink|mkdir|chmod|fchmod|utime|fallocate|fsync|fdatasync)[a-z0-9]*\(' trace |
		grep -v '/dev/\|/proc/\|/sys/' >found
	wc -l <found
}
touch -d '2026-01-05 12:00' archive.db
echo "a minute later:"
export RIPOSTE_NOW=2026-01-05T12:01:00Z
traced riposte collect --config c.conf
cat found
ls
echo "one that was written a moment ago is read with its log:"
touch archive.db
traced riposte collect --config c.conf | grep -c '^0$'
exit 0
#> a minute later:
#> 0
#> archive.db
#> archive.db-collect
#> c.conf
#> found
#> trace
#> url
#> one that was written a moment ago is read with its log:
#> 0
