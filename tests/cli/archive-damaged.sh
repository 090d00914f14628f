# Z05: a member whose sum is wrong is kept, is one reject, and is not made good by itself, but by an archive that is sound.
b=$DATA/x-archive/bob
make-archive zip whole.zip data/account.js="$b/account.js" data/tweets.js="$b/tweets.js"
LC_ALL=C awk 'BEGIN { RS = "PK\001\002"; ORS = "" }
	{ print (NR > 1 ? RS : "") (NR == 3 ? substr($0, 1, 12) "abcd" substr($0, 17) : $0) }' whole.zip >crc.zip
cmp -s whole.zip crc.zip && echo "not damaged"
say() {
	riposte import "$1" 2>&1
	echo "exit $?"
}
say crc.zip
say crc.zip
riposte -A twice.db import -q crc.zip crc.zip 2>&1
riposte -A twice.db capture list | wc -l
riposte stats --rejected
riposte rebuild 2>&1
riposte verify -q --data && echo sound
riposte -A other.db merge archive.db 2>&1 | sed '/made a new/d'
riposte -A other.db stats --rejected
riposte -A other.db verify -q --data && echo sound
say whole.zip
riposte capture list
# Its last bytes are there: no more than a sum was wrong.
riposte capture cat 2587da87 | cmp - "$b/tweets.js"
# Nothing else is in it: nothing could be read.
make-archive zip one.zip data/tweets.js=:x
sed 's/PK\x01\x02\(.\{12\}\)..../PK\x01\x02\1abcd/' one.zip >bad.zip
riposte -A bad.db import bad.zip 2>&1
echo "exit $?"
#> riposte: made a new archive, archive.db
#> riposte: crc.zip/data/tweets.js: damaged: ZIP bad CRC: 0x35e0e440 should be 0x64636261; what came before it is kept
#> riposte: 2 captures: 4 records, 3 new, 3 posts referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> exit 3
#> riposte: crc.zip/data/tweets.js: damaged: ZIP bad CRC: 0x35e0e440 should be 0x64636261; what came before it is kept
#> riposte: 2 captures: 4 records, 3 same, 1 rejected (kept; see "riposte stats --rejected")
#> exit 3
#> riposte: crc.zip/data/tweets.js: damaged: ZIP bad CRC: 0x35e0e440 should be 0x64636261; what came before it is kept
#> riposte: crc.zip/data/tweets.js: damaged: ZIP bad CRC: 0x35e0e440 should be 0x64636261; what came before it is kept
#> riposte: 4 captures: 8 records, 3 new, 3 same, 3 posts referred to but not held, 2 rejected (kept; see "riposte stats --rejected")
#> 2
#> crc.zip/data/tweets.js:153: the compressed data is damaged or ends early here (0 bytes at 3948 of capture 2587da87f986)
#> riposte: rebuilt from 4 records
#> sound
#> riposte: 2 captures: 4 records, 3 new, 3 posts referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> crc.zip/data/tweets.js:153: the compressed data is damaged or ends early here (0 bytes at 3948 of capture 2587da87f986)
#> sound
#> riposte: 2 captures: 3 records, 3 same
#> exit 0
#> d1d45005cc35  2026-01-05T12:00:00Z         263  x          crc.zip/data/account.js
#> 2587da87f986  2026-01-05T12:00:00Z        3948  x          crc.zip/data/tweets.js  (incomplete)  (1 rejected)
#> 2587da87f986  2026-01-05T12:00:00Z        3948  x          whole.zip/data/tweets.js
#> riposte: made a new archive, bad.db
#> riposte: bad.zip/data/tweets.js:1: no JSON: nothing here begins a record (kept; "riposte stats --rejected" lists all)
#> riposte: bad.zip/data/tweets.js:1: the compressed data is damaged or ends early here (kept; "riposte stats --rejected" lists all)
#> riposte: bad.zip/data/tweets.js: damaged: ZIP bad CRC: 0x8cdc1683 should be 0x64636261; what came before it is kept
#> exit 65
