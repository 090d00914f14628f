# Archives that mean harm, or came to some.
t=$DATA/x-archive/bob/tweets.js
a=$DATA/x-archive/bob/account.js
say() {
	riposte -A "$1.db" import "$1" 2>&1 | sed '/made a new/d'
}
# Half downloaded; with junk behind and in front.
make-archive zip whole.zip data/account.js="$a" data/tweets.js="$t"
head -c 1000 whole.zip >cut.zip
say cut.zip
{ cat whole.zip; echo junk; } >behind.zip
say behind.zip
{ echo junk; cat whole.zip; } >front.zip
say front.zip
{ cat whole.zip; head -c 20000 /dev/zero; } >far.zip
say far.zip
# Bombs: in a member, in the tar around it, and many entries.
make-archive zip bomb.zip data/account.js="$a" data/tweets.js=+34
say bomb.zip
make-archive tar.gz bomb.tar.gz data/account.js="$a" data/tweets.js=+34
say bomb.tar.gz
for form in tar.xz tar.bz2; do
	make-archive $form bomb.$form data/account.js=:x data/tweets_media/x=+90
	say bomb.$form
done
make-archive zip many.zip 'data/x=*2000' data/account.js="$a" data/tweets.js="$t"
say many.zip
make-archive zip nested.zip inner.zip=whole.zip
say nested.zip
# Names: nothing is ever written under them.
make-archive tar names.tar ../../up.jsonl=:x /abs.jsonl=:x 'C:\x.jsonl=:x' '..\y.jsonl=:x' 'data/tweets.js.=:x' \
	CON=:x DATA/TWEETS.JS=:x "$(printf 'bad\377.jsonl')=:x" "$(printf %05000d 0).jsonl=:x" \
	data/account.js="$a" data/tweets.js="$t" data/tweets.js="$t"
say names.tar
# Links and pipes.
make-archive tar links.tar data/account.js="$a" data/tweets.js="$t" data/tweets-part1.js=@/etc/passwd 'data/tweets-part2.js=!'
say links.tar
# A tar file that ends early, or whose second entry has another sum; a zip whose sums are
# wrong.
make-archive tar plain.tar data/account.js="$a" data/tweets.js="$t"
head -c 3000 plain.tar >cut.tar
say cut.tar
sed 's/data.tweets.js/data_tweets.js/' plain.tar >sum.tar
say sum.tar
sed 's/PK\x01\x02\(.\{12\}\)..../PK\x01\x02\1abcd/' whole.zip >crc.zip
say crc.zip
find . ../up.jsonl ../../up.jsonl -name '*.jsonl' 2>/dev/null
riposte -A behind.zip.db timeline -f ids | wc -l
for f in bomb.zip crc.zip names.tar; do
	riposte -A "$f.db" verify -q --data && echo "$f: sound"
done
#> riposte: cut.zip: incomplete zip: its directory, which stands at the end, is not there; fetch it again
#> riposte: 2 captures: 3 records, 3 new, 3 posts referred to but not held
#> riposte: 2 captures: 3 records, 3 new, 3 posts referred to but not held
#> riposte: far.zip: incomplete zip: its directory, which stands at the end, is not there; fetch it again
#> riposte: bomb.zip/data/tweets.js:1: too long: 33636508 bytes, a record has at most 16777216 (kept; "riposte stats --rejected" lists all)
#> riposte: bomb.zip/data/tweets.js:1: the compressed data is damaged or ends early here (kept; "riposte stats --rejected" lists all)
#> riposte: bomb.zip/data/tweets.js: more than 200 bytes come out of each of its bytes: a bomb, read no further; what came before it is kept
#> riposte: bomb.tar.gz/data/tweets.js:1: too long: 33552896 bytes, a record has at most 16777216 (kept; "riposte stats --rejected" lists all)
#> riposte: bomb.tar.gz/data/tweets.js:1: the compressed data is damaged or ends early here (kept; "riposte stats --rejected" lists all)
#> riposte: bomb.tar.gz: more than 200 bytes come out of each of its bytes: a bomb, read no further; read is what stands before that
#> riposte: bomb.tar.gz/data/tweets.js: more than 200 bytes come out of each of its bytes: a bomb, read no further; what came before it is kept
#> riposte: bomb.tar.xz: more than 200 bytes come out of each of its bytes: a bomb, read no further; read is what stands before that
#> riposte: bomb.tar.xz/data/account.js:1: no JSON: nothing here begins a record (kept; see "riposte stats --rejected")
#> riposte: bomb.tar.bz2: more than 200 bytes come out of each of its bytes: a bomb, read no further; read is what stands before that
#> riposte: bomb.tar.bz2/data/account.js:1: no JSON: nothing here begins a record (kept; see "riposte stats --rejected")
#> riposte: 2 captures: 3 records, 3 new, 3 posts referred to but not held
#> riposte: nested.zip: nothing in it is known, but archives are in it, such as inner.zip: unpack it, and import those
#> riposte: names.tar: 2 of the 11 files in it were read
#> riposte: names.tar: left alone in it: 1 link or device
#> riposte: names.tar: not read: 5 files beside the archive of X in it (-v names them); import what you want of that by itself
#> riposte: names.tar/data/tweets.js: a file of the same name stands before it in the archive: this one is not read (kept; see "riposte stats --rejected")
#> riposte: 3 captures: 4 records, 3 new, 3 posts referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> riposte: links.tar: 2 of the 2 files in it were read
#> riposte: links.tar: left alone in it: 2 links or devices
#> riposte: 2 captures: 3 records, 3 new, 3 posts referred to but not held
#> riposte: cut.tar: damaged: Truncated input file (needed 4096 bytes, only 1464 available); read is what stands before that
#> riposte: cut.tar/data/tweets.js: damaged: Truncated tar archive; what came before it is kept
#> riposte: 2 captures: 2 records, 1 new, 1 post referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> riposte: sum.tar: damaged: Damaged tar archive; read is what stands before that
#> riposte: crc.zip/data/account.js: damaged: ZIP bad CRC: 0x21083a0d should be 0x64636261; what came before it is kept
#> riposte: 2 captures: 4 records, 3 new, 3 posts referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> 3
#> bomb.zip: sound
#> crc.zip: sound
#> names.tar: sound
