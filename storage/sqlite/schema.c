/*
 * The tables of an archive, what their columns hold, and recognising a file as one.
 * riposte-archive(5) tells the same to people who read an archive without us.
 *
 * The file
 *	A SQLite 3 database: application_id 0x72706f73 ("rpos"), user_version the
 *	version of the format, 5; pages of 8 KiB, write-ahead log.  Its schema is
 *	exactly the list below: a file with anything more or less in it is refused, so
 *	that no trigger, view or function a stranger put there ever runs.
 *
 * Conventions
 *	Every text is a BLOB, for it may hold NULs and bytes that are not UTF-8; an
 *	empty one says "not told".  Times are microseconds since 1970 UTC, unknown is
 *	-2^63; but for the bounds of posts' and versions' times: t_lo is NULL when it is
 *	unknown, t_hi is NULL when it is the same as t_lo, and -2^63 when it alone is
 *	unknown.  t_precision, t_basis, kind, state, type, origin: the numbers of
 *	core/model/post.h and core/base/time.h.  All hashes are SHA-256 unless they say
 *	otherwise.
 *	checksum: XXH3-64 over the other columns, as a signed number: numbers as 8
 *	bytes, big end first, texts with their length as such a number in front, in the
 *	order in which rows.c adds them.
 *
 * Keys
 *	ANY: the INTEGER 123 is x:123, -123 is x:@123, and every other key is a BLOB.
 *	NULL: there is none.
 *
 * More (post.more, version.more)
 *	Texts, each with its length in front (as below).  Of a post: url, context, place,
 *	zone, title, not_before, not_after.  Of a version: lang, text_raw, mentions,
 *media, poll; then, where the platform printed a time on it, t_lo, t_hi (-2^63: unknown),
 *	t_precision and t_basis, zigzag.
 *
 * sighting.as_of
 *	0 when it is not told, else the microseconds, of which those from 1970 on are one
 *	larger: an unknown time is common, and would take 8 bytes.
 *
 * handle.fold
 *	The low 31 bits of XXH3-64 over the handle, ASCII letters in lower case.
 *
 * Packed texts
 *	Of n versions with consecutive ids: for each the length of its text plus 1, and
 *	that of its `more` plus 1 (0: it is NULL); a mere 0 for a version that is not in
 *	it.  Then all the texts; then all the `more`.  A version whose own row has a text
 *	has changed since, and is to be read there.
 *
 * Packed bytes (bytes, packing, and a BLOB)
 *	packing 0: the BLOB is the content.  packing 1: the BLOB is a zstd frame with a
 *	checksum and without its four magic bytes (28 b5 2f fd), made with the
 *	dictionary the row names, if it names one.  `bytes` is the length of the
 *	content.
 *
 * Numbers in packed bytes
 *	As in core/base/varint.h.
 *
 * Segments
 *	A stretch of a capture that starts at byte `start` and is `bytes` long: the
 *	skeleton with records put in.  For each of n_holes records `holes` has two
 *	numbers: how many bytes of the skeleton come before it, and its id minus the id
 *	of the record before it (0 before the first), zigzag.  What is left of the
 *	skeleton follows the last record.
 *
 * Sealed records
 *	A row of `sealed` stands for n records with consecutive ids.  For each of them,
 *	in the order of their ids, `map` has two numbers: the block it is in, from 0,
 *	minus that of the record before it (0 before the first), zigzag; its place in
 *	that block minus the place that follows the last one told of that block (0 for
 *	the first), zigzag.
 *
 * Dictionaries (kind)
 *	Of frames of single records, the kind of the record.  Of blocks, that plus 256
 *	for the numbers, plus 512 for the texts.
 */
#include "storage/sqlite/sqlite.h"

#include <stdio.h>
#include <sys/random.h>

struct schema_entry {
	int64_t since,
		until; /* versions of the format that have it; until 0: to this day */
	const char *type, *name, *table, *sql;
	bool made_by_fts; /* comes with the virtual table */
};

