# The exchange everything is tried on, collected: two timelines and a conversation of X, the page
# of what was said in Davos, and that of a newspaper.
cp "$DATA/stargate/people.ini" archive.people.ini
mock --ready url --world "$DATA/worlds/stargate" &
until [ -s url ]; do sleep 0.01; done
u=$(cat url)
(umask 077; echo any-token >x-token)
cat >c.conf <<END
[http]
allow_private = yes
[source people]
collector = x
base = $u/x
token = file:x-token
account = elonmusk
account = sama
conversation = https://x.com/elonmusk/status/1881923570458304780
archive = yes
roots = yes
[source davos]
collector = transcript
url = $u/pages/davos.txt
event = davos-2025-cnbc
title = CNBC interview, World Economic Forum
place = Davos
date = 2025-01-22
tz = Europe/Zurich
not_before = x:1881944244480565497
not_after = x:1882085592135237737
[source presse]
collector = press
url = $u/pages/presse.html
END
# A post of X is shown by the newspaper, too: it is new to who comes first.
riposte collect --config c.conf 2>&1 | sed '/ p[er][a-z]*: /s/, [56] new/, some new/' | sort
echo "what came of it:"
riposte exchange Musk Altman Nadella --tz UTC
riposte timeline 'on:press -from:127.0.0.1' --tz UTC | sed 's/  *press:[^#]*#/ #/' >collected
riposte import -q -A files.db "$DATA/stargate/presse.html"
riposte timeline -A files.db 'on:press -from:journal.example' --tz UTC | sed 's/  *press:[^#]*#/ #/' >imported
grep -c '#q' collected
diff imported collected
echo "what was missed:"
riposte gaps
billed() { curl -s "$u/_/counts" | grep -o '"billed-[a-z]*":[0-9]*'; }
billed >before
echo "nothing is there a quarter of an hour later, and nothing is paid for:"
RIPOSTE_NOW=2026-01-05T12:15:00Z riposte collect --config c.conf 2>&1 | sort
billed | diff before -
riposte verify --data
kill $!
#> riposte: 3 sources: 9 requests, 17 posts, 13 new, $0.05
#> riposte: davos: 1 request, 2 posts, 2 new
#> riposte: made a new archive, archive.db
#> riposte: people: 7 requests, 9 posts, some new, $0.05
#> riposte: presse: 1 request, 6 posts, some new
#> what came of it:
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
#> coverage: @elonmusk, the conversation and @sama whole; @OpenAI and
#>   @satyanadella not followed
#> 4
#> what was missed:
#> nothing is there a quarter of an hour later, and nothing is paid for:
#> riposte: 3 sources: 5 requests, nothing new
#> riposte: davos: 1 request, nothing new
#> riposte: people: 3 requests, nothing new
#> riposte: presse: 1 request, nothing new
#! riposte: no gaps in 3 stretches of 1 source
#! riposte: archive.db: every record, capture and derived row is as it was stored
