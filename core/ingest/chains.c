#include "core/ingest/chains.h"

#include <stdlib.h>

enum { APPLY_BYTES = 16 << 20 }; /* the posts of one chain; far more than they need */

void
chains_done(struct chains *chains)
{
	chains->kept = map_free(chains->kept);
	chains->arena = arena_free(chains->arena);
}

/* Every poll tells the same chain again: each is kept once. */
static enum rp_status
keep(struct chains *chains, struct arena *scratch, const struct rp_slice *ids, size_t n,
     struct rp_error *err)
{
	struct rp_slice lines = { 0 };

	if (chains->kept == NULL)
		chains->kept = map_new();
	if (chains->arena == NULL)
		chains->arena = arena_new(SIZE_MAX / 2);
	if (chains->kept == NULL || chains->arena == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n; i++)
		if (!arena_join(scratch, lines, ids[i], &lines) ||
		    !arena_join(scratch, lines, RP_SLICE("\n"), &lines))
			return rp_fail_memory(err);
	if (map_get(chains->kept, lines) != NULL)
		return RP_OK;
	if (!arena_copy(chains->arena, lines, &lines) ||
	    map_put(chains->kept, lines, (uint32_t)n, NULL) == NULL)
		return rp_fail_memory(err);
	return RP_OK;
}

/* ---- whose they are ------------------------------------------------------------ */

/* Was a wording by the post's author seen under this very id? */
static enum rp_status
was_shown(struct store *store, const struct post *post, struct rp_slice id, bool *out,
          struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_VERSIONS, .id = post->id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	*out = false;
	while (st == RP_OK && !*out && (st = store_next(it, &row, err)) == RP_OK)
		*out = rp_slice_eq(row.version.native.n ? row.version.native : post->key,
		                   id) &&
		       version_is_by(&row.version, post->author);
	return st == RP_END ? RP_OK : st;
}

enum rp_status
chains_judge(struct chains *chains, struct known *known, const struct rp_slice *ids,
             size_t n, struct rp_slice author, bool *follow_out, struct rp_error *err)
{
	bool one = true, sure = true, shown;
	struct post held;
	enum rp_status st;

	*follow_out = false;
	if (chains->later)
		return keep(chains, known->arena, ids, n, err);
	for (size_t i = 0; i < n; i++) {
		st = known_get(known, ids[i], &held, err);
		if (st == RP_NOT_FOUND ||
		    (st == RP_OK && (held.kind == KIND_GHOST || held.author.n == 0)))
			continue;
		if (st == RP_OK)
			st = was_shown(known->store, &held, ids[i], &shown, err);
		if (st != RP_OK)
			return st;
		sure = sure && shown;
		one = one && (author.n == 0 || rp_slice_eq(held.author, author));
		author = held.author;
	}
	*follow_out = one;
	chains->doubtful = chains->doubtful || (!one && !sure);
	return RP_OK;
}

enum rp_status
chains_recheck(struct chains *chains, struct store *store, const struct post *held,
               const struct post *more, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_ALIASES, .id = held->id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	if (chains->later || held->kind == KIND_GHOST || more->kind == KIND_GHOST ||
	    held->author.n == 0 || more->author.n == 0 ||
	    rp_slice_eq(held->author, more->author))
		return RP_OK;
	st = store_scan(store, &scan, &it, err);
	if (st == RP_OK)
		st = store_next(it, &row, err);
	if (st != RP_OK && st != RP_END)
		return st;
	/* Of a post without other ids the smaller author counts, once and for all. */
	if (st == RP_OK || (key_platform(held->key) == PLATFORM_X &&
	                    rp_slice_cmp(more->author, held->author) < 0))
		chains->doubtful = true;
	return RP_OK;
}

/* ---- made one ------------------------------------------------------------------ */

enum rp_status
chains_join(struct known *known, const struct rp_slice *ids, size_t n, struct post *post,
            struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < n && st == RP_OK; i++) {
		struct post held = { .id = 0 };

		st = known_get(known, ids[i], &held, err);
		if ((st != RP_OK && st != RP_NOT_FOUND) || held.id == post->id)
			continue;
		if (st == RP_OK && key_is_later_id(post->key, held.key)) {
			st = known_alias(known, post->key, held.id, err);
			post->key = held.key;
			post->id = held.id;
		} else {
			st = known_alias(known, ids[i], post->id, err);
		}
	}
	return st;
}

/* The post of the first id, a ghost's if need be: it gives all of them its key. */
static enum rp_status
first_of(struct known *known, struct rp_slice id, struct post *out, struct rp_error *err)
{
	enum rp_status st = known_get(known, id, out, err);

	if (st != RP_NOT_FOUND)
		return st;
	*out = (struct post){ .key = id, .kind = KIND_GHOST, .time = key_time(id) };
	return known_put(known, out, err);
}

static enum rp_status
apply(struct chains *chains, struct store *store, struct arena *arena,
      struct rp_slice lines, struct rp_error *err)
{
	CLEANUP(known_done) struct known known = { 0 };
	size_t n = *map_get(chains->kept, lines);
	struct rp_slice *ids = arena_array(arena, n, sizeof(*ids));
	struct post post;
	bool follow;
	enum rp_status st = known_init(&known, store, arena, err);

	if (ids == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n; i++)
		ids[i] = rp_slice_cut(&lines, '\n');
	if (st == RP_OK)
		st = chains_judge(chains, &known, ids, n, RP_SLICE(""), &follow, err);
	if (st != RP_OK || !follow)
		return st;
	st = first_of(&known, ids[0], &post, err);
	return st == RP_OK ? chains_join(&known, ids, n, &post, err) : st;
}

static int
cmp_slice(const void *a, const void *b)
{
	return rp_slice_cmp(*(const struct rp_slice *)a, *(const struct rp_slice *)b);
}

enum rp_status
chains_apply(struct chains *chains, struct store *store, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(APPLY_BYTES);
	size_t n = chains->kept ? map_count(chains->kept) : 0;
	struct rp_slice *list;
	enum rp_status st = RP_OK;

	chains->later = false;
	if (n == 0)
		return RP_OK;
	list = arena_array(chains->arena, n, sizeof(*list));
	if (arena == NULL || list == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n; i++)
		list[i] = map_key(chains->kept, i);
	qsort(list, n, sizeof(*list), cmp_slice);
	for (size_t i = 0; i < n && st == RP_OK; i++) {
		arena_reset(arena);
		st = apply(chains, store, arena, list[i], err);
	}
	chains->doubtful = false;
	return st;
}
