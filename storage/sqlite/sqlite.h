/*
 * The archive on disk, inside: what the files of storage/sqlite share.  SQLite's header
 * appears here and nowhere else.
 *
 *	schema.c      the tables, byte by byte; making them, recognising them
 *	open.c        files and settings
 *	log.c         whose write-ahead log it is
 *	transact.c    locks and transactions
 *	sql.c         statements: kept, bound, stepped, failed
 *	statements.c  every statement's text; statements.h lists them
 *	rows.c        from a row to a struct, checked
 *	sums.c        checksums of rows
 *	facts.c       runs, captures, rejects
 *	foreign.c     runs of other archives
 *	sources.c     what is kept of collecting; sources.h
 *	segments.c    captures taken apart and put together
 *	records.c     records, found by their hash, and unpacked
 *	pending.c     records on their way into their rows, packed beside the rest
 *	sealed.c      records that were packed together, read
 *	seal.c        packing them together, and what is gained by it
 *	dictionary.c  what they are packed with
 *	derived.c     posts and what hangs on them
 *	texts.c       texts of versions that were packed together
 *	migrate.c     what older formats had, as it is kept today
 *	merge.c       two posts that turn out to be one
 *	scan.c        iterators; filter.c: which posts, as SQL
 *	words.c        full text: what is searched, and the hash over it
 *	verify.c, verify-facts.c, verify-foreign.c, verify-sealed.c, verify-sources.c,
 *	stats.c
 *	backup.c      a copy of it all
 */
#ifndef RIPOSTE_STORAGE_SQLITE_SQLITE_H
#define RIPOSTE_STORAGE_SQLITE_SQLITE_H

#include "core/base/pack.h"
#include "storage/backend.h"
#include "storage/block/block.h"
#include "storage/sqlite/statements.h"

#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>

/* The largest single value: a segment of 32 MiB, and room for what is around it. */
enum { VALUE_MAX_BYTES = 96 << 20 };

struct dictionaries;
struct pending;
struct sealed;
struct texts;

struct sqlite_store {
	struct store base;
	sqlite3 *db;
	char *path;           /* as SQLite is told it; owned */
	int64_t version;      /* of the file's format: a reader takes older ones too */
	bool read_only;       /* opened with STORE_READ or STORE_GLANCE */
	struct stat seen;     /* the file, opened with STORE_GLANCE */
	bool no_locks;        /* found while waiting: locks do not work here */
	bool no_aliases;      /* in a write transaction: no post has a second key */
	bool nothing_sealed;  /* likewise */
	int64_t data_version; /* as the last transaction began; -1: to be looked at */
	int64_t busy_since_ms;
	sqlite3_stmt *idle[SQL_STATEMENTS]; /* prepared and not in use; NULL: none */
	struct packer *packer;              /* NULL until needed */
	struct rp_buf text;                 /* a text on its way into the index */
	struct dictionaries *dictionaries;  /* NULL until needed */
	struct pending *pending;            /* NULL until needed */
	struct sealed *sealed;              /* NULL until needed */
	struct texts *texts;                /* NULL until needed */
};

static inline struct sqlite_store *
sqlite_store_of(struct store *store)
{
	return (struct sqlite_store *)store;
}

/* ---- open.c ---- */

/*
 * A path as SQLite is to be told it.  Names that mean something to it ("", ":memory:",
 * "file:…", which builds of SQLite can take for URIs whatever we say) get "./" in front.
 * For free(); NULL: no memory.
 */
char *sqlite_plain_path(const char *path);

/* Is there a log ("-wal") or journal beside the archive with something in it? */
bool sqlite_has_unfinished(const struct sqlite_store *s, const char *suffix);

/* ---- glance.c ---- */

/* Nobody is at work on the archive, and its file is as it was for some seconds. */
bool glance_possible(struct sqlite_store *s);

/* ---- sql.c ---- */

/* "x:@9223372036854775807" */
enum { KEY_NUMBER_BYTES = 24, SQL_KEYS = 3 };

