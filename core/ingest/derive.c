#include "core/ingest/derive.h"

#include "core/base/map.h"

struct derive {
	struct store *store;
	struct known *known;
	const struct batch *batch;
	int64_t capture;
	struct chains *chains;
	struct arena *scratch;
	struct tally *tally;
};

/* A row for a key that is only referred to. */
static enum rp_status
make_ghost(const struct derive *d, struct rp_slice key, int64_t *id_out,
           struct rp_error *err)
{
	struct post ghost = { .key = key, .kind = KIND_GHOST, .time = key_time(key) };
	enum rp_status st = known_put(d->known, &ghost, err);

	if (st != RP_OK)
		return st;
	d->tally->ghosts++;
	*id_out = ghost.id;
	return RP_OK;
}

/* The handle of the post a key names, a ghost's if need be. */
static enum rp_status
resolve(const struct derive *d, struct rp_slice key, int64_t *id_out,
        struct rp_error *err)
{
	struct post held;
	enum rp_status st = known_get(d->known, key, &held, err);

	if (st == RP_NOT_FOUND)
		return make_ghost(d, key, id_out, err);
	if (st == RP_OK)
		*id_out = held.id;
	return st;
}

/*
 * The post's own row.  *was_out tells what was held before: -1 for nothing.  `post` gets
 * the handle, and the held key when it came under a later id of an edited post.
 */
static enum rp_status
put_post(const struct derive *d, struct post *post, int *was_out, struct rp_error *err)
{
	struct post held;
	enum rp_status st = known_get(d->known, post->key, &held, err);

	if (st == RP_NOT_FOUND) {
		*was_out = -1;
		return known_put(d->known, post, err);
	}
	if (st != RP_OK)
		return st;

	*was_out = (int)held.kind;
	st = chains_recheck(d->chains, d->store, &held, post, err);
	if (st != RP_OK)
		return st;
	if (!rp_slice_eq(held.key, post->key))
		post_becomes_edit(post, held.key);
	post->id = held.id;
	if (!post_merge(&held, post))
		return RP_OK;
	return known_put(d->known, &held, err);
}

/* What is said of an edit, as of a post that has no other id. */
static void
stand_alone(struct observation *seen)
{
	seen->n_aliases = 0;
	if (seen->version.native.n == 0)
		return;
	seen->post.key = seen->version.native;
	seen->post.time = post_x_time(seen->post.key, seen->version.printed);
	seen->version.native = RP_SLICE("");
}

/* The author of `seen`, with what is held of it, as put_post() will come to it. */
static enum rp_status
author_of(const struct derive *d, const struct observation *seen, struct rp_slice *out,
          struct rp_error *err)
{
	struct post post = seen->post, held;
	enum rp_status st;

	st = known_get(d->known, seen->version.native.n ? seen->version.native : post.key,
	               &held, err);
	if (st == RP_OK)
		st = chains_recheck(d->chains, d->store, &held, &post, err);
	if (st == RP_OK)
		post_merge(&post, &held);
	*out = post.author;
	return st == RP_NOT_FOUND ? RP_OK : st;
}

/* Other ids of the post are followed if these are to be believed, and it is time. */
static enum rp_status
judge_aliases(const struct derive *d, struct observation *seen, struct rp_error *err)
{
	size_t n = seen->n_aliases + 1;
	struct rp_slice *ids = arena_array(d->scratch, n, sizeof(*ids));
	struct rp_slice author;
	bool follow;
	enum rp_status st;

	if (ids == NULL)
		return rp_fail_memory(err);
	ids[0] = seen->post.key;
	memcpy(ids + 1, seen->aliases, (n - 1) * sizeof(*ids));
	st = author_of(d, seen, &author, err);
	if (st == RP_OK)
		st = chains_judge(d->chains, d->known, ids, n, author, &follow, err);
	if (st == RP_OK && !follow)
		stand_alone(seen);
	return st;
}

