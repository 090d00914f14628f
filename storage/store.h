/*
 * The archive as the rest of riposte sees it.
 *
 * Two levels.  *Facts* are written once and never changed: runs, captures, the records
 * they are made of, sightings, rejects.  *Derived* rows (posts, versions, aliases,
 * accounts, edges, states, full text) follow from the facts and can be dropped and made
 * again.
 *
 * Several backends implement this interface and pass the same tests (tests/contract):
 * storage/memory is the plainest reading of it, storage/sqlite the archive on disk.
 *
 * Handles (post, version, capture, record, run ids) are positive, belong to one open
 * archive and mean nothing in another; rebuild gives new ones.  What leaves the archive
 * is keyed by text.
 *
 * One store is used by one thread.  All functions: slices passed in are copied before the
 * return; slices handed out live until the next call on the same iterator, or in the
 * arena that was passed.  *out is written only on RP_OK.
 */
#ifndef RIPOSTE_STORAGE_STORE_H
#define RIPOSTE_STORAGE_STORE_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/model/capture.h"
#include "core/model/filter.h"
#include "core/model/post.h"
#include "core/model/source.h"

struct store;

enum store_mode {
	STORE_READ,   /* must exist */
	STORE_GLANCE, /* must exist; read without anything being written beside it */
	STORE_WRITE,  /* must exist */
	STORE_CREATE, /* made when it is not there, 0600, directories 0700 */
};

/* The naive store, empty, gone when closed. */
enum rp_status store_memory_open(struct store **out, struct rp_error *err) RP_MUST_USE;

/*
 * An archive file.  *created_out (may be NULL) tells whether it was made.
 *
 * RP_NOT_FOUND   there is no file there
 * RP_BAD_CONFIG  made by a newer riposte (the text says which version), or needs
 * migration RP_CORRUPT     not an archive of ours, or damaged so that it cannot be opened
 * RP_FAILED      permissions, disk
 *
 * STORE_READ works on read-only media.  A store path is never a URI, never a format
 * string.
 *
 * STORE_GLANCE leaves no trace, not even for a moment.  It is RP_RETRY_LATER where
 * somebody is at work, or was some seconds ago: then it takes STORE_READ.  It has no lock
 * either, so that whatever was read or failed is void when store_sqlite_unchanged() then
 * says no.
 */
enum rp_status store_sqlite_open(const char *path, enum store_mode mode,
                                 struct store **out, bool *created_out,
                                 struct rp_error *err) RP_MUST_USE;
/* Is the file as it was when it was opened with STORE_GLANCE? */
bool store_sqlite_unchanged(const struct store *store) RP_MUST_USE;

/* Rolls back an open transaction. */
struct store *store_close(struct store *store);
DEFINE_CLEANUP(struct store *, store_close);

/*
 * Transactions.  Every put below needs one; a batch, its captures, sightings and derived
 * rows are one transaction.  begin waits up to 30 s for another writer (then
 * RP_RETRY_LATER). RP_OK from commit means: synced.  After a failed commit the outcome is
 * unknown: reopen. A read transaction gives every query in it the same snapshot; readers
 * never wait.
 */
enum rp_status store_begin(struct store *store, struct rp_error *err) RP_MUST_USE;
enum rp_status store_begin_read(struct store *store, struct rp_error *err) RP_MUST_USE;
enum rp_status store_commit(struct store *store, struct rp_error *err) RP_MUST_USE;
void store_rollback(struct store *store);

/* ---- facts ------------------------------------------------------------------- */

/* Note a run; run->id and hashes are ignored.  It is open until store_run_end(). */
enum rp_status store_run_begin(struct store *store, const struct run *run,
                               int64_t *id_out, struct rp_error *err) RP_MUST_USE;

/*
 * Close a run: sets ended, link, previous (the last link's hash) and hash.  Fed to
 * run_hasher: what SCAN_RUN_PARTS tells.
 */
enum rp_status store_run_end(struct store *store, int64_t run, int64_t ended,
                             struct rp_error *err) RP_MUST_USE;

/*
 * Take over a run of another archive, all fields but run.id as they stand, then its parts
 * in the order in which its hash is made of them; taken_by is a run of ours that is open.
 * Drop one that is open, to take it over as it is by now: a closed one stays for good.
 */