/* clang-format off */
#define TABLE_UNTIL(since, until, name, columns) { since, until, "table", name, name, "CREATE TABLE " name "(" columns, false }
#define INDEX_UNTIL(since, until, name, table, rest) { since, until, "index", name, table, "CREATE INDEX " name " ON " table rest, false }
#define UNIQUE_UNTIL(since, until, name, table, rest) { since, until, "index", name, table, "CREATE UNIQUE INDEX " name " ON " table rest, false }
#define TABLE(since, name, columns) TABLE_UNTIL(since, 0, name, columns)
#define INDEX(since, name, table, rest) INDEX_UNTIL(since, 0, name, table, rest)
#define UNIQUE(since, name, table, rest) UNIQUE_UNTIL(since, 0, name, table, rest)
#define SHADOW(since, name, columns) { since, 0, "table", name, name, "CREATE TABLE '" name "'(" columns, true }

static const struct schema_entry schema[] = {
	/* ---- facts: written once; a backup of these is a backup of everything ---- */

	/* One row. */
	TABLE(1, "archive",
		"id BLOB NOT NULL, "            /* 16 random bytes */
		"checksum INTEGER NOT NULL) STRICT"),

	TABLE(1, "run",
		"id INTEGER PRIMARY KEY, "
		"kind BLOB NOT NULL, "          /* import, collect, rebuild */
		"program BLOB NOT NULL, "       /* riposte 0.1.0 */
		"started INTEGER NOT NULL, "
		"ended INTEGER NOT NULL, "
		"pid INTEGER NOT NULL, "
		"link INTEGER, "                /* place in the chain, from 1; NULL while it is open */
		"previous BLOB NOT NULL, "      /* hash of the run with link - 1; zeros for the first */
		"hash BLOB NOT NULL, "          /* core/model/capture.c says over what */
		"checksum INTEGER NOT NULL) STRICT"),
	UNIQUE(1, "run_link", "run", "(link) WHERE link IS NOT NULL"),

	TABLE(1, "capture",
		"id INTEGER PRIMARY KEY, "
		"run INTEGER NOT NULL, "
		"inside INTEGER NOT NULL, "     /* capture whose decompressed bytes these are, or 0 */
		"name BLOB NOT NULL, "
		"format BLOB NOT NULL, "
		"options BLOB NOT NULL, "
		"at INTEGER NOT NULL, "
		"bytes INTEGER NOT NULL, "
		"complete INTEGER NOT NULL, "   /* 0: cut off, or still being written */
		"sha256 BLOB NOT NULL, "        /* of the bytes so far */
		"records INTEGER NOT NULL, "
		"rejected INTEGER NOT NULL, "
		"checksum INTEGER NOT NULL) STRICT"),
	INDEX(1, "capture_sha256", "capture", "(sha256) WHERE complete"),
	INDEX(1, "capture_run", "capture", "(run)"),

	/* The same bytes came again. */
	TABLE(1, "again",
		"id INTEGER PRIMARY KEY, "
		"capture INTEGER NOT NULL, "
		"run INTEGER NOT NULL, "
		"at INTEGER NOT NULL, "
		"checksum INTEGER NOT NULL) STRICT"),
	INDEX(1, "again_capture", "again", "(capture, at, run)"),
	INDEX(1, "again_run", "again", "(run)"),

	TABLE(1, "segment",
		"id INTEGER PRIMARY KEY, "
		"capture INTEGER NOT NULL, "
		"start INTEGER NOT NULL, "
		"bytes INTEGER NOT NULL, "
		"n_holes INTEGER NOT NULL, "
		"skeleton_bytes INTEGER NOT NULL, "
		"skeleton_packing INTEGER NOT NULL, "
		"holes_bytes INTEGER NOT NULL, "
		"holes_packing INTEGER NOT NULL, "
		"holes BLOB NOT NULL, "
		"skeleton BLOB NOT NULL) STRICT"),
	UNIQUE(1, "segment_capture", "segment", "(capture, start)"),

	/* Each different byte string once.  packing may get more values in later versions. */
	TABLE(1, "record",
		"id INTEGER PRIMARY KEY, "
		"kind INTEGER NOT NULL, "       /* enum record_kind of core/model/capture.h */
		"bytes INTEGER NOT NULL, "
		"sha256 BLOB NOT NULL, "
		"packing INTEGER NOT NULL, "
		"dictionary INTEGER NOT NULL, " /* 0: none */
		"frame BLOB NOT NULL) STRICT"),
	INDEX(1, "record_sha256", "record", "(substr(sha256,1,6), kind)"),

	TABLE(1, "dictionary",
		"id INTEGER PRIMARY KEY, "
		"kind INTEGER NOT NULL, "       /* what for: see above; the newest is in use */
		"bytes INTEGER NOT NULL, "
		"sha256 BLOB NOT NULL, "
		"packing INTEGER NOT NULL, "
		"frame BLOB NOT NULL) STRICT"),
	UNIQUE(1, "dictionary_kind", "dictionary", "(kind, id)"),

	/* Records that were packed together, and have no row any more: n of them, with ids
	 * from `first` on.  They are in blocks with ids from `block` on. */
	TABLE(2, "sealed",
		"first INTEGER PRIMARY KEY, "
		"n INTEGER NOT NULL, "
		"block INTEGER NOT NULL, "
		"blocks INTEGER NOT NULL, "     /* how many */
		"tight INTEGER NOT NULL, "      /* 1: as small as they get */
		"bytes INTEGER NOT NULL, "
		"packing INTEGER NOT NULL, "
		"map BLOB NOT NULL) STRICT"),   /* which record is where: see above */

	/* storage/block draws what is in one. */
	TABLE(2, "block",
		"id INTEGER PRIMARY KEY, "
		"kind INTEGER NOT NULL, "
		"n INTEGER NOT NULL, "
		"bytes INTEGER NOT NULL, "      /* of the records in it */
		"numbers INTEGER NOT NULL, "    /* dictionaries; 0: none */
		"texts INTEGER NOT NULL, "
		"data BLOB NOT NULL) STRICT"),

	/* Sealed records by the first 47 bits of their hash. */
	TABLE(3, "sealed_hash",
		"prefix INTEGER NOT NULL, "
		"record INTEGER NOT NULL, "
		"PRIMARY KEY(prefix, record)) STRICT, WITHOUT ROWID"),

	/* Bytes that could not be read, by their place in a capture. */
	TABLE(1, "reject",
		"id INTEGER PRIMARY KEY, "
		"capture INTEGER NOT NULL, "
		"start INTEGER NOT NULL, "
		"bytes INTEGER NOT NULL, "
		"line INTEGER NOT NULL, "
		"reason BLOB NOT NULL, "
		"checksum INTEGER NOT NULL) STRICT"),
	INDEX(1, "reject_capture", "reject", "(capture, start)"),

	/* Runs of other archives that were merged into this one, as these tell them. */
	TABLE(3, "foreign_run",
		"id INTEGER PRIMARY KEY, "
		"taken_by INTEGER NOT NULL, "   /* run that merged it */
		"archive BLOB NOT NULL, "       /* id of the archive whose it is */
		"number INTEGER NOT NULL, "     /* its id there; from here on as in run */
		"kind BLOB NOT NULL, "
		"program BLOB NOT NULL, "
		"started INTEGER NOT NULL, "
		"ended INTEGER NOT NULL, "
		"pid INTEGER NOT NULL, "
		"link INTEGER, "
		"previous BLOB NOT NULL, "
		"hash BLOB NOT NULL, "          /* of one without link: of what it was fed by then */
		"checksum INTEGER NOT NULL) STRICT"),
	INDEX(3, "foreign_run_taken_by", "foreign_run", "(taken_by)"),
	INDEX(3, "foreign_run_link", "foreign_run", "(archive, link)"),

	/* What their hashes are made of, in this order. */
	TABLE(3, "foreign_part",
		"run INTEGER NOT NULL, "        /* id in foreign_run */
		"place INTEGER NOT NULL, "      /* from 1 */
		"kind INTEGER NOT NULL, "       /* 1 a capture, 0 one that came again, 2 a run it merged */
		"capture INTEGER NOT NULL, "    /* the one here that has these bytes, or 0 */
		"name BLOB NOT NULL, "          /* as told there; of a run, the id of its archive */
		"format BLOB NOT NULL, "
		"options BLOB NOT NULL, "
		"at INTEGER NOT NULL, "
		"seen INTEGER NOT NULL, "       /* at, or when it came again */
		"bytes INTEGER NOT NULL, "      /* of a run, its link */
		"complete INTEGER NOT NULL, "
		"sha256 BLOB NOT NULL, "        /* of a run, its hash */
		"records INTEGER NOT NULL, "
		"rejected INTEGER NOT NULL, "
		"checksum INTEGER NOT NULL, "
		"PRIMARY KEY(run, place)) STRICT, WITHOUT ROWID"),

	/* ---- facts of collecting, which are of this archive alone ---- */

	/* Where each source stands; core/model/source.h tells all of these. */
	TABLE(5, "source",
		"name BLOB PRIMARY KEY, "
		"collector BLOB NOT NULL, "
		"cursor BLOB NOT NULL, "
		"due INTEGER NOT NULL, "
		"tried INTEGER NOT NULL, "
		"worked INTEGER NOT NULL, "
		"failures INTEGER NOT NULL, "
		"paused INTEGER NOT NULL, "
		"trouble BLOB NOT NULL, "
		"checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID"),

	/* Stretches of time, which do not overlap. */
	TABLE(5, "coverage",
		"source BLOB NOT NULL, "
		"subject BLOB NOT NULL, "
		"since INTEGER NOT NULL, "
		"until INTEGER NOT NULL, "
		"gap INTEGER NOT NULL, "
		"why BLOB NOT NULL, "
		"run INTEGER NOT NULL, "
		"checksum INTEGER NOT NULL, "
		"PRIMARY KEY(source, subject, since)) STRICT, WITHOUT ROWID"),

	TABLE(5, "source_run",
		"run INTEGER NOT NULL, "
		"source BLOB NOT NULL, "
		"began INTEGER NOT NULL, "
		"ended INTEGER NOT NULL, "
		"requests INTEGER NOT NULL, "
		"unchanged INTEGER NOT NULL, "
		"captures INTEGER NOT NULL, "
		"records INTEGER NOT NULL, "
		"fresh INTEGER NOT NULL, "
		"same INTEGER NOT NULL, "
		"versions INTEGER NOT NULL, "
		"rejected INTEGER NOT NULL, "
		"bytes_in INTEGER NOT NULL, "
		"spent INTEGER NOT NULL, "      /* millionths of a dollar */
		"outcome INTEGER NOT NULL, "    /* enum source_end */
		"why BLOB NOT NULL, "
		"checksum INTEGER NOT NULL, "
		"PRIMARY KEY(run, source)) STRICT, WITHOUT ROWID"),

	TABLE(5, "spending",
		"id INTEGER PRIMARY KEY, "
		"run INTEGER NOT NULL, "
		"source BLOB NOT NULL, "
		"payer BLOB NOT NULL, "
		"what BLOB NOT NULL, "
		"at INTEGER NOT NULL, "
		"units INTEGER NOT NULL, "
		"micro INTEGER NOT NULL, "      /* millionths of a dollar */
		"settled INTEGER NOT NULL, "    /* 0: the most it may cost */
		"checksum INTEGER NOT NULL) STRICT"),
	INDEX(5, "spending_source", "spending", "(source, at, micro)"),
	INDEX(5, "spending_run", "spending", "(run, source, micro)"),
	INDEX(5, "spending_at", "spending", "(at, micro)"),

	TABLE(5, "look",
		"key ANY NOT NULL, "
		"way BLOB NOT NULL, "
		"at INTEGER NOT NULL, "
		"outcome INTEGER NOT NULL, "    /* enum look_outcome */
		"run INTEGER NOT NULL, "
		"checksum INTEGER NOT NULL, "
		"PRIMARY KEY(key, way)) STRICT, WITHOUT ROWID"),

	/* ---- derived: made again from the facts by rebuild ---- */

	TABLE(3, "post",
		"id INTEGER PRIMARY KEY, "
		"key ANY NOT NULL, "
		"kind INTEGER NOT NULL, "
		"author ANY, "                  /* NULL: not known */
		"t_lo INTEGER, "
		"t_hi INTEGER, "
		"t_precision INTEGER NOT NULL, "
		"t_basis INTEGER NOT NULL, "
		"conversation ANY, "            /* NULL: not told */
		"more BLOB) STRICT"),           /* NULL: nothing; see above */
	UNIQUE(3, "post_key", "post", "(key)"),
	INDEX(3, "post_time", "post", "(t_lo, t_precision)"),
	INDEX(3, "post_span", "post", "(t_lo, t_precision) WHERE t_hi IS NOT NULL"),
	INDEX(3, "post_author", "post", "(author, t_lo, t_precision) WHERE author IS NOT NULL"),
	INDEX(3, "post_conversation", "post", "(conversation, t_lo, t_precision) WHERE conversation IS NOT NULL"),

	TABLE(3, "alias",
		"key ANY PRIMARY KEY, "
		"post INTEGER NOT NULL) STRICT, WITHOUT ROWID"),
	INDEX(3, "alias_post", "alias", "(post)"),

	TABLE(3, "version",
		"id INTEGER PRIMARY KEY, "
		"post INTEGER NOT NULL, "
		"fingerprint BLOB NOT NULL, "   /* first 16 bytes of a SHA-256 */
		"native ANY, "                  /* NULL: the post's own key */
		"as_of INTEGER, "               /* NULL: not told */
		"flags INTEGER NOT NULL, "      /* 1: truncated, 2: damaged */
		"text BLOB, "                   /* NULL: it and `more` are in `texts` */
		"more BLOB) STRICT"),           /* NULL: nothing; see above */
	INDEX(3, "version_post", "version", "(post)"),

	/* Texts of versions that were packed together: of n with ids from `first` on. */
	TABLE(3, "texts",
		"first INTEGER PRIMARY KEY, "
		"n INTEGER NOT NULL, "
		"bytes INTEGER NOT NULL, "
		"packing INTEGER NOT NULL, "
		"data BLOB NOT NULL) STRICT"),  /* see above */

	TABLE(1, "edge",
		"child INTEGER NOT NULL, "
		"type INTEGER NOT NULL, "
		"origin INTEGER NOT NULL, "
		"parent INTEGER NOT NULL, "
		"confidence INTEGER, "          /* percent; NULL: 100 */
		"rule BLOB, "                   /* NULL: none */
		"PRIMARY KEY(child, type, origin, parent)) STRICT, WITHOUT ROWID"),
	INDEX(1, "edge_parent", "edge", "(parent, child, type, origin, confidence, rule)"),

	TABLE(3, "sighting",
		"post INTEGER NOT NULL, "
		"capture INTEGER NOT NULL, "
		"record INTEGER NOT NULL, "
		"start INTEGER NOT NULL, "      /* inside the record */
		"version INTEGER NOT NULL, "
		"bytes INTEGER NOT NULL, "
		"as_of INTEGER NOT NULL, "      /* 0: not told; else see above */
		"PRIMARY KEY(post, capture, record, start, version, bytes, as_of)) STRICT, WITHOUT ROWID"),

	/* A handle and a name that an account had. */
	TABLE(3, "account",
		"key ANY NOT NULL, "
		"handle BLOB NOT NULL, "
		"name BLOB NOT NULL, "
		"first INTEGER NOT NULL, "
		"last INTEGER, "                /* NULL: the same as first */
		"PRIMARY KEY(key, handle, name)) STRICT, WITHOUT ROWID"),

	/* Accounts by their handles; an index would have handle and name once more. */
	TABLE(3, "handle",
		"fold INTEGER NOT NULL, "       /* of the handle: see above */
		"key ANY NOT NULL, "
		"PRIMARY KEY(fold, key)) STRICT, WITHOUT ROWID"),

	TABLE(3, "state",
		"subject ANY NOT NULL, "
		"as_of INTEGER NOT NULL, "
		"state INTEGER NOT NULL, "
		"evidence BLOB NOT NULL, "
		"capture INTEGER NOT NULL, "
		"PRIMARY KEY(subject, as_of, state, evidence)) STRICT, WITHOUT ROWID"),

	/* Words of version.text under version.id; the texts themselves are not in it. */
	{ 1, 0, "table", "words", "words",
		"CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, "
		"detail=full, tokenize='unicode61 remove_diacritics 2')", false },
	SHADOW(1, "words_data", "id INTEGER PRIMARY KEY, block BLOB)"),
	SHADOW(1, "words_idx", "segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID"),
	SHADOW(1, "words_config", "k PRIMARY KEY, v) WITHOUT ROWID"),

	/* ---- what was there before ---- */

	TABLE_UNTIL(1, 2, "post",
		"id INTEGER PRIMARY KEY, "
		"key BLOB NOT NULL, "
		"kind INTEGER NOT NULL, "
		"author BLOB NOT NULL, "
		"t_lo INTEGER, "
		"t_hi INTEGER, "
		"t_precision INTEGER NOT NULL, "
		"t_basis INTEGER NOT NULL, "
		"conversation BLOB NOT NULL, "
		"url BLOB NOT NULL, "
		"context BLOB NOT NULL, "
		"place BLOB NOT NULL, "
		"zone BLOB NOT NULL, "
		"title BLOB NOT NULL, "
		"not_before BLOB NOT NULL, "
		"not_after BLOB NOT NULL) STRICT"),
	UNIQUE_UNTIL(1, 2, "post_key", "post", "(key)"),
	INDEX_UNTIL(1, 2, "post_time", "post", "(t_lo, t_precision)"),
	INDEX_UNTIL(1, 2, "post_span", "post", "(t_lo, t_precision) WHERE t_hi IS NOT NULL"),
	INDEX_UNTIL(1, 2, "post_author", "post", "(author, t_lo, t_precision) WHERE author > x''"),
	INDEX_UNTIL(1, 2, "post_conversation", "post", "(conversation, t_lo, t_precision) WHERE conversation > x''"),

	TABLE_UNTIL(1, 2, "alias",
		"key BLOB PRIMARY KEY, "
		"post INTEGER NOT NULL) STRICT, WITHOUT ROWID"),
	INDEX_UNTIL(1, 2, "alias_post", "alias", "(post)"),

	TABLE_UNTIL(1, 2, "version",
		"id INTEGER PRIMARY KEY, "
		"post INTEGER NOT NULL, "
		"fingerprint BLOB NOT NULL, "   /* first 16 bytes of a SHA-256 */
		"native BLOB NOT NULL, "
		"as_of INTEGER NOT NULL, "
		"flags INTEGER NOT NULL, "      /* 1: truncated, 2: damaged */
		"t_lo INTEGER, "
		"t_hi INTEGER, "
		"t_precision INTEGER NOT NULL, "
		"t_basis INTEGER NOT NULL, "
		"lang BLOB NOT NULL, "
		"text BLOB NOT NULL, "
		"text_raw BLOB NOT NULL, "
		"mentions BLOB NOT NULL, "
		"media BLOB NOT NULL, "
		"poll BLOB NOT NULL) STRICT"),
	UNIQUE_UNTIL(1, 2, "version_post", "version", "(post, fingerprint)"),

	/* A handle and a name that an account had. */
	TABLE_UNTIL(1, 2, "account",
		"key BLOB NOT NULL, "
		"handle BLOB NOT NULL, "
		"name BLOB NOT NULL, "
		"first INTEGER NOT NULL, "
		"last INTEGER NOT NULL, "
		"folded BLOB NOT NULL, "        /* handle, ASCII letters in lower case */
		"PRIMARY KEY(key, handle, name)) STRICT, WITHOUT ROWID"),
	INDEX_UNTIL(1, 2, "account_handle", "account", "(folded, key)"),

	TABLE_UNTIL(1, 2, "state",
		"subject BLOB NOT NULL, "
		"as_of INTEGER NOT NULL, "
		"state INTEGER NOT NULL, "
		"evidence BLOB NOT NULL, "
		"capture INTEGER NOT NULL, "
		"PRIMARY KEY(subject, as_of, state, evidence)) STRICT, WITHOUT ROWID"),

	TABLE_UNTIL(1, 2, "sighting",
		"post INTEGER NOT NULL, "
		"capture INTEGER NOT NULL, "
		"record INTEGER NOT NULL, "
		"start INTEGER NOT NULL, "
		"version INTEGER NOT NULL, "
		"bytes INTEGER NOT NULL, "
		"as_of INTEGER NOT NULL, "
		"PRIMARY KEY(post, capture, record, start, version, bytes, as_of)) STRICT, WITHOUT ROWID"),

	/* By the first 8 bytes of the hash, as a signed number. */
	TABLE_UNTIL(2, 2, "sealed_hash",
		"prefix INTEGER NOT NULL, "
		"record INTEGER NOT NULL, "
		"PRIMARY KEY(prefix, record)) STRICT, WITHOUT ROWID"),
};
/* clang-format on */

