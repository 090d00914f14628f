# A transcript: everybody in it is somebody, every labelled turn is there, in their order.
cat >talk.txt <<'TALK'
MODERATOR: Ana, is the money there?

AUDIENCE: (APPLAUSE)

ANA PETIT: It is.

BOB ROE: Fine weather.

ANA PETIT: [inaudible]

Speaker 1: Lunch.

Speaker 2: Now?

BOB ROE: One more thing.

ANA PETIT: No.

CNBC HOST: Thank you.

BOB ROE: Bye.
TALK
riposte import -q talk.txt --event talk --date 2025-03-04 --tz Europe/Paris
riposte timeline --tz Europe/Paris
riposte exchange "Ana Petit" "Bob Roe" --tz Europe/Paris
riposte show spoken:talk/3 --json | grep -o '"time":{[^}]*}'
riposte verify --data -q && echo sound
printf '[event]\nstart = noon\n' >talk.txt.riposte.ini
riposte import talk.txt
#> 4 Mar 2025, Europe/Paris
#>    4 Mar  Moderator                                                spoken:talk/1
#>           Ana, is the money there?
#>    4 Mar  Audience                                                 spoken:talk/2
#>           (APPLAUSE)
#>    4 Mar  > Ana Petit                                              spoken:talk/3
#>           It is.
#>    4 Mar  Bob Roe                                                  spoken:talk/4
#>           Fine weather.
#>    4 Mar  Ana Petit                                                spoken:talk/5
#>           [inaudible]
#>    4 Mar  Speaker 1                                                spoken:talk/6
#>           Lunch.
#>    4 Mar  Speaker 2                                                spoken:talk/7
#>           Now?
#>    4 Mar  Bob Roe                                                  spoken:talk/8
#>           One more thing.
#>    4 Mar  Ana Petit                                                spoken:talk/9
#>           No.
#>    4 Mar  CNBC Host                                               spoken:talk/10
#>           Thank you.
#>    4 Mar  Bob Roe                                                 spoken:talk/11
#>           Bye.
#> between Ana Petit, Bob Roe           4 Mar 2025, Europe/Paris            6 turns
#>    4 Mar    Moderator  Ana, is the money there?
#> 1  4 Mar  > Ana Petit  It is.
#> 2  4 Mar  : Bob Roe    Fine weather.
#> 3  4 Mar  : Ana Petit  [inaudible]
#> 4  4 Mar  : Bob Roe    One more thing.
#> 5  4 Mar  : Ana Petit  No.
#> 6  4 Mar  : Bob Roe    Bye.                                   last word: Bob Roe
#> coverage: imported files; no source follows these accounts
#> "time":{"lo":"2025-03-03T23:00:00Z","hi":"2025-03-04T22:59:59.999999Z","precision":"day","basis":"event"}
#> sound
#! riposte: talk.txt.riposte.ini: line 2: start "noon" is no time; write 2025-01-22 16:10, or the day
#? 78
