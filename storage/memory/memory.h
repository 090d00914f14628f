/*
 * The naive store: arrays, and the plainest code that does what storage/store.h says.
 * It is there to be read, and to be compared with.
 *
 * A handle is a row's place in its table plus one.  Texts and bytes live in one arena
 * until the store is closed, those of rolled back or overwritten rows too.  Rows that a
 * merge or a drop leaves behind stay in their table, blank ("gone").
 */
#ifndef RIPOSTE_STORAGE_MEMORY_MEMORY_H
#define RIPOSTE_STORAGE_MEMORY_MEMORY_H

#include "storage/backend.h"
#include "storage/memory/table.h"

struct run_row {
	struct run run;
	uint64_t closed; /* the how-manieth to close, from 1; 0: open */
};

/* In the order they came; .run: handle in FOREIGN_RUNS. */
struct part_row {
	int64_t run;
	struct run_part part;
};

struct capture_row {
	struct capture capture;
	uint64_t held; /* bytes appended */
};

/* The bytes between the holes, without them. */
struct segment_row {
	int64_t capture;
	uint64_t offset, bytes; /* with the holes filled */
	struct rp_slice skeleton;
	const struct hole *holes;
	size_t n_holes;
};

struct record_row {
	enum record_kind kind;
	struct rp_slice bytes;
	struct sha256 sha256;
};

struct again_row {
	int64_t capture, run, at;
};

struct alias_row {
	struct rp_slice key;
	int64_t post;
};

enum memory_table {
	RUNS,
	FOREIGN_RUNS,
	FOREIGN_PARTS,
	CAPTURES,
	AGAIN,
	SEGMENTS,
	RECORDS,
	SOURCES,
	COVERAGE, /* rows without a source are gone */
	SOURCE_RUNS,
	SPENDING,
	LOOKS,
	REJECTS, /* from here on: what a rebuild makes again */
	SIGHTINGS,
	POSTS,
	ALIASES,
	VERSIONS,
	EDGES,
	ACCOUNTS, /* one row for each handle and name of an account */
	STATES,
	MEMORY_TABLES,
};

/* Indexes of each table. */
enum { PARTS_BY_RUN };
enum { SEGMENTS_BY_CAPTURE };
enum { AGAIN_BY_CAPTURE };
enum { RECORDS_BY_BYTES };
enum { SOURCES_BY_NAME };
enum { COVERAGE_BY_SUBJECT };
enum { SOURCE_RUNS_SAME };
enum { LOOKS_SAME };
enum { SIGHTINGS_SAME, SIGHTINGS_BY_POST };
enum { POSTS_BY_KEY, POSTS_BY_CONVERSATION };
enum { ALIASES_BY_KEY, ALIASES_BY_POST };
enum { VERSIONS_SAME, VERSIONS_BY_POST };
enum { EDGES_SAME, EDGES_BY_CHILD, EDGES_BY_PARENT };
enum { ACCOUNTS_SAME, ACCOUNTS_BY_KEY, ACCOUNTS_BY_HANDLE };
enum { STATES_SAME, STATES_BY_SUBJECT };

struct memory {
	struct store store;
	struct table tables[MEMORY_TABLES];
	struct arena *arena; /* every text and byte kept */
	struct rp_buf key;   /* bytes of the row being looked for */
	char id[ARCHIVE_ID + 1];
};

static inline struct memory *
memory_of(struct store *store)
{
	return (struct memory *)store;
}

/* The table of an id-bytes key, as the BY_POST, BY_CAPTURE … indexes have. */
struct rp_slice memory_id_key(const int64_t *id);

/* Row number i of a table, as its type. */
#define ROW(memory, table, type, i) ((const type *)table_row(&(memory)->tables[table], i))

/* The post with a handle out of our own tables. */
static inline const struct post *
memory_held_post(const struct memory *memory, int64_t post)
{
	return ROW(memory, POSTS, struct post, (size_t)post - 1);
}

/* The row with this handle, NULL when there is none or it is gone. */
const struct post *memory_post(const struct memory *memory, int64_t post);
const struct record_row *memory_record(const struct memory *memory, int64_t record);
const struct capture_row *memory_capture(const struct memory *memory, int64_t capture);

/* Find a row that is the same as `row` by the index's key; RP_NOT_FOUND without words. */
enum rp_status memory_find_same(struct memory *memory, enum memory_table table,
                                size_t index, const void *row, size_t *at_out,
                                struct rp_error *err) RP_MUST_USE;

/* Which slices of a struct are texts of its own. */
struct texts {
	const size_t *at; /* offsets */
	size_t n;
};
extern const struct texts memory_post_texts, memory_version_texts, memory_run_texts,
	memory_capture_texts, memory_account_texts, memory_state_texts,
	memory_source_texts, memory_coverage_texts, memory_source_run_texts,
	memory_spending_texts, memory_look_texts;

/*
 * Replace row's texts by copies in the arena; those equal to the texts of `held` (may be
 * NULL) by these.  false when out of memory.
 */
bool memory_copy_texts(struct arena *arena, const struct texts *texts, void *row,
                       const void *held) RP_MUST_USE;

/* The handle of a key or alias; RP_NOT_FOUND without words. */
enum rp_status memory_post_id(struct memory *memory, struct rp_slice key, int64_t *out,
                              struct rp_error *err) RP_MUST_USE;

/* a's handle and name are later in use than b's. */
bool memory_account_is_later(const struct account *a, const struct account *b);

/* The hash of a run, with the parts that a scan tells. */
enum rp_status memory_hash_parts(struct memory *memory, const struct run *run,
                                 const struct scan *parts, struct sha256 *out,
                                 struct rp_error *err) RP_MUST_USE;

