#!/bin/sh
# Q06: an archive somebody else put triggers, views and tables into runs none of them.
# shellcheck source=/dev/null disable=SC2154
set -u
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/limits.sh"
need sqlite3
cp "$DATA"/stargate/x/*.json .
"$RIPOSTE" import -q -A good.db musk.json || fail "the import"
table=$(sqlite3 good.db "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%STRICT' ORDER BY name LIMIT 1")
[ -n "$table" ] || table=capture

tried=0
craft() {
	what=$1
	rm -f bad.db bad.db-* planted
	cp good.db bad.db
	printf '%s\n' "$2" | sqlite3 bad.db >out 2>err || fail "$what: cannot be made: $(cat err)"
	rm -f bad.db-wal bad.db-shm
	sha256sum <bad.db >before
	for command in timeline "show x:1882303826214162580" "thread x:1882303826214162580" "search money" stats "verify" "verify --data" \
		"export -f jsonl" "capture list" rebuild "import altman.json"; do
		# shellcheck disable=SC2086
		timeout 20 "$RIPOSTE" $command -A bad.db >out 2>err
		status=$?
		case $status in
		76) [ -s err ] || fail "$what: $command: no word" ;;
		78) [ "$what" = "a newer version" ] || fail "$what: $command: status 78" ;;
		*) fail "$what: $command: status $status: $(head -c 300 err)" ;;
		esac
		[ ! -s out ] || fail "$what: $command: printed $(head -c 100 out)"
	done
	sha256sum <bad.db | cmp -s - before || fail "$what: the archive was changed"
	[ ! -e planted ] || fail "$what: ran"
	tried=$((tried + 1))
}

craft "a trigger" "CREATE TRIGGER planted AFTER INSERT ON \"$table\" BEGIN DELETE FROM \"$table\"; END;"
craft "a view" "CREATE VIEW planted AS SELECT writefile('planted', 'ran');"
craft "one more table" "CREATE TABLE planted (a);"
craft "one more index" "CREATE INDEX planted ON \"$table\" (checksum);"
craft "a virtual table" "CREATE VIRTUAL TABLE planted USING fts5(a);"
craft "a table of another make" "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = '$table';"
craft "a default that computes" "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'checksum INTEGER NOT NULL', 'checksum INTEGER NOT NULL DEFAULT (random())') WHERE name = '$table';"
craft "a view in a table's place" "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'view', sql = 'CREATE VIEW \"$table\" AS SELECT 1' WHERE name = '$table';"
craft "a table fewer" "DROP TABLE \"$table\";"
craft "a schema that is no SQL" "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE nonsense (' WHERE name = '$table';"
craft "a newer version" "PRAGMA user_version = 99;"
craft "a negative version" "PRAGMA user_version = -1;"
craft "another program's file" "PRAGMA application_id = 1;"
figures "$tried crafted archives: refused, none of them ran or was changed"
