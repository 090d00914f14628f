# Lines for cron, in which blanks, quotes and % are no harm, and units for systemd.
riposte() { command riposte "$@" | sed "s|'[^']*/riposte'|RIPOSTE|; s|\"[^\"]*/riposte\"|RIPOSTE|; s|${HOME%/home}/[a-z]*|HERE|g; /^PrivateTmp/d"; }
mkdir "it's 5% \$x" && cd "it's 5% \$x" || exit
printf '[source musk]\ncollector = x\naccount = elonmusk\ntoken = x-token\n[source b]\ncollector = x\ntoken = credential:x-token\n[source c]\ncollector = x\ntoken = env:TOKEN\n' >riposte.conf
riposte schedule --config riposte.conf
for every in 1min 30min 1h 6h 1d; do
	riposte schedule --every $every | grep collect | sed 's/RIPOSTE.*//'
done
for every in 7min 5h 2d 30s never; do
	command riposte schedule --every $every
	echo "exit $?"
done
# As cron does it: \% is %, and what follows the five fields goes to sh.
command riposte import -q -A archive.db "$DATA/stargate/x/musk.json"
command riposte schedule 2>/dev/null | sed -n 's/^17 3 \* \* \* //p' | sed 's/\\%/%/g; s/ -q / /' >night
sh night 2>&1 | sed 's/.*: part [0-9]* of/part K of/'
riposte schedule --systemd --every 7min --config riposte.conf --user ana 2>/dev/null
#> # riposte: ask the sources that are due; every night look at a
#> # part of the archive for damage; every week pack it.
#> */5 * * * * RIPOSTE collect -q -A 'HERE/it'\''s 5\% $x/archive.db' --config 'HERE/it'\''s 5\% $x/riposte.conf'
#> 17 3 * * * RIPOSTE verify -q -A 'HERE/it'\''s 5\% $x/archive.db' --config 'HERE/it'\''s 5\% $x/riposte.conf' --data=$(($(date +\%s) / 86400 \% 30 + 1))/30
#> 40 4 * * 0 RIPOSTE compact -q -A 'HERE/it'\''s 5\% $x/archive.db' --config 'HERE/it'\''s 5\% $x/riposte.conf'
#> */1 * * * *
#> */30 * * * *
#> 0 * * * *
#> 0 */6 * * *
#> 0 2 * * *
#> exit 64
#> exit 64
#> exit 64
#> exit 64
#> exit 64
#> part K of 30 is as it was stored
#> # riposte-collect.service
#> [Unit]
#> Description=riposte: ask the sources that are due
#>
#> [Service]
#> Type=oneshot
#> User=ana
#> ExecStart=RIPOSTE collect -q -A "HERE/it's 5%% $$x/archive.db" --config "HERE/it's 5%% $$x/riposte.conf"
#> SuccessExitStatus=75
#> TimeoutStopSec=30
#> Nice=5
#> LoadCredential=x-token:/etc/credstore/x-token
#> UMask=0077
#> NoNewPrivileges=yes
#> CapabilityBoundingSet=
#> AmbientCapabilities=
#> ProtectSystem=strict
#> ProtectHome=read-only
#> ReadWritePaths="HERE/it's 5%% $x"
#> PrivateDevices=yes
#> ProtectClock=yes
#> ProtectControlGroups=yes
#> ProtectHostname=yes
#> ProtectKernelLogs=yes
#> ProtectKernelModules=yes
#> ProtectKernelTunables=yes
#> ProtectProc=invisible
#> RemoveIPC=yes
#> LockPersonality=yes
#> MemoryDenyWriteExecute=yes
#> RestrictNamespaces=yes
#> RestrictRealtime=yes
#> RestrictSUIDSGID=yes
#> SystemCallArchitectures=native
#> SystemCallFilter=@system-service
#> SystemCallErrorNumber=EPERM
#> LimitCORE=0
#> RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
#>
#> # riposte-collect.timer
#> [Unit]
#> Description=riposte: ask the sources that are due
#>
#> [Timer]
#> OnBootSec=2min
#> OnUnitActiveSec=420s
#> AccuracySec=10s
#>
#> [Install]
#> WantedBy=timers.target
#>
#> # riposte-verify.service
#> [Unit]
#> Description=riposte: look at a part of the archive for damage
#>
#> [Service]
#> Type=oneshot
#> User=ana
#> ExecStart=/bin/sh -c 'exec "$$@" --data=$$(($$(date +%%s) / 86400 %% 30 + 1))/30' sh RIPOSTE verify -q -A "HERE/it's 5%% $$x/archive.db" --config "HERE/it's 5%% $$x/riposte.conf"
#> Nice=10
#> IOSchedulingClass=idle
#> UMask=0077
#> NoNewPrivileges=yes
#> CapabilityBoundingSet=
#> AmbientCapabilities=
#> ProtectSystem=strict
#> ProtectHome=read-only
#> ReadWritePaths="HERE/it's 5%% $x"
#> PrivateDevices=yes
#> ProtectClock=yes
#> ProtectControlGroups=yes
#> ProtectHostname=yes
#> ProtectKernelLogs=yes
#> ProtectKernelModules=yes
#> ProtectKernelTunables=yes
#> ProtectProc=invisible
#> RemoveIPC=yes
#> LockPersonality=yes
#> MemoryDenyWriteExecute=yes
#> RestrictNamespaces=yes
#> RestrictRealtime=yes
#> RestrictSUIDSGID=yes
#> SystemCallArchitectures=native
#> SystemCallFilter=@system-service
#> SystemCallErrorNumber=EPERM
#> LimitCORE=0
#> RestrictAddressFamilies=AF_UNIX
#> PrivateNetwork=yes
#>
#> # riposte-verify.timer
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
#>
#> # riposte-compact.service
#> [Unit]
#> Description=riposte: pack what came in
#>
#> [Service]
#> Type=oneshot
#> User=ana
#> ExecStart=RIPOSTE compact -q -A "HERE/it's 5%% $$x/archive.db" --config "HERE/it's 5%% $$x/riposte.conf"
#> Nice=10
#> IOSchedulingClass=idle
#> UMask=0077
#> NoNewPrivileges=yes
#> CapabilityBoundingSet=
#> AmbientCapabilities=
#> ProtectSystem=strict
#> ProtectHome=read-only
#> ReadWritePaths="HERE/it's 5%% $x"
#> PrivateDevices=yes
#> ProtectClock=yes
#> ProtectControlGroups=yes
#> ProtectHostname=yes
#> ProtectKernelLogs=yes
#> ProtectKernelModules=yes
#> ProtectKernelTunables=yes
#> ProtectProc=invisible
#> RemoveIPC=yes
#> LockPersonality=yes
#> MemoryDenyWriteExecute=yes
#> RestrictNamespaces=yes
#> RestrictRealtime=yes
#> RestrictSUIDSGID=yes
#> SystemCallArchitectures=native
#> SystemCallFilter=@system-service
#> SystemCallErrorNumber=EPERM
#> LimitCORE=0
#> RestrictAddressFamilies=AF_UNIX
#> PrivateNetwork=yes
#>
#> # riposte-compact.timer
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
#! riposte: source c has its token in env:TOKEN, which scheduled runs do not see (put it into a file: token = file:PATH)
#! riposte: --every 7min: cron can do so many minutes as go into an hour, hours as go into a day, or 1d (see "riposte schedule --help")
#! riposte: --every 5h: cron can do so many minutes as go into an hour, hours as go into a day, or 1d (see "riposte schedule --help")
#! riposte: --every: "2d" is too much (see "riposte schedule --help")
#! riposte: --every: "30s" is too little (see "riposte schedule --help")
#! riposte: --every: "never" is not written like 90s, 15min, 6h or 7d (see "riposte schedule --help")