enum { SCHEMA_ENTRIES = sizeof(schema) / sizeof(schema[0]) };

static enum rp_status
put_identity(struct sqlite_store *s, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	char id[16];
	enum rp_status st;

	row_sum_init(&sum);
	if (getrandom(id, sizeof(id), 0) != (ssize_t)sizeof(id))
		return rp_fail(err, RP_FAILED, "the system gives no random bytes");
	st = sql_open(s, SQL_ARCHIVE_PUT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_slice(&put, 1, rp_slice_from(id, sizeof(id)));
	sql_bind_int(&put, 2, row_sum_of_archive(&sum, rp_slice_from(id, sizeof(id))));
	return sql_run(&put, err);
}

static bool
is_of(const struct schema_entry *entry, int64_t version)
{
	return entry->since <= version && (entry->until == 0 || version <= entry->until);
}

/* "CREATE TABLE x…" as "CREATE TABLE main.x…", and so with indexes: what is in `temp`
 * would be found first. */
static enum rp_status
make_entry(struct sqlite_store *s, const struct schema_entry *entry, const char *where,
           struct rp_error *err)
{
	const char *name = strstr(entry->sql, entry->name);
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 1 << 16);
	buf_add(&text, rp_slice_from(entry->sql, (size_t)(name - entry->sql)));
	buf_printf(&text, "%s.%s", where, name);
	buf_add_byte(&text, '\0');
	return buf_failed(&text) ? rp_fail_memory(err) : sql_exec(s, text.p, err);
}

