# Collecting beside programs that do the like: shared by collect.sh and figures.sh.  After
# common.sh.
# shellcheck shell=sh disable=SC2154,SC2034

# The server has its own processor time: it is no child of what is measured.
start_feeds() {
	mkdir -p world
	"$TOOLS/mock" --ready feeds-at --world world >/dev/null 2>&1 &
	server=$!
	for _ in $(seq 100); do
		[ -s feeds-at ] && return 0
		sleep 0.1
	done
	return 1
}

stop_feeds() {
	kill "$server" 2>/dev/null
	wait "$server" 2>/dev/null
}

# $1: how many.  Makes $1.conf for us.
our_config() {
	{
		printf '[http]\nallow_private = yes\n'
		seq "$1" | sed "s,.*,[source s&]\ncollector = feed\nurl = $(cat feeds-at)/feeds/many/&\nevery = 1h,"
	} >"$1.conf"
}

their_configs() {
	seq 1000 | sed "s,.*,$(cat feeds-at)/feeds/many/&," >urls
	{
		printf 'sfeedpath="%s/sfeed"\nmaxjobs=8\nfeeds() {\n' "$scratch"
		seq 1000 | sed "s,.*,feed f& $(cat feeds-at)/feeds/many/&,"
		echo '}'
	} >sfeedrc
}

poll_ours() {
	measure 1 "$RIPOSTE" collect -q --all --config 1000.conf -A 1000.db
}

poll_newsboat() {
	measure 1 newsboat -q -u urls -c newsboat.db -C /dev/null -x reload
}

poll_sfeed() {
	measure 1 sfeed_update sfeedrc
}

# Everybody has polled once before: nothing is new then.  In turns, so that all have the same
# luck with a busy machine.  Sets cpu_ours, wall_ours, kb_ours, cpu_newsboat and so on, and
# names who was polled with.
compare_polling() {
	names=ours
	have newsboat && names="$names newsboat"
	have sfeed_update && names="$names sfeed"
	our_config 1000
	their_configs
	for name in $names; do
		"poll_$name" 2>"$name.log" || { cat "$name.log" >&2; return 1; }
		eval "cpu_$name= wall_$name= kb_$name="
	done
	for _ in 1 2 3; do
		for name in $names; do
			"poll_$name" 2>/dev/null || return
			eval "cpu_$name=\$(lesser $cpu \$cpu_$name) wall_$name=\$(lesser $wall \$wall_$name)
				kb_$name=$kb"
		done
	done
	their_cpu='' their_wall=''
	for name in $names; do
		[ "$name" != ours ] || continue
		eval "their_cpu=\$(lesser \$cpu_$name $their_cpu) their_wall=\$(lesser \$wall_$name $their_wall)"
	done
}
