#include "storage/store.h"

#include "storage/backend.h"

#include <assert.h>

/*
 * What callers owe is asserted here, once for all backends.  In a release build the
 * asserts are gone and a backend meets whatever it meets.
 */
static void
expect_write(const struct store *store)
{
	assert(store->transaction == TRANSACTION_WRITE);
	(void)store;
}

struct store *
store_close(struct store *store)
{
	if (store == NULL)
		return NULL;
	assert(store->iterators == 0);
	store_rollback(store);
	store->ops->close(store);
	return NULL;
}

static enum rp_status
begin(struct store *store, enum store_transaction kind, struct rp_error *err)
{
	enum rp_status st;

	assert(store->transaction == TRANSACTION_NONE);
	st = store->ops->begin(store, kind == TRANSACTION_WRITE, err);
	if (st == RP_OK)
		store->transaction = kind;
	return st;
}

enum rp_status
store_begin(struct store *store, struct rp_error *err)
{
	return begin(store, TRANSACTION_WRITE, err);
}

enum rp_status
store_begin_read(struct store *store, struct rp_error *err)
{
	return begin(store, TRANSACTION_READ, err);
}

enum rp_status
store_commit(struct store *store, struct rp_error *err)
{
	assert(store->transaction != TRANSACTION_NONE);
	store->transaction = TRANSACTION_NONE;
	return store->ops->commit(store, err);
}

void
store_rollback(struct store *store)
{
	if (store->transaction == TRANSACTION_NONE)
		return;
	store->transaction = TRANSACTION_NONE;
	store->ops->rollback(store);
}

/* ---- facts ------------------------------------------------------------------- */

enum rp_status
store_run_begin(struct store *store, const struct run *run, int64_t *id_out,
                struct rp_error *err)
{
	expect_write(store);
	return store->ops->run_begin(store, run, id_out, err);
}

enum rp_status
store_run_end(struct store *store, int64_t run, int64_t ended, struct rp_error *err)
{
	expect_write(store);
	assert(run > 0);
	return store->ops->run_end(store, run, ended, err);
}

enum rp_status
store_foreign_run_put(struct store *store, const struct foreign_run *run, int64_t *id_out,
                      struct rp_error *err)
{
	expect_write(store);
	assert(run->taken_by > 0 && run->run.open == (run->run.link == 0));
	return store->ops->foreign_run_put(store, run, id_out, err);
}

enum rp_status
store_foreign_part_put(struct store *store, int64_t run, const struct run_part *part,
                       struct rp_error *err)
{
	expect_write(store);
	assert(run > 0 && part->kind <= PART_RUN);
	return store->ops->foreign_part_put(store, run, part, err);
}

enum rp_status
store_foreign_run_drop(struct store *store, int64_t run, struct rp_error *err)
{
	expect_write(store);
	assert(run > 0);
	return store->ops->foreign_run_drop(store, run, err);
}

enum rp_status
store_capture_begin(struct store *store, const struct capture *capture, int64_t *id_out,
                    struct rp_error *err)
{
	expect_write(store);
	assert(capture->run > 0 && capture->inside >= 0);
	return store->ops->capture_begin(store, capture, id_out, err);
}

__attribute__((unused)) static bool
holes_fit(const struct segment *segment)
{
	size_t from = 0;

	for (size_t i = 0; i < segment->n_holes; i++) {
		const struct hole *hole = &segment->holes[i];

		if (hole->at < from || hole->at > segment->bytes.n ||
		    hole->n > segment->bytes.n - hole->at || hole->record <= 0)
			return false;
		from = (size_t)hole->at + hole->n;
	}
	return true;
}

enum rp_status
store_capture_append(struct store *store, int64_t capture, const struct segment *segment,
                     struct rp_error *err)
{
	expect_write(store);
	assert(capture > 0);
	assert(segment->bytes.n <= SEGMENT_MAX_BYTES);
	assert(holes_fit(segment));
	return store->ops->capture_append(store, capture, segment, err);
}

enum rp_status
store_capture_update(struct store *store, const struct capture *capture,
                     struct rp_error *err)
{
	expect_write(store);
	assert(capture->id > 0);
	return store->ops->capture_update(store, capture, err);
}