/*
 * A statement in use.  Binding cannot fail on its own: the first failure is kept and told
 * by the step.  Bound slices are borrowed until the last step.
 */
struct sql {
	struct sqlite_store *store;
	sqlite3_stmt *stmt;
	int id;     /* enum sql_id, or -1: made for one use */
	int failed; /* SQLITE_OK, or what the first bad bind said */
	char keys[SQL_KEYS][KEY_NUMBER_BYTES]; /* numbers as sql_key() wrote them out */
	struct rp_buf unpacked;                /* what row_version() had to unpack */
};

enum rp_status sql_open(struct sqlite_store *s, enum sql_id id, struct sql *out,
                        struct rp_error *err) RP_MUST_USE;
/* For text made at run time, out of fixed fragments. */
enum rp_status sql_open_text(struct sqlite_store *s, struct rp_slice text,
                             struct sql *out, struct rp_error *err) RP_MUST_USE;
/* Back to where it can be bound and stepped again. */
void sql_again(struct sql *sql);
void sql_done(struct sql *sql);
DEFINE_CLEANUP_DONE(struct sql, sql_done);

void sql_bind_int(struct sql *sql, int at, int64_t value);
void sql_bind_null(struct sql *sql, int at);
void sql_bind_slice(struct sql *sql, int at, struct rp_slice bytes); /* as BLOB */
/* The same, copied. */
void sql_bind_copy(struct sql *sql, int at, struct rp_slice bytes);
void sql_bind_text(struct sql *sql, int at, struct rp_slice text); /* as TEXT */
void sql_bind_hash(struct sql *sql, int at, const struct sha256 *hash);

/*
 * Keys as the tables hold them (schema.c, "Keys"): x:123 as 123, x:@123 as -123, an empty
 * one as NULL, others as BLOB, borrowed; or copied where they are bound with _copy.
 */
bool sql_key_number(struct rp_slice key, int64_t *out);
void sql_bind_key(struct sql *sql, int at, struct rp_slice key);
void sql_bind_key_copy(struct sql *sql, int at, struct rp_slice key);
/* Until the next step, and until another column was read into the same place. */
struct rp_slice sql_key(struct sql *sql, int column, int place);

/* RP_OK: a row; RP_END: no more. */
enum rp_status sql_step(struct sql *sql, struct rp_error *err) RP_MUST_USE;
/* For statements whose rows do not matter, which are then ready to be bound again. */
enum rp_status sql_run(struct sql *sql, struct rp_error *err) RP_MUST_USE;

/* The number that a statement without parameters gives.  RP_END: no row. */
enum rp_status sql_number(struct sqlite_store *s, enum sql_id id, int64_t *out,
                          struct rp_error *err) RP_MUST_USE;

int64_t sql_int(const struct sql *sql, int column);
bool sql_is_null(const struct sql *sql, int column);
struct rp_slice sql_slice(const struct sql *sql, int column); /* until the next step */

/* Several statements without rows or parameters at once. */
enum rp_status sql_exec(struct sqlite_store *s, const char *text,
                        struct rp_error *err) RP_MUST_USE;

/* What SQLite's last error means for the caller. */
enum rp_status sql_fail(struct sqlite_store *s, int code, struct rp_error *err);

void sql_forget_all(struct sqlite_store *s);

/* ---- log.c ---- */

/*
 * Before the first look at what was opened: RP_CORRUPT when the log beside it is of
 * another archive.
 */
enum rp_status log_check(struct sqlite_store *s, struct rp_error *err) RP_MUST_USE;

/*
 * An archive that another one was put in place of, while it was open, leaves a log that
 * would keep everybody from the new one.  Before it is closed: is it so (its id then)?
 * Behind that: the log gets the name "ARCHIVE-wal.of-1f2e3d4c", if it says that it is
 * ours and the archive there is another.  Nobody has it open then but who was refused.
 */
enum { LOG_ID_BYTES = 16 };
bool log_is_left(struct sqlite_store *s, unsigned char *id_out);
void log_set_aside(const struct sqlite_store *s, const unsigned char *id);