static enum rp_status
put_edges(const struct derive *d, const struct observation *seen, int64_t post,
          struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < seen->n_edges && st == RP_OK; i++) {
		struct edge edge = { .child = post,
			             .type = seen->edges[i].type,
			             .origin = seen->edges[i].origin,
			             .confidence_percent = 100 };

		st = resolve(d, seen->edges[i].parent, &edge.parent, err);
		if (st == RP_OK)
			st = store_edge_put(d->store, &edge, err);
	}
	return st;
}

/* Other posts that this one only names: its conversation, and what bounds its time. */
static enum rp_status
put_references(const struct derive *d, const struct post *post, struct rp_error *err)
{
	const struct rp_slice keys[] = { post->conversation, post->not_before,
		                         post->not_after };
	enum rp_status st = RP_OK;
	int64_t ignored;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && st == RP_OK; i++)
		if (keys[i].n != 0 && !rp_slice_eq(keys[i], post->key))
			st = resolve(d, keys[i], &ignored, err);
	return st;
}

/* Is `version`, which has a fingerprint of its own, another form of a wording held? */
static enum rp_status
find_wording(const struct derive *d, const struct version *version,
             struct rp_slice author, bool *found_out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_VERSIONS, .id = version->post };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	*found_out = false;
	st = store_scan(d->store, &scan, &it, err);
	if (st != RP_OK)
		return st;
	while (!*found_out && (st = store_next(it, &row, err)) == RP_OK)
		*found_out = row.version.id != version->id &&
		             (version_is_cut_of(version, &row.version) ||
		              version_tells_no_more(version, &row.version, author) ||
		              version_tells_no_more(&row.version, version, author));
	return st == RP_END ? RP_OK : st;
}

/* Under an id that turned out to be an edit of another post, the wording is that edit's.
 */
static enum rp_status
put_version(const struct derive *d, const struct observation *seen,
            const struct post *post, int was, struct version *version,
            struct rp_error *err)
{
	bool fresh, held;
	enum rp_status st;

	*version = seen->version;
	version->post = post->id;
	if (!rp_slice_eq(seen->post.key, post->key))
		version_becomes_edit(version, seen->post.key);
	version_fingerprint(version, seen->post.author);
	st = store_version_put(d->store, version, &version->id, &fresh, err);
	if (st != RP_OK)
		return st;

	d->tally->records++;
	if (was <= (int)KIND_GHOST) {
		d->tally->fresh++;
		if (was == (int)KIND_GHOST && d->tally->ghosts > 0)
			d->tally->ghosts--;
		return RP_OK;
	}
	if (!fresh) {
		d->tally->same++;
		return RP_OK;
	}
	st = find_wording(d, version, seen->post.author, &held, err);
	if (st != RP_OK)
		return st;
	if (held)
		d->tally->same++;
	else
		d->tally->versions++;
	return RP_OK;
}

static enum rp_status
derive_ghost(const struct derive *d, const struct post *seen, struct rp_error *err)
{
	struct post post = *seen;
	enum rp_status st;
	int was;

	if (!rp_time_known(post.time))
		post.time = key_time(post.key);
	st = put_post(d, &post, &was, err);
	if (st == RP_OK && was < 0)
		d->tally->ghosts++;
	return st;
}

static enum rp_status
derive_one(const struct derive *d, struct observation *seen, const int64_t *record_ids,
           struct rp_error *err)
{
	struct sighting sighting = { .capture = d->capture };
	struct version version;
	struct post post;
	enum rp_status st;
	int was;

	if (seen->post.kind == KIND_GHOST)
		return derive_ghost(d, &seen->post, err);
	if (seen->n_aliases > 0 && (st = judge_aliases(d, seen, err)) != RP_OK)
		return st;
	post = seen->post;
	if ((st = put_post(d, &post, &was, err)) != RP_OK ||
	    (st = chains_join(d->known, seen->aliases, seen->n_aliases, &post, err)) !=
	            RP_OK ||
	    (st = put_version(d, seen, &post, was, &version, err)) != RP_OK ||
	    (st = put_edges(d, seen, post.id, err)) != RP_OK ||
	    (st = put_references(d, &post, err)) != RP_OK)
		return st;

