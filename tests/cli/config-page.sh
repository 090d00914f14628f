# riposte-config(5) has every setting that the program shows.
page=$DATA/../../docs/man/riposte-config.5
check() {
	printf '[source a]\n%b' "$1" >riposte.conf
	riposte source show a --config riposte.conf --json | grep -o '{"name":"[a-z_]*"' | cut -d '"' -f 4 | sort -u |
		while read -r name; do
			grep -q "^\.It Ic $name " "$page" || echo "riposte-config(5) has no \"$name\""
		done
}
check 'collector = x\naccount = a\n'
check 'collector = feed\nurl = https://a.example/\n'
