#include "storage/memory/memory.h"

#include <assert.h>

const struct post *
memory_post(const struct memory *memory, int64_t post)
{
	const struct post *row;

	if (post <= 0 || (uint64_t)post > memory->tables[POSTS].n)
		return NULL;
	row = ROW(memory, POSTS, struct post, (size_t)post - 1);
	return row->key.n > 0 ? row : NULL;
}

/* ---- posts ------------------------------------------------------------------- */

enum rp_status
memory_post_id(struct memory *memory, struct rp_slice key, int64_t *out,
               struct rp_error *err)
{
	size_t at;
	enum rp_status st =
		table_find(&memory->tables[POSTS], POSTS_BY_KEY, key, &at, err);

	if (st == RP_OK)
		*out = (int64_t)at + 1;
	if (st != RP_NOT_FOUND)
		return st;
	st = table_find(&memory->tables[ALIASES], ALIASES_BY_KEY, key, &at, err);
	if (st == RP_OK)
		*out = ROW(memory, ALIASES, struct alias_row, at)->post;
	return st;
}

static enum rp_status
hand_out(const struct post *post, struct arena *arena, struct post *out,
         struct rp_error *err)
{
	struct post copy = *post;

	if (!memory_copy_texts(arena, &memory_post_texts, &copy, NULL))
		return rp_fail_memory(err);
	*out = copy;
	return RP_OK;
}

enum rp_status
memory_post_get(struct store *store, struct rp_slice key, struct arena *arena,
                struct post *out, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	int64_t id;
	enum rp_status st = memory_post_id(memory, key, &id, err);

	if (st == RP_NOT_FOUND)
		return rp_fail(err, st, "%.*s is not in the archive", RP_FMT(key));
	if (st != RP_OK)
		return st;
	return hand_out(memory_held_post(memory, id), arena, out, err);
}

enum rp_status
memory_post_by_id(struct store *store, int64_t post, struct arena *arena,
                  struct post *out, struct rp_error *err)
{
	const struct post *row = memory_post(memory_of(store), post);

	if (row == NULL)
		return rp_fail(err, RP_NOT_FOUND, "no such post");
	return hand_out(row, arena, out, err);
}

static enum rp_status
insert_post(struct memory *memory, const struct post *post, int64_t *id_out,
            struct rp_error *err)
{
	struct post copy = *post;
	struct post *row;
	int64_t held;
	enum rp_status st = memory_post_id(memory, post->key, &held, err);

	assert(st != RP_OK); /* look before you insert */
	if (st == RP_FAILED)
		return st;
	if (!memory_copy_texts(memory->arena, &memory_post_texts, &copy, NULL))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[POSTS]);
	if (row == NULL)
		return rp_fail_memory(err);
	copy.id = (int64_t)memory->tables[POSTS].n;
	*row = copy;
	*id_out = copy.id;
	return RP_OK;
}

enum rp_status
memory_post_put(struct store *store, const struct post *post, int64_t *id_out,
                struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct table *posts = &memory->tables[POSTS];
	const struct post *held = memory_post(memory, post->id);
	struct post copy = *post;
	struct post *row;

	if (post->id == 0)
		return insert_post(memory, post, id_out, err);
	assert(held != NULL && rp_slice_eq(held->key, post->key));
	if (!memory_copy_texts(memory->arena, &memory_post_texts, &copy, held))
		return rp_fail_memory(err);
	if (!rp_slice_eq(held->conversation, copy.conversation))
		table_rekey(posts, POSTS_BY_CONVERSATION);
	row = table_change(posts, (size_t)post->id - 1);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = copy;
	*id_out = copy.id;
	return RP_OK;
}

/* ---- versions ---------------------------------------------------------------- */

static enum rp_status
merge_version(struct memory *memory, size_t at, const struct version *more,
              struct rp_error *err)
{
	const struct version *held = ROW(memory, VERSIONS, struct version, at);
	struct version merged = *held;
	struct version *row;

	if (!version_merge(&merged, more))
		return RP_OK;
	if (!memory_copy_texts(memory->arena, &memory_version_texts, &merged, held))
		return rp_fail_memory(err);
	row = table_change(&memory->tables[VERSIONS], at);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = merged;
	return RP_OK;
}

enum rp_status
memory_version_put(struct store *store, const struct version *version, int64_t *id_out,
                   bool *fresh_out, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct version copy = *version;
	struct version *row;
	size_t at;
	enum rp_status st;

	assert(memory_post(memory, version->post) != NULL);
	st = memory_find_same(memory, VERSIONS, VERSIONS_SAME, version, &at, err);
	if (st == RP_OK) {
		st = merge_version(memory, at, version, err);
		if (st != RP_OK)
			return st;
		*id_out = (int64_t)at + 1;
		*fresh_out = false;
		return RP_OK;
	}
	if (st != RP_NOT_FOUND)
		return st;
	if (!memory_copy_texts(memory->arena, &memory_version_texts, &copy, NULL))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[VERSIONS]);
	if (row == NULL)
		return rp_fail_memory(err);
	copy.id = (int64_t)memory->tables[VERSIONS].n;
	*row = copy;
	*id_out = copy.id;
	*fresh_out = true;
	return RP_OK;
}

