# What the crash tests share.  Sourced with: RIPOSTE, DATA and TOOLS set by meson.
# shellcheck shell=sh

scratch=$(mktemp -d "${CRASH_DIR:-/dev/shm}/riposte-crash.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
unset RIPOSTE_ARCHIVE
export RIPOSTE_NOW=2026-01-05T12:00:00Z TZ=UTC LC_ALL=C HOME="$scratch" ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
cd "$scratch" || exit 99

need() {
	for tool; do
		command -v "$tool" >/dev/null || { echo "no $tool here: skipped"; exit 77; }
	done
}

fail() {
	echo "FAILED: $*"
	exit 1
}

# What a test measured, for script/reliability to write down.
figures() {
	echo "figures: $*"
}

# The input of these tests: a few hundred posts, a transcript, a compressed file.
make_input() {
	"$TOOLS/generate" "${1:-300}" 30 >posts.jsonl
	cp "$DATA/stargate/davos.txt" "$DATA/stargate/davos.txt.riposte.ini" "$DATA"/stargate/x/*.json .
	gzip -k -n altman.json
	rm altman.json
	inputs="posts.jsonl davos.txt musk.json clip.json altman.json.gz"
}

# And somebody's archive of X, one file of which is read with another.
add_archive() {
	"$TOOLS/make-archive" zip ana.zip data/manifest.js="$DATA/x-archive/ana/manifest.js" \
		data/tweets.js="$DATA/x-archive/ana/tweets.js" \
		data/note-tweet.js="$DATA/x-archive/ana/note-tweet.js"
	inputs="$inputs ana.zip"
}

# What every archive must amount to, whatever happened on the way.
canonical() {
	"$RIPOSTE" export -A "$1" -f jsonl --canonical
}

make_reference() {
	# shellcheck disable=SC2086
	"$RIPOSTE" import -q -A reference.db $inputs || fail "the reference import"
	canonical reference.db >reference.jsonl || fail "the reference export"
}

# Nothing is damaged by a fault.  An archive that was only being made is rolled back to an empty
# file by who looks at it first.
check_sound() {
	if [ -s "$1" ] && ! "$RIPOSTE" verify -q -A "$1" 2>verify.err; then
		[ ! -s "$1" ] || fail "$2: damaged after the fault: $(cat verify.err)"
	fi
}

# One clean run after the fault gives what a run without the fault gives, and nothing is damaged.
check_convergence() {
	check_sound "$1" "$2"
	# shellcheck disable=SC2086
	"$RIPOSTE" import -q -A "$1" $inputs || fail "$2: the next import"
	canonical "$1" >after.jsonl || fail "$2: export after the next import"
	cmp -s reference.jsonl after.jsonl || fail "$2: another archive than without the fault"
	"$RIPOSTE" verify -q --data -A "$1" || fail "$2: damaged after the next import"
}

# What a run is killed before: whatever can change the archive, or what is known of it.
kill_calls=pwrite64,write,fdatasync,fsync,ftruncate,openat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,close,fcntl,mmap

# kill_points STEP COMMAND...: "CALL N" for every STEP-th call that the command makes once it has
# named the archive: strace counts each kind of call for itself.  The command is run for that.
kill_points() {
	points_step=$1
	shift
	strace -f -o trace.log -e trace=$kill_calls "$@" >out 2>err || fail "not even without a kill: $*: $(cat err)"
	awk -v step="$points_step" '
		$2 ~ /^[a-z0-9_]+[(]/ {
			call = $2
			sub(/[(].*/, "", call)
			count[call]++
		}
		/archive[.]db/ { begun = 1 }
		begun && count[call] && ++n % step == 0 { print call, count[call] }' trace.log
}

# killed_at CALL N COMMAND...: sets status, 0 when the command was done before.
killed_at() {
	killed_call=$1
	killed_n=$2
	shift 2
	strace -f -o /dev/null -e trace="$killed_call" -e inject="$killed_call:signal=KILL:when=$killed_n" "$@" >out 2>err
	status=$?
	[ $status = 0 ] || [ $status = 137 ] || fail "killed before $killed_call $killed_n: status $status: $(cat err)"
}