enum rp_status store_foreign_run_put(struct store *store, const struct foreign_run *run,
                                     int64_t *id_out, struct rp_error *err) RP_MUST_USE;
enum rp_status store_foreign_part_put(struct store *store, int64_t run,
                                      const struct run_part *part,
                                      struct rp_error *err) RP_MUST_USE;
enum rp_status store_foreign_run_drop(struct store *store, int64_t run,
                                      struct rp_error *err) RP_MUST_USE;

/* capture->id, bytes, complete, sha256, records, rejected are ignored; 0 or false to
 * start. */
enum rp_status store_capture_begin(struct store *store, const struct capture *capture,
                                   int64_t *id_out, struct rp_error *err) RP_MUST_USE;

/*
 * The next stretch of a capture: segment->offset must be where the last one ended.  The
 * bytes in holes must equal the records' (checked by assert only: ingest has just put
 * them).
 */
enum rp_status store_capture_append(struct store *store, int64_t capture,
                                    const struct segment *segment,
                                    struct rp_error *err) RP_MUST_USE;

/*
 * Set bytes, sha256, complete, records and rejected of the capture named by capture->id,
 * and its options unless they are empty: damage is known at the end only.
 */
enum rp_status store_capture_update(struct store *store, const struct capture *capture,
                                    struct rp_error *err) RP_MUST_USE;

/* The same bytes came again. */
enum rp_status store_capture_again(struct store *store, int64_t capture, int64_t run,
                                   int64_t at, struct rp_error *err) RP_MUST_USE;

/*
 * Find a complete capture by its SHA-256; or any, by a prefix of the hex form, in either
 * case, that fits just one (RP_BAD_USAGE: fits several; RP_NOT_FOUND: none, or no hex).
 * Of captures with the same hash the first complete one counts, else the first.  Texts go
 * into the arena.  The second reads every capture's row.
 */
enum rp_status store_capture_find(struct store *store, const struct sha256 *sha256,
                                  struct arena *arena, struct capture *out,
                                  struct rp_error *err) RP_MUST_USE;
enum rp_status store_capture_find_prefix(struct store *store, struct rp_slice hex,
                                         struct arena *arena, struct capture *out,
                                         struct rp_error *err) RP_MUST_USE;

struct record_bytes {
	enum record_kind kind;
	struct rp_slice bytes;
};

/*
 * Store n records; those whose bytes are held already are not stored again.  ids_out gets
 * a handle each.  A whole batch at once, so that a backend can learn from it how to pack.
 */
enum rp_status store_records_put(struct store *store, const struct record_bytes *records,
                                 size_t n, int64_t *ids_out,
                                 struct rp_error *err) RP_MUST_USE;

/* Append a record's exact bytes to out.  RP_CORRUPT: they fail their check. */
enum rp_status store_record_get(struct store *store, int64_t record, struct rp_buf *out,
                                struct rp_error *err) RP_MUST_USE;

/* Noting the same sighting (all fields) twice leaves one. */
enum rp_status store_sighting_put(struct store *store, const struct sighting *sighting,
                                  struct rp_error *err) RP_MUST_USE;
enum rp_status store_reject_put(struct store *store, const struct reject *reject,
                                struct rp_error *err) RP_MUST_USE;

/*
 * ---- collecting: facts too, that rebuild leaves alone --------------------------
 *
 * They are of this archive alone: where it stands with a source, what it saw, what it
 * paid.  A merge takes none of it over from another one.  An archive of a format that had
 * none of it reads as one in which nobody collected.
 */

/* Where a source stands, by its name; RP_NOT_FOUND: it was never asked.  Texts go into
 * the arena.  Put overwrites it. */
enum rp_status store_source_get(struct store *store, struct rp_slice name,
                                struct arena *arena, struct source_state *out,
                                struct rp_error *err) RP_MUST_USE;
enum rp_status store_source_put(struct store *store, const struct source_state *state,
                                struct rp_error *err) RP_MUST_USE;

/*
 * Everything that is known of the coverage of one source and subject: n stretches in
 * order, which do not overlap, instead of what was there.  Of each from, until, gap, why
 * and run count; from may be RP_TIME_UNKNOWN: since ever.
 */
enum rp_status store_coverage_set(struct store *store, struct rp_slice source,
                                  struct rp_slice subject, const struct coverage *list,
                                  size_t n, struct rp_error *err) RP_MUST_USE;

