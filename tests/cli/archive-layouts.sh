# Every layout that X has handed out since 2012, as a zip, and as a folder.
x=$DATA/x-archive
make-archive zip 2012.zip index.html=':<html></html>' tweets.csv="$x/old/tweets.csv" \
	data/js/tweet_index.js="$x/old/tweet_index.js" data/js/user_details.js="$x/old/user_details.js" \
	data/js/tweets/2012_01.js="$x/old/2012_01.js"
make-archive zip csv.zip tweets.csv="$x/old/tweets.csv" data/js/user_details.js="$x/old/user_details.js"
sed 's/YTD.tweets/YTD.tweet/' "$x/bob/tweets.js" >tweet.js
make-archive zip 2018.zip account.js="$x/bob/account.js" tweet.js=tweet.js like.js=:x profile.js=:x
make-archive zip 2020.zip data/account.js="$x/bob/account.js" data/tweet.js=tweet.js \
	data/tweet-part1.js="$x/ana/tweets.js"
make-archive zip 2022.zip 'my archive/data/manifest.js'="$x/ana/manifest.js" \
	'my archive/data/tweets.js'="$x/ana/tweets.js" 'my archive/assets/js/x.js'=:x \
	'my archive/Your archive.html'=':<article>no article</article>'
for f in 2012 csv 2018 2020 2022; do
	echo "== $f"
	riposte -A $f.db import -v $f.zip 2>&1 | sed '/made a new/d'
	riposte -A $f.db capture list | cut -c 15-
	riposte -A $f.db timeline --utc -n 3
	riposte -A $f.db verify -q --data
done
mkdir -p folder/data
cp "$x/ana/"*.js folder/data
echo private >folder/data/direct-messages.js
ln -s /etc/passwd folder/data/tweets-part1.js
chmod 0 folder/data/direct-messages.js
riposte -A folder.db import folder/
riposte -A folder.db import folder
riposte -A folder.db capture list | cut -c 15-
mkdir unknown
echo "int main;" >unknown/a.c
riposte -A folder.db import unknown
# A repository of Bluesky among other files.
for form in zip tar.gz; do
	make-archive $form car.$form repo/bo.car="$DATA/networks/bo.car" readme.doc=:x
	riposte -A car.db import car.$form
