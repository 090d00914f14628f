/*
 * Two keys, one post.  What hung on the key that is now an alias is taken out and put
 * again for the post that stays, so that doubles meet the rules of the ordinary puts.
 */
#include "storage/memory/memory.h"

#include <assert.h>

static enum rp_status
add_alias(struct memory *memory, struct rp_slice key, int64_t post, struct rp_error *err)
{
	struct alias_row *row;
	struct rp_slice copy;

	if (!arena_copy(memory->arena, key, &copy))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[ALIASES]);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = (struct alias_row){ copy, post };
	return RP_OK;
}

static enum rp_status
move_aliases(struct memory *memory, int64_t from, int64_t to, struct rp_error *err)
{
	struct table *aliases = &memory->tables[ALIASES];

	for (size_t i = 0; i < aliases->n; i++) {
		struct alias_row *row;

		if (ROW(memory, ALIASES, struct alias_row, i)->post != from)
			continue;
		row = table_change(aliases, i);
		if (row == NULL)
			return rp_fail_memory(err);
		row->post = to;
	}
	table_rekey(aliases, ALIASES_BY_POST);
	return RP_OK;
}

/*
 * Rows out of a table: blank there, copied to `taken`.  wanted() sees the row and two
 * things of the caller's.
 */
typedef bool wanted_row(const void *row, const void *what);

static enum rp_status
take_out(struct memory *memory, enum memory_table from, wanted_row *wanted,
         const void *what, struct table *taken, struct rp_error *err)
{
	struct table *table = &memory->tables[from];

	if (!table_init(taken, table->row_bytes, (table_key *[TABLE_INDEXES]){ NULL }))
		return rp_fail_memory(err);
	for (size_t i = 0; i < table->n; i++) {
		void *copy, *row;

		if (!wanted(table_row(table, i), what))
			continue;
		copy = table_add(taken);
		row = copy != NULL ? table_change(table, i) : NULL;
		if (row == NULL)
			return rp_fail_memory(err);
		memcpy(copy, row, table->row_bytes);
		memset(row, 0, table->row_bytes);
	}
	if (taken->n > 0)
		table_rekey_all(table);
	return RP_OK;
}

static bool
edge_touches(const void *row, const void *post)
{
	const struct edge *edge = row;

	return edge->child == *(const int64_t *)post ||
	       edge->parent == *(const int64_t *)post;
}

static enum rp_status
move_edges(struct memory *memory, int64_t from, int64_t to, struct rp_error *err)
{
	CLEANUP(table_done) struct table taken = { 0 };
	enum rp_status st = take_out(memory, EDGES, edge_touches, &from, &taken, err);

	for (size_t i = 0; st == RP_OK && i < taken.n; i++) {
		struct edge *edge = table_change(&taken, i);

		if (edge->child == from)
			edge->child = to;
		if (edge->parent == from)
			edge->parent = to;
		st = memory_edge_put(&memory->store, edge, err);
	}
	return st;
}

static bool
sighting_of_post(const void *row, const void *post)
{
	return ((const struct sighting *)row)->post == *(const int64_t *)post;
}

/* Versions have been moved before: one that met its like has left its handle in `as`. */
struct renamed {
	int64_t version, as;
};

static int64_t
new_version(const struct table *renamed, int64_t version)
{
	for (size_t i = 0; i < renamed->n; i++) {
		const struct renamed *row = table_row(renamed, i);

		if (row->version == version)
			return row->as;
	}
	return version;
}

static enum rp_status
move_sightings(struct memory *memory, int64_t from, int64_t to,
               const struct table *renamed, struct rp_error *err)
{
	CLEANUP(table_done) struct table taken = { 0 };
	enum rp_status st =
		take_out(memory, SIGHTINGS, sighting_of_post, &from, &taken, err);

	for (size_t i = 0; st == RP_OK && i < taken.n; i++) {
		struct sighting *sighting = table_change(&taken, i);

		sighting->post = to;
		sighting->version = new_version(renamed, sighting->version);
		st = memory_sighting_put(&memory->store, sighting, err);
	}
	return st;
}

