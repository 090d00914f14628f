# Z09, Z10, Z11, Z12: frames and members of every kind are read through; what is damaged is told.
post() { printf '{"id":"%s","text":"number %s","author_id":"9"}\n' "$1" "$1"; }
skippable() { printf '\120\052\115\030\004\000\000\000skip'; }
{ post 101 | zstd -q; skippable; : | zstd -q; post 102 | zstd -q --no-check; skippable; } >frames.zst
{ post 103 | gzip -n; post 104 | gzip -n; : | gzip -n; } >members.gz
{ skippable; post 105 | zstd -q; } >skip-first.zst
riposte import -q frames.zst members.gz skip-first.zst
echo "exit $?"
{ post 106 | gzip -n; post 107 | gzip -n | head -c 30; } >cut-member.gz
riposte import -q cut-member.gz 2>err
echo "exit $?, $(wc -l <err) line"
post 108 | gzip -n >bad-crc.gz
printf '\377\377\377\377' | dd of=bad-crc.gz bs=1 seek=$(($(wc -c <bad-crc.gz) - 8)) conv=notrunc 2>/dev/null
riposte import -q bad-crc.gz 2>err
echo "exit $?, $(wc -l <err) line"
{ post 110 | zstd -q; post 111 | zstd -q; } >bad-frame.zst
printf '\377' | dd of=bad-frame.zst bs=1 seek=$(($(wc -c <bad-frame.zst) - 20)) conv=notrunc 2>/dev/null
for way in 'bad-frame.zst' '- <bad-frame.zst' '-'; do
	rm -f other.db
	cat bad-frame.zst | eval riposte import -q -A other.db "$way" 2>err
	echo "exit $?, $(wc -l <err) line, $(riposte timeline -A other.db -f ids)"
done
riposte import -q bad-frame.zst 2>err
printf 'PK\003\004and so on' >zip.json
riposte import -q zip.json
{ post 109 | gzip -n; echo "and something else"; } >junk.gz
riposte import -q junk.gz 2>err
echo "exit $?, $(wc -l <err) line"
# A header that claims 2^60 bytes, one with a window of 2 GiB.
printf '\050\265\057\375\300\130\000\000\000\000\000\000\000\020\001\000\000' >claim.zst
printf '\050\265\057\375\000\250\001\000\000' >window.zst
for f in claim.zst window.zst; do
	# shellcheck disable=SC3045
	([ -n "${ASAN_OPTIONS:-}" ] || ulimit -v 4000000 2>/dev/null; timeout 10 riposte import -q $f) 2>err
	status=$?
	case $status in 3 | 65) ;; *) echo "$f: exit $status" ;; esac
	[ -s err ] || echo "$f: no word"
done
riposte timeline -f ids | sort
for f in frames.zst members.gz skip-first.zst cut-member.gz bad-crc.gz bad-frame.zst junk.gz; do
	riposte capture cat "$(sha256sum <$f | cut -c 1-64)" | cmp - $f || echo "$f: other bytes"
done
riposte verify -q --data
#> exit 0
#> exit 3, 1 line
#> exit 65, 1 line
#> exit 3, 1 line, x:110
#> exit 3, 1 line, x:110
#> exit 3, 1 line, x:110
#> exit 3, 1 line
#> x:101
#> x:102
#> x:103
#> x:104
#> x:105
#> x:106
#> x:109
#> x:110
#! riposte: zip.json: incomplete zip: its directory, which stands at the end, is not there; fetch it again
