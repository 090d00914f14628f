# Every command explains itself within 80 columns, and refuses what it does not know.
for command in import collect fill recheck thread exchange timeline search show capture person gaps merge source stats verify rebuild compact export doctor schedule backup help version; do
	riposte $command --help >help || echo "$command: --help fails"
	awk -v c=$command 'length($0) > 80 { print c ": " length($0) " columns: " $0 }' help
	[ "$(head -c 14 help)" = "usage: riposte" ] || echo "$command: no usage line"
	riposte $command --surely-not >out 2>err
	[ $? = 64 ] || echo "$command: unknown option accepted"
	[ -s out ] && echo "$command: complains on standard output"
	[ -s err ] || echo "$command: no complaint"
done
riposte help | head -n 3
#> usage: riposte COMMAND [OPTION...] [ARGUMENT...]
#>
#> An archive of who said what, to whom, and when.