/* ---- transact.c ---- */

enum {
	BUSY_WAIT_MS = 30000,
	LOG_WAIT_MS = 1000, /* for readers, to empty the log: writers wait meanwhile */
};

/* SQLite's busy handler; context is the store. */
int transact_wait(void *context, int times);
/* The first look of a reader at what was opened, as migrate_look().  After a failure the
 * store is only good for closing, but SQLite's last error is still that. */
enum rp_status transact_look(struct sqlite_store *s, struct rp_error *err) RP_MUST_USE;
enum rp_status transact_begin(struct store *store, bool write, struct rp_error *err);
enum rp_status transact_commit(struct store *store, struct rp_error *err);
void transact_rollback(struct store *store);
int64_t transact_changes(struct store *store);

/* ---- schema.c ---- */

enum {
	SCHEMA_APPLICATION_ID = 0x72706f73, /* "rpos" */
	SCHEMA_VERSION = 5,
};

/* An empty file becomes an archive; inside a transaction. */
enum rp_status schema_create(struct sqlite_store *s, struct rp_error *err) RP_MUST_USE;

/* An archive of an older format becomes one of ours; inside a transaction. */
enum rp_status schema_migrate(struct sqlite_store *s, struct rp_error *err) RP_MUST_USE;

/* A table of today, with its indexes, in the database that only this connection sees. */
enum rp_status schema_make_beside(struct sqlite_store *s, const char *table,
                                  struct rp_error *err) RP_MUST_USE;

/* Sets s->version.  *empty_out: a database in which nothing was ever made, which create
 * may take over. */
enum rp_status schema_check(struct sqlite_store *s, bool *empty_out,
                            struct rp_error *err) RP_MUST_USE;

/* ---- migrate.c ---- */

/*
 * Tables that older formats had otherwise, as those of today, in the database that only
 * this connection sees.  There they are found before those of the archive, so that an
 * archive that cannot be written is read all the same.
 */
enum rp_status migrate_convert(struct sqlite_store *s, int64_t version,
                               struct rp_error *err) RP_MUST_USE;
/*
 * What a reader has to know of an archive: its format, and the tables above anew.  In a
 * transaction, so that both are of one state; when that is rolled back, they are those of
 * before.
 */
enum rp_status migrate_look(struct sqlite_store *s, struct rp_error *err) RP_MUST_USE;
/* Then, in the archive: the old ones go; those of today, once made, get the rows. */
enum rp_status migrate_drop_old(struct sqlite_store *s, int64_t version,
                                struct rp_error *err) RP_MUST_USE;
enum rp_status migrate_take_over(struct sqlite_store *s, int64_t version,
                                 struct rp_error *err) RP_MUST_USE;

/* ---- rows.c ---- */

/* Slices in what these fill in are borrowed from the statement. */
enum rp_status row_run(const struct sql *sql, struct run *out,
                       struct rp_error *err) RP_MUST_USE;
enum rp_status row_capture(const struct sql *sql, struct capture *out,
                           struct rp_error *err) RP_MUST_USE;
enum rp_status row_foreign_run(const struct sql *sql, struct foreign_run *out,
                               struct rp_error *err) RP_MUST_USE;
enum rp_status row_part(const struct sql *sql, struct run_part *out,
                        struct rp_error *err) RP_MUST_USE;
enum rp_status row_post(struct sql *sql, struct post *out,
                        struct rp_error *err) RP_MUST_USE;
enum rp_status row_version(struct sql *sql, struct version *out,
                           struct rp_error *err) RP_MUST_USE;
enum rp_status row_edge(struct sql *sql, struct edge *out,
                        struct rp_error *err) RP_MUST_USE;
enum rp_status row_state(struct sql *sql, struct state_note *out,
                         struct rp_error *err) RP_MUST_USE;
enum rp_status row_sighting(const struct sql *sql, struct sighting *out,
                            struct rp_error *err) RP_MUST_USE;
void row_reject(const struct sql *sql, struct reject *out);
void row_account(struct sql *sql, struct account *out);