/* How a source fared in a run; the same run and source again overwrites. */
enum rp_status store_source_run_put(struct store *store, const struct source_run *told,
                                    struct rp_error *err) RP_MUST_USE;

/* Insert (spending->id == 0) or overwrite. */
enum rp_status store_spending_put(struct store *store, const struct spending *spending,
                                  int64_t *id_out, struct rp_error *err) RP_MUST_USE;
/* Millionths spent from a time on, by a source or, where that is empty, by all.  Reads an
 * index, of that time. */
enum rp_status store_spending_sum(struct store *store, struct rp_slice source,
                                  int64_t since, int64_t *micro_out,
                                  struct rp_error *err) RP_MUST_USE;
/* The same in one run. */
enum rp_status store_spending_run_sum(struct store *store, struct rp_slice source,
                                      int64_t run, int64_t *micro_out,
                                      struct rp_error *err) RP_MUST_USE;

/* That somebody was asked for one post; the same key and way again overwrites. */
enum rp_status store_look_put(struct store *store, const struct look *look,
                              struct rp_error *err) RP_MUST_USE;

/* ---- derived ----------------------------------------------------------------- */

/* Follows aliases.  RP_NOT_FOUND.  Texts go into the arena. */
enum rp_status store_post_get(struct store *store, struct rp_slice key,
                              struct arena *arena, struct post *out,
                              struct rp_error *err) RP_MUST_USE;

/* The same by handle. */
enum rp_status store_post_by_id(struct store *store, int64_t post, struct arena *arena,
                                struct post *out, struct rp_error *err) RP_MUST_USE;

/* Insert (post->id == 0) or overwrite the row with that id.  The key must not change. */
enum rp_status store_post_put(struct store *store, const struct post *post,
                              int64_t *id_out, struct rp_error *err) RP_MUST_USE;

/*
 * From now on `alias` names this post too.  If it named another post, that one is merged
 * into this one and gone: post_becomes_edit and post_merge, version_becomes_edit and
 * version_merge; edges, sightings and aliases are moved.  An edge between the two becomes
 * one of the post to itself.  States noted of an alias, before or after, are the post's.
 */
enum rp_status store_alias_put(struct store *store, struct rp_slice alias, int64_t post,
                               struct rp_error *err) RP_MUST_USE;

/*
 * Insert or merge by (post, fingerprint).  *fresh_out (may be NULL): the fingerprint was
 * new. The text becomes searchable.
 */
enum rp_status store_version_put(struct store *store, const struct version *version,
                                 int64_t *id_out, bool *fresh_out,
                                 struct rp_error *err) RP_MUST_USE;

/*
 * By handles; an edge with the same child, parent, type and origin is kept once, with the
 * larger confidence, then the bytewise smaller rule.  A post may be its own parent.
 */
enum rp_status store_edge_put(struct store *store, const struct edge *edge,
                              struct rp_error *err) RP_MUST_USE;

/* A handle and name in use by an account; the same pair widens first..last. */
enum rp_status store_account_put(struct store *store, const struct account *account,
                                 struct rp_error *err) RP_MUST_USE;

/* The same note (subject, state, as_of, evidence) is kept once, with its smallest
 * capture. */
enum rp_status store_state_put(struct store *store, const struct state_note *note,
                               struct rp_error *err) RP_MUST_USE;

/*
 * Drop what follows from the captures, to be made again: everything derived, sightings,
 * and rejects (a record that could not be read may be readable by now).  Runs, captures
 * and records stay.  Needs a transaction.
 */
enum rp_status store_drop_derived(struct store *store, struct rp_error *err) RP_MUST_USE;

/*
 * Take back what captures said of n posts, which are to be derived anew: they are gone,
 * with their wordings, sightings, other names and edges to parents, and so are authors of
 * whom no post is left.  One that another post still refers to stays, as a ghost.
 */
enum rp_status store_posts_drop(struct store *store, const int64_t *posts, size_t n,
                                struct rp_error *err) RP_MUST_USE;

/* ---- reading ----------------------------------------------------------------- */

