# A zip, a tar file, a compressed one, a folder, one through a pipe: all the same; and any
# such thing with files in it that we know.
x=$DATA/x-archive/bob
set -- data/account.js="$x/account.js" data/tweets.js="$x/tweets.js"
make-archive zip a.zip "$@"
make-archive tar a.tar "$@"
make-archive tar.gz a.tar.gz "$@"
zstd -q a.tar
mkdir -p a/data
cp "$x/account.js" "$x/tweets.js" a/data
for f in a.zip a.tar a.tar.gz a.tar.zst a; do
	riposte -A "$f.db" import -q "$f"
	riposte -A "$f.db" export -f jsonl --canonical | sha256sum | cut -c 1-8
done
riposte -A pipe.db import - <a.tar
cat a.tar.gz | riposte -A pipe.db import -
cat a.zip | riposte -A pipe.db import -
riposte -A a.zip.db import -q a.tar a.tar.gz a.tar.zst a
riposte -A a.zip.db capture list | cut -c 15-
# One file out of it, with and without the one beside it that names its owner.
riposte -A file.db import -q a/data/tweets.js
riposte -A file.db timeline -n 1 --utc
cp "$x/tweets.js" alone.js
riposte -A alone.db import -q alone.js
riposte -A alone.db timeline -n 1 --utc
riposte -A alone.db import -q --account 2002 alone.js
riposte -A alone.db timeline -n 1 --utc
riposte import -q --account bob alone.js
mkdir ana
cp "$x/../ana/"*.js ana
riposte -A notes.db import -q ana/tweets.js
riposte -A notes.db capture list | cut -c 15-
riposte -A notes.db search himself -n 1 | grep -c 'himself[.]$'
riposte -A notes.db import ana
riposte -A notes.db verify -q --data
# Things that lie together.
printf '%s\n' '{"id":"5","text":"five","author_id":"7"}' >posts.jsonl
printf 'ADA: Hello.\nBOB: Hello to you.\nADA: Good.\nBOB: Fine.\n' >talk.txt
make-archive zip plain.zip sub/posts.jsonl=posts.jsonl talk.txt=talk.txt package.json=':{"name":"x"}' \
	a.png=:x likes.json=':[]' script.js=':window.YTD.direct_messages.part0 = [ ]'
riposte -A plain.db import -v plain.zip
riposte -A plain.db capture list | cut -c 15-
#> 7612c1ee
#> 7612c1ee
#> 7612c1ee
#> 7612c1ee
#> 7612c1ee
#> 2026-01-05T12:00:00Z         263  x          a.zip/data/account.js
#> 2026-01-05T12:00:00Z        3948  x          a.zip/data/tweets.js
#> 2025-01-21, UTC
#> 2025-01-21T18:01:00Z  > Bob @bob                           x:1881763942364086273
#>           they don't actually have the money
#> 2025-01-21, UTC
#> 2025-01-21T18:01:00Z  > somebody                           x:1881763942364086273
#>           they don't actually have the money
#> 2025-01-21, UTC
#> 2025-01-21T18:01:00Z  > x:@2002                            x:1881763942364086273
#>           they don't actually have the money
#> 2026-01-05T12:00:00Z         953  raw        ana/note-tweet.js
#> 2026-01-05T12:00:00Z        7919  x          ana/tweets.js
#> 1
#> 2026-01-05T12:00:00Z          41  x          plain.zip/sub/posts.jsonl
#> 2026-01-05T12:00:00Z          53  transcript plain.zip/talk.txt
#! riposte: made a new archive, pipe.db
#! riposte: 2 captures: 3 records, 3 new, 3 posts referred to but not held
#! riposte: 2 captures: 3 records, 3 same
#! riposte: -: it is a zip archive, which cannot be read from a pipe: save it, and import the file
#! riposte: alone.js: account "bob" is no number of an account
#! riposte: 8 captures: 9 records, 2 new, 7 same, 1 post referred to but not held
#! riposte: made a new archive, plain.db
#! riposte: plain.zip/package.json: not read: its content is of no known format
#! riposte: plain.zip: 2 of the 6 files in it were read
#! riposte: plain.zip/a.png: not read: files that are called so are not looked at
#! riposte: plain.zip/likes.json: not read: private in an archive of Mastodon
#! riposte: plain.zip/script.js: not read: files that are called so are not looked at
#! riposte: 2 captures: 5 records, 5 new
