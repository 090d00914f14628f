/*
 * What a backend of the archive provides.  For storage/ alone: everybody else sees
 * storage/store.h.
 *
 * storage/store.c stands in front of every backend: it dispatches, keeps count of
 * transactions and iterators, and asserts what callers owe.  So a backend may rely on:
 * puts come inside a write transaction, keys are not empty, enums are in range, holes are
 * in order and inside their segment.
 *
 * A backend's own struct begins with a struct store (its iterator with a struct
 * store_iter), which open fills in as { .ops = &its_ops }; the front sets the rest.
 * Meanings, ownership and errors of the functions are those of store.h.
 */
#ifndef RIPOSTE_STORAGE_BACKEND_H
#define RIPOSTE_STORAGE_BACKEND_H

#include "storage/store.h"

enum store_transaction { TRANSACTION_NONE, TRANSACTION_READ, TRANSACTION_WRITE };

struct store_ops {
	const char *name; /* "memory", "sqlite" */

	/* The front has rolled back before. */
	void (*close)(struct store *store);

	/*
	 * No transaction is open before begin, one is before the others.  After a commit
	 * that failed none is open either.
	 */
	enum rp_status (*begin)(struct store *store, bool write, struct rp_error *err);
	enum rp_status (*commit)(struct store *store, struct rp_error *err);
	void (*rollback)(struct store *store);

	enum rp_status (*run_begin)(struct store *store, const struct run *run,
	                            int64_t *id_out, struct rp_error *err);
	enum rp_status (*run_end)(struct store *store, int64_t run, int64_t ended,
	                          struct rp_error *err);
	enum rp_status (*foreign_run_put)(struct store *store,
	                                  const struct foreign_run *run, int64_t *id_out,
	                                  struct rp_error *err);
	enum rp_status (*foreign_part_put)(struct store *store, int64_t run,
	                                   const struct run_part *part,
	                                   struct rp_error *err);
	enum rp_status (*foreign_run_drop)(struct store *store, int64_t run,
	                                   struct rp_error *err);
	enum rp_status (*capture_begin)(struct store *store,
	                                const struct capture *capture, int64_t *id_out,
	                                struct rp_error *err);
	enum rp_status (*capture_append)(struct store *store, int64_t capture,
	                                 const struct segment *segment,
	                                 struct rp_error *err);
	enum rp_status (*capture_update)(struct store *store,
	                                 const struct capture *capture,
	                                 struct rp_error *err);
	enum rp_status (*capture_again)(struct store *store, int64_t capture, int64_t run,
	                                int64_t at, struct rp_error *err);
	enum rp_status (*capture_find)(struct store *store, const struct sha256 *sha256,
	                               struct arena *arena, struct capture *out,
	                               struct rp_error *err);
	/* hex: lower case, 0 to 64 digits, nothing else. */
	enum rp_status (*capture_find_prefix)(struct store *store, struct rp_slice hex,
	                                      struct arena *arena, struct capture *out,
	                                      struct rp_error *err);
	enum rp_status (*records_put)(struct store *store,
	                              const struct record_bytes *records, size_t n,
	                              int64_t *ids_out, struct rp_error *err);
	enum rp_status (*record_get)(struct store *store, int64_t record,
	                             struct rp_buf *out, struct rp_error *err);
	enum rp_status (*sighting_put)(struct store *store,
	                               const struct sighting *sighting,
	                               struct rp_error *err);
	enum rp_status (*reject_put)(struct store *store, const struct reject *reject,
	                             struct rp_error *err);

