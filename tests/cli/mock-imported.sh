# What the mock answers is what our importers read: the exchange comes out as from files.
cp "$DATA/stargate/people.ini" archive.people.ini
cp "$DATA/stargate/davos.txt.riposte.ini" .
mock --ready url --world "$DATA/worlds/stargate" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
fields='tweet.fields=author_id,conversation_id,created_at,display_text_range,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,note_tweet,referenced_tweets'
fields="$fields&expansions=author_id,in_reply_to_user_id,referenced_tweets.id,referenced_tweets.id.author_id,entities.mentions.username"
for id in 44196397 1605; do
	curl -sg -H 'Authorization: Bearer any' "$u/x/2/users/$id/tweets?max_results=100&$fields" >"$id.json"
done
curl -s "$u/pages/davos.txt" >davos.txt
kill $!
riposte import -q ./*.json davos.txt
riposte exchange Musk Altman Nadella --tz UTC
#> between Musk, Altman, Nadella       22-23 Jan 2025, UTC       5 turns + 2 ghosts
#>    21 Jan ~22:23  [not in the archive] @OpenAI, x:1881830103858172059
#> 1   22 Jan 04:35  > Musk     They don’t actually have the money
#>            05:57             SoftBank has well under $10B secured. I have that
#>                              on good authority.
#>          <=15:19    Q        Elon Musk says on X that the money is not there for
#>                              Stargate. Is it?                Davos (CET <=16:19)
#> 2        <=15:19  > Nadella  Look, all I know is, I'm good for my $80 billion.
#> 3          16:42  > Altman   wrong, as you surely know.
#>
#>                              want to come visit the first site already under
#>                              way?
#>
#>                              this is great for the country. i realize what is
#>                              great for the country isn't always what's optimal
#>                              for your companies, but in your new role i hope
#>                              you'll mostly put 🇺🇸 first.     10 h 45 min after 1
#> 4   23 Jan 05:46  " Musk     On the other hand, Satya definitely does have the
#>                              money                                 via @ns123abc
#>           ~08:49  : [not in the archive] Nadella, x:1882350000000000000
#> 5          11:54  > Musk     😂                                  last word: Musk
#> not complete: a post by @OpenAI is not in the archive (x:1881830103858172059)
#> not complete: a post by @satyanadella is not in the archive
#>   (x:1882350000000000000)
#> coverage: imported files; no source follows these accounts
