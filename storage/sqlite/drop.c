/*
 * Posts taken back: first what hangs on each, then the posts, for until then they refer
 * to one another.
 */
#include "storage/sqlite/sqlite.h"

enum { POST_ARENA_BYTES = VALUE_MAX_BYTES };

static enum rp_status
run_id(struct sqlite_store *s, enum sql_id id, int64_t value, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql sql = { 0 };
	enum rp_status st = sql_open(s, id, &sql, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&sql, 1, value);
	return sql_run(&sql, err);
}

/* One after the other: a version's text is read before it is gone. */
static enum rp_status
drop_versions(struct sqlite_store *s, int64_t post, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql next = { 0 };
	struct version version;
	enum rp_status st = sql_open(s, SQL_VERSIONS_OF, &next, err);

	while (st == RP_OK) {
		sql_bind_int(&next, 1, post);
		st = sql_step(&next, err);
		if (st == RP_OK)
			st = row_version(&next, &version, err);
		if (st == RP_OK)
			st = words_delete(s, version.id, version.text, err);
		if (st == RP_OK)
			st = run_id(s, SQL_VERSION_DELETE, version.id, err);
		sql_again(&next);
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
drop_what_hangs_on(struct sqlite_store *s, int64_t post, struct rp_error *err)
{
	enum rp_status st = drop_versions(s, post, err);

	if (st == RP_OK)
		st = run_id(s, SQL_SIGHTINGS_DELETE, post, err);
	if (st == RP_OK)
		st = run_id(s, SQL_EDGES_CHILD_DELETE, post, err);
	return st == RP_OK ? run_id(s, SQL_ALIASES_DELETE, post, err) : st;
}

static enum rp_status
has_children(struct sqlite_store *s, int64_t post, bool *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql any = { 0 };
	enum rp_status st = sql_open(s, SQL_EDGES_CHILD_ANY, &any, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&any, 1, post);
	st = sql_step(&any, err);
	if (st == RP_OK)
		*out = sql_int(&any, 0) != 0;
	return st;
}

static enum rp_status
drop_author(struct sqlite_store *s, struct rp_slice author, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql sql = { 0 };
	enum rp_status st = sql_open(s, SQL_ACCOUNT_DELETE_IDLE, &sql, err);

	if (st != RP_OK)
		return st;
	sql_bind_key(&sql, 1, author);
	while ((st = sql_step(&sql, err)) == RP_OK)
		if ((st = derived_handle_run(s, SQL_HANDLE_DELETE, author,
		                             sql_slice(&sql, 0), err)) != RP_OK)
			return st;
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
drop_row(struct sqlite_store *s, int64_t id, struct arena *arena, struct rp_error *err)
{
	struct post held, ghost = { .id = id, .kind = KIND_GHOST };
	bool referred = false;
	enum rp_status st = derived_post_by_id(&s->base, id, arena, &held, err);

	if (st == RP_OK)
		st = has_children(s, id, &referred, err);
	if (st != RP_OK)
		return st;
	ghost.key = held.key;
	ghost.time = key_time(held.key);
	st = referred ? derived_post_put(&s->base, &ghost, &id, err)
	              : run_id(s, SQL_POST_DELETE, id, err);
	return st == RP_OK && held.author.n > 0 ? drop_author(s, held.author, err) : st;
}

enum rp_status
drop_posts(struct store *store, const int64_t *posts, size_t n, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(arena_free) struct arena *arena = arena_new(POST_ARENA_BYTES);
	enum rp_status st = RP_OK;

	if (arena == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; st == RP_OK && i < n; i++)
		st = drop_what_hangs_on(s, posts[i], err);
	for (size_t i = 0; st == RP_OK && i < n; i++) {
		arena_reset(arena);
		st = drop_row(s, posts[i], arena, err);
	}
	return st;
}
