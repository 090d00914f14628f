#!/bin/sh
# The figures that riposte is to reach, as one table, beside the programs that it is compared
# with, all in the same run.
#
#	figures.sh [REAL-DATA]
#
# RIPOSTE_BENCH_SCALE (1) makes the enlarged and the made-up sets so many times larger, but
# for the archive of RIPOSTE_BENCH_POSTS (1000000).  Everything lies below TMPDIR, two
# gigabytes of it.  Six minutes of CPU.
#
# Columns: what; what was measured and its unit; the first figure to reach, and the one for
# later; which of them is reached; what it was computed from.  A row whose set or peer is not
# here is "skipped".  Sizes only count when every capture came back byte for byte.
#
# Times are the least of several runs, CPU time unless "wall" is said.  Z is what
# "zstd -19 --long=27" makes of the same bytes.  In a set that is "enlarged" each copy has ids
# of its own and the rest is repeated: plain zstd gains by that what no archive of different
# posts would give it, so the set itself is measured as well.
#
# Exit status: 0 whatever was reached; 1 when something failed or bytes differed.
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/polling.sh"
real=${1:-}
scale=${RIPOSTE_BENCH_SCALE:-1}
posts_of_big=${RIPOSTE_BENCH_POSTS:-1000000}
status=0

v1=$real/tweets-threads/germanwings-crash.tweets.jsonl
v2=$real/tweets-v2

# ---- rows ----

# $1 what, $2 measured, $3 unit, $4 first, $5 then, $6 less|more is better, $7 beside
row() {
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>rows
}

# $1 what, $2 why
skip() {
	row "$1" - - - - less "skipped: $2"
}

# $1 what
failed() {
	row "$1" - - - - less "FAILED"
	status=1
}

print_table() {
	awk -F '\t' '
	function pad(s, n) { while (length(s) < n) s = s " "; return s }
	function reached(m, first, later, better) {
		if (m == "-" || first == "-") return "-"
		if (better == "less") return m <= later + 0 ? "then" : m <= first + 0 ? "first" : "short"
		return m >= later + 0 ? "then" : m >= first + 0 ? "first" : "short"
	}
	function keep(n, a, b, c, d, e, f, g) {
		cell[n, 1] = a; cell[n, 2] = b; cell[n, 3] = c; cell[n, 4] = d
		cell[n, 5] = e; cell[n, 6] = f; cell[n, 7] = g
		for (i = 1; i <= 7; i++) if (length(cell[n, i]) > width[i]) width[i] = length(cell[n, i])
	}
	BEGIN { keep(0, "what", "measured", "unit", "first", "then", "reached", "beside") }
	{
		got = reached($2, $4, $5, $6)
		count[got]++
		keep(NR, $1, $2, $3, $4, $5, got, $7)
	}
	END {
		for (n = 0; n <= NR; n++) {
			line = ""
			for (i = 1; i <= 7; i++) line = line "| " pad(cell[n, i], width[i]) " "
			print line "|"
			if (n == 0) {
				line = "| "
				for (i = 1; i <= 7; i++) line = line "-" (i < 7 ? " | " : " |")
				print line
			}
		}
		printf "\nreached: %d \"then\", %d \"first\"; short: %d; without a figure to reach, or skipped: %d\n",
			count["then"], count["first"], count["short"], count["-"]
	}' rows
}

# Bytes as megabytes.
mb() {
	awk -v n="$1" 'BEGIN { printf n < 1e6 ? "%.0f kB" : "%.2f MB", n < 1e6 ? n / 1e3 : n / 1e6 }'
}

# ---- what is measured ----

# A member of what "stats --json" says.  $1: archive, $2: its name
stat_of() {
	"$RIPOSTE" stats -A "$1" --json | sed "s/.*\"$2\":\([0-9]*\).*/\1/"
}

# The archive on disk, with what stands beside it.
disk_bytes() {
	cat "$1" "$1"-wal 2>/dev/null | wc -c
}

# Its pages that hold something.
used_bytes() {
	echo $(($(stat_of "$1" payload_bytes) + $(stat_of "$1" index_bytes) + $(stat_of "$1" fulltext_bytes)))
}

captures_of() {
	"$RIPOSTE" capture list -A "$1" --json | grep -o '"sha256":"[0-9a-f]*"' | cut -d '"' -f 4
}

# Does every capture come back as the file it was?  $1: archive, others: the files
comes_back() {
	archive=$1
	shift
	sha256sum "$@" | cut -d ' ' -f 1 | sort -u >were
	for id in $(captures_of "$archive"); do
		"$RIPOSTE" capture cat -A "$archive" "$id" | sha256sum | cut -d ' ' -f 1
	done | sort >are
	cmp -s were are && [ -s were ] && return 0
	echo "figures.sh: $archive does not give its captures back" >&2
	return 1
}

