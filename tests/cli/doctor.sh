# What is wrong is told in a line each, with what to do about it.
riposte() { command riposte "$@" 2>&1 | grep -v -e '^ok  *libraries' -e '^[a-z]*  *disk' | sed "s|$HOME|HOME|"; }
riposte doctor
riposte import -q "$DATA/stargate/x/musk.json"
printf '[source musk]\ncollector = x\naccount = elonmusk\ntoken = file:x-token\n' >riposte.conf
printf 'canary-token\n' >x-token
chmod 600 x-token
riposte doctor --config riposte.conf
echo "all well:"
command riposte doctor -q --config riposte.conf | grep -v disk
chmod 644 x-token archive.db
touch -d 2025-01-01 .riposte-12ab.tmp
echo "not well:"
riposte doctor --config riposte.conf
command riposte doctor --config riposte.conf >out
echo "exit $?"
chmod 600 x-token
command riposte doctor --config riposte.conf >out
echo "exit $?"
# T03: no clock
RIPOSTE_NOW=1970-01-01T00:00:07Z riposte doctor -q
TZDIR=/nowhere riposte doctor -q | grep zones
echo '[source' >riposte.conf
riposte doctor -q --config riposte.conf --json | tr '}' '\n' | grep config
#> ok       config      HOME/.config/riposte/riposte.conf is not there
#> ok       archive     archive.db is not there yet
#> ok       clock       2026-01-05T12:00:00Z
#> ok       zones       zone files are there
#> ok       sources     none (riposte-config(5) tells how to add one)
#> ok       config      riposte.conf: 1 source
#> ok       archive     archive.db
#> ok       clock       2026-01-05T12:00:00Z
#> ok       zones       zone files are there
#> ok       tokens      1, which can be read by nobody else
#> ok       sources     1, of which none fails
#> all well:
#> not well:
#> ok       config      riposte.conf: 1 source
#> warning  permissions archive.db may be used by others (mode 0644) (chmod 600 archive.db)
#> warning  permissions archive.db-wal may be used by others (mode 0644) (chmod 600 archive.db-wal)
#> warning  permissions archive.db-shm may be used by others (mode 0644) (chmod 600 archive.db-shm)
#> warning  left behind ./.riposte-12ab.tmp, by a program that was killed (0 bytes) (rm ./.riposte-12ab.tmp)
#> ok       clock       2026-01-05T12:00:00Z
#> ok       zones       zone files are there
#> error    tokens      riposte.conf:4: [source musk] token: x-token may be used by others (mode 0644): chmod 600 x-token (see riposte-config(5))
#> ok       sources     1, of which none fails
#> exit 78
#> exit 1
#> warning  permissions archive.db may be used by others (mode 0644) (chmod 600 archive.db)
#> warning  permissions archive.db-wal may be used by others (mode 0644) (chmod 600 archive.db-wal)
#> warning  permissions archive.db-shm may be used by others (mode 0644) (chmod 600 archive.db-shm)
#> warning  left behind ./.riposte-12ab.tmp, by a program that was killed (0 bytes) (rm ./.riposte-12ab.tmp)
#> warning  clock       it is 1970-01-01T00:00:07Z here, which cannot be (set the clock: nothing can be asked over TLS, and what comes in gets wrong times)
#> warning  zones       no time zones on this machine: /nowhere is missing (package tzdata) (install tzdata)
#> {"v":1,"findings":[{"level":"error","about":"config","text":"riposte.conf:1: a section without its ]","mend":"see riposte-config(5)"
