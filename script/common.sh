# What the scripts share.  Sourced by them, with $0 still the script's own name:
#
#   . "$(dirname "$0")/common.sh"
#
# Sets root (the source tree, without a link in it) and real_data (the folder that
# $RIPOSTE_REAL_DATA names, or nothing), goes to the root, and forgets settings of the user's
# that would change what the program does.
#
# shellcheck shell=sh

real_data=${RIPOSTE_REAL_DATA-}
if [ -n "$real_data" ]; then
	real_data=$(CDPATH='' cd -P "$real_data" && pwd) || exit 64
fi
root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd) || exit
cd "$root" || exit
unset RIPOSTE_ARCHIVE RIPOSTE_NOW

say() {
	printf '%s\n' "$*" >&2
}

# The first of the programs named that is here; an empty answer is a failure.
first_program() {
	for program in "$@"; do
		command -v "$program" >/dev/null 2>&1 && echo "$program" && return 0
	done
	return 1
}

# Runs a command whose talk only matters when it fails.
quietly() {
	quiet_log=$(mktemp) || return
	status=0
	"$@" >"$quiet_log" 2>&1 </dev/null || status=$?
	[ "$status" = 0 ] || cat "$quiet_log" >&2
	rm -f "$quiet_log"
	return "$status"
}

# Build the tree in DIR (below the root) with the compiler CC and meson's OPTIONs.
#
#   build DIR CC [OPTION ...]
#
# A directory that was made for another place, compiler or set of options is made anew, and
# so is one whose build files cannot be brought up to date.
build() {
	dir=$1
	compiler=$2
	shift 2
	made_for="$root
$compiler $(command -v "$compiler") $("$compiler" --version 2>/dev/null | head -n 1)
$*"
	if [ "$made_for" = "$(cat "$dir/.made-for" 2>/dev/null)" ] &&
		ninja -C "$dir" build.ninja >/dev/null 2>&1 </dev/null; then
		:
	else
		rm -rf "${dir:?}"
		quietly env CC="$compiler" meson setup "$dir" "$@" || return
		printf '%s\n' "$made_for" >"$dir/.made-for"
	fi
	quietly meson compile -C "$dir"
}

# The ordinary build that tests run in; script/check and script/reliability share it.
build_plain() {
	build build/check "$(first_program gcc "${CC:-cc}")" -Dtests=enabled \
		"-Dreal_data=$real_data" "-Dwerror=${RIPOSTE_WERROR:-false}"
}

# The servers of tests/peers; 77 where they cannot be had.
install_peers() {
	tests/peers/install.sh build/peers
}
