# Sources are listed, shown, stopped and started; a secret is never shown.
cat >riposte.conf <<'END'
[source musk]
collector = x
account = elonmusk
account = sama
token = file:x-token
budget = 5usd/month

[source news]
collector = feed
url = https://news.example/feed.xml?key=canary&page=1
every = 1h
END
printf 'canary-token\n' >x-token && chmod 600 x-token
riposte() { command riposte "$@" --config riposte.conf; }
riposte source list
ls archive.db 2>/dev/null
riposte source pause news
riposte source pause news
riposte source list
riposte source list --json
# Of the settings some: others follow from the collector.
riposte source show musk | grep -v -e yes -e ' no ' -e auto -e base
riposte source show news --json | grep -o -e '^.*"settings"' -e '{"name":"url"[^}]*}' -e '"state".*'
riposte source resume news musk
riposte source list | cut -c 1-80
chmod 644 x-token
riposte source show musk | grep token
riposte source show nws
echo "exit $?"
riposte source pause news musc
echo "exit $?"
riposte source show
echo "exit $?"
: >riposte.conf
riposte source list
echo "exit $?"
#> NAME  COLLECTOR  STATE  LAST  DUE  WHAT
#> musk  x          new    -     -    elonmusk +1
#> news  feed       new    -     -    https://news.example/feed.xml?key=***&page=1
#> NAME  COLLECTOR  STATE   LAST  DUE  WHAT
#> musk  x          new     -     -    elonmusk +1
#> news  feed       paused  -     -    https://news.example/feed.xml?key=***&page=1
#> {"v":1,"sources":[{"name":"musk","collector":"x","what":"elonmusk +1","state":"new","tried":null,"worked":null,"due":null,"failures":0,"trouble":null},{"name":"news","collector":"feed","what":"https://news.example/feed.xml?key=***&page=1","state":"paused","tried":null,"worked":null,"due":null,"failures":0,"trouble":null}]}
#> musk  (riposte.conf:1)
#>   collector      x
#>   token          file:x-token (can be read)
#>   every          15min (default)
#>   budget         5usd/month
#>   pages          500 (default)
#>   robots         obey (default)
#>   account        elonmusk
#>   account        sama
#>
#> new
#> {"v":1,"name":"news","collector":"feed","settings"
#> {"name":"url","value":"https://news.example/feed.xml?key=***&page=1","default":false}
#> "state":"paused","tried":null,"worked":null,"due":null,"failures":0,"trouble":null,"coverage":[],"runs":[],"spent_usd":0.00,"spent_month_usd":0.00}
#> NAME  COLLECTOR  STATE  LAST  DUE  WHAT
#> musk  x          new    -     -    elonmusk +1
#> news  feed       new    -     -    https://news.example/feed.xml?key=***&page=1
#>   token          file:x-token (cannot be read: x-token may be used by others (mode 0644): chmod 600 x-token)
#> exit 64
#> exit 64
#> exit 64
#> NAME  COLLECTOR  STATE  LAST  DUE  WHAT
#> news  feed       left   -     -
#> exit 0
#! riposte: news paused
#! riposte: news was paused
#! riposte: news not paused
#! riposte: musk was not paused
#! riposte: there is no source "nws"; did you mean "news"?
#! riposte: there is no source "musc"; did you mean "musk"?
#! riposte: source takes "list", "show NAME", "test NAME", "pause NAME..." or "resume NAME..." (see "riposte source --help")
