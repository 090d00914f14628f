#!/bin/sh
# Run one behaviour of the real program and compare what it says.
#
#	run.sh CASE.sh BINARY DATA [TOOL...]
#
# A case is a shell script.  It runs in an empty directory, with `riposte` on its PATH as
# the program under test, $DATA naming tests/data, the tools (`make-archive` and others of
# tests/support), a clock that stands still, an
# environment of its own, and archive.db as the archive.  What is expected stands in the script itself, as comments:
#
#	#> a line of standard output
#	#! a line of standard error
#	#? exit status (0 when there is no such line)
#
# RIPOSTE_UPDATE=1 writes what was seen into the case instead: read the difference before you
# commit it.
set -u

case_file=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
binary=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
data=$3
scratch=$(mktemp -d "${TMPDIR:-/tmp}/riposte-cli.XXXXXX") || exit 99
trap 'chmod -R u+rwx "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT INT TERM

mkdir "$scratch/bin" "$scratch/home" "$scratch/work"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$binary" >"$scratch/bin/riposte"
chmod 755 "$scratch/bin/riposte"
shift 3
for tool; do
	ln -s "$(cd "$(dirname "$tool")" && pwd)/$(basename "$tool")" "$scratch/bin/$(basename "$tool")"
done

(
	cd "$scratch/work" || exit 99
	exec env -i PATH="$scratch/bin:/usr/bin:/bin:/usr/sbin:/sbin" HOME="$scratch/home" \
		TMPDIR="$scratch" LC_ALL=C TZ=UTC COLUMNS=80 DATA="$data" \
		RIPOSTE_NOW=2026-01-05T12:00:00Z RIPOSTE_ARCHIVE=archive.db ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} \
		${UBSAN_OPTIONS:+UBSAN_OPTIONS="$UBSAN_OPTIONS"} \
		${LSAN_OPTIONS:+LSAN_OPTIONS="$LSAN_OPTIONS"} \
		sh "$case_file" </dev/null >"$scratch/out" 2>"$scratch/err"
)
status=$?

if [ "${RIPOSTE_UPDATE:-}" = 1 ]; then
	{
		sed '/^#[>!?]/d' "$case_file"
		sed 's/^/#> /; s/ $//' "$scratch/out"
		sed 's/^/#! /; s/ $//' "$scratch/err"
		[ "$status" = 0 ] || echo "#? $status"
	} >"$scratch/new"
	cat "$scratch/new" >"$case_file"
	exit 0
fi

sed -n 's/^#> \{0,1\}//p' "$case_file" >"$scratch/want-out"
sed -n 's/^#! \{0,1\}//p' "$case_file" >"$scratch/want-err"
want_status=$(sed -n 's/^#? //p' "$case_file")
sed 's/ $//' "$scratch/out" >"$scratch/got-out"
sed 's/ $//' "$scratch/err" >"$scratch/got-err"

failed=0
diff -u "$scratch/want-out" "$scratch/got-out" || failed=1
diff -u "$scratch/want-err" "$scratch/got-err" || failed=1
if [ "$status" != "${want_status:-0}" ]; then
	echo "exit status $status, expected ${want_status:-0}"
	failed=1
fi
exit $failed
