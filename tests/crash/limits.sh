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
	within_s=$1
	within_mb=$2
	within_what=$3
	shift 3
	[ -z "$sanitized" ] || within_s=$((within_s * 10))
	if ! timeout "$within_s" "$TOOLS/measure" 1 "$@" >cost 2>err; then
		fail "$within_what: no end within $within_s s, or an error: $(head -c 300 err)"
	fi
	read -r wall_ms _ rss_kb <cost
	echo "$within_what: $wall_ms ms, $((rss_kb / 1024)) MB"
	[ -n "$sanitized" ] || [ $((rss_kb / 1024)) -lt "$within_mb" ] ||
		fail "$within_what: $((rss_kb / 1024)) MB of memory, at most $within_mb are allowed"
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