# Rows of one archive after one kind of compaction.
# $1 set, $2 archive, $3 "--tight" or "", $4 first, $5 then, $6 bytes of zstd, $7 its name, others
# files
packed_rows() {
	set_name=$1 archive=$2 tight=$3 first=$4 later=$5 z=$6 z_name=$7
	shift 7
	name="payload after compact${tight:+ $tight}, $set_name"
	# shellcheck disable=SC2086
	if ! "$RIPOSTE" compact -q $tight -A "$archive" || ! comes_back "$archive" "$@"; then
		failed "$name"
		return
	fi
	payload=$(stat_of "$archive" payload_bytes)
	whole=$(disk_bytes "$archive")
	if [ -z "$z" ]; then
		skip "$name" "no zstd here; $(mb "$payload")"
		return
	fi
	row "$name" "$(over "$payload" "$z")" "of $z_name" "$first" "$later" less \
		"$(mb "$payload"), zstd $(mb "$z"), bytes compared"
	[ "$z_name" != Z ] ||
		printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "whole file after compact${tight:+ $tight}, $set_name" \
			"$(over "$whole" "$z")" "of Z" 1.6 1.10 less "$(mb "$whole"), zstd $(mb "$z")" >>whole-rows
}

z_of() {
	have zstd && cat "$@" | zstd -19 "$window" -c -q | wc -c
}

# Sizes of a set, which stays as $2.db (default blocks) and $2.tight.db.
# $1: its name, $2: file without .jsonl, $3..$6: first and then, tight; first and then, default
sizes() {
	window=--long=27
	z=$(z_of "$2.jsonl")
	if ! "$RIPOSTE" import -q -A "$2.db" "$2.jsonl" || ! comes_back "$2.db" "$2.jsonl"; then
		failed "payload, $1"
		return
	fi
	cp "$2.db" "$2.tight.db"
	packed_rows "$1" "$2.tight.db" --tight "$3" "$4" "$z" Z "$2.jsonl"
	packed_rows "$1" "$2.db" "" "$5" "$6" "$z" Z "$2.jsonl"
}

