/* Posts and what hangs on them, as they are put. */
#include "storage/sqlite/sqlite.h"

/* ---- posts ---- */

/* RP_END, without words: no such row. */
static enum rp_status
get_post(struct sql *get, struct arena *arena, struct post *out, struct rp_error *err)
{
	struct post post;
	enum rp_status st = sql_step(get, err);

	if (st == RP_OK)
		st = row_post(get, &post, err);
	return st == RP_OK ? post_to_arena(arena, &post, out, err) : st;
}

static enum rp_status
post_by_text(struct sqlite_store *s, enum sql_id id, struct rp_slice key,
             struct arena *arena, struct post *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, id, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_key(&get, 1, key);
	return get_post(&get, arena, out, err);
}

enum rp_status
derived_post_get(struct store *store, struct rp_slice key, struct arena *arena,
                 struct post *out, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	enum rp_status st = post_by_text(s, SQL_POST_BY_KEY, key, arena, out, err);

	if (st == RP_END && !s->no_aliases)
		st = post_by_text(s, SQL_POST_BY_ALIAS, key, arena, out, err);
	if (st == RP_END)
		return rp_fail(err, RP_NOT_FOUND, "%.*s is not in the archive",
		               RP_FMT(key));
	return st;
}

enum rp_status
derived_post_by_id(struct store *store, int64_t post, struct arena *arena,
                   struct post *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(sqlite_store_of(store), SQL_POST_BY_ID, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, post);
	st = get_post(&get, arena, out, err);
	return st == RP_END ? rp_fail(err, RP_NOT_FOUND, "no such post") : st;
}

/* NULL for no bytes: nothing to tell. */
static void
bind_more(struct sql *put, int at, const struct rp_buf *more)
{
	if (more->n == 0)
		sql_bind_null(put, at);
	else
		sql_bind_slice(put, at, buf_slice(more));
}

enum rp_status
derived_post_put(struct store *store, const struct post *post, int64_t *id_out,
                 struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st;

	buf_clear(&s->text);
	row_post_more(post, &s->text);
	if (buf_failed(&s->text))
		return rp_fail_memory(err);
	st = sql_open(s, post->id == 0 ? SQL_POST_INSERT : SQL_POST_UPDATE, &put, err);
	if (st != RP_OK)
		return st;
	if (post->id == 0)
		sql_bind_key(&put, 2, post->key);
	else
		sql_bind_int(&put, 1, post->id);
	sql_bind_int(&put, 3, post->kind);
	sql_bind_key(&put, 4, post->author);
	row_bind_time(&put, 5, post->time);
	sql_bind_key(&put, 9, post->conversation);
	bind_more(&put, 10, &s->text);
	st = sql_run(&put, err);
	if (st == RP_OK)
		*id_out = post->id != 0 ? post->id : sqlite3_last_insert_rowid(s->db);
	return st;
}

/* ---- versions ---- */

/* SQL_VERSION_INSERT, with parameters 2 and 3, or _UPDATE, with 1. */
static enum rp_status
run_version(struct sqlite_store *s, struct sql *put, const struct version *version,
            struct rp_error *err)
{
	buf_clear(&s->text);
	row_version_more(version, &s->text);
	if (buf_failed(&s->text))
		return rp_fail_memory(err);
	sql_bind_key(put, 4, version->native);
	if (version->as_of == RP_TIME_UNKNOWN)
		sql_bind_null(put, 5);
	else
		sql_bind_int(put, 5, version->as_of);
	sql_bind_int(put, 6, (version->truncated ? 1 : 0) | (version->damaged ? 2 : 0));
	sql_bind_slice(put, 7, version->text);
	bind_more(put, 8, &s->text);
	return sql_run(put, err);
}

enum rp_status
derived_version_merge(struct sqlite_store *s, const struct version *held,
                      const struct version *more, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	struct version merged = *held;
	enum rp_status st;

	if (!version_merge(&merged, more))
		return RP_OK;
	st = sql_open(s, SQL_VERSION_UPDATE, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, held->id);
	st = run_version(s, &put, &merged, err);
	if (st != RP_OK || rp_slice_eq(held->text, merged.text))
		return st;
	st = words_delete(s, held->id, held->text, err);
	return st == RP_OK ? words_insert(s, held->id, merged.text, err) : st;
}

