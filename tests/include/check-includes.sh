#!/bin/sh
# Hold every #include below cmd, core and storage against the table in rooms.txt.
#
#   check-includes.sh ROOT [TABLE]
#
# Prints one line for each that breaks it, "FILE:LINE: what is wrong", and exits 1; or
# nothing, and 0.  Tests may include anything, and are not read.
set -eu

table=${2-$(dirname "$0")/rooms.txt}
table=$(CDPATH='' cd "$(dirname "$table")" && pwd)/$(basename "$table")
cd "$1"

# Names with spaces or newlines are not ours; everything else goes to awk as it is.
set --
for top in cmd core storage; do
	[ ! -d "$top" ] || set -- "$@" "$top"
done
[ $# -gt 0 ] || {
	echo "nothing to read in $PWD" >&2
	exit 1
}

find "$@" -name '*.[ch]' | LC_ALL=C sort | awk -v table="$table" '
# The room of a path: the folder it is in.
function room_of(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}

# Does NAME match PATTERN, which may end in "*"?
function matches(name, pattern) {
	if (pattern ~ /\*$/)
		return index(name, substr(pattern, 1, length(pattern) - 1)) == 1
	return name == pattern
}

function exists(path,    line, got) {
	got = (getline line < path)
	close(path)
	return got >= 0
}

function complain(what) {
	printf "%s:%d: %s\n", file, line_no, what
	failed = 1
}

function read_table(    line, n, word, i) {
	while ((getline line < table) > 0) {
		if (line ~ /^#/ || line ~ /^[ \t]*$/)
			continue
		n = split(line, word, /[ \t]+/)
		sub(/:$/, "", word[2])
		if (word[1] == "room") {
			is_room[word[2]] = 1
			for (i = 3; i <= n; i++)
				may_include[word[2], word[i]] = 1
		} else if (word[1] == "library") {
			libraries[++n_libraries] = word[2]
			for (i = 3; i <= n; i++)
				homes[word[2]] = homes[word[2]] " " word[i]
		} else if (word[1] == "system") {
			for (i = 2; i <= n; i++)
				systems[++n_systems] = word[i]
		} else {
			printf "%s: what is \"%s\"?\n", table, word[1]
			failed = 1
		}
	}
	if (!n_libraries || !n_systems) {
		printf "%s: cannot be read\n", table
		failed = 1
	}
}

# One of our own headers, included by its path from the root.
function check_ours(target,    to) {
	if (target !~ /\//) {
		complain("include \"" target "\" by its path from the root")
		return
	}
	if (!exists(target)) {
		complain("there is no " target " below the root")
		return
	}
	to = room_of(target)
	if (to != room && !((room, to) in may_include) && !((room, target) in may_include))
		complain(room " may not include " target)
}

# Is FILE in the room HOME, or one of the files HOME.c, HOME.h and HOME-*.c?
function at_home(home) {
	return room == home || file == home ".c" || file == home ".h" || \
		index(file, home "-") == 1
}

function check_library(target,    i, j, n, home) {
	for (i = 1; i <= n_libraries; i++) {
		if (!matches(target, libraries[i]))
			continue
		n = split(homes[libraries[i]], home, " ")
		for (j = 1; j <= n; j++)
			if (at_home(home[j]))
				return
		complain(room " may not include <" target ">, which belongs in" homes[libraries[i]])
		return
	}
	for (i = 1; i <= n_systems; i++)
		if (matches(target, systems[i]))
			return
	complain("<" target "> is not in the table of libraries")
}

# The first thing a file includes is its own header, so that the header stands alone.
function check_first(target,    own) {
	own = file
	if (sub(/\.c$/, ".h", own) && target != own && exists(own))
		complain("include \"" own "\" first")
}

function check_file(    line, target, n) {
	room = room_of(file)
	line_no = 0
	n = 0
	if (!(room in is_room))
		complain(room " is not a room of the table")
	while ((getline line < file) > 0) {
		line_no++
		if (line !~ /^[ \t]*#[ \t]*include/)
			continue
		sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
		target = line
		sub(/^["<]/, "", target)
		sub(/[">].*$/, "", target)
		if (++n == 1)
			check_first(line ~ /^"/ ? target : "")
		if (line ~ /^"/)
			check_ours(target)
		else if (line ~ /^</)
			check_library(target)
		else
			complain("an include that names no file cannot be checked")
	}
	close(file)
}

BEGIN { read_table() }
{
	file = $0
	check_file()
}
END { exit failed }
'
