# What a French newspaper quotes: by whom, in which words, no later than the article, and the
# same whatever came first.
cp "$DATA/stargate/people.ini" archive.people.ini
riposte import "$DATA/stargate/presse.html"
riposte import -q "$DATA"/stargate/x/*.json
riposte timeline on:press --tz Europe/Paris
riposte thread press:https://journal.example/2025/01/23/stargate --tz Europe/Paris
riposte show press:https://journal.example/2025/01/23/stargate#q3 --tz Europe/Paris | sed '/^seen in/,$d'
riposte timeline on:press from:Nadella -f ids
riposte show --json x:1881923570458304780 | grep -o '"versions":[0-9]*'
riposte export -f jsonl --canonical >one.jsonl
riposte rebuild -q && riposte export -f jsonl --canonical | cmp - one.jsonl && echo the same
riposte verify --data -q && echo sound
riposte import -q -A other.db "$DATA"/stargate/x/*.json
riposte import -q -A other.db "$DATA/stargate/presse.html"
riposte export -A other.db -f jsonl --canonical | cmp - one.jsonl && echo in any order
#> 23 Jan 2025, Europe/Paris
#>    07:30  " Le Journal d’Exemple @journal.example
#>                                press:https://journal.example/2025/01/23/stargate
#>           Stargate : « Ils n’ont pas l’argent », la passe d’armes Musk-Altman
#>
#>           Le projet Stargate était à peine annoncé que la dispute commençait.
#>           « Ils n’ont pas l’argent », a écrit Elon Musk sur X, quelques heures
#>           après l’annonce d’OpenAI.
#>
#>           Le patron de Tesla a insisté peu après : « SoftBank a bien moins de
#>           10 milliards de dollars. Je le tiens de source sûre. »
#>
#>           « Faux, comme vous le savez sûrement », lui a répondu Sam Altman,
#>           patron d’OpenAI, avant de l’inviter à visiter le premier chantier.
#>
#>           À Davos, Satya Nadella, PDG de Microsoft, a préféré en sourire :
#>           « Tout ce que je sais, c’est que je suis bon pour mes 80 milliards de
#>           dollars. »
#>  <=07:30  Elon Musk         press:https://journal.example/2025/01/23/stargate#q1
#>           Ils n’ont pas l’argent
#>           sur X
#>  <=07:30  Elon Musk         press:https://journal.example/2025/01/23/stargate#q2
#>           SoftBank a bien moins de 10 milliards de dollars. Je le tiens de
#>           source sûre.
#>  <=07:30  Sam Altman        press:https://journal.example/2025/01/23/stargate#q3
#>           Faux, comme vous le savez sûrement
#>  <=07:30  Satya Nadella     press:https://journal.example/2025/01/23/stargate#q4
#>           Tout ce que je sais, c’est que je suis bon pour mes 80 milliards de
#>           dollars.
#>           À Davos
#> thread press:https://journal.example/2025/01/23/stargate
#>   23 Jan 2025, Europe/Paris, 5 posts
#> 23 Jan 07:30  " Le Journal d’Exemple @journal.example
#>                 Stargate : « Ils n’ont pas l’argent », la passe d’armes
#>                 Musk-Altman
#>
#>                 Le projet Stargate était à peine annoncé que la dispute
#>                 commençait. « Ils n’ont pas l’argent », a écrit Elon Musk sur X,
#>                 quelques heures après l’annonce d’OpenAI.
#>
#>                 Le patron de Tesla a insisté peu après : « SoftBank a bien moins
#>                 de 10 milliards de dollars. Je le tiens de source sûre. »
#>
#>                 « Faux, comme vous le savez sûrement », lui a répondu Sam
#>                 Altman, patron d’OpenAI, avant de l’inviter à visiter le premier
#>                 chantier.
#>
#>                 À Davos, Satya Nadella, PDG de Microsoft, a préféré en sourire :
#>                 « Tout ce que je sais, c’est que je suis bon pour mes
#>                 80 milliards de dollars. »
#>                 quotes x:1881923570458304780
#>      <=07:30    : Elon Musk
#>                   Ils n’ont pas l’argent
#>                   sur X
#>      <=07:30    : Elon Musk
#>                   SoftBank a bien moins de 10 milliards de dollars. Je le tiens
#>                   de source sûre.
#>      <=07:30    : Sam Altman
#>                   Faux, comme vous le savez sûrement
#>      <=07:30    : Satya Nadella
#>                   Tout ce que je sais, c’est que je suis bon pour mes
#>                   80 milliards de dollars.
#>                   À Davos
#> coverage: imported files; no source follows these accounts
#> press:https://journal.example/2025/01/23/stargate#q3
#> kind      press_quote
#> author    Sam Altman (spoken:@Sam Altman)
#> time      not after 23 Jan 2025 07:30:00 CET (from the article)
#> thread    press:https://journal.example/2025/01/23/stargate
#> language  fr
#> address   https://journal.example/2025/01/23/stargate
#> context   « Faux, comme vous le savez sûrement », lui a répondu Sam Altman,
#>           patron d’OpenAI, avant de l’inviter à visiter le premier chantier.
#>
#>   Faux, comme vous le savez sûrement
#>
#> press:https://journal.example/2025/01/23/stargate#q4
#> "versions":1
#> the same
#> sound
#> in any order
#! riposte: made a new archive, archive.db
#! riposte: 1 capture: 6 records, 6 new
