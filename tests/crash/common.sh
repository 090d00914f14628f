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
