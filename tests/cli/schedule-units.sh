# The units are fit for systemd, also with odd paths.
mkdir "it's 5% \$x" && cd "it's 5% \$x" && mkdir units || exit
printf '[source musk]\ncollector = x\naccount = elonmusk\ntoken = x-token\n' >riposte.conf
riposte schedule --systemd --config riposte.conf -o units
echo "exit $?"
riposte schedule --systemd --config riposte.conf -o units 2>/dev/null
echo "again: exit $?"
riposte schedule --systemd --config riposte.conf -o units --force
echo "with force: exit $?"
cat units/*.timer
command -v systemd-analyze >/dev/null || exit 0 # and there is nothing to ask
systemd-analyze verify --man=no units/*.service units/*.timer
sed -i 's/^OnCalendar=.*/OnCalendar=some day/' units/riposte-verify.timer
systemd-analyze verify --man=no units/riposte-verify.timer 2>&1 | grep -c 'some day' >count
[ "$(cat count)" -gt 0 ] || echo "systemd-analyze finds nothing wrong with anything"
#> exit 0
#> again: exit 64
#> with force: exit 0
#> [Unit]
#> Description=riposte: ask the sources that are due
#>
#> [Timer]
#> OnBootSec=2min
#> OnUnitActiveSec=300s
#> AccuracySec=10s
#>
#> [Install]
#> WantedBy=timers.target
#> [Unit]
#> Description=riposte: pack what came in
#>
#> [Timer]
#> OnCalendar=Sun *-*-* 04:40:00
#> RandomizedDelaySec=30min
#> Persistent=yes
#>
#> [Install]
#> WantedBy=timers.target
#> [Unit]
#> Description=riposte: look at a part of the archive for damage
#>
#> [Timer]
#> OnCalendar=*-*-* 03:17:00
#> RandomizedDelaySec=30min
#> Persistent=yes
#>
#> [Install]
#> WantedBy=timers.target