/* All that an archive of today has and one of that version has not. */
static enum rp_status
make_entries(struct sqlite_store *s, int64_t version, struct rp_error *err)
{
	char pragmas[96];
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < SCHEMA_ENTRIES; i++)
		if (is_of(&schema[i], SCHEMA_VERSION) && schema[i].since > version &&
		    !schema[i].made_by_fts)
			st = make_entry(s, &schema[i], "main", err);
	(void)snprintf(pragmas, sizeof(pragmas),
	               "PRAGMA application_id=%d; PRAGMA user_version=%d",
	               (int)SCHEMA_APPLICATION_ID, (int)SCHEMA_VERSION);
	if (st == RP_OK)
		st = sql_exec(s, pragmas, err);
	if (st == RP_OK)
		s->version = SCHEMA_VERSION;
	return st;
}

enum rp_status
schema_create(struct sqlite_store *s, struct rp_error *err)
{
	enum rp_status st = make_entries(s, 0, err);

	return st == RP_OK ? put_identity(s, err) : st;
}

enum rp_status
schema_make_beside(struct sqlite_store *s, const char *table, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < SCHEMA_ENTRIES; i++)
		if (is_of(&schema[i], SCHEMA_VERSION) &&
		    strcmp(schema[i].table, table) == 0)
			st = make_entry(s, &schema[i], "temp", err);
	return st;
}

