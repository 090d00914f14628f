# Sourced after common.sh: ceilings on time and memory, and how a test skips itself.
# shellcheck shell=sh

# A program with a sanitizer in it is slow and large: its memory is not measured.
if grep -q __asan_init "$RIPOSTE"; then
	sanitized=1
else
	sanitized=
fi

skip() {
	echo "$*: skipped"
	exit 77
}

# within SECONDS MEGABYTES WHAT COMMAND...: it is done in time, with as much memory.
within() {
	seconds=$1
	megabytes=$2
	what=$3
	shift 3
	[ -z "$sanitized" ] || seconds=$((seconds * 10))
	if ! timeout "$seconds" "$TOOLS/measure" 1 "$@" >cost 2>err; then
		fail "$what: no end within $seconds s, or an error: $(head -c 300 err)"
	fi
	read -r wall_ms _ rss_kb <cost
	echo "$what: $wall_ms ms, $((rss_kb / 1024)) MB"
	[ -n "$sanitized" ] || [ $((rss_kb / 1024)) -lt "$megabytes" ] ||
		fail "$what: $((rss_kb / 1024)) MB of memory, at most $megabytes are allowed"
}

# within_status STATUS SECONDS MEGABYTES WHAT COMMAND...: the same, ending with that status.
within_status() {
	wanted=$1
	limit_s=$2
	limit_mb=$3
	named=$4
	shift 4
	cat >wrapped <<'END'
#!/bin/sh
wanted=$1
shift
"$@"
status=$?
[ "$status" = "$wanted" ] || { echo "exit status $status, not $wanted" >&2; exit 1; }
END
	chmod 755 wrapped
	within "$limit_s" "$limit_mb" "$named" ./wrapped "$wanted" "$@"
}
