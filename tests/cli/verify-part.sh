# One of N parts of the check: any K from 1 to N, and nothing else.
riposte import -q "$DATA"/stargate/x/*.json
for part in 1/1 1/2 2/2 7/30 999999999/999999999; do
	riposte verify --data=$part 2>&1 || echo "exit $?"
done
for part in 0/1 2/1 1 1/ /1 1/0 -1/2 1/-2 1/2/3 "1 /2" 1/2x 0x1/2 1e0/2 1/9999999999 a/b 18446744073709551617/2 "%s/2"; do
	riposte verify "--data=$part" >out 2>err
	echo "$part: exit $?, $(wc -l <err) line"
done
cat err
#> riposte: archive.db: every record, capture and derived row is as it was stored
#> riposte: archive.db: part 1 of 2 is as it was stored
#> riposte: archive.db: part 2 of 2 is as it was stored
#> riposte: archive.db: part 7 of 30 is as it was stored
#> riposte: archive.db: part 999999999 of 999999999 is as it was stored
#> 0/1: exit 64, 1 line
#> 2/1: exit 64, 1 line
#> 1: exit 64, 1 line
#> 1/: exit 64, 1 line
#> /1: exit 64, 1 line
#> 1/0: exit 64, 1 line
#> -1/2: exit 64, 1 line
#> 1/-2: exit 64, 1 line
#> 1/2/3: exit 64, 1 line
#> 1 /2: exit 64, 1 line
#> 1/2x: exit 64, 1 line
#> 0x1/2: exit 64, 1 line
#> 1e0/2: exit 64, 1 line
#> 1/9999999999: exit 64, 1 line
#> a/b: exit 64, 1 line
#> 18446744073709551617/2: exit 64, 1 line
#> %s/2: exit 64, 1 line
#> riposte: --data takes K/N, the K-th of N parts, such as 1/30, not "%s/2" (see "riposte verify --help")