/* ---- edges ------------------------------------------------------------------- */

/* Of two inferences the surer one is kept, of two as sure the bytewise smaller rule. */
static bool
edge_is_better(const struct edge *a, const struct edge *b)
{
	if (a->confidence_percent != b->confidence_percent)
		return a->confidence_percent > b->confidence_percent;
	return rp_slice_cmp(a->rule, b->rule) < 0;
}

enum rp_status
memory_edge_put(struct store *store, const struct edge *edge, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct edge copy = *edge;
	struct edge *row;
	size_t at;
	enum rp_status st;

	assert(memory_post(memory, edge->child) && memory_post(memory, edge->parent));
	st = memory_find_same(memory, EDGES, EDGES_SAME, edge, &at, err);
	if (st == RP_FAILED)
		return st;
	if (st == RP_OK && !edge_is_better(edge, ROW(memory, EDGES, struct edge, at)))
		return RP_OK;
	copy.child_key = copy.parent_key = RP_SLICE(""); /* looked up when asked for */
	if (!arena_copy(memory->arena, edge->rule, &copy.rule))
		return rp_fail_memory(err);
	row = st == RP_OK ? table_change(&memory->tables[EDGES], at)
	                  : table_add(&memory->tables[EDGES]);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = copy;
	return RP_OK;
}

/* ---- accounts ---------------------------------------------------------------- */

bool
memory_account_is_later(const struct account *a, const struct account *b)
{
	int d;

	if (a->last != b->last)
		return a->last > b->last; /* unknown is the smallest */
	d = rp_slice_cmp(a->handle, b->handle);
	return d != 0 ? d > 0 : rp_slice_cmp(a->name, b->name) > 0;
}

static enum rp_status
widen_account(struct memory *memory, size_t at, const struct account *more,
              struct rp_error *err)
{
	struct account *row = table_change(&memory->tables[ACCOUNTS], at);

	if (row == NULL)
		return rp_fail_memory(err);
	account_merge(row, more);
	return RP_OK;
}

enum rp_status
memory_account_put(struct store *store, const struct account *account,
                   struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct table *accounts = &memory->tables[ACCOUNTS];
	struct account copy = *account;
	struct account *row;
	size_t at;
	enum rp_status st;

	st = memory_find_same(memory, ACCOUNTS, ACCOUNTS_SAME, account, &at, err);
	if (st == RP_OK)
		return widen_account(memory, at, account, err);
	if (st == RP_NOT_FOUND)
		st = table_find(accounts, ACCOUNTS_BY_KEY, account->key, &at, err);
	if (st == RP_FAILED)
		return st;
	if (!memory_copy_texts(memory->arena, &memory_account_texts, &copy, NULL))
		return rp_fail_memory(err);
	copy.id = st == RP_OK ? ROW(memory, ACCOUNTS, struct account, at)->id
	                      : (int64_t)accounts->n + 1;
	row = table_add(accounts);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = copy;
	return RP_OK;
}

/* ---- states ------------------------------------------------------------------ */

enum rp_status
memory_state_put(struct store *store, const struct state_note *note, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct state_note copy = *note;
	struct state_note *row;
	int64_t post;
	size_t at;
	enum rp_status st = memory_post_id(memory, note->subject, &post, err);

	if (st == RP_FAILED)
		return st;
	if (st == RP_OK) /* said of an alias: it is the post's */
		copy.subject = memory_held_post(memory, post)->key;
	st = memory_find_same(memory, STATES, STATES_SAME, &copy, &at, err);
	if (st == RP_FAILED)
		return st;
	if (st == RP_OK) {
		row = table_change(&memory->tables[STATES], at);
		if (row != NULL && note->capture < row->capture)
			row->capture = note->capture;
		return row != NULL ? RP_OK : rp_fail_memory(err);
	}
	if (!memory_copy_texts(memory->arena, &memory_state_texts, &copy, NULL))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[STATES]);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = copy;
	return RP_OK;
}

enum rp_status
memory_drop_derived(struct store *store, struct rp_error *err)
{
	struct memory *memory = memory_of(store);

	for (size_t i = REJECTS; i < MEMORY_TABLES; i++)
		if (!table_clear(&memory->tables[i]))
			return rp_fail_memory(err);
	return RP_OK;
}