enum scan_of {
	SCAN_POSTS,        /* filter: struct post, in the filter's order */
	SCAN_CONVERSATION, /* key: posts whose conversation is key, by (time, key), ghosts
	                      too */
	SCAN_VERSIONS,     /* post: struct version, in version_cmp() order */
	SCAN_ALIASES,      /* post: its other keys, bytewise: row.key */
	SCAN_PARENTS,  /* post: edges whose child it is, by (type, origin, parent key) */
	SCAN_CHILDREN, /* post: edges whose parent it is, by (child time, child key, type)
	                */
	SCAN_STATES,   /* key of a post (or alias) or account: notes by (as_of, state,
	                  evidence), unknown times first */
	SCAN_SIGHTINGS, /* post: by (capture, record, offset) */
	SCAN_ACCOUNTS,  /* all accounts, each with its current handle and name, by key */
	SCAN_HANDLES,   /* key of an account: every handle and name it had, latest last */
	SCAN_HANDLE_USERS,  /* key = a handle, any case: accounts that have or had it, by
	                       key, each with its current handle and name */
	SCAN_RUNS,          /* run: that one and all after it, by id */
	SCAN_RUN_PARTS,     /* run: its own captures by id, those it met again by id, each
	                       as often as it did, runs it took over that are closed, by
	                       id: row.part */
	SCAN_FOREIGN_RUNS,  /* run: that one and all after it, by id: row.foreign */
	SCAN_FOREIGN_PARTS, /* run: of another archive; as they were put: row.part */
	SCAN_CAPTURES,      /* capture: that one and all after it, by id */
	SCAN_AGAIN,         /* capture: times it came again, by (at, run): row.again */
	SCAN_CAPTURE_BYTES, /* capture: its bytes in order, in pieces: row.bytes */
	SCAN_REJECTS,  /* capture: of that one and all after it, by (capture, offset) */
	SCAN_SOURCES,  /* all, by name, bytewise: row.source */
	SCAN_COVERAGE, /* key: of that source, empty: of all; by (source, subject, from)
	                */
	SCAN_SOURCE_RUNS, /* run: of that one and all after it, by (run, source) */
	SCAN_SPENDING,    /* id: that one and all after it, by id */
	SCAN_LOOKS,  /* key of a post or account, by way; empty: all, by (key, way) */
	SCAN_GHOSTS, /* key of an account, or of a conversation or a post in it: ghosts
	                that its posts refer to by reply, quote or repost, longest key
	                first, then bytewise the largest (of ids: newest first): row.key.
	                "x:@name?" is every account of X that has or had that handle.
	                Looks at each post of the account or conversation,
	                some 2 us each on disk */
};

struct scan {
	enum scan_of of;
	int64_t id; /* post, run or capture */
	struct rp_slice key;
	const struct filter *filter; /* SCAN_POSTS; NULL: every post and ghost, by key */
};

union scan_row {
	struct post post;
	struct version version;
	struct edge edge;
	struct state_note state;
	struct sighting sighting;
	struct account account;
	struct run run;
	struct foreign_run foreign;
	struct run_part part;
	struct capture capture;
	struct reject reject;
	struct source_state source;
	struct coverage coverage;
	struct source_run source_run;
	struct spending spending;
	struct look look;
	struct rp_slice key;
	struct rp_slice bytes;
	struct {
		int64_t run, at;
	} again;
};

/*
 * Rows one at a time.  "Current" handle and name of an account: those with the largest
 * last, then bytewise (handle, name), the larger wins.  Times sort by (lo, precision,
 * key) with unknown times last.
 */
struct store_iter;
enum rp_status store_scan(struct store *store, const struct scan *scan,
                          struct store_iter **out, struct rp_error *err) RP_MUST_USE;
/* RP_END after the last.  Borrowed until the next call.  RP_CORRUPT: a row fails its
 * check. */
enum rp_status store_next(struct store_iter *iter, union scan_row *row_out,
                          struct rp_error *err) RP_MUST_USE;
struct store_iter *store_iter_close(struct store_iter *iter);
DEFINE_CLEANUP(struct store_iter *, store_iter_close);

/*
 * Another number whenever another program has written, as the transaction that is open
 * sees it: what was read before and not changed by us is still so if it is the same.
 * Cheap; always 0 in memory.
 */
int64_t store_changes(struct store *store);

/* Size of the archive on disk now, cheap; 0 in memory. */
uint64_t store_file_bytes(struct store *store);