enum rp_status
schema_migrate(struct sqlite_store *s, struct rp_error *err)
{
	const int64_t version = s->version;
	enum rp_status st = migrate_convert(s, version, err);

	if (st == RP_OK)
		st = migrate_drop_old(s, version, err);
	if (st == RP_OK)
		st = make_entries(s, version, err);
	return st == RP_OK ? migrate_take_over(s, version, err) : st;
}

static enum rp_status
pragma_number(struct sqlite_store *s, struct rp_slice pragma, int64_t *out,
              struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open_text(s, pragma, &get, err);

	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st == RP_OK)
		*out = sql_int(&get, 0);
	return st == RP_END ? rp_fail(err, RP_CORRUPT, "not a riposte archive") : st;
}

static bool
entry_is_ours(const struct sql *row, int64_t version)
{
	for (size_t i = 0; i < SCHEMA_ENTRIES; i++)
		if (is_of(&schema[i], version) &&
		    rp_slice_eq(sql_slice(row, 1), rp_slice_str(schema[i].name)))
			return rp_slice_eq(sql_slice(row, 0),
			                   rp_slice_str(schema[i].type)) &&
			       rp_slice_eq(sql_slice(row, 2),
			                   rp_slice_str(schema[i].table)) &&
			       rp_slice_eq(sql_slice(row, 3),
			                   rp_slice_str(schema[i].sql));
	return false;
}