	sighting.post = post.id;
	sighting.version = version.id;
	sighting.record = record_ids[seen->record];
	sighting.offset = seen->offset;
	sighting.bytes = seen->bytes;
	sighting.as_of = seen->version.as_of;
	return store_sighting_put(d->store, &sighting, err);
}

/* Key, handle and name in one; the lengths in front keep "ab", "c" apart from "a", "bc".
 */
static bool
account_id(struct arena *arena, const struct account *account, struct rp_slice *out)
{
	const size_t lengths[] = { account->key.n, account->handle.n };
	struct rp_slice head = rp_slice_from((const char *)lengths, sizeof(lengths));
	struct rp_slice names;

	return arena_join(arena, head, account->key, &head) &&
	       arena_join(arena, account->handle, account->name, &names) &&
	       arena_join(arena, head, names, out);
}

/* The same handle and name of one account, from a hundred posts, is one row to write. */
static enum rp_status
derive_accounts(const struct derive *d, struct rp_error *err)
{
	CLEANUP(map_free) struct map *index = map_new();
	struct account *merged =
		arena_array(d->scratch, d->batch->n_accounts, sizeof(*merged));
	size_t n = 0;
	enum rp_status st = RP_OK;

	if (index == NULL || merged == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < d->batch->n_accounts; i++) {
		const struct account *seen = &d->batch->accounts[i];
		struct rp_slice id;
		uint32_t *at;
		bool fresh;

		if (!account_id(d->scratch, seen, &id) ||
		    (at = map_put(index, id, (uint32_t)n, &fresh)) == NULL)
			return rp_fail_memory(err);
		if (fresh) {
			merged[n++] = *seen;
			continue;
		}
		account_merge(&merged[*at], seen);
	}
	for (size_t i = 0; i < n && st == RP_OK; i++)
		st = store_account_put(d->store, &merged[i], err);
	return st;
}

static enum rp_status
derive_states(const struct derive *d, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	int64_t ignored;

	for (size_t i = 0; i < d->batch->n_states && st == RP_OK; i++) {
		struct state_note note = d->batch->states[i];

		note.capture = d->capture;
		if (!key_is_account(note.subject))
			st = resolve(d, note.subject, &ignored, err);
		if (st == RP_OK)
			st = store_state_put(d->store, &note, err);
	}
	return st;
}

static enum rp_status
derive_rejects(const struct derive *d, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < d->batch->n_rejects && st == RP_OK; i++) {
		struct reject reject = d->batch->rejects[i];

		reject.capture = d->capture;
		d->tally->records++;
		d->tally->rejected++;
		st = store_reject_put(d->store, &reject, err);
	}
	return st;
}

enum rp_status
derive_batch(struct store *store, const struct batch *batch, int64_t capture,
             const int64_t *record_ids, struct chains *chains, struct arena *scratch,
             struct tally *tally, struct rp_error *err)
{
	CLEANUP(known_done) struct known known = { 0 };
	const struct derive d = { store, &known, batch, capture, chains, scratch, tally };
	enum rp_status st = known_init(&known, store, batch->arena, err);

	for (size_t i = 0; i < batch->n_observations && st == RP_OK; i++) {
		struct observation seen = batch->observations[i];

		arena_reset(scratch);
		st = derive_one(&d, &seen, record_ids, err);
	}
	arena_reset(scratch);
	if (st == RP_OK && batch->n_accounts > 0)
		st = derive_accounts(&d, err);
	if (st == RP_OK)
		st = derive_states(&d, err);
	if (st == RP_OK)
		st = derive_rejects(&d, err);
	return st;
}
