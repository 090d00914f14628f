# What the tests on real data share.  RIPOSTE is set by meson, $1 is the folder or empty.
# shellcheck shell=sh

[ -n "${1:-}" ] && [ -d "$1" ] || exit 77
real=$(cd "$1" && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/riposte-real.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
unset RIPOSTE_ARCHIVE
export RIPOSTE_NOW=2026-01-05T12:00:00Z TZ=UTC LC_ALL=C HOME="$scratch"
cd "$scratch" || exit 99

fail() {
	echo "FAILED: $*"
	exit 1
}

# The number behind "$2": in the JSON object on standard input, which must be $3.
expect_number() {
	got=$(tr ',' '\n' <"$1" | sed -n "s/^[{]*\"$2\":\([0-9]*\).*/\1/p")
	[ "$got" = "$3" ] || fail "$4: $2 is $got, not $3"
}