/* RP_NOT_FOUND, without words: there is none. */
enum rp_status
derived_version_find(struct sqlite_store *s, int64_t post,
                     const unsigned char fingerprint[FINGERPRINT_BYTES], struct sql *get,
                     struct version *out, struct rp_error *err)
{
	enum rp_status st = sql_open(s, SQL_VERSION_GET, get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(get, 1, post);
	sql_bind_slice(get, 2,
	               rp_slice_from((const char *)fingerprint, FINGERPRINT_BYTES));
	st = sql_step(get, err);
	if (st == RP_END)
		return RP_NOT_FOUND;
	return st == RP_OK ? row_version(get, out, err) : st;
}

static enum rp_status
insert_version(struct sqlite_store *s, const struct version *version, int64_t *id_out,
               struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st = sql_open(s, SQL_VERSION_INSERT, &put, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 2, version->post);
	sql_bind_slice(
		&put, 3,
		rp_slice_from((const char *)version->fingerprint, FINGERPRINT_BYTES));
	st = run_version(s, &put, version, err);
	if (st != RP_OK)
		return st;
	*id_out = sqlite3_last_insert_rowid(s->db);
	return words_insert(s, *id_out, version->text, err);
}

enum rp_status
derived_version_put(struct store *store, const struct version *version, int64_t *id_out,
                    bool *fresh_out, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql get = { 0 };
	struct version held;
	enum rp_status st = derived_version_find(s, version->post, version->fingerprint,
	                                         &get, &held, err);

	*fresh_out = st == RP_NOT_FOUND;
	if (st == RP_NOT_FOUND)
		return insert_version(s, version, id_out, err);
	if (st == RP_OK)
		st = derived_version_merge(s, &held, version, err);
	if (st == RP_OK)
		*id_out = held.id;
	return st;
}

/* ---- the rest ---- */

enum rp_status
derived_edge_put(struct store *store, const struct edge *edge, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st = sql_open(sqlite_store_of(store), SQL_EDGE_PUT, &put, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, edge->child);
	sql_bind_int(&put, 2, edge->type);
	sql_bind_int(&put, 3, edge->origin);
	sql_bind_int(&put, 4, edge->parent);
	if (edge->confidence_percent == 100)
		sql_bind_null(&put, 5);
	else
		sql_bind_int(&put, 5, edge->confidence_percent);
	if (edge->rule.n == 0)
		sql_bind_null(&put, 6);
	else
		sql_bind_slice(&put, 6, edge->rule);
	return sql_run(&put, err);
}

enum rp_status
derived_sighting_put(struct store *store, const struct sighting *sighting,
                     struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st = sql_open(sqlite_store_of(store), SQL_SIGHTING_PUT, &put, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, sighting->post);
	sql_bind_int(&put, 2, sighting->capture);
	sql_bind_int(&put, 3, sighting->record);
	sql_bind_int(&put, 4, sighting->offset);
	sql_bind_int(&put, 5, sighting->version);
	sql_bind_int(&put, 6, sighting->bytes);
	sql_bind_int(&put, 7, row_as_of(sighting->as_of));
	return sql_run(&put, err);
}

void
derived_fold_handle(struct rp_slice handle, struct rp_buf *out)
{
	for (size_t i = 0; i < handle.n; i++) {
		char c = handle.p[i];

		buf_add_byte(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
}

static enum rp_status
get_account(struct sqlite_store *s, struct sql *get, const struct account *account,
            struct account *held, struct rp_error *err)
{
	enum rp_status st = sql_open(s, SQL_ACCOUNT_GET, get, err);

	if (st != RP_OK)
		return st;
	sql_bind_key(get, 1, account->key);
	sql_bind_slice(get, 2, account->handle);
	sql_bind_slice(get, 3, account->name);
	st = sql_step(get, err);
	if (st == RP_OK)
		row_account(get, held);
	return st;
}

/* The handle is folded into s->text. */
enum rp_status
derived_handle_run(struct sqlite_store *s, enum sql_id id, struct rp_slice key,
                   struct rp_slice handle, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql sql = { 0 };
	enum rp_status st;

	if (handle.n == 0)
		return RP_OK;
	buf_clear(&s->text);
	derived_fold_handle(handle, &s->text);
	if (buf_failed(&s->text))
		return rp_fail_memory(err);
	st = sql_open(s, id, &sql, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&sql, 1, row_fold(buf_slice(&s->text)));
	sql_bind_key(&sql, 2, key);
	return sql_run(&sql, err);
}

static enum rp_status
put_account(struct sqlite_store *s, const struct account *account, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st = sql_open(s, SQL_ACCOUNT_PUT, &put, err);

	if (st != RP_OK)
		return st;
	sql_bind_key(&put, 1, account->key);
	sql_bind_slice(&put, 2, account->handle);
	sql_bind_slice(&put, 3, account->name);
	sql_bind_int(&put, 4, account->first);
	if (account->last == account->first)
		sql_bind_null(&put, 5);
	else
		sql_bind_int(&put, 5, account->last);
	return sql_run(&put, err);
}

enum rp_status
derived_account_put(struct store *store, const struct account *account,
                    struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql get = { 0 };
	struct account held, merged = *account;
	enum rp_status st = get_account(s, &get, account, &held, err);

	if (st == RP_OK) {
		merged.first = held.first;
		merged.last = held.last;
		account_merge(&merged, account);
		if (merged.first == held.first && merged.last == held.last)
			return RP_OK;
		sql_again(&get);
	} else if (st == RP_END)
		st = derived_handle_run(s, SQL_HANDLE_PUT, account->key, account->handle,
		                        err);
	return st == RP_OK ? put_account(s, &merged, err) : st;
}

enum rp_status
derived_state_put(struct store *store, const struct state_note *note,
                  struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st = sql_open(sqlite_store_of(store), SQL_STATE_PUT, &put, err);

	if (st != RP_OK)
		return st;
	sql_bind_key(&put, 1, note->subject);
	sql_bind_int(&put, 2, note->as_of);
	sql_bind_int(&put, 3, note->state);
	sql_bind_slice(&put, 4, note->evidence);
	sql_bind_int(&put, 5, note->capture);
	return sql_run(&put, err);
}

enum rp_status
derived_drop(struct store *store, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	enum rp_status st;

	st = sql_exec(s,
	              "DELETE FROM post; DELETE FROM alias; DELETE FROM version; "
	              "DELETE FROM texts; "
	              "DELETE FROM edge; DELETE FROM sighting; DELETE FROM account; "
	              "DELETE FROM handle; "
	              "DELETE FROM state; DELETE FROM reject; INSERT INTO words(words) "
	              "VALUES('delete-all')",
	              err);
	if (st == RP_OK)
		s->no_aliases = true;
	return st;
}
