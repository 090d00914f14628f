# Somebody's archive of X, read in place: what was said in public is taken in, each file
# as a capture with its exact bytes; what is private is not even looked at.
x=$DATA/x-archive/ana
make-archive zip ana.zip \
	data/manifest.js="$x/manifest.js" data/account.js="$x/account.js" \
	data/tweets.js="$x/tweets.js" data/note-tweet.js="$x/note-tweet.js" \
	data/deleted-tweets.js="$x/deleted-tweets.js" data/tweet-headers.js="$x/tweet-headers.js" \
	data/deleted-tweet-headers.js="$x/deleted-tweet-headers.js" \
	data/community-tweet.js="$x/community-tweet.js" \
	data/screen-name-change.js="$x/screen-name-change.js" \
	data/direct-messages.js=':DIRECTMESSAGES' data/like.js=':LIKES' \
	data/contact.js=':CONTACTS' data/ip-audit.js=':ADDRESSES' data/ad-impressions.js=':ADS' \
	data/tweets_media/1-a.jpg=':MEDIA'
# A byte of what is private is damaged: whoever reads it must fail.
sed -e s/DIRECTMESSAGES/DIRECTMESSAGEX/ -e s/LIKES/LIKEX/ -e s/CONTACTS/CONTACTX/ \
	-e s/ADDRESSES/ADDRESSEX/ -e s/ADS/ADX/ <ana.zip >damaged.zip
cmp -s ana.zip damaged.zip || echo "damaged"
riposte import -v damaged.zip
riposte capture list
riposte timeline --utc
riposte show x:1881764697338806273 | head -n 4
riposte show x:1881766207288246273 | head -n 4
for f in tweets note-tweet; do
	sha=$(sha256sum <"$x/$f.js" | cut -c 1-64)
	riposte capture cat "$sha" | cmp - "$x/$f.js" && echo "same bytes"
done
riposte import damaged.zip
riposte export -f jsonl --canonical >before
riposte rebuild -q
riposte export -f jsonl --canonical >after
cmp before after && echo "rebuilt the same"
riposte verify -q --data
grep -c MESSAGE archive.db
#> 547ae447d0c6  2026-01-05T12:00:00Z         267  x          damaged.zip/data/manifest.js
#> 67f2f0171a9c  2026-01-05T12:00:00Z         260  x          damaged.zip/data/screen-name-change.js
#> a25ac2b8b89e  2026-01-05T12:00:00Z         953  x          damaged.zip/data/note-tweet.js
#> 91297766f4a8  2026-01-05T12:00:00Z        7919  x          damaged.zip/data/tweets.js
#> 0a066dad131e  2026-01-05T12:00:00Z         913  x          damaged.zip/data/deleted-tweets.js
#> d0b8c2b7feea  2026-01-05T12:00:00Z         941  x          damaged.zip/data/community-tweet.js
#> be788fb86ef7  2026-01-05T12:00:00Z        1107  x          damaged.zip/data/tweet-headers.js
#> c1b8f21bf5c7  2026-01-05T12:00:00Z         460  x          damaged.zip/data/deleted-tweet-headers.js
#> 2025-01-21, UTC
#> 2025-01-21T18:00:00Z  Ana @ana                             x:1881763690705846273
#>           The campus is going up as we speak. 640 acres & more.
#> 2025-01-21T18:02:00Z  > Ana @ana                           x:1881764194022326273
#>           wrong, as you know. want to come visit the first site?
#> 2025-01-21T18:04:00Z  > Ana @ana                           x:1881764697338806273
#>           They have not secured the money, and everybody who looks at the
#>           accounts can see that for himself. They have not secured the money,
#>           and everybody who looks at the accounts can see that for himself. They
#>           have not secured the money, and everybody who looks at the accounts
#>           can see that for himself. They have not secured the money, and
#>           everybody who looks at the accounts can see that for himself. They
#>           have not secured the money, and everybody who looks at the accounts
#>           can see that for himself.
#> 2025-01-21T18:05:00Z  Ana @ana                             x:1881764948997046273
#>           reposts x:@3003: what a day https://t.co/aaaaaaaaaa
#> 2025-01-21T18:06:00Z  Ana @ana                             x:1881765200655286273
#>           the prompt
#>           edited, 2 wordings
#> 2025-01-21T18:08:00Z  " Ana @ana                           x:1881765703971766273
#>           He still says this
#> 2025-01-21T18:09:00Z  Ana @ana                             x:1881765955630006273
#>           I regret this one
#>           deleted, gone by 2025-01-22T23:20Z
#> 2025-01-21T18:11:00Z  Ana @ana                             x:1881766458946486273
#>           to my community
#> x:1881764697338806273
#> kind      post
#> author    Ana @ana (x:@1001)
#> time      21 Jan 2025 18:04:00.000 UTC (the platform says)
#> x:1881766207288246273
#> kind      not in the archive, only referred to; deleted
#> author    Ana @ana (x:@1001)
#> time      21 Jan 2025 18:10:00.000 UTC (the platform says)
#> same bytes
#> same bytes
#> rebuilt the same
#> 0
#! riposte: made a new archive, archive.db
#! riposte: damaged.zip: 8 of the 15 files in it were read
#! riposte: damaged.zip/data/account.js: not read: another file tells the owner
#! riposte: damaged.zip/data/direct-messages.js: not read: not on the list of what is read of an archive of X
#! riposte: damaged.zip/data/like.js: not read: not on the list of what is read of an archive of X
#! riposte: damaged.zip/data/contact.js: not read: not on the list of what is read of an archive of X
#! riposte: damaged.zip/data/ip-audit.js: not read: not on the list of what is read of an archive of X
#! riposte: damaged.zip/data/ad-impressions.js: not read: not on the list of what is read of an archive of X
#! riposte: damaged.zip/data/tweets_media/1-a.jpg: not read: not on the list of what is read of an archive of X
#! riposte: 8 captures: 9 records, 8 new, 1 new version, 4 posts referred to but not held
#! riposte: 8 captures: 9 records, 9 same
#? 1
