# Nothing to show, and why; an account is found by its key though only its posts came.
riposte import -q "$DATA"/stargate/x/*.json
riposte exchange elonmusk sama | head -1
riposte exchange elonmusk sama --since 2025-01-24
echo "exit $?"
riposte exchange elonmusk sama --until 2025-01-20 --json
echo "exit $?"
riposte exchange elonmusk OpenAI
echo "exit $?"
cat >bare.jsonl <<'END'
{"id":"1881923570458304780","author_id":"1001","text":"no user objects here","created_at":"2025-01-22T04:35:18.000Z"}
{"id":"1882106524090482701","author_id":"1002","text":"none","created_at":"2025-01-22T16:42:17.000Z","in_reply_to_user_id":"1001","referenced_tweets":[{"type":"replied_to","id":"1881923570458304780"}]}
END
riposte import -q -A bare.db bare.jsonl
riposte exchange -A bare.db x:@1001 x:@1002
riposte person show -A bare.db x:@1001
riposte person show -A bare.db x:@1003
echo "exit $?"
for names in "Elon Msk" "Sam Altmn" "elonmuks" "completely else"; do
	riposte person show "$names"
done
riposte exchange Petit Roe
echo "exit $?"
#> between @elonmusk, @sama           22 Jan 2025, UTC            2 turns + 1 ghost
#> exit 1
#> exit 1
#> between @elonmusk, @OpenAI           22 Jan 2025, UTC           1 turn + 1 ghost
#>    21 Jan ~22:23  [not in the archive] @OpenAI, x:1881830103858172059
#> 1   22 Jan 04:35  > @elonmusk  They don’t actually have the money
#>            05:57               SoftBank has well under $10B secured. I have that
#>                                on good authority.           last word: @elonmusk
#> not complete: a post by @OpenAI is not in the archive (x:1881830103858172059)
#> coverage: imported files; no source follows these accounts
#> exit 0
#> between x:@1001, x:@1002                22 Jan 2025, UTC                 2 turns
#> 1  22 Jan 04:35    x:@1001  no user objects here
#> 2         16:42  > x:@1002  none          12 h 7 min after 1; last word: x:@1002
#> coverage: imported files; no source follows these accounts
#> x:@1001
#>   account  x:@1001
#> exit 1
#> exit 1
#! riposte: nothing was said between these people in that time (the archive has 2 turns of theirs without --since and --until)
#! riposte: nothing was said between these people in that time (the archive has 2 turns of theirs without --since and --until)
#! riposte: nobody here is called "x:@1003" ("riposte person list" lists people)
#! riposte: nobody here is called "Elon Msk"; did you mean elonmusk?
#! riposte: nobody here is called "Sam Altmn"; did you mean sama?
#! riposte: nobody here is called "elonmuks"; did you mean elonmusk?
#! riposte: nobody here is called "completely else" ("riposte person list" lists people)
#! riposte: nobody here is called "Petit" ("riposte person list" lists people)