enum rp_status
store_capture_again(struct store *store, int64_t capture, int64_t run, int64_t at,
                    struct rp_error *err)
{
	expect_write(store);
	assert(capture > 0 && run > 0);
	return store->ops->capture_again(store, capture, run, at, err);
}

enum rp_status
store_capture_find(struct store *store, const struct sha256 *sha256, struct arena *arena,
                   struct capture *out, struct rp_error *err)
{
	return store->ops->capture_find(store, sha256, arena, out, err);
}

/* A user typed it: what is not hex is the prefix of no hash. */
enum rp_status
store_capture_find_prefix(struct store *store, struct rp_slice hex, struct arena *arena,
                          struct capture *out, struct rp_error *err)
{
	char lower[SHA256_HEX];

	if (hex.n > SHA256_HEX)
		return rp_fail(err, RP_NOT_FOUND, "a hash has %d hex digits, not %zu",
		               (int)SHA256_HEX, hex.n);
	for (size_t i = 0; i < hex.n; i++) {
		char c = hex.p[i];

		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return rp_fail(err, RP_NOT_FOUND, "\"%.*s\" is not a hash in hex",
			               RP_FMT(hex));
		lower[i] = c;
	}
	return store->ops->capture_find_prefix(store, rp_slice_from(lower, hex.n), arena,
	                                       out, err);
}

enum rp_status
store_records_put(struct store *store, const struct record_bytes *records, size_t n,
                  int64_t *ids_out, struct rp_error *err)
{
	expect_write(store);
	for (size_t i = 0; i < n; i++) {
		assert(records[i].kind >= RECORD_X1_POST &&
		       (int)records[i].kind < RECORD_KINDS);
		assert(records[i].bytes.n <= RECORD_MAX_BYTES);
	}
	return store->ops->records_put(store, records, n, ids_out, err);
}

enum rp_status
store_record_get(struct store *store, int64_t record, struct rp_buf *out,
                 struct rp_error *err)
{
	return store->ops->record_get(store, record, out, err);
}

enum rp_status
store_sighting_put(struct store *store, const struct sighting *sighting,
                   struct rp_error *err)
{
	expect_write(store);
	assert(sighting->post > 0 && sighting->version >= 0);
	assert(sighting->capture > 0 && sighting->record > 0);
	return store->ops->sighting_put(store, sighting, err);
}

enum rp_status
store_reject_put(struct store *store, const struct reject *reject, struct rp_error *err)
{
	expect_write(store);
	assert(reject->capture > 0);
	return store->ops->reject_put(store, reject, err);
}

/* ---- derived ----------------------------------------------------------------- */

enum rp_status
store_post_get(struct store *store, struct rp_slice key, struct arena *arena,
               struct post *out, struct rp_error *err)
{
	return store->ops->post_get(store, key, arena, out, err);
}

enum rp_status
store_post_by_id(struct store *store, int64_t post, struct arena *arena, struct post *out,
                 struct rp_error *err)
{
	return store->ops->post_by_id(store, post, arena, out, err);
}

enum rp_status
store_post_put(struct store *store, const struct post *post, int64_t *id_out,
               struct rp_error *err)
{
	expect_write(store);
	assert(post->id >= 0 && post->key.n > 0);
	assert(post->kind <= KIND_ARTICLE);
	return store->ops->post_put(store, post, id_out, err);
}

enum rp_status
store_alias_put(struct store *store, struct rp_slice alias, int64_t post,
                struct rp_error *err)
{
	expect_write(store);
	assert(alias.n > 0 && post > 0);
	return store->ops->alias_put(store, alias, post, err);
}

enum rp_status
store_version_put(struct store *store, const struct version *version, int64_t *id_out,
                  bool *fresh_out, struct rp_error *err)
{
	bool unwanted;

	expect_write(store);
	assert(version->post > 0);
	return store->ops->version_put(store, version, id_out,
	                               fresh_out != NULL ? fresh_out : &unwanted, err);
}

enum rp_status
store_edge_put(struct store *store, const struct edge *edge, struct rp_error *err)
{
	expect_write(store);
	assert(edge->child > 0 && edge->parent > 0);
	assert(edge->type <= EDGE_RESPONDS);
	assert(edge->type != EDGE_CONV); /* made by the view */
	assert(edge->origin <= ORIGIN_INFERRED);
	return store->ops->edge_put(store, edge, err);
}

