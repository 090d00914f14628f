# What is not read of an archive is no secret: an archive within it is named, files that
# somebody put beside X's are counted, and -v names everything and says why.
x=$DATA/x-archive/ana
make-archive zip inner.zip a.txt=:x
printf 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Petit>We begin.\n' >talk.vtt
make-archive zip both.zip data/manifest.js="$x/manifest.js" data/account.js="$x/account.js" \
	data/tweets.js="$x/tweets.js" data/like.js=:x data/new.json=:x data/tweets_media/1.jpg=:x \
	assets/a.json=:x 'Your archive.html=:x' talks/talk.vtt=talk.vtt talks/inner.zip=inner.zip
riposte import both.zip
echo "exit $?"
riposte -A v.db import -v both.zip 2>&1 | sed 1d
mkdir folder
cp talk.vtt inner.zip folder
echo nothing >folder/notes.txt
echo nothing >folder/likes.json
echo nothing >folder/program.c
riposte -A f.db import folder/ 2>&1 | sed 1d
riposte -A g.db import -v folder/ 2>&1 | sed 1d
#> exit 0
#> riposte: both.zip: 2 of the 10 files in it were read
#> riposte: both.zip/data/account.js: not read: another file tells the owner
#> riposte: both.zip/data/like.js: not read: not on the list of what is read of an archive of X
#> riposte: both.zip/data/new.json: not read: not on the list of what is read of an archive of X
#> riposte: both.zip/data/tweets_media/1.jpg: not read: not on the list of what is read of an archive of X
#> riposte: both.zip/assets/a.json: not read: not on the list of what is read of an archive of X
#> riposte: both.zip/Your archive.html: not read: not on the list of what is read of an archive of X
#> riposte: both.zip/talks/talk.vtt: not read: not on the list of what is read of an archive of X
#> riposte: both.zip/talks/inner.zip: is an archive: import it by itself
#> riposte: both.zip: not read: 1 file beside the archive of X in it (-v names it); import what you want of that by itself
#> riposte: 2 captures: 7 records, 6 new, 1 new version, 3 posts referred to but not held
#> riposte: folder/inner.zip: is an archive: import it by itself
#> riposte: 1 capture: 1 record, 1 new
#> riposte: folder/notes.txt: not read: its content is of no known format
#> riposte: folder/: 1 of the 5 files in it were read
#> riposte: folder/inner.zip: is an archive: import it by itself
#> riposte: folder/likes.json: not read: private in an archive of Mastodon
#> riposte: folder/program.c: not read: files that are called so are not looked at
#> riposte: 1 capture: 1 record, 1 new
#! riposte: made a new archive, archive.db
#! riposte: both.zip/talks/inner.zip: is an archive: import it by itself
#! riposte: both.zip: not read: 1 file beside the archive of X in it (-v names it); import what you want of that by itself
#! riposte: 2 captures: 7 records, 6 new, 1 new version, 3 posts referred to but not held
