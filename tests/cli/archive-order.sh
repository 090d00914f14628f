# A file of an X archive that came by itself first, and was read without what stands
# beside it, is read again once its archive comes: every order ends in the same.
x=$DATA/x-archive/ana
make-archive zip ana.zip data/manifest.js="$x/manifest.js" data/tweets.js="$x/tweets.js" \
	data/note-tweet.js="$x/note-tweet.js" data/deleted-tweets.js="$x/deleted-tweets.js"
mkdir alone a b c
cp "$x/tweets.js" a
cp "$x/note-tweet.js" b
cp "$x/deleted-tweets.js" c
mkdir bare bare/data
cp "$x/tweets.js" "$x/note-tweet.js" bare/data
riposte -A first.db import -q ana.zip a/tweets.js b/note-tweet.js c/deleted-tweets.js bare
riposte -A first.db export -f jsonl --canonical >want
n=0
for order in 'a/tweets.js ana.zip bare b/note-tweet.js c/deleted-tweets.js' \
	'b/note-tweet.js a/tweets.js ana.zip c/deleted-tweets.js bare'; do
	n=$((n + 1)) merged=
	for f in $order; do
		riposte -A "once$n.db" import -q "$f" # each a run of its own
		name=$(echo "$n$f" | tr / _).db
		riposte -A "$name" import -q "$f"
		merged="$merged $name"
	done
	# shellcheck disable=SC2086
	riposte -A "merged$n.db" merge -q $merged
	for db in once$n merged$n; do
		riposte -A "$db.db" export -f jsonl --canonical | cmp - want
		riposte -A "$db.db" verify -q --data
		riposte -A "$db.db" rebuild -q
		riposte -A "$db.db" export -f jsonl --canonical | cmp - want
	done
done
riposte -A once1.db show x:1881764697338806273 | head -n 3
grep -c '"author":null' want
#> x:1881764697338806273
#> kind      post
#> author    Ana @ana (x:@1001)
#> 0
#? 1