enum rp_status
store_account_put(struct store *store, const struct account *account,
                  struct rp_error *err)
{
	expect_write(store);
	assert(account->key.n > 0);
	return store->ops->account_put(store, account, err);
}

enum rp_status
store_state_put(struct store *store, const struct state_note *note, struct rp_error *err)
{
	expect_write(store);
	assert(note->subject.n > 0 && note->capture >= 0);
	assert(note->state <= STATE_NEVER_SEEN);
	return store->ops->state_put(store, note, err);
}

enum rp_status
store_drop_derived(struct store *store, struct rp_error *err)
{
	expect_write(store);
	return store->ops->drop_derived(store, err);
}

enum rp_status
store_posts_drop(struct store *store, const int64_t *posts, size_t n,
                 struct rp_error *err)
{
	expect_write(store);
	return store->ops->posts_drop(store, posts, n, err);
}

/* ---- reading ----------------------------------------------------------------- */

enum rp_status
store_scan(struct store *store, const struct scan *scan, struct store_iter **out,
           struct rp_error *err)
{
	struct store_iter *iter = NULL;
	enum rp_status st = store->ops->scan(store, scan, &iter, err);

	if (st != RP_OK)
		return st;
	iter->store = store;
	iter->ended = false;
	store->iterators++;
	*out = iter;
	return RP_OK;
}

enum rp_status
store_next(struct store_iter *iter, union scan_row *row_out, struct rp_error *err)
{
	enum rp_status st;

	if (iter->ended)
		return RP_END;
	st = iter->store->ops->next(iter, row_out, err);
	iter->ended = st != RP_OK;
	return st;
}

struct store_iter *
store_iter_close(struct store_iter *iter)
{
	if (iter == NULL)
		return NULL;
	iter->store->iterators--;
	iter->store->ops->iter_close(iter);
	return NULL;
}

int64_t
store_changes(struct store *store)
{
	assert(store->transaction != TRANSACTION_NONE);
	return store->ops->changes != NULL ? store->ops->changes(store) : 0;
}

uint64_t
store_file_bytes(struct store *store)
{
	return store->ops->file_bytes(store);
}

uint64_t
store_used_bytes(struct store *store)
{
	return store->ops->used_bytes(store);
}

enum rp_status
store_text_digest(struct store *store, struct sha256 *out, struct rp_error *err)
{
	return store->ops->text_digest(store, out, err);
}

enum rp_status
store_stats(struct store *store, struct store_stats *out, struct rp_error *err)
{
	return store->ops->stats(store, out, err);
}

enum rp_status
store_verify(struct store *store, bool data, store_finding *tell, void *context,
             struct rp_error *err)
{
	const struct verify_part all = { 1, 1 }, none = { 0, 0 };

	return store_verify_part(store, data ? all : none, tell, context, err);
}

enum rp_status
store_verify_part(struct store *store, struct verify_part part, store_finding *tell,
                  void *context, struct rp_error *err)
{
	assert(part.of == 0 || (part.k >= 1 && part.k <= part.of));
	return store->ops->verify(store, part, tell, context, err);
}

enum rp_status
store_identity(struct store *store, char id_out[ARCHIVE_ID + 1], struct sha256 *head_out,
               struct rp_error *err)
{
	return store->ops->identity(store, id_out, head_out, err);
}

enum rp_status
store_backup(struct store *store, const char *path, struct rp_error *err)
{
	assert(store->transaction == TRANSACTION_READ);
	if (store->ops->backup == NULL)
		return rp_fail(err, RP_BAD_USAGE,
		               "an archive in memory is no file that could be copied");
	return store->ops->backup(store, path, err);
}

enum rp_status
store_compact(struct store *store, const struct compact_options *options,
              struct compact_tally *tally, struct rp_error *err)
{
	assert(store->transaction == TRANSACTION_NONE);
	if (store->ops->compact == NULL)
		return RP_END;
	return store->ops->compact(store, options, tally, err);
}

enum rp_status
store_shrink(struct store *store, const struct compact_options *options,
             struct rp_error *err)
{
	assert(store->transaction == TRANSACTION_NONE);
	return store->ops->shrink == NULL ? RP_OK
	                                  : store->ops->shrink(store, options, err);
}
