# What the benchmarks share.  RIPOSTE and TOOLS are set by meson.
# shellcheck shell=sh disable=SC2034

scratch=$(mktemp -d "${TMPDIR:-/tmp}/riposte-bench.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
unset RIPOSTE_ARCHIVE
export TZ=UTC LC_ALL=C HOME="$scratch"
cd "$scratch" || exit 99

have() {
	command -v "$1" >/dev/null
}

# A quotient, 3 places.
over() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'
}

# What a command takes: sets wall and cpu (ms) and kb.  $1: runs, others: the command
measure() {
	took=$("$TOOLS/measure" "$@" </dev/null) || return
	wall=${took%% *} kb=${took##* }
	cpu=${took#* }
	cpu=${cpu%% *}
}

# The same of an import into a new archive.  $1: the archive, $2: file
measure_import() {
	# shellcheck disable=SC2016
	measure 3 sh -c 'rm -f "$0" "$0"-*; exec "$RIPOSTE" import -q -A "$0" "$1"' "$1" "$2"
}

# $2 may be missing.
lesser() {
	echo "$1 ${2:-$1}" | awk '{ print $1 < $2 ? $1 : $2 }'
}

# An X archive of 100 MB, zipped: taken in, and unpacked with its JSON read; in turns, so that
# both have the same luck with a busy machine.
compare_archive() {
	our_cpu='' our_wall='' their_cpu='' their_wall=''
	"$TOOLS/make-archive" export export.zip 100 || return
	for _ in 1 2 3; do
		rm -f export.db*
		measure 1 "$RIPOSTE" import -q -A export.db export.zip || return
		our_cpu=$(lesser "$cpu" "$our_cpu") our_wall=$(lesser "$wall" "$our_wall") our_kb=$kb
		# The array of posts, without the assignment in front of it.
		measure 1 sh -c '{ echo "["; unzip -p export.zip data/tweets.js | tail -n +2; } | jq -c .' ||
			return
		their_cpu=$(lesser "$cpu" "$their_cpu") their_wall=$(lesser "$wall" "$their_wall")
	done
}