/* sums.c: the check on rows of facts that nothing else covers. */
struct row_sum {
	struct hash_stream bytes;
};
void row_sum_init(struct row_sum *sum);
int64_t row_sum_of_run(struct row_sum *sum, const struct run *run, int64_t link);
int64_t row_sum_of_capture(struct row_sum *sum, const struct capture *capture);
int64_t row_sum_of_again(struct row_sum *sum, int64_t id, int64_t capture, int64_t run,
                         int64_t at);
int64_t row_sum_of_reject(struct row_sum *sum, const struct reject *reject);
int64_t row_sum_of_foreign_run(struct row_sum *sum, const struct foreign_run *run);
int64_t row_sum_of_part(struct row_sum *sum, int64_t run, int64_t place,
                        const struct run_part *part);
int64_t row_sum_of_archive(struct row_sum *sum, struct rp_slice id);

/* lo and hi, precision and basis, in four parameters from `at` on. */
void row_bind_time(struct sql *sql, int at, struct rp_time time);

/* Texts with their lengths, appended; as in `more`. */
void row_add_texts(struct rp_buf *out, const struct rp_slice *texts, size_t n);
/* What goes into `more`, appended; nothing where there is nothing to tell. */
void row_post_more(const struct post *post, struct rp_buf *out);
void row_version_more(const struct version *version, struct rp_buf *out);

int64_t row_as_of(int64_t as_of);         /* as in sighting.as_of */
int64_t row_fold(struct rp_slice folded); /* as in handle.fold */

/* Copies of all texts in the arena. */
enum rp_status post_to_arena(struct arena *arena, const struct post *post,
                             struct post *out, struct rp_error *err) RP_MUST_USE;
enum rp_status capture_to_arena(struct arena *arena, const struct capture *capture,
                                struct capture *out, struct rp_error *err) RP_MUST_USE;

/* ---- facts.c ---- */

enum rp_status facts_run_begin(struct store *store, const struct run *run,
                               int64_t *id_out, struct rp_error *err);
enum rp_status facts_run_end(struct store *store, int64_t run, int64_t ended,
                             struct rp_error *err);
enum rp_status facts_capture_begin(struct store *store, const struct capture *capture,
                                   int64_t *id_out, struct rp_error *err);
enum rp_status facts_capture_append(struct store *store, int64_t capture,
                                    const struct segment *segment, struct rp_error *err);
enum rp_status facts_capture_update(struct store *store, const struct capture *capture,
                                    struct rp_error *err);
enum rp_status facts_capture_again(struct store *store, int64_t capture, int64_t run,
                                   int64_t at, struct rp_error *err);
enum rp_status facts_capture_find(struct store *store, const struct sha256 *sha256,
                                  struct arena *arena, struct capture *out,
                                  struct rp_error *err);
enum rp_status facts_capture_find_prefix(struct store *store, struct rp_slice hex,
                                         struct arena *arena, struct capture *out,
                                         struct rp_error *err);
enum rp_status facts_reject_put(struct store *store, const struct reject *reject,
                                struct rp_error *err);
enum rp_status facts_identity(struct store *store, char id_out[ARCHIVE_ID + 1],
                              struct sha256 *head_out, struct rp_error *err);

/* What the chain says the hash of a run must be, with run->previous as it stands. */
enum rp_status facts_run_hash(struct sqlite_store *s, const struct run *run,
                              struct sha256 *out, struct rp_error *err) RP_MUST_USE;

/* ---- foreign.c ---- */

enum rp_status foreign_run_put(struct store *store, const struct foreign_run *run,
                               int64_t *id_out, struct rp_error *err);
enum rp_status foreign_part_put(struct store *store, int64_t run,
                                const struct run_part *part, struct rp_error *err);
enum rp_status foreign_run_drop(struct store *store, int64_t run, struct rp_error *err);