/* Names are unique in a schema, so as many entries, all of them ours, are the same list.
 */
static enum rp_status
check_entries(struct sqlite_store *s, int64_t version, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	size_t n = 0, wanted = 0;
	enum rp_status st;

	for (size_t i = 0; i < SCHEMA_ENTRIES; i++)
		wanted += is_of(&schema[i], version);

	st = sql_open_text(s,
	                   RP_SLICE("SELECT type,name,tbl_name,sql FROM sqlite_schema"),
	                   &rows, err);
	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK) {
		if (!entry_is_ours(&rows, version))
			return rp_fail(err, RP_CORRUPT,
			               "the archive has a table that is not ours: %.*s",
			               RP_FMT(sql_slice(&rows, 1)));
		n++;
	}
	if (st == RP_END && n != wanted)
		return rp_fail(err, RP_CORRUPT,
		               "the archive is damaged: %zu of its tables and indexes "
		               "are missing",
		               wanted - n);
	return st == RP_END ? RP_OK : st;
}

/* What the file says it is. */
static enum rp_status
read_marks(struct sqlite_store *s, int64_t *application, int64_t *version,
           int64_t *entries, struct rp_error *err)
{
	enum rp_status st;

	st = pragma_number(s, RP_SLICE("SELECT count(*) FROM sqlite_schema"), entries,
	                   err);
	if (st == RP_OK)
		st = pragma_number(s, RP_SLICE("PRAGMA application_id"), application,
		                   err);
	if (st == RP_OK)
		st = pragma_number(s, RP_SLICE("PRAGMA user_version"), version, err);
	return st;
}

