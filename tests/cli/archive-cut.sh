# A tar file that ends early, or is damaged in its middle, is taken in as far as it goes.
x=$DATA/x-archive/ana
set -- data/manifest.js="$x/manifest.js" data/note-tweet.js="$x/note-tweet.js" \
	data/tweets.js="$x/tweets.js" data/direct-messages.js=:SECRET data/tweet-headers.js="$x/tweet-headers.js"
make-archive tar whole.tar "$@"
make-archive tar.gz whole.tgz "$@"
say() {
	rm -f p.db
	riposte -A p.db import "$1" 2>&1 | sed '/made a new/d'
	riposte -A p.db import -q "$1" 2>/dev/null
	echo "exit $?, $(riposte -A p.db timeline -f ids | wc -l) posts"
	riposte -A p.db verify -q --data
	grep -c SECRET p.db
}
at=$(grep -abo 'data/tweet-headers.js' whole.tar | head -n 1 | cut -d : -f 1)
cp whole.tar header.tar
printf '\377\377' | dd of=header.tar bs=1 seek="$((at + 2))" conv=notrunc 2>/dev/null
say header.tar
head -c $((at + 20)) whole.tar >cut.tar
say cut.tar
head -c "$(($(wc -c <whole.tgz) - 300))" whole.tgz >cut.tgz
say cut.tgz
# In the middle of the posts.
head -c 6000 whole.tar >member.tar
say member.tar
# Before anything that is read.
at=$(grep -abo 'data/manifest.js' whole.tar | head -n 1 | cut -d : -f 1)
head -c $((at + 300)) whole.tar >none.tar
riposte -A none.db import none.tar 2>&1 | sed '/made a new/d'
#> riposte: header.tar: damaged: Damaged tar archive; read is what stands before that
#> riposte: 3 captures: 7 records, 6 new, 1 new version, 3 posts referred to but not held
#> exit 3, 6 posts
#> 0
#> riposte: cut.tar: damaged: Truncated tar archive; read is what stands before that
#> riposte: 3 captures: 7 records, 6 new, 1 new version, 3 posts referred to but not held
#> exit 3, 6 posts
#> 0
#> riposte: cut.tgz: its compressed data is cut off; read is what stands before that
#> riposte: cut.tgz/data/tweets.js: its compressed data is cut off; what came before it is kept
#> riposte: 3 captures: 7 records, 5 new, 1 new version, 3 posts referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> exit 3, 5 posts
#> 0
#> riposte: member.tar: damaged: Truncated input file (needed 8192 bytes, only 2928 available); read is what stands before that
#> riposte: member.tar/data/tweets.js: damaged: Truncated tar archive; what came before it is kept
#> riposte: 3 captures: 3 records, 2 new, 1 post referred to but not held, 1 rejected (kept; see "riposte stats --rejected")
#> exit 3, 2 posts
#> 0
#> riposte: none.tar: is a tar file, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