polls() {
	n=300
	mkdir polls
	"$TOOLS/polls" $n $((100 * scale)) polls || return
	for poll in polls/*.json; do
		"$RIPOSTE" import -q -A polls.db "$poll" || return
	done
	cp polls.db polls.tight.db
	window=--long=31
	z=$(z_of polls/*.json)
	polls_name="$n polls of $((100 * scale)) posts, made up"
	packed_rows "$polls_name" polls.tight.db --tight 1.0 0.6 "$z" "zstd -19 --long=31" polls/*.json
	packed_rows "$polls_name" polls.db "" 1.0 0.6 "$z" "zstd -19 --long=31" polls/*.json
}

# ---- twice ----

# Import $2, then $3.  $1: what that is, $4..$9: first and then of posts, bytes and CPU
again() {
	measure_import once.db "$2" || return
	first_cpu=$cpu
	least=
	for _ in 1 2 3; do
		rm -f twice.db*
		cp once.db twice.db
		measure 1 "$RIPOSTE" import -q -A twice.db "$3" || return
		least=$(lesser "$cpu" "$least")
	done
	comes_back twice.db "$2" "$3" || return
	posts=$(($(stat_of twice.db posts) - $(stat_of once.db posts)))
	before=$(used_bytes once.db)
	bytes=$(($(used_bytes twice.db) - before))
	row "$1: posts added" $posts posts "$4" "$5" less "-"
	row "$1: bytes added" "$(over $((100 * bytes)) "$before")" "% of the archive" "$6" "$7" less \
		"$bytes B to $(mb "$before")"
	row "$1: CPU" "$(over "$least" "$first_cpu")" "of the first" "$8" "$9" less \
		"$least ms, the first $first_cpu ms"
}

# ---- CPU of an import ----

# Milliseconds as microseconds a post.
a_post() {
	awk -v ms="$1" -v n="$lines" 'BEGIN { printf "%.1f us", ms * 1e3 / n }'
}

# $1: set, $2: file of one post a line
cpu_rows() {
	lines=$(wc -l <"$2")
	measure_import cpu.db "$2" || { failed "import CPU, $1"; return; }
	ours=$cpu
	least=$("$FLOOR" "$2") || { failed "import CPU against F, $1"; return; }
	least=${least%% *}
	row "import CPU against F, $1" "$(over "$ours" "$least")" "of F" 3.0 2.0 less \
		"$(a_post "$ours") a post, F $(a_post "$least"); wall $(a_post "$wall"), $((kb / 1024)) MB"
	name="import CPU against sqlite-utils, $1"
	if ! have sqlite-utils; then
		skip "$name" "no sqlite-utils here"
		return
	fi
	rm -f s.db
	measure 1 sqlite-utils insert s.db posts "$2" --nl --alter || { failed "$name"; return; }
	row "$name" "$(over "$ours" "$cpu")" "of its CPU" 0.167 0.100 less \
		"full text on our side only; sqlite-utils $(a_post "$cpu") a post"
}

# ---- reading ----

# $1: set, $2: archive of default blocks
random_row() {
	if ! times=$("$RECORD" "$2"); then
		failed "one random post, $1"
		return
	fi
	rest=${times#* }
	row "one random post, default block, $1" "$(over "${times%% *}" 1000)" "ms CPU" 0.5 0.2 less \
		"median; mean $(over "${rest%% *}" 1000) ms; out of ${rest#* } posts"
}

# $1: which, $2: archive with one capture
export_row() {
	bytes=$(stat_of "$2" bytes_in)
	if ! measure 3 "$RIPOSTE" capture cat -A "$2" "$(captures_of "$2")"; then
		failed "export, $1"
		return
	fi
	row "export, every hash checked, $1" "$(awk -v b="$bytes" -v c="$cpu" 'BEGIN { printf "%.0f", b / c / 1e3 }')" \
		"MB/s CPU" 100 150 more \
		"$(awk -v b="$bytes" -v w="$wall" 'BEGIN { printf "%.0f MB/s wall", b / w / 1e3 }'), $(mb "$bytes")"
}

# The first post that is made up.
key=x:1741610183685046272

query_memory() {
	: >queries
	# shellcheck disable=SC2046
	set -- $("$TOOLS/generate" 2 1000 | sed 's/.*"username":"\([^"]*\)".*/\1/')
	while read -r query; do
		# shellcheck disable=SC2086
		if measure 1 "$RIPOSTE" $query -A big.db; then
			echo "$kb $query" >>queries
		else
			failed "memory of $query"
		fi
	done <<-END
		show $key --json
		thread $key
		search wab12870
		search waa0 -n 1000
		search waa0 --json
		timeline -n 1000
		exchange $1 $2
		stats
		capture list
	END
	most=$(sort -rn queries | head -n 1)
	row "peak memory of a query, $posts_of_big posts" "$(awk -v k="${most%% *}" 'BEGIN { printf "%.1f", k / 1024 }')" \
		MB 64 32 less "${most#* }; $(sort -rn queries | awk 'NR > 1 { printf "%s%s %.0f", (NR > 2 ? ", " : ""), $2, $1 / 1024 }')"
}

# In turns, so that both have the same luck with a busy machine.
show_row() {
	empty='' shown=''
	for _ in 1 2 3 4 5 6; do
		measure 50 true
		empty=$(lesser "$wall" "$empty")
		measure 50 "$RIPOSTE" show -A big.db $key --json || { failed show; return; }
		shown=$(lesser "$wall" "$shown")
	done
	row "show of one post, whole process" "$(over "$shown" "$empty")" "x an empty process" 5 3 less \
		"$shown ms wall, empty $empty ms"
}

growth_rows() {
	row "last tenth against the first, import of $posts_of_big" \
		"$(awk 'NR == 1 { first = $1 } NR == 10 { printf "%.3f", first / $1 }' tenths)" \
		"of posts/s wall" 0.6 0.85 more \
		"$(awk -v n="$posts_of_big" 'NR == 1 { f = $1; fc = $2 }
			NR == 10 { printf "%.0f posts/s, the first %.0f; by CPU %.3f", n * 100 / $1, n * 100 / f, fc / $2 }' tenths)"
	row "peak memory of an import, $posts_of_big posts" "$(awk 'NR == 11 { printf "%.1f", $3 / 1024 }' tenths)" \
		MB 128 128 less "$(mb "$(stat_of big.db bytes_in)") came in"
}

big() {
	if ! "$TOOLS/generate" "$posts_of_big" 1000 | "$TENTHS" "$posts_of_big" "$RIPOSTE" import -q -A big.db - >tenths; then
		failed "import of $posts_of_big posts"
		return
	fi
	measure 30 "$RIPOSTE" thread -A big.db $key --json || { failed thread; return; }
	row "thread of 1,000 out of $posts_of_big, whole process" "$wall" "ms wall" 50 10 less "CPU $cpu ms"
	show_row
	query_memory
	growth_rows
	export_row "as imported, $posts_of_big posts" big.db
}

