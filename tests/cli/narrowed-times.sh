# What is known of a remark beyond its day counts in every view, not in its thread alone.
riposte import -q "$DATA"/stargate/x/*.json "$DATA"/stargate/davos.txt
echo "-- between the post it answers and the clip that has it"
riposte timeline --until 2025-01-22T16:00Z -f ids
echo "-- in the text, and in JSON beside what is stated"
riposte timeline on:spoken
riposte timeline on:spoken --json | grep -o '"time":{[^}]*},"bounds":{[^}]*}'
riposte show spoken:davos-2025-cnbc/1 | sed -n 1,10p
riposte show spoken:davos-2025-cnbc/1 --json | grep -o '"bounds":{[^}]*}'
echo "-- asked for by time"
riposte timeline on:spoken --since 2025-01-22T15:30Z
echo "exit $?"
riposte timeline on:spoken --until 2025-01-22T05:00Z
echo "exit $?"
riposte timeline on:spoken -f ids --since 2025-01-22T05:30Z --until 2025-01-22T06:00Z
echo "-- newest first, so many"
riposte search since:2025-01-22T05:00Z until:2025-01-22T17:00Z -f ids
riposte search since:2025-01-22T05:00Z until:2025-01-22T17:00Z -f ids -n 3
riposte timeline -f ids -n 4
#> -- between the post it answers and the clip that has it
#> x:1881923570458304780
#> x:1881944244480565497
#> spoken:davos-2025-cnbc/1
#> spoken:davos-2025-cnbc/2
#> x:1882085592135237737
#> -- in the text, and in JSON beside what is stated
#> 22 Jan 2025, UTC
#>  <=15:19  Q                                             spoken:davos-2025-cnbc/1
#>           Elon Musk says on X that the money is not there for Stargate. Is it?
#>           Davos (CET <=16:19)
#>  <=15:19  > Satya Nadella                               spoken:davos-2025-cnbc/2
#>           Look, all I know is, I'm good for my $80 billion.
#>           Davos (CET <=16:19)
#> "time":{"lo":"2025-01-21T23:00:00Z","hi":"2025-01-22T22:59:59.999999Z","precision":"day","basis":"event"},"bounds":{"lo":"2025-01-22T05:57:27.374Z","hi":"2025-01-22T15:19:07.281Z","precision":"ms","basis":"event"}
#> "time":{"lo":"2025-01-21T23:00:00Z","hi":"2025-01-22T22:59:59.999999Z","precision":"day","basis":"event"},"bounds":{"lo":"2025-01-22T05:57:27.374Z","hi":"2025-01-22T15:19:07.281Z","precision":"ms","basis":"event"}
#> spoken:davos-2025-cnbc/1
#> kind      spoken
#> author    Q (spoken:@davos-2025-cnbc/Q)
#> time      22 Jan 2025 (from the event)
#>           between 22 Jan 2025 05:57:27 UTC and 22 Jan 2025 15:19:07 UTC (by its
#>           thread)
#> event     CNBC interview, World Economic Forum
#> place     Davos
#> zone      Europe/Zurich
#> after     x:1881944244480565497
#> "bounds":{"lo":"2025-01-22T05:57:27.374Z","hi":"2025-01-22T15:19:07.281Z","precision":"ms","basis":"event"}
#> -- asked for by time
#> exit 1
#> exit 1
#> spoken:davos-2025-cnbc/1
#> spoken:davos-2025-cnbc/2
#> -- newest first, so many
#> x:1882106524090482701
#> x:1882085592135237737
#> spoken:davos-2025-cnbc/2
#> spoken:davos-2025-cnbc/1
#> x:1881944244480565497
#> x:1882106524090482701
#> x:1882085592135237737
#> spoken:davos-2025-cnbc/2
#> x:1881923570458304780
#> x:1881944244480565497
#> spoken:davos-2025-cnbc/1
#> spoken:davos-2025-cnbc/2