/* An archive's id, as it is stored, in hex; and the other way round. */
enum { ARCHIVE_ID_BYTES = ARCHIVE_ID / 2 };
void archive_id_hex(struct rp_slice id, char out[ARCHIVE_ID + 1]);
void archive_id_bytes(const char hex[ARCHIVE_ID + 1], char out[ARCHIVE_ID_BYTES]);

/* The statements that tell the parts of a run's hash, one after the other. */
enum { PARTS_STATEMENTS = 3 };
enum rp_status parts_open(struct sqlite_store *s, int64_t run,
                          struct sql out[PARTS_STATEMENTS], size_t *n_out,
                          struct rp_error *err) RP_MUST_USE;

/* ---- segments.c ---- */

/*
 * The pieces of a capture in order, put together from skeletons and records.
 *
 * step: RP_OK and a piece, good until the next step, of at most a few hundred kilobytes
 * beyond one record; RP_END when all of it came, and has the hash that was noted;
 * RP_CORRUPT with words that name the capture, and the segment or record.
 */
struct splice {
	struct sqlite_store *store;
	struct sql segments;
	bool lengths_only;
	char who[160]; /* the capture, for messages */
	bool complete; /* the capture's row */
	uint64_t bytes;
	struct sha256 sha256;
	struct sha256_stream *hash; /* over all pieces so far */
	uint64_t offset;            /* in the capture, of what comes next */

	/* The segment that is gone through. */
	bool open, ended;
	uint64_t number; /* from 1 */
	uint64_t end;    /* in the capture */
	uint64_t n_holes;
	uint64_t skeleton_bytes;
	uint64_t skeleton_at; /* what is used up, of the skeleton … */
	size_t holes_at;      /* … and of the list of holes */
	uint64_t gap;         /* bytes of skeleton to add next, before … */
	bool wants_record;    /* … this one */
	bool guessed; /* lengths only: of a record in this segment it is not known */
	int64_t record;
	struct rp_buf skeleton, holes, piece;
};

/* lengths_only: no bytes come out, but all that is said of lengths and places is checked.
 */
enum rp_status splice_open(struct sqlite_store *s, int64_t capture, bool lengths_only,
                           struct splice *out, struct rp_error *err) RP_MUST_USE;
enum rp_status splice_step(struct splice *splice, struct rp_slice *piece_out,
                           struct rp_error *err) RP_MUST_USE;
void splice_done(struct splice *splice);
DEFINE_CLEANUP_DONE(struct splice, splice_done);

/* ---- records.c ---- */

/* How the bytes of a row are kept.  Stored: do not renumber. */
enum packing {
	PACKING_PLAIN = 0,
	PACKING_ZSTD = 1, /* one frame, with the row's dictionary when it names one */
};

enum rp_status records_put(struct store *store, const struct record_bytes *records,
                           size_t n, int64_t *ids_out, struct rp_error *err);
enum rp_status records_get(struct store *store, int64_t record, struct rp_buf *out,
                           struct rp_error *err);

/* The same without the record's id in front of what is wrong with it. */
enum rp_status records_read(struct sqlite_store *s, int64_t record, struct rp_buf *out,
                            struct rp_error *err) RP_MUST_USE;

/* The same out of a row of SQL_RECORD_GET or SQL_RECORDS. */
enum rp_status records_unpack_row(struct sqlite_store *s, const struct sql *row,
                                  struct rp_buf *out, struct rp_error *err) RP_MUST_USE;

/*
 * Bytes without a dictionary, as kept in segments: a frame of that level, which has a
 * checksum, unless they are very few.
 * *kept_out is borrowed, from the bytes or from `packed`.
 */
enum rp_status records_pack_plain(struct sqlite_store *s, int level,
                                  struct rp_slice bytes, struct rp_buf *packed,
                                  enum packing *packing_out, struct rp_slice *kept_out,
                                  struct rp_error *err) RP_MUST_USE;
enum rp_status records_unpack_plain(struct sqlite_store *s, int64_t packing,
                                    struct rp_slice kept, int64_t bytes,
                                    struct rp_buf *out, struct rp_error *err) RP_MUST_USE;

/* ---- pending.c ---- */

