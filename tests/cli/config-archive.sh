# The archive is where the flag says, else the environment, else the config file, whatever
# the command; no other setting matters to those that need no config file.
mkdir etc
printf '[archive]\npath = posts.db\n[broken]\nat = all\n' >etc/riposte.conf
riposte import -q -A flag.db "$DATA/stargate/x/musk.json"
riposte import -q --config etc/riposte.conf "$DATA/stargate/x/musk.json"
unset RIPOSTE_ARCHIVE
riposte import -q --config etc/riposte.conf "$DATA/stargate/x/musk.json"
mkdir -p "$HOME/.config/riposte" && printf '[archive]\npath = mine.db\n' >"$HOME/.config/riposte/riposte.conf"
riposte import -q "$DATA/stargate/x/musk.json"
ls ./*.db etc "$HOME/.config/riposte" | sed "s|$HOME||"
#> ./archive.db
#> ./flag.db
#>
#> /.config/riposte:
#> mine.db
#> riposte.conf
#>
#> etc:
#> posts.db
#> riposte.conf