static bool
version_of_post(const void *row, const void *post)
{
	return ((const struct version *)row)->post == *(const int64_t *)post;
}

/* Gives the versions new handles, noted in `renamed`. */
static enum rp_status
move_versions(struct memory *memory, const struct post *from, int64_t to,
              struct table *renamed, struct rp_error *err)
{
	CLEANUP(table_done) struct table taken = { 0 };
	enum rp_status st =
		take_out(memory, VERSIONS, version_of_post, &from->id, &taken, err);

	for (size_t i = 0; st == RP_OK && i < taken.n; i++) {
		struct version *version = table_change(&taken, i);
		struct renamed *row = table_add(renamed);
		bool fresh;

		if (row == NULL)
			return rp_fail_memory(err);
		row->version = version->id;
		version->post = to;
		version_becomes_edit(version, from->key);
		st = memory_version_put(&memory->store, version, &row->as, &fresh, err);
	}
	return st;
}

static bool
state_of_subject(const void *row, const void *subject)
{
	const struct state_note *note = row;

	return note->subject.n > 0 &&
	       rp_slice_eq(note->subject, *(const struct rp_slice *)subject);
}

/* Once the alias is known, memory_state_put() finds the post by it. */
static enum rp_status
move_states(struct memory *memory, struct rp_slice alias, struct rp_error *err)
{
	CLEANUP(table_done) struct table taken = { 0 };
	enum rp_status st =
		take_out(memory, STATES, state_of_subject, &alias, &taken, err);

	for (size_t i = 0; st == RP_OK && i < taken.n; i++)
		st = memory_state_put(&memory->store, table_row(&taken, i), err);
	return st;
}

static enum rp_status
merge_posts(struct memory *memory, const struct post *from, int64_t to,
            struct rp_error *err)
{
	struct table *posts = &memory->tables[POSTS];
	struct post more = *from;
	struct post *into = table_change(posts, (size_t)to - 1);
	struct post *gone = table_change(posts, (size_t)from->id - 1);

	if (into == NULL || gone == NULL)
		return rp_fail_memory(err);
	post_becomes_edit(&more, into->key);
	post_merge(into, &more); /* its texts are in our arena already */
	*gone = (struct post){ 0 };
	table_rekey_all(posts);
	return RP_OK;
}

static enum rp_status
merge(struct memory *memory, const struct post *from, int64_t to, struct rp_error *err)
{
	CLEANUP(table_done)
	struct table renamed = { .row_bytes = sizeof(struct renamed) };
	const struct post gone = *from;
	enum rp_status st = merge_posts(memory, &gone, to, err);

	if (st == RP_OK)
		st = move_aliases(memory, gone.id, to, err);
	if (st == RP_OK)
		st = add_alias(memory, gone.key, to, err);
	if (st == RP_OK)
		st = move_versions(memory, &gone, to, &renamed, err);
	if (st == RP_OK)
		st = move_sightings(memory, gone.id, to, &renamed, err);
	if (st == RP_OK)
		st = move_edges(memory, gone.id, to, err);
	return st == RP_OK ? move_states(memory, gone.key, err) : st;
}

enum rp_status
memory_alias_put(struct store *store, struct rp_slice alias, int64_t post,
                 struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	int64_t held;
	enum rp_status st = memory_post_id(memory, alias, &held, err);

	assert(memory_post(memory, post) != NULL);
	if (st == RP_FAILED)
		return st;
	if (st == RP_OK && held == post)
		return RP_OK;
	if (st == RP_OK)
		return merge(memory, memory_held_post(memory, held), post, err);
	st = add_alias(memory, alias, post, err);
	return st == RP_OK ? move_states(memory, alias, err) : st;
}