/* The hash of a run as its row and its captures are now. */
enum rp_status memory_run_hash(struct memory *memory, const struct run *run,
                               struct sha256 *out, struct rp_error *err) RP_MUST_USE;

/* foreign.c */
enum rp_status memory_foreign_run_put(struct store *store, const struct foreign_run *run,
                                      int64_t *id_out, struct rp_error *err);
enum rp_status memory_foreign_part_put(struct store *store, int64_t run,
                                       const struct run_part *part, struct rp_error *err);
enum rp_status memory_foreign_run_drop(struct store *store, int64_t run,
                                       struct rp_error *err);

/* Is the run there whose hash this one says comes before it? */
bool memory_has_run_before(const struct memory *memory, const struct foreign_run *run);

/* facts.c */
enum rp_status memory_run_begin(struct store *store, const struct run *run,
                                int64_t *id_out, struct rp_error *err);
enum rp_status memory_run_end(struct store *store, int64_t run, int64_t ended,
                              struct rp_error *err);
enum rp_status memory_capture_begin(struct store *store, const struct capture *capture,
                                    int64_t *id_out, struct rp_error *err);
enum rp_status memory_capture_append(struct store *store, int64_t capture,
                                     const struct segment *segment, struct rp_error *err);
enum rp_status memory_capture_update(struct store *store, const struct capture *capture,
                                     struct rp_error *err);
enum rp_status memory_capture_again(struct store *store, int64_t capture, int64_t run,
                                    int64_t at, struct rp_error *err);
enum rp_status memory_capture_find(struct store *store, const struct sha256 *sha256,
                                   struct arena *arena, struct capture *out,
                                   struct rp_error *err);
enum rp_status memory_capture_find_prefix(struct store *store, struct rp_slice hex,
                                          struct arena *arena, struct capture *out,
                                          struct rp_error *err);
enum rp_status memory_records_put(struct store *store, const struct record_bytes *records,
                                  size_t n, int64_t *ids_out, struct rp_error *err);
enum rp_status memory_record_get(struct store *store, int64_t record, struct rp_buf *out,
                                 struct rp_error *err);
enum rp_status memory_sighting_put(struct store *store, const struct sighting *sighting,
                                   struct rp_error *err);
enum rp_status memory_reject_put(struct store *store, const struct reject *reject,
                                 struct rp_error *err);

/* sources.c */
enum rp_status memory_source_get(struct store *store, struct rp_slice name,
                                 struct arena *arena, struct source_state *out,
                                 struct rp_error *err);
enum rp_status memory_source_put(struct store *store, const struct source_state *state,
                                 struct rp_error *err);
enum rp_status memory_coverage_set(struct store *store, struct rp_slice source,
                                   struct rp_slice subject, const struct coverage *list,
                                   size_t n, struct rp_error *err);
enum rp_status memory_source_run_put(struct store *store, const struct source_run *told,
                                     struct rp_error *err);
enum rp_status memory_spending_put(struct store *store, const struct spending *spending,
                                   int64_t *id_out, struct rp_error *err);
enum rp_status memory_spending_sum(struct store *store, struct rp_slice source,
                                   int64_t since, int64_t *micro_out,
                                   struct rp_error *err);
enum rp_status memory_spending_run_sum(struct store *store, struct rp_slice source,
                                       int64_t run, int64_t *micro_out,
                                       struct rp_error *err);
enum rp_status memory_look_put(struct store *store, const struct look *look,
                               struct rp_error *err);

/* derived.c */
enum rp_status memory_post_get(struct store *store, struct rp_slice key,
                               struct arena *arena, struct post *out,
                               struct rp_error *err);
enum rp_status memory_post_by_id(struct store *store, int64_t post, struct arena *arena,
                                 struct post *out, struct rp_error *err);
enum rp_status memory_post_put(struct store *store, const struct post *post,
                               int64_t *id_out, struct rp_error *err);
enum rp_status memory_version_put(struct store *store, const struct version *version,
                                  int64_t *id_out, bool *fresh_out, struct rp_error *err);
enum rp_status memory_edge_put(struct store *store, const struct edge *edge,
                               struct rp_error *err);
enum rp_status memory_account_put(struct store *store, const struct account *account,
                                  struct rp_error *err);
enum rp_status memory_state_put(struct store *store, const struct state_note *note,
                                struct rp_error *err);
enum rp_status memory_drop_derived(struct store *store, struct rp_error *err);

/* drop.c */
enum rp_status memory_posts_drop(struct store *store, const int64_t *posts, size_t n,
                                 struct rp_error *err);

/* alias.c */
enum rp_status memory_alias_put(struct store *store, struct rp_slice alias, int64_t post,
                                struct rp_error *err);

/* scan.c */
enum rp_status memory_scan(struct store *store, const struct scan *scan,
                           struct store_iter **out, struct rp_error *err);
enum rp_status memory_next(struct store_iter *iter, union scan_row *row_out,
                           struct rp_error *err);
void memory_iter_close(struct store_iter *iter);

/* search.c */
enum rp_status memory_filter_takes(struct memory *memory, const struct filter *filter,
                                   const struct post *post, bool *out,
                                   struct rp_error *err) RP_MUST_USE;
enum rp_status memory_text_digest(struct store *store, struct sha256 *out,
                                  struct rp_error *err);

/* verify.c */
enum rp_status memory_verify(struct store *store, struct verify_part part,
                             store_finding *tell, void *context, struct rp_error *err);

#endif
