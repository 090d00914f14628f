# Q08: whatever is wrong with the config file is told with file, line, section and key.
try() {
	printf "$1" >riposte.conf
	riposte source list --config riposte.conf
	echo "exit $?"
}
try '[source a]\ncollector = feed\nurl = https://a.example/\nevry = 1h\n'
try '[source a]\r\ncollector = feed\r\nurl = https://a.example/\r\nurl = https://b.example/\r\n'
try '[source a]\ncollector = feed\nurl =\n'
try '[source a]\ncollector = fed\n'
try '[sources a]\n'
try '[archive]\npath = ../a.db\n'
try '[archive]\npath = ~/a.db\n'
try '[include]\npath = riposte.conf\n'
try '[source a]\ncollector = feed\nurl = https://me:canary@a.example/\n'
try '[source a]\ncollector = x\ntoken = canary/canary==\n'
try 'nonsense\n'
try '[source a]\ncollector = feed\nurl = https://a.example/\ntz = Europe/Davos\n'
try '[source a]\ncollector = feed\nurl = http://h:99999/\n'
try '[source a]\ncollector = feed\nurl = http://[::1\n'
try '[source a]\ncollector = feed\nurl = http://h]/\n'
try '[source a]\ncollector = feed\nurl = http://[::1]:8080/\ntz = Europe/Zurich\n'
{ printf '[http]\ncontact = '; head -c 1000000 /dev/zero | tr '\0' a; } >riposte.conf
riposte source list --config riposte.conf
echo "exit $?"
riposte source list --config no-such.conf
echo "exit $?"
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> exit 78
#> NAME  COLLECTOR  STATE  LAST  DUE  WHAT
#> a     feed       new    -     -    http://[::1]:8080
#> exit 0
#> exit 78
#> exit 78
#! riposte: riposte.conf:4: [source a] evry: there is no such setting; did you mean "every"?
#! riposte: riposte.conf:4: [source a] url: comes twice; it is in line 3 already
#! riposte: riposte.conf:3: [source a] url: has no value
#! riposte: riposte.conf:2: [source a] collector: there is no collector "fed" (riposte-config(5) lists them)
#! riposte: riposte.conf:1: [sources a] there is no such section; did you mean [source NAME]?
#! riposte: riposte.conf:2: [archive] path: ".." is not followed here: write the path from / on
#! riposte: riposte.conf:2: [archive] path: "~" means nothing here: write the path from / on, or as seen from this file
#! riposte: riposte.conf:1: [include] there is no such section (see riposte-config(5))
#! riposte: riposte.conf:3: [source a] url: a user or password in the address would be shown to everybody: leave it out
#! riposte: riposte.conf:3: [source a] token: this is neither file:PATH nor env:NAME nor credential:NAME; the secret itself must not be in this file
#! riposte: riposte.conf:1: neither a [section] nor a key = value
#! riposte: riposte.conf:4: [source a] tz: "Europe/Davos" is no time zone (write it as Europe/Zurich)
#! riposte: riposte.conf:3: [source a] url: the port of the address is not from 1 to 65535
#! riposte: riposte.conf:3: [source a] url: the host of the address has a [ without a ]
#! riposte: riposte.conf:3: [source a] url: the host of the address has a bracket in it
#! riposte: riposte.conf:2: longer than 8192 bytes
#! riposte: cannot open no-such.conf: No such file or directory