done
#> == 2012
#> riposte: 2012.zip: 2 of the 5 files in it were read
#> riposte: 2012.zip/index.html: not read: not on the list of what is read of an archive of X
#> riposte: 2012.zip/tweets.csv: not read: other files have its posts
#> riposte: 2012.zip/data/js/tweet_index.js: not read: not on the list of what is read of an archive of X
#> riposte: 2 captures: 3 records, 3 new
#> 2026-01-05T12:00:00Z         166  x          2012.zip/data/js/user_details.js
#> 2026-01-05T12:00:00Z        1637  x          2012.zip/data/js/tweets/2012_01.js
#> 2012-01-30, UTC
#> 2012-01-30T08:00:00Z  Carol @carol                          x:163894212817846273
#>           original words
#> 2012-01-30T09:00:00Z  Ana @ana                              x:163909312312246273
#>           reposts @carol: original words
#>
#> 2012-01-31
#> 2012-01-31T10:46:53Z  Ana @ana                              x:164298599616741377
#>           An old one
#>           of two lines
#> == csv
#> riposte: csv.zip: 2 of the 2 files in it were read
#> riposte: 2 captures: 3 records, 3 new, 2 posts referred to but not held
#> 2026-01-05T12:00:00Z         166  x          csv.zip/data/js/user_details.js
#> 2026-01-05T12:00:00Z         600  x-archive  csv.zip/tweets.csv
#> 2012-01-29, UTC
#> 2012-01-29T09:00:00Z  > Ana @ana                            x:163546924446646273
#>           @bob she said "no" & left http://example.org/a
#>
#> 2012-01-30
#> 2012-01-30T09:00:00Z  Ana @ana                              x:163909312312246273
#>           reposts x:@3003: original words
#>
#> 2012-01-31
#> 2012-01-31T10:46:53Z  Ana @ana                              x:164298599616741377
#>           An old one
#>           of two lines
#> == 2018
#> riposte: 2018.zip: 2 of the 4 files in it were read
#> riposte: 2018.zip/like.js: not read: not on the list of what is read of an archive of X
#> riposte: 2018.zip/profile.js: not read: not on the list of what is read of an archive of X
#> riposte: 2 captures: 3 records, 3 new, 3 posts referred to but not held
#> 2026-01-05T12:00:00Z         263  x          2018.zip/account.js
#> 2026-01-05T12:00:00Z        3947  x          2018.zip/tweet.js
#> 2025-01-21, UTC
#> 2025-01-21T18:01:00Z  > Bob @bob                           x:1881763942364086273
#>           they don't actually have the money
#> 2025-01-21T18:03:00Z  > Bob @bob                           x:1881764445680566273
#>           well under $10B secured. I have that on good authority.
#> 2025-01-21T18:12:00Z  > Bob @bob                           x:1881766710604726273
#>           <3
#> == 2020
#> riposte: 2020.zip: 3 of the 3 files in it were read
#> riposte: 3 captures: 10 records, 9 new, 1 new version, 1 post referred to but not held
#> 2026-01-05T12:00:00Z         263  x          2020.zip/data/account.js
#> 2026-01-05T12:00:00Z        3947  x          2020.zip/data/tweet.js
#> 2026-01-05T12:00:00Z        7919  x          2020.zip/data/tweet-part1.js
#> 2025-01-21, UTC
#> 2025-01-21T18:00:00Z  Bob @bob                             x:1881763690705846273
#>           The campus is going up as we speak. 640 acres & more.
#> 2025-01-21T18:01:00Z  > Bob @bob                           x:1881763942364086273
#>           they don't actually have the money
#> 2025-01-21T18:02:00Z  > Bob @bob                           x:1881764194022326273
#>           wrong, as you know. want to come visit the first site?
#> == 2022
#> riposte: 2022.zip: 2 of the 4 files in it were read
#> riposte: 2022.zip/my archive/assets/js/x.js: not read: not on the list of what is read of an archive of X
#> riposte: 2022.zip/my archive/Your archive.html: not read: not on the list of what is read of an archive of X
#> riposte: 2 captures: 7 records, 6 new, 1 new version, 3 posts referred to but not held
#> 2026-01-05T12:00:00Z         267  x          2022.zip/my archive/data/manifest.js
#> 2026-01-05T12:00:00Z        7919  x          2022.zip/my archive/data/tweets.js
#> 2025-01-21, UTC
#> 2025-01-21T18:00:00Z  Ana @ana                             x:1881763690705846273
#>           The campus is going up as we speak. 640 acres & more.
#> 2025-01-21T18:02:00Z  > Ana @ana                           x:1881764194022326273
#>           wrong, as you know. want to come visit the first site?
#> 2025-01-21T18:04:00Z  > Ana @ana                           x:1881764697338806273
#>           They have not secured the money, and everybody who looks at the
#>           accounts can see that for himself. They have not secured the money,
#>           and everybody who looks at the accounts can see that for himself. They
#>           have not secured the money, and everybody who looks at the ac…
#>           cut short by the source
#> 2026-01-05T12:00:00Z         267  x          folder/data/manifest.js
#> 2026-01-05T12:00:00Z         260  x          folder/data/screen-name-change.js
#> 2026-01-05T12:00:00Z         953  x          folder/data/note-tweet.js
#> 2026-01-05T12:00:00Z         941  x          folder/data/community-tweet.js
#> 2026-01-05T12:00:00Z         913  x          folder/data/deleted-tweets.js
#> 2026-01-05T12:00:00Z        7919  x          folder/data/tweets.js
#> 2026-01-05T12:00:00Z         460  x          folder/data/deleted-tweet-headers.js
#> 2026-01-05T12:00:00Z        1107  x          folder/data/tweet-headers.js
#! riposte: made a new archive, folder.db
#! riposte: folder/: 8 of the 10 files in it were read
#! riposte: folder/: left alone in it: 1 link or device
#! riposte: 8 captures: 9 records, 8 new, 1 new version, 4 posts referred to but not held
#! riposte: folder: 8 of the 10 files in it were read
#! riposte: folder: left alone in it: 1 link or device
#! riposte: 8 captures: 9 records, 9 same
#! riposte: unknown: nothing in it is known: no archive of X (data/tweets.js, tweets.csv) or Mastodon (outbox.json), no .json, .txt, .csv, .vtt, .html, .car
#! riposte: made a new archive, car.db
#! riposte: 1 capture: 3 records, 3 new, 2 posts referred to but not held
#! riposte: 1 capture: 3 records, 3 same
