/*
 * Posts taken back.  Every table is walked through, and rows of such a post left blank.
 */
#include "storage/memory/memory.h"

#include <stdlib.h>

struct drop {
	struct memory *memory;
	bool *dropped;       /* by handle */
	struct map *authors; /* of the dropped; 1: nobody else's post is by them */
};

typedef bool hangs_on(const void *row, const struct drop *drop);

static bool
sighting_hangs(const void *row, const struct drop *drop)
{
	return drop->dropped[((const struct sighting *)row)->post];
}

static bool
version_hangs(const void *row, const struct drop *drop)
{
	return drop->dropped[((const struct version *)row)->post];
}

static bool
alias_hangs(const void *row, const struct drop *drop)
{
	return drop->dropped[((const struct alias_row *)row)->post];
}

static bool
edge_hangs(const void *row, const struct drop *drop)
{
	return drop->dropped[((const struct edge *)row)->child];
}

static bool
account_hangs(const void *row, const struct drop *drop)
{
	const uint32_t *idle = map_get(drop->authors, ((const struct account *)row)->key);

	return idle != NULL && *idle == 1;
}

static enum rp_status
blank(struct drop *drop, enum memory_table which, hangs_on *hangs, struct rp_error *err)
{
	struct table *table = &drop->memory->tables[which];

	for (size_t i = 0; i < table->n; i++) {
		void *row;

		if (!hangs(table_row(table, i), drop))
			continue;
		row = table_change(table, i);
		if (row == NULL)
			return rp_fail_memory(err);
		memset(row, 0, table->row_bytes);
	}
	table_rekey_all(table);
	return RP_OK;
}

static enum rp_status
drop_rows(struct drop *drop, const int64_t *posts, size_t n, struct rp_error *err)
{
	struct memory *memory = drop->memory;
	struct table *table = &memory->tables[POSTS], *edges = &memory->tables[EDGES];

	for (size_t i = 0; i < n; i++) {
		struct post *post = table_change(table, (size_t)posts[i] - 1);

		if (post == NULL || (post->author.n > 0 &&
		                     !map_put(drop->authors, post->author, 1, NULL)))
			return rp_fail_memory(err);
		*post = (struct post){ .id = post->id,
			               .key = post->key,
			               .kind = KIND_GHOST,
			               .time = key_time(post->key) };
	}
	for (size_t i = 0; i < edges->n; i++) /* what is left refers to them */
		drop->dropped[ROW(memory, EDGES, struct edge, i)->parent] = false;
	for (size_t i = 0; i < n; i++)
		if (drop->dropped[posts[i]])
			*(struct post *)table_change(table, (size_t)posts[i] - 1) =
				(struct post){ 0 };
	table_rekey_all(table);
	for (size_t i = 0; i < table->n; i++) {
		uint32_t *idle = map_get(drop->authors,
		                         ROW(memory, POSTS, struct post, i)->author);

		if (idle != NULL)
			*idle = 0;
	}
	return RP_OK;
}

static enum rp_status
drop_all(struct drop *drop, const int64_t *posts, size_t n, struct rp_error *err)
{
	enum rp_status st;

	for (size_t i = 0; i < n; i++)
		drop->dropped[posts[i]] = true;
	if ((st = blank(drop, SIGHTINGS, sighting_hangs, err)) == RP_OK &&
	    (st = blank(drop, VERSIONS, version_hangs, err)) == RP_OK &&
	    (st = blank(drop, ALIASES, alias_hangs, err)) == RP_OK &&
	    (st = blank(drop, EDGES, edge_hangs, err)) == RP_OK &&
	    (st = drop_rows(drop, posts, n, err)) == RP_OK)
		st = blank(drop, ACCOUNTS, account_hangs, err);
	return st;
}

enum rp_status
memory_posts_drop(struct store *store, const int64_t *posts, size_t n,
                  struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	CLEANUP(map_free) struct map *authors = map_new();
	struct drop drop = { memory, NULL, authors };
	enum rp_status st;

	drop.dropped = calloc(memory->tables[POSTS].n + 1, sizeof(*drop.dropped));
	st = drop.dropped != NULL && authors != NULL ? drop_all(&drop, posts, n, err)
	                                             : rp_fail_memory(err);
	free(drop.dropped);
	return st;
}
