# An archive that cannot be read as one may hold messages: it is refused, and not a byte
# of it is kept; so are the private files of one, each by itself.  With xz or bzip2
# it is read.
x=$DATA/x-archive/ana
dm='window.YTD.direct_messages.part0 = [ {"dmConversation":{"text":"SECRET"}} ]'
set -- data/manifest.js="$x/manifest.js" data/tweets.js="$x/tweets.js" \
	data/note-tweet.js="$x/note-tweet.js" data/direct-messages.js=":$dm"
for form in zip tar tar.gz tar.xz tar.bz2; do
	make-archive $form ana.$form "$@"
done
flip() { # FILE OFFSET
	printf '\377' | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}
refused() { # FILE...
	for f in "$@"; do
		rm -f p.db
		riposte import -q -A p.db "$f" 2>&1
		echo "exit $?, $(riposte capture list -A p.db 2>/dev/null | wc -l) captures"
	done
}
cp ana.tar header.tar && flip header.tar 2
cp ana.tar.gz flipped.gz && flip flipped.gz 40
gzip -n <ana.zip >inner.gz
gzip -n <ana.tar.xz >twice.gz
{ printf 'junk\001junk'; cat ana.zip; printf 'junk\001junk'; } >junk.bin
{ head -c 70000 /dev/zero; cat ana.zip; printf junk; } >far.bin
{ printf 'junk\001junk'; cat ana.tar; } >junk-tar.bin
refused header.tar flipped.gz inner.gz twice.gz junk.bin far.bin junk-tar.bin
refused - <inner.gz
riposte import -q -A p.db --as x header.tar
# Private files by themselves, whatever they are called.
echo "$dm" >direct-messages.js
gzip -n <direct-messages.js >dm.txt.gz
echo 'window.YTD.like.part0 = [ {"like":{"tweetId":"1","fullText":"SECRET"}} ]' >like.js
echo 'window.YTD.tweets_drafts.part0 = [ ]' >drafts.json
echo '{"@context":"https://www.w3.org/ns/activitystreams","id":"likes.json","type":"OrderedCollection","orderedItems":["SECRET"]}' >'likes (1).json'
printf 'Account address,Show boosts\nbob@m.example,true\n' >people.csv
echo bob@m.example >blocked_accounts.csv
refused direct-messages.js dm.txt.gz like.js drafts.json 'likes (1).json' people.csv blocked_accounts.csv
# ... and in a folder, where they are counted.
mkdir folder && cp like.js folder/like.txt && cp drafts.json people.csv folder
echo '{"id":"1","text":"in public","author_id":"9"}' >folder/post.json
riposte import folder
riposte -A tar.db import -q ana.tar
riposte -A tar.db export -f jsonl --canonical >want
for form in tar.xz tar.bz2; do
	for way in ana.$form "- <ana.$form"; do
		rm -f p.db
		eval riposte import -q -A p.db "$way"
		riposte -A p.db export -f jsonl --canonical | cmp - want
		riposte -A p.db verify -q --data
	done
done
xz <folder/post.json >post.xz 2>/dev/null || make-archive tar.xz post.xz a=:a
riposte import -q post.xz 2>/dev/null
echo "exit $?"
riposte timeline -f ids
cat ./*.db | grep -c SECRET
#> riposte: header.tar: is a tar file, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
#> exit 65, 0 captures
#> riposte: flipped.gz: is damaged, and may be an archive: what is in it may be private, so nothing is kept; unpack it and import the folder
#> exit 65, 0 captures
#> riposte: inner.gz: is a zip, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
#> exit 65, 0 captures
#> riposte: twice.gz: is an xz or bzip2 file, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
#> exit 65, 0 captures
#> riposte: junk.bin: is a zip, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
#> exit 65, 0 captures
#> riposte: far.bin: is a zip, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
#> exit 65, 0 captures
#> riposte: junk-tar.bin: is a tar file, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
#> exit 65, 0 captures
#> riposte: -: is a zip, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
#> exit 65, 0 captures
#> riposte: direct-messages.js: is private in an archive of X (direct_messages): not read, not kept
#> exit 65, 0 captures
#> riposte: dm.txt.gz: is private in an archive of X (direct_messages): not read, not kept
#> exit 65, 0 captures
#> riposte: like.js: is private in an archive of X (like): not read, not kept
#> exit 65, 0 captures
#> riposte: drafts.json: is private in an archive of X (tweets_drafts): not read, not kept
#> exit 65, 0 captures
#> riposte: likes (1).json: is private in an archive of Mastodon: not read, not kept
#> exit 65, 0 captures
#> riposte: people.csv: is private in an archive of Mastodon: not read, not kept
#> exit 65, 0 captures
#> riposte: blocked_accounts.csv: is private in an archive of Mastodon: not read, not kept
#> exit 65, 0 captures
#> exit 65
#> x:1
#> 0
#! riposte: header.tar: is a tar file, or has one in it, that cannot be read: what is in it may be private, so nothing is kept; unpack it and import the folder
#! riposte: made a new archive, archive.db
#! riposte: folder: left alone in it, being private: 3 files
#! riposte: 1 capture: 1 record, 1 new
#? 1