/*
 * A batch of at most n new records, each to be packed with the dictionary of its kind (an
 * id; 0: none): begin, then find and add, then start.  Ids are the caller's.
 */
enum rp_status pending_begin(struct sqlite_store *s, size_t n,
                             const int64_t dictionaries[RECORD_KINDS],
                             struct rp_error *err) RP_MUST_USE;
int64_t pending_find(const struct sqlite_store *s, const struct sha256 *hash); /* or 0 */
enum rp_status pending_add(struct sqlite_store *s, const struct record_bytes *record,
                           const struct sha256 *hash, int64_t id,
                           struct rp_error *err) RP_MUST_USE;
void pending_start(struct sqlite_store *s);

/* Write the rows of what is pending.  Before every look at records, and the commit. */
enum rp_status pending_settle(struct sqlite_store *s, struct rp_error *err) RP_MUST_USE;

void pending_drop(struct sqlite_store *s); /* after a rollback */
void pending_free(struct sqlite_store *s);

/* ---- sealed.c ---- */

/* A row of `sealed`: n records with ids from `first` on, in so many blocks. */
struct sealed_window {
	int64_t first, n, block, blocks;
	bool tight;
};

/* Out of a row of SQL_SEALED_LAST, _GET or _SCAN. */
struct sealed_window sealed_row(const struct sql *row);
/* RP_CORRUPT: its numbers are impossible.  Those that the functions below find are
 * checked already. */
enum rp_status sealed_check(const struct sealed_window *window,
                            struct rp_error *err) RP_MUST_USE;

/* The window a record is in.  RP_NOT_FOUND, without words: it is not sealed. */
enum rp_status sealed_find(struct sqlite_store *s, int64_t record,
                           struct sealed_window *out, struct rp_error *err) RP_MUST_USE;

