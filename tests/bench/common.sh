# What the benchmarks share.  RIPOSTE and TOOLS are set by meson.
# shellcheck shell=sh

scratch=$(mktemp -d "${TMPDIR:-/tmp}/riposte-bench.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
unset RIPOSTE_ARCHIVE
export TZ=UTC LC_ALL=C HOME="$scratch"
cd "$scratch" || exit 99
