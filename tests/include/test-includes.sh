#!/bin/sh
# The include test: the tree keeps to the table, and the check can fail.
#
#   test-includes.sh ROOT
set -u

here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
root=$1
tree=$(mktemp -d) || exit 99
trap 'rm -rf "$tree"' EXIT
n=0

check() {
	sh "$here/check-includes.sh" "$1" "$here/rooms.txt" >"$tree/out" 2>&1
}

ok() {
	n=$((n + 1))
	echo "ok $n - $1"
}

not_ok() {
	n=$((n + 1))
	echo "not ok $n - $1"
	sed 's/^/# /' "$tree/out"
}

# A small tree in good order.
good_tree() {
	rm -rf "$tree/src"
	mkdir -p "$tree/src/cmd" "$tree/src/core/base" "$tree/src/core/model" \
		"$tree/src/core/thread" "$tree/src/core/render" "$tree/src/core/collect" \
		"$tree/src/core/ingest" "$tree/src/storage/sqlite"
	file core/base/hash.h '<stdint.h>'
	file core/base/hash.c '"core/base/hash.h"' '<openssl/evp.h>'
	file core/model/post.h '"core/base/hash.h"'
	file core/thread/build.h '"core/model/post.h"'
	file core/thread/build.c '"core/thread/build.h"' '"storage/store.h"' '<string.h>'
	file core/render/text.c '"core/model/post.h"'
	file core/collect/collector.h '"core/model/post.h"'
	file core/collect/files.h '"core/model/post.h"'
	file core/ingest/run.c '"core/collect/collector.h"' '"storage/store.h"'
	file storage/store.h '"core/model/post.h"'
	file storage/sqlite/open.h '<sqlite3.h>'
	file storage/sqlite/open.c '"storage/sqlite/open.h"' '"storage/store.h"'
	file cmd/main.c '"core/thread/build.h"' '"storage/store.h"' '<getopt.h>'
}

# file PATH INCLUDE...: a file of nothing but includes.
file() {
	path=$tree/src/$1
	shift
	for target in "$@"; do
		echo "#include $target"
	done >"$path"
}

passes() {
	if check "$tree/src"; then ok "$1"; else not_ok "$1"; fi
}

# refuses NAME LINE: the check fails, and this is the line it prints.
refuses() {
	if ! check "$tree/src" && grep -qxF -e "$2" "$tree/out"; then ok "$1"; else not_ok "$1"; fi
	good_tree
}

echo 1..14

if check "$root"; then
	ok "every file includes only what its room may know"
else
	not_ok "every file includes only what its room may know"
fi

good_tree
passes "a tree in good order passes"

file core/thread/build.c '"core/thread/build.h"' '"core/render/text.h"'
file core/render/text.h '<stdio.h>'
refuses "a room that includes one it may not know is named with file and line" \
	"core/thread/build.c:2: core/thread may not include core/render/text.h"

file core/base/hash.c '"core/base/hash.h"' '"core/model/post.h"'
refuses "the ground floor may not call upward" \
	"core/base/hash.c:2: core/base may not include core/model/post.h"

file core/render/text.c '"core/model/post.h"' '"storage/store.h"'
refuses "a writer asks the store nothing" \
	"core/render/text.c:2: core/render may not include storage/store.h"

file cmd/main.c '"storage/sqlite/open.h"'
refuses "a command sees no backend's insides" \
	"cmd/main.c:1: cmd may not include storage/sqlite/open.h"

file core/ingest/run.c '"core/collect/collector.h"' '"core/collect/files.h"'
refuses "where one header of a room is allowed, its others are not" \
	"core/ingest/run.c:2: core/ingest may not include core/collect/files.h"

file cmd/main.c '<getopt.h>' '<sqlite3.h>'
refuses "a library's header stays where the library belongs" \
	"cmd/main.c:2: cmd may not include <sqlite3.h>, which belongs in storage/sqlite"

file core/base/buf.c '<openssl/evp.h>'
refuses "and in that file alone, where the table names one" \
	"core/base/buf.c:1: core/base may not include <openssl/evp.h>, which belongs in core/base/hash"

file core/thread/build.c '"core/thread/build.h"' '<jansson.h>'
refuses "a library nobody put into the table is refused" \
	"core/thread/build.c:2: <jansson.h> is not in the table of libraries"

file core/thread/build.c '<string.h>' '"core/thread/build.h"'
refuses "a file includes its own header first" \
	'core/thread/build.c:1: include "core/thread/build.h" first'

file core/thread/build.c '"build.h"'
refuses "a header is included by its path from the root" \
	'core/thread/build.c:1: include "build.h" by its path from the root'

file core/thread/build.c '"core/thread/build.h"' '"core/thread/gone.h"'
refuses "a header that is not there is refused" \
	"core/thread/build.c:2: there is no core/thread/gone.h below the root"

mkdir "$tree/src/core/attic"
file core/attic/old.c '<stdio.h>'
refuses "a room that is not in the table is refused" \
	"core/attic/old.c:0: core/attic is not a room of the table"