/* The last one.  RP_NOT_FOUND, without words: nothing is sealed. */
enum rp_status sealed_last(struct sqlite_store *s, struct sealed_window *out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * A record's bytes, appended.  What was read last is kept open, so that records in order
 * cost little more than their bytes.  kind_out may be NULL.  RP_NOT_FOUND, without words:
 * it is not sealed.
 */
enum rp_status sealed_read(struct sqlite_store *s, int64_t record, struct rp_buf *out,
                           enum record_kind *kind_out, struct rp_error *err) RP_MUST_USE;

/* A sealed record with these very bytes.  RP_NOT_FOUND, without words. */
enum rp_status sealed_same(struct sqlite_store *s, const struct sha256 *hash,
                           int64_t *id_out, struct rp_error *err) RP_MUST_USE;

int64_t sealed_prefix(const struct sha256 *hash); /* as in sealed_hash */

/* Read the map of the window of a record, for what follows.  RP_NOT_FOUND, without words:
 * it is not sealed; RP_CORRUPT: the map or the window's row is damaged. */
enum rp_status sealed_enter(struct sqlite_store *s, int64_t record,
                            struct rp_error *err) RP_MUST_USE;

/* The block a record of the window that was entered is in. */
int64_t sealed_block_of(const struct sqlite_store *s, int64_t record);

/* How many records the hashes know by this prefix and id: 0 or 1. */
enum rp_status sealed_is_listed(struct sqlite_store *s, const struct sha256 *hash,
                                int64_t record, bool *out,
                                struct rp_error *err) RP_MUST_USE;

/* Blocks were written or dropped, or this is another transaction. */
void sealed_forget(struct sqlite_store *s);
void sealed_free(struct sqlite_store *s);

/* ---- seal.c ---- */

enum rp_status seal_compact(struct store *store, const struct compact_options *options,
                            struct compact_tally *tally, struct rp_error *err);
enum rp_status seal_shrink(struct store *store, const struct compact_options *options,
                           struct rp_error *err);

/* ---- dictionary.c ---- */

enum {
	RECORDS_LEVEL = 3,        /* of zstd */
	RECORDS_PLAIN_BYTES = 48, /* without a dictionary nothing shorter gets smaller */

	/* What a dictionary is for: a kind of records, or that plus one of these. */
	DICTIONARY_OF_NUMBERS = 256,
	DICTIONARY_OF_TEXTS = 512,
};

/* Ready for use; good until one dictionary of each kind was found after it. */
struct digested {
	int64_t id, kind;
	uint64_t hash; /* hash_stable() of its bytes */
	struct pack_dict *dict;
	bool packs;    /* making one that packs takes ten times as long */
	uint64_t used; /* when last, in finds */
};

/* packs: it must be able to do more than unpack. */
enum rp_status dictionary_find(struct sqlite_store *s, int64_t id, bool packs,
                               const struct digested **out,
                               struct rp_error *err) RP_MUST_USE;

/* The newest for something (see DICTIONARY_OF_NUMBERS); 0 when there is none. */
enum rp_status dictionary_latest(struct sqlite_store *s, int64_t kind, int64_t *out,
                                 struct rp_error *err) RP_MUST_USE;

enum rp_status dictionary_put(struct sqlite_store *s, int64_t kind, struct rp_slice bytes,
                              int64_t *id_out, struct rp_error *err) RP_MUST_USE;

/* The one single records of a kind are packed with, looked up once. */
enum rp_status dictionary_newest(struct sqlite_store *s, enum record_kind kind,
                                 int64_t *out, struct rp_error *err) RP_MUST_USE;

/* Make dictionaries for the kinds that have none, and enough in this batch. */
enum rp_status dictionary_train(struct sqlite_store *s,
                                const struct record_bytes *records, size_t n,
                                struct rp_error *err) RP_MUST_USE;

/* The bytes out of a row of SQL_DICTIONARIES or SQL_DICTIONARY_GET, checked. */
enum rp_status dictionary_bytes(struct sqlite_store *s, const struct sql *row,
                                struct rp_buf *out, struct rp_error *err) RP_MUST_USE;

/* After a rollback one that was just made is gone. */
void dictionary_forget_all(struct sqlite_store *s);

/* ---- derived.c, merge.c, words.c ---- */

enum rp_status derived_post_get(struct store *store, struct rp_slice key,
                                struct arena *arena, struct post *out,
                                struct rp_error *err);
enum rp_status derived_post_by_id(struct store *store, int64_t post, struct arena *arena,
                                  struct post *out, struct rp_error *err);
enum rp_status derived_post_put(struct store *store, const struct post *post,
                                int64_t *id_out, struct rp_error *err);
enum rp_status derived_version_put(struct store *store, const struct version *version,
                                   int64_t *id_out, bool *fresh_out,
                                   struct rp_error *err);
/* By post and fingerprint.  out is borrowed from get, which is left open.  RP_NOT_FOUND,
 * without words: there is none. */
enum rp_status derived_version_find(struct sqlite_store *s, int64_t post,
                                    const unsigned char fingerprint[FINGERPRINT_BYTES],
                                    struct sql *get, struct version *out,
                                    struct rp_error *err) RP_MUST_USE;
/* The held row learns what `more` knows, its searchable text too. */
enum rp_status derived_version_merge(struct sqlite_store *s, const struct version *held,
                                     const struct version *more,
                                     struct rp_error *err) RP_MUST_USE;
enum rp_status derived_edge_put(struct store *store, const struct edge *edge,
                                struct rp_error *err);
enum rp_status derived_sighting_put(struct store *store, const struct sighting *sighting,
                                    struct rp_error *err);
enum rp_status derived_account_put(struct store *store, const struct account *account,
                                   struct rp_error *err);
enum rp_status derived_state_put(struct store *store, const struct state_note *note,
                                 struct rp_error *err);
/* SQL_HANDLE_PUT or _DELETE; of an account without a handle nothing. */
enum rp_status derived_handle_run(struct sqlite_store *s, enum sql_id id,
                                  struct rp_slice key, struct rp_slice handle,
                                  struct rp_error *err) RP_MUST_USE;
/* ASCII letters in lower case, appended. */
void derived_fold_handle(struct rp_slice handle, struct rp_buf *out);
enum rp_status derived_drop(struct store *store, struct rp_error *err);

enum rp_status merge_alias_put(struct store *store, struct rp_slice alias, int64_t post,
                               struct rp_error *err);

/* ---- texts.c ---- */

/*
 * text and more of a version that has none in its row, appended to `out` one after the
 * other.  more_out: NULL p: nothing.  RP_CORRUPT: they are not there, or damaged.
 */
enum rp_status texts_read(struct sqlite_store *s, int64_t version, struct rp_buf *out,
                          struct rp_slice *text_out, struct rp_slice *more_out,
                          struct rp_error *err) RP_MUST_USE;

/*
 * Pack the texts of versions that have them in their rows, some thousands a call, in a
 * transaction of its own.  RP_END: there are fewer than least.
 */
enum rp_status texts_pack(struct sqlite_store *s, bool tight, uint64_t least,
                          struct rp_error *err) RP_MUST_USE;

void texts_forget(struct sqlite_store *s);
void texts_free(struct sqlite_store *s);

enum rp_status drop_posts(struct store *store, const int64_t *posts, size_t n,
                          struct rp_error *err);

enum rp_status words_insert(struct sqlite_store *s, int64_t version, struct rp_slice text,
                            struct rp_error *err) RP_MUST_USE;
enum rp_status words_delete(struct sqlite_store *s, int64_t version, struct rp_slice text,
                            struct rp_error *err) RP_MUST_USE;
/* Step through everything the index holds. */
enum rp_status words_walk(struct sqlite_store *s, struct rp_error *err) RP_MUST_USE;
/*
 * The hash over the searchable text, made of the versions' words.  *good_out: the index
 * holds exactly these; if not, the hash is one that no texts have.
 */
enum rp_status words_check(struct sqlite_store *s, struct sha256 *digest_out,
                           bool *good_out, struct rp_error *err) RP_MUST_USE;
enum rp_status words_digest(struct store *store, struct sha256 *out,
                            struct rp_error *err);

/* ---- scan.c, filter.c ---- */

enum rp_status sqlite_scan_open(struct store *store, const struct scan *scan,
                                struct store_iter **out, struct rp_error *err);
enum rp_status sqlite_scan_next(struct store_iter *iter, union scan_row *row_out,
                                struct rp_error *err);
void sqlite_scan_close(struct store_iter *iter);

/*
 * The statements for SCAN_POSTS, to be gone through one after the other, and how many.
 * What is bound to them lives in the arena.
 */
enum { FILTER_STATEMENTS = 3 };
enum rp_status sqlite_filter_open(struct sqlite_store *s, const struct filter *filter,
                                  struct arena *arena, struct sql out[FILTER_STATEMENTS],
                                  size_t *n_out, struct rp_error *err) RP_MUST_USE;

/* ---- verify.c, verify-….c, stats.c ---- */

enum rp_status sqlite_verify(struct store *store, struct verify_part part,
                             store_finding *tell, void *context, struct rp_error *err);

/* Who is told what is damaged, and how often that was. */
struct findings {
	struct sqlite_store *s;
	struct verify_part part;
	store_finding *tell;
	void *context;
	uint64_t n;
};
void findings_add(struct findings *findings, const char *format, ...) RP_PRINTF(2, 3);

/* Checks of one subject each.  What they return ends the check, and is told if damage. */
typedef enum rp_status verify_check(struct findings *findings, struct rp_error *err);
verify_check verify_sealed, verify_archive_row, verify_runs, verify_chain, verify_foreign,
	verify_captures, verify_agains, verify_dictionaries, verify_records,
	verify_rejects, verify_sources;

enum rp_status sqlite_stats(struct store *store, struct store_stats *out,
                            struct rp_error *err);
uint64_t sqlite_file_bytes(struct store *store);
uint64_t sqlite_used_bytes(struct store *store);

/* ---- backup.c ---- */

enum rp_status sqlite_backup(struct store *store, const char *path, struct rp_error *err);

#endif