static enum rp_status
check_schema(struct sqlite_store *s, bool *empty_out, struct rp_error *err)
{
	int64_t application = 0, version = 0, entries = 0;
	enum rp_status st;

	*empty_out = false;
	st = read_marks(s, &application, &version, &entries, err);
	if (st != RP_OK)
		return st;
	if (application == 0 && version == 0 && entries == 0) {
		*empty_out = true;
		return RP_OK;
	}
	if (application != SCHEMA_APPLICATION_ID)
		return rp_fail(err, RP_CORRUPT,
		               "not a riposte archive, but another program's database");
	if (version > SCHEMA_VERSION)
		return rp_fail(
			err, RP_BAD_CONFIG,
			"made by a newer riposte: its format is version %lld, this "
			"riposte reads up to version %d",
			(long long)version, (int)SCHEMA_VERSION);
	if (version < 1)
		return rp_fail(err, RP_CORRUPT,
		               "the archive is damaged: its format version is %lld",
		               (long long)version);
	st = check_entries(s, version, err);
	if (st == RP_OK)
		s->version = version;
	return st;
}

/*
 * In one snapshot: between two reads another program may make the archive, or migrate it,
 * and half of an answer from before looks like a database of somebody else.
 */
enum rp_status
schema_check(struct sqlite_store *s, bool *empty_out, struct rp_error *err)
{
	const bool alone = sqlite3_get_autocommit(s->db) != 0;
	enum rp_status st = alone ? sql_exec(s, "BEGIN", err) : RP_OK;

	if (st == RP_OK)
		st = check_schema(s, empty_out, err);
	/* A failure is left as it is, for its code to be looked at: nothing goes on with
	 * it. */
	return alone && st == RP_OK ? sql_exec(s, "COMMIT", err) : st;
}
