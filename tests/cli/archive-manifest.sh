# What X's manifest counts is compared with what was read: nothing is missing without a word.
b=$DATA/x-archive/bob
manifest() {
	echo 'window.__THAR_CONFIG = {"userInfo":{"accountId":"2002","userName":"bob","displayName":"Bob"},"dataTypes":{'
	echo '"tweets":{"files":[{"fileName":"data/tweets.js","globalName":"YTD.tweets.part0","count":"'"$1"'"}'"$2"']},'
	echo '"directMessages":{"files":[{"fileName":"data/direct-messages.js","count":"99"}]},'
	echo '"noteTweet":{"files":[{"fileName":"data/note-tweet.js","count":"0"}]}}}'
}
say() {
	make-archive zip "$1" top/data/manifest.js=manifest.js top/data/tweets.js="$b/tweets.js"
	riposte import "$1" 2>&1
	echo "exit $?"
}
manifest 3 >manifest.js
say right.zip
manifest 5 >manifest.js
say fewer.zip
manifest 2 ',{"fileName":"data/tweets-part1.js","count":"7"},{"fileName":"data/tweets-part2.js","count":4}' >manifest.js
say parts.zip
echo 'window.__THAR_CONFIG = {"userInfo":{"accountId":"2002"},"dataTypes":{"tweets":{"files":[{"fileName":7},{"fileName":"data/tweets.js","count":"-1"},8]}}}' >manifest.js
say odd.zip
riposte verify -q --data && echo sound
#> riposte: made a new archive, archive.db
#> riposte: 2 captures: 3 records, 3 new, 3 posts referred to but not held
#> exit 0
#> riposte: fewer.zip/top/data/tweets.js: its archive says there are 5 posts in it, found: 3
#> riposte: 2 captures: 3 records, 3 same
#> exit 0
#> riposte: parts.zip: not in it, though it says so: top/data/tweets-part1.js and others (11 posts); is there another part of it?
#> riposte: 2 captures: 3 records, 3 same
#> exit 0
#> riposte: 2 captures: 3 records, 3 same
#> exit 0
#> sound