	enum rp_status (*source_get)(struct store *store, struct rp_slice name,
	                             struct arena *arena, struct source_state *out,
	                             struct rp_error *err);
	enum rp_status (*source_put)(struct store *store,
	                             const struct source_state *state,
	                             struct rp_error *err);
	/* The stretches are in order and apart. */
	enum rp_status (*coverage_set)(struct store *store, struct rp_slice source,
	                               struct rp_slice subject,
	                               const struct coverage *list, size_t n,
	                               struct rp_error *err);
	enum rp_status (*source_run_put)(struct store *store,
	                                 const struct source_run *told,
	                                 struct rp_error *err);
	enum rp_status (*spending_put)(struct store *store,
	                               const struct spending *spending, int64_t *id_out,
	                               struct rp_error *err);
	enum rp_status (*spending_sum)(struct store *store, struct rp_slice source,
	                               int64_t since, int64_t *micro_out,
	                               struct rp_error *err);
	enum rp_status (*spending_run_sum)(struct store *store, struct rp_slice source,
	                                   int64_t run, int64_t *micro_out,
	                                   struct rp_error *err);
	enum rp_status (*look_put)(struct store *store, const struct look *look,
	                           struct rp_error *err);

	enum rp_status (*post_get)(struct store *store, struct rp_slice key,
	                           struct arena *arena, struct post *out,
	                           struct rp_error *err);
	enum rp_status (*post_by_id)(struct store *store, int64_t post,
	                             struct arena *arena, struct post *out,
	                             struct rp_error *err);
	enum rp_status (*post_put)(struct store *store, const struct post *post,
	                           int64_t *id_out, struct rp_error *err);
	enum rp_status (*alias_put)(struct store *store, struct rp_slice alias,
	                            int64_t post, struct rp_error *err);
	/* fresh_out is never NULL. */
	enum rp_status (*version_put)(struct store *store, const struct version *version,
	                              int64_t *id_out, bool *fresh_out,
	                              struct rp_error *err);
	enum rp_status (*edge_put)(struct store *store, const struct edge *edge,
	                           struct rp_error *err);
	enum rp_status (*account_put)(struct store *store, const struct account *account,
	                              struct rp_error *err);
	enum rp_status (*state_put)(struct store *store, const struct state_note *note,
	                            struct rp_error *err);
	enum rp_status (*drop_derived)(struct store *store, struct rp_error *err);
	enum rp_status (*posts_drop)(struct store *store, const int64_t *posts, size_t n,
	                             struct rp_error *err);

	enum rp_status (*scan)(struct store *store, const struct scan *scan,
	                       struct store_iter **out, struct rp_error *err);
	enum rp_status (*next)(struct store_iter *iter, union scan_row *row_out,
	                       struct rp_error *err);
	void (*iter_close)(struct store_iter *iter);

	/* NULL: nobody else can write. */
	int64_t (*changes)(struct store *store);
	uint64_t (*file_bytes)(struct store *store);
	uint64_t (*used_bytes)(struct store *store);
	enum rp_status (*text_digest)(struct store *store, struct sha256 *out,
	                              struct rp_error *err);
	enum rp_status (*stats)(struct store *store, struct store_stats *out,
	                        struct rp_error *err);
	enum rp_status (*verify)(struct store *store, struct verify_part part,
	                         store_finding *tell, void *context,
	                         struct rp_error *err);
	/* NULL, both: there is nothing to gain. */
	enum rp_status (*compact)(struct store *store,
	                          const struct compact_options *options,
	                          struct compact_tally *tally, struct rp_error *err);
	enum rp_status (*shrink)(struct store *store,
	                         const struct compact_options *options,
	                         struct rp_error *err);
	enum rp_status (*identity)(struct store *store, char id_out[ARCHIVE_ID + 1],
	                           struct sha256 *head_out, struct rp_error *err);
	/* NULL: there is no file to copy. */
	enum rp_status (*backup)(struct store *store, const char *path,
	                         struct rp_error *err);
};

struct store {
	const struct store_ops *ops;
	enum store_transaction transaction; /* the front's */
	unsigned iterators;                 /* open ones; the front's */
};

/* Whether what is checked under this number (an id) is in a part. */
static inline bool
verify_part_has(struct verify_part part, int64_t number)
{
	return part.of > 0 && (uint64_t)number % part.of == part.k - 1;
}

struct store_iter {
	struct store *store; /* the front's */
	bool ended;          /* the front's: RP_END or an error was told */
};

#endif