# ---- all of it ----

# An archive as X hands it out, read in place, against unpacking it and reading its JSON.
archive_row() {
	name="import, X archive of 100 MB, zipped"
	if ! have unzip || ! have jq; then
		skip "$name" "no unzip or no jq here"
		return
	fi
	compare_archive || { failed "$name"; return; }
	row "$name" "$(over "$their_cpu" "$our_cpu")" "x faster than unzip | jq -c ." 2 3 more \
		"$our_cpu ms CPU, $our_wall ms wall, $((our_kb >> 10)) MB; theirs $their_cpu ms CPU, $their_wall ms wall"
}

# 1,000 feeds that have nothing new, against the better of others, in time and in CPU time.
polling_rows() {
	name="polling 1,000 feeds, nothing new"
	if ! have newsboat && ! have sfeed_update; then
		skip "$name" "no newsboat and no sfeed here"
		return
	fi
	if ! start_feeds || ! compare_polling; then
		stop_feeds
		failed "$name"
		return
	fi
	stop_feeds
	row "$name, CPU" "$(over "$cpu_ours" "$their_cpu")" "of the better of theirs" 0.5 0.1 less \
		"$cpu_ours ms, $((kb_ours >> 10)) MB; newsboat ${cpu_newsboat:--}, sfeed ${cpu_sfeed:--}"
	row "$name, wall" "$(over "$wall_ours" "$their_wall")" "of the better of theirs" 0.5 0.1 less \
		"$wall_ours ms; newsboat ${wall_newsboat:--}, sfeed ${wall_sfeed:--}"
}

load() {
	uptime | sed 's/.*average[^0-9]*//'
}

load_before=$(load)
: >rows
: >whole-rows
copies=$((4 * scale))

if [ -e "$v1" ]; then
	cp "$v1" v1.jsonl
	"$TOOLS/enlarge" $copies "$v1" >v1n.jsonl
	sizes "v1.1 real" v1 0.70 0.60 0.85 0.72
	sizes "v1.1 enlarged x$copies" v1n 0.70 0.60 0.85 0.72
else
	skip "payload, v1.1" "no real data"
fi
if [ -d "$v2" ]; then
	cat "$v2/2sets.jsonl" "$v2/noflat.jsonl" >v2.jsonl
	"$TOOLS/enlarge" $((20 * scale)) v2.jsonl >v2n.jsonl
	sizes "v2 pages real" v2 0.80 0.70 0.95 0.80
	sizes "v2 pages enlarged x$((20 * scale))" v2n 0.80 0.70 0.95 0.80
else
	skip "payload, v2" "no real data"
fi
"$TOOLS/generate" $((50000 * scale)) 20 >made.jsonl
sizes "v2 made up" made 0.80 0.70 0.95 0.80
cat whole-rows >>rows
polls || failed "polls"

twice=v1n
[ -e v1n.jsonl ] || twice=made
sed '$d' $twice.jsonl >other.jsonl
again "second import of a file" $twice.jsonl $twice.jsonl 0 0 1 0.1 0.5 0.35 ||
	failed "second import of a file"
again "the same posts in another file" $twice.jsonl other.jsonl - - - - - - ||
	failed "the same posts in another file"

[ ! -e v1n.jsonl ] || cpu_rows "v1.1 enlarged" v1n.jsonl
if [ -e v2.jsonl ] && have jq; then
	jq -c '.data[]' v2.jsonl >flat.jsonl
	"$TOOLS/enlarge" $((60 * scale)) flat.jsonl >flatn.jsonl
	cpu_rows "v2 posts enlarged" flatn.jsonl
else
	skip "import CPU, v2 posts" "no real data or no jq here"
fi
cpu_rows "v2 made up" made.jsonl

archive_row
polling_rows
[ ! -e v1n.db ] || random_row "v1.1 enlarged" v1n.db
[ ! -e v2n.db ] || random_row "v2 enlarged" v2n.db
random_row "v2 made up" made.db
big
[ ! -e v1n.db ] || export_row "default blocks, v1.1 enlarged" v1n.db
[ ! -e v1n.db ] || export_row "tight blocks, v1.1 enlarged" v1n.tight.db
export_row "default blocks, v2 made up" made.db

print_table
echo "load average $load_before before, $(load) after, of $(getconf _NPROCESSORS_ONLN) processors: where others were at work, wall and ms are too high"
exit $status