/*
 * What the archive takes on disk for good: the pages of its file that are in use, with
 * what still stands in the log beside it.  Cheap; 0 in memory.
 */
uint64_t store_used_bytes(struct store *store);

/*
 * A hash over the searchable text: every token of every version with its place, whatever
 * the order in which they came.  Two stores with the same versions give the same.
 */
enum rp_status store_text_digest(struct store *store, struct sha256 *out,
                                 struct rp_error *err) RP_MUST_USE;

struct store_stats {
	uint64_t posts; /* ghosts not counted */
	uint64_t ghosts, versions, accounts, edges[EDGE_TYPES];
	uint64_t captures, sightings, rejected;
	uint64_t bytes_in; /* of all captures, again-s counted again */
	uint64_t payload_bytes, index_bytes, fulltext_bytes, file_bytes;
};
enum rp_status store_stats(struct store *store, struct store_stats *out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * Check the structure: the database's own integrity, segments without gaps, holes that
 * fit their records, the chains of runs, ours and others'; with `data`, every record and
 * capture re-hashed too.
 * Each finding is told in one sentence that names what is damaged; RP_CORRUPT when there
 * was any.
 */
typedef void store_finding(void *context, const char *sentence);
enum rp_status store_verify(struct store *store, bool data, store_finding *tell,
                            void *context, struct rp_error *err) RP_MUST_USE;

/*
 * The same with one of so many parts of the data: the structure is checked each time, and
 * every record, or block of packed ones, and every capture is in one part, which stays
 * the same as the archive grows (a record that is packed goes to the part of its block).
 * A capture is hashed whole.  The searchable text is in the first.
 */
struct verify_part {
	uint32_t k, of; /* 1 <= k <= of; of 0: no data at all; of 1: all of it */
};
enum rp_status store_verify_part(struct store *store, struct verify_part part,
                                 store_finding *tell, void *context,
                                 struct rp_error *err) RP_MUST_USE;

/*
 * Pack records together, so that they take a fraction of their room: one stretch of the
 * archive a call.  What is read stays the same.  Outside of a transaction; takes the lock
 * of a writer only to put what it made in place.
 *
 * tally  added to
 *
 * RP_OK           a stretch was packed; there may be more
 * RP_END          nothing is left to pack
 * RP_RETRY_LATER  another program writes, or packs the same records: nothing was changed
 * RP_CORRUPT      a record that is damaged, or would not have come back as it was:
 * nothing was changed
 */
struct compact_options {
	bool tight;       /* the smallest form, at several times the CPU */
	uint64_t hot_min; /* leave fewer loose records than this alone */
	uint32_t most;    /* records a call, for who must be back soon; 0: what is best */
};
struct compact_tally {
	uint64_t records, bytes; /* packed, and how long they are */
	uint64_t packed;         /* how many bytes they take now */
};
enum rp_status store_compact(struct store *store, const struct compact_options *options,
                             struct compact_tally *tally,
                             struct rp_error *err) RP_MUST_USE;

/*
 * After compacting: put the full text in order, forget what nothing refers to, and give
 * room that is not used back to the file system.  Outside of a transaction; writes the
 * whole archive anew, beside the old one, and keeps other writers out meanwhile.
 */
enum rp_status store_shrink(struct store *store, const struct compact_options *options,
                            struct rp_error *err) RP_MUST_USE;

/*
 * Copy the archive, as the read transaction that is open sees it, into the empty file
 * `path`: its id, format version and every page, with what still stands in the log beside
 * it; no log is left beside the copy.  Other programs may write meanwhile and are not
 * held up.  The caller syncs the copy, or removes it when this fails.
 *
 * RP_BAD_USAGE  the archive is in memory: there is no file to copy
 * RP_CORRUPT    the archive ends before its last page
 * RP_FAILED     a disk: the text says which
 *
 * One read and one write of the whole file; memory does not depend on its size.
 */
enum rp_status store_backup(struct store *store, const char *path,
                            struct rp_error *err) RP_MUST_USE;

/* The archive's own id (32 hex digits), and the hash of the last closed run. */
enum rp_status store_identity(struct store *store, char id_out[ARCHIVE_ID + 1],
                              struct sha256 *head_out, struct rp_error *err) RP_MUST_USE;

#endif
