# A person's accounts are those the archive has: by their ids, and no speaker who never spoke.
cat >archive.db.people.ini <<'INI'
[Sam Altman]
short = Altman
account = x:@sama
[Elon Musk]
account = x:@44196397
account = x:@ElonMusk
account = x:@SomebodyElse
[Satya Nadella]
alias = Satya
INI
riposte import -q "$DATA"/stargate/x/musk.json "$DATA"/stargate/x/altman.json
riposte import -q "$DATA"/stargate/davos.txt
riposte person list
riposte person show Altman --json
riposte person show sama
#> Elon Musk
#>   account  x:@44196397 (@elonmusk)
#>   account  x:@somebodyelse?
#> Sam Altman
#>   short    Altman
#>   account  x:@1605 (@sama)
#> Satya Nadella
#>   account  spoken:@Satya Nadella
#>   alias    Satya
#> {"v":1,"people":[{"name":"Sam Altman","short":"Altman","accounts":["x:@1605"],"aliases":[],"roles":[],"states":[]}]}
#> Sam Altman
#>   short    Altman
#>   account  x:@1605 (@sama)
