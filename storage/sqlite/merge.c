/*
 * Two keys, one post.  What hung on the post that is gone is moved to the one that stays;
 * doubles meet the rules of the ordinary puts.
 */
#include "storage/sqlite/sqlite.h"

/* Names are short and a post has a dozen of them: room for two posts. */
enum { POSTS_ARENA_BYTES = VALUE_MAX_BYTES };

/* Run a statement whose first two parameters are handles. */
static enum rp_status
run_ids(struct sqlite_store *s, enum sql_id id, int64_t a, int64_t b,
        struct rp_error *err)
{
	CLEANUP(sql_done) struct sql sql = { 0 };
	enum rp_status st = sql_open(s, id, &sql, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&sql, 1, a);
	if (b != 0)
		sql_bind_int(&sql, 2, b);
	return sql_run(&sql, err);
}

static enum rp_status
add_alias(struct sqlite_store *s, struct rp_slice alias, int64_t post,
          struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st = sql_open(s, SQL_ALIAS_PUT, &put, err);

	if (st != RP_OK)
		return st;
	sql_bind_key(&put, 1, alias);
	sql_bind_int(&put, 2, post);
	s->no_aliases = false;
	return sql_run(&put, err);
}

/* Notes said of the alias become notes of the post. */
static enum rp_status
move_states(struct sqlite_store *s, struct rp_slice alias, int64_t post,
            struct rp_error *err)
{
	CLEANUP(sql_done) struct sql move = { 0 };
	CLEANUP(sql_done) struct sql drop = { 0 };
	enum rp_status st = sql_open(s, SQL_STATES_MOVE, &move, err);

	if (st == RP_OK)
		st = sql_open(s, SQL_STATES_DELETE, &drop, err);
	if (st != RP_OK)
		return st;
	sql_bind_key(&move, 1, alias);
	sql_bind_int(&move, 2, post);
	sql_bind_key(&drop, 1, alias);
	st = sql_run(&move, err);
	return st == RP_OK ? sql_run(&drop, err) : st;
}

/* ---- versions ---- */

static enum rp_status
drop_version(struct sqlite_store *s, const struct version *version, int64_t as,
             struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rename = { 0 };
	enum rp_status st = sql_open(s, SQL_SIGHTINGS_VERSION, &rename, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&rename, 1, version->post);
	sql_bind_int(&rename, 2, version->id);
	sql_bind_int(&rename, 3, as);
	st = sql_run(&rename, err);
	if (st == RP_OK)
		st = words_delete(s, version->id, version->text, err);
	return st == RP_OK ? run_ids(s, SQL_VERSION_DELETE, version->id, 0, err) : st;
}

static enum rp_status
adopt_version(struct sqlite_store *s, const struct version *version, int64_t to,
              struct rp_error *err)
{
	CLEANUP(sql_done) struct sql move = { 0 };
	enum rp_status st = sql_open(s, SQL_VERSION_MOVE, &move, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&move, 1, version->id);
	sql_bind_int(&move, 2, to);
	sql_bind_key(&move, 3, version->native);
	return sql_run(&move, err);
}

static enum rp_status
move_version(struct sqlite_store *s, const struct version *version, int64_t to,
             struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct version held;
	enum rp_status st =
		derived_version_find(s, to, version->fingerprint, &get, &held, err);

	if (st == RP_NOT_FOUND)
		return adopt_version(s, version, to, err);
	if (st == RP_OK)
		st = derived_version_merge(s, &held, version, err);
	return st == RP_OK ? drop_version(s, version, held.id, err) : st;
}

/* One after the other, since each move changes what is being looked through. */
static enum rp_status
move_versions(struct sqlite_store *s, const struct post *gone, int64_t to,
              struct rp_error *err)
{
	CLEANUP(sql_done) struct sql next = { 0 };
	struct version version;
	enum rp_status st = sql_open(s, SQL_VERSIONS_OF, &next, err);

	while (st == RP_OK) {
		sql_bind_int(&next, 1, gone->id);
		st = sql_step(&next, err);
		if (st == RP_OK)
			st = row_version(&next, &version, err);
		if (st == RP_OK) {
			version_becomes_edit(&version, gone->key);
			st = move_version(s, &version, to, err);
		}
		sql_again(&next);
	}
	return st == RP_END ? RP_OK : st;
}

/* ---- posts ---- */

static enum rp_status
merge_rows(struct sqlite_store *s, struct arena *arena, const struct post *gone,
           int64_t to, struct rp_error *err)
{
	struct post into, more = *gone;
	int64_t id;
	enum rp_status st;

	st = derived_post_by_id(&s->base, to, arena, &into, err);
	if (st == RP_OK)
		st = run_ids(s, SQL_POST_DELETE, gone->id, 0, err);
	if (st != RP_OK)
		return st;
	post_becomes_edit(&more, into.key);
	return post_merge(&into, &more) ? derived_post_put(&s->base, &into, &id, err)
	                                : RP_OK;
}

static enum rp_status
move_edges(struct sqlite_store *s, int64_t from, int64_t to, struct rp_error *err)
{
	enum rp_status st = run_ids(s, SQL_EDGES_CHILD_MOVE, from, to, err);

	if (st == RP_OK)
		st = run_ids(s, SQL_EDGES_CHILD_DELETE, from, 0, err);
	if (st == RP_OK)
		st = run_ids(s, SQL_EDGES_PARENT_MOVE, from, to, err);
	if (st == RP_OK)
		st = run_ids(s, SQL_EDGES_PARENT_DELETE, from, 0, err);
	return st;
}

static enum rp_status
merge_posts(struct sqlite_store *s, struct arena *arena, const struct post *gone,
            int64_t to, struct rp_error *err)
{
	enum rp_status st = merge_rows(s, arena, gone, to, err);

	if (st == RP_OK)
		st = run_ids(s, SQL_ALIAS_MOVE, gone->id, to, err);
	if (st == RP_OK)
		st = add_alias(s, gone->key, to, err);
	if (st == RP_OK)
		st = move_versions(s, gone, to, err);
	if (st == RP_OK)
		st = run_ids(s, SQL_SIGHTINGS_MOVE, gone->id, to, err);
	if (st == RP_OK)
		st = move_edges(s, gone->id, to, err);
	return st == RP_OK ? move_states(s, gone->key, to, err) : st;
}

enum rp_status
merge_alias_put(struct store *store, struct rp_slice alias, int64_t post,
                struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(arena_free) struct arena *arena = arena_new(POSTS_ARENA_BYTES);
	struct rp_error inner = { 0 };
	struct post held;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	st = derived_post_get(store, alias, arena, &held, &inner);
	if (st == RP_OK && held.id == post)
		return RP_OK;
	if (st == RP_OK)
		return merge_posts(s, arena, &held, post, err);
	if (st != RP_NOT_FOUND)
		return rp_fail(err, st, "%s", inner.text);
	st = add_alias(s, alias, post, err);
	return st == RP_OK ? move_states(s, alias, post, err) : st;
}
