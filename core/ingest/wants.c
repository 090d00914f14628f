#include "core/ingest/wants.h"

#include "core/model/key.h"
#include "core/thread/again.h"

#include <stdlib.h>

#define GONE_FOR (30 * RP_DAY)
#define NOTHING_FOR (7 * RP_DAY)
/* X lets a post be edited for an hour. */
#define EDITABLE_FOR RP_HOUR

enum { SCRATCH_BYTES = 64 << 20 };

/* ---- what can be asked for --------------------------------------------------- */

/* Of X: nothing else can be one of its ids. */
static bool
is_number(struct rp_slice text)
{
	uint64_t number;

	return text.n > 0 && text.n <= 19 && text.p[0] != '0' &&
	       rp_slice_u64(text, &number) && number <= INT64_MAX;
}

static bool
can_be_asked(struct rp_slice key)
{
	const struct rp_slice native = key_native(key);

	if (key_is_account(key))
		return false;
	switch (key_platform(key)) {
	case PLATFORM_X:
		return is_number(native);
	case PLATFORM_BSKY:
		return rp_slice_starts(native, RP_SLICE("did:"));
	case PLATFORM_MASTO:
		return true;
	case PLATFORM_PRESS:
		return rp_slice_find_byte(native, '#') == native.n &&
		       (rp_slice_starts(native, RP_SLICE("https://")) ||
		        rp_slice_starts(native, RP_SLICE("http://")));
	case PLATFORM_NONE:
	case PLATFORM_FEED:
	case PLATFORM_SPOKEN:
	case PLATFORM_SAID:
		break;
	}
	return false;
}

static enum rp_status
add(struct wants *wants, const struct want *want, struct rp_error *err)
{
	struct want *list = arena_room(wants->arena, wants->list, wants->n, &wants->room,
	                               sizeof(*list));
	struct want *to;

	if (list == NULL)
		return rp_fail_memory(err);
	wants->list = list;
	to = &list[wants->n];
	*to = *want;
	if (!arena_copy(wants->arena, want->key, &to->key) ||
	    !arena_copy(wants->arena, want->author, &to->author) ||
	    !arena_copy(wants->arena, want->url, &to->url))
		return rp_fail_memory(err);
	wants->n++;
	return RP_OK;
}

/* ---- ghosts ------------------------------------------------------------------ */

static enum rp_status
strongest_edge(struct store *store, int64_t post, enum edge_type *out,
               struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CHILDREN, .id = post };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	*out = EDGE_LINK;
	while (st == RP_OK && *out != EDGE_REPLY &&
	       (st = store_next(it, &row, err)) == RP_OK)
		if (row.edge.type < *out)
			*out = row.edge.type;
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
add_ghost(struct store *store, const struct post *post, struct wants *out,
          struct rp_error *err)
{
	struct want want = { .key = post->key,
		             .author = post->author,
		             .url = post->url,
		             .looked = RP_TIME_UNKNOWN };
	enum rp_status st;

	if (post->kind != KIND_GHOST || !can_be_asked(post->key))
		return RP_OK;
	st = strongest_edge(store, post->id, &want.by, err);
	return st == RP_OK ? add(out, &want, err) : st;
}

enum rp_status
wants_ghosts(struct store *store, struct wants *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_POSTS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		st = add_ghost(store, &row.post, out, err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
add_key(struct store *store, struct rp_slice key, bool named, struct arena *scratch,
        struct wants *out, struct rp_error *err)
{
	const size_t n = out->n;
	struct post post = { .key = key };
	enum rp_status st;

	arena_reset(scratch);
	st = store_post_get(store, key, scratch, &post, err);
	if (st == RP_OK)
		st = add_ghost(store, &post, out, err);
	else if (st == RP_NOT_FOUND && !named)
		st = RP_OK;
	else if (st == RP_NOT_FOUND && can_be_asked(key))
		st = add(out, &(struct want){ .key = key, .looked = RP_TIME_UNKNOWN },
		         err);
	if (st == RP_OK && out->n > n)
		out->list[n].named = named;
	return st == RP_NOT_FOUND ? RP_OK : st;
}

enum rp_status
wants_around(struct store *store, struct rp_slice key, struct wants *out,
             struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_GHOSTS, .key = key };
	CLEANUP(arena_free) struct arena *scratch = arena_new(SCRATCH_BYTES);
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	if (scratch == NULL)
		return rp_fail_memory(err);
	st = add_key(store, key, true, scratch, out, err);
	if (st == RP_OK)
		st = store_scan(store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		st = add_key(store, row.key, false, scratch, out, err);
	return st == RP_END ? RP_OK : st;
}

/* ---- their order ------------------------------------------------------------- */

static int
newest_first(struct rp_slice a, struct rp_slice b)
{
	if (a.n != b.n)
		return a.n > b.n ? -1 : 1;
	return -rp_slice_cmp(a, b);
}

static int
want_cmp(const void *left, const void *right)
{
	const struct want *a = left, *b = right;

	if (a->named != b->named)
		return a->named ? -1 : 1;
	if (a->due != b->due)
		return a->due ? -1 : 1;
	if (a->looked != b->looked)
		return a->looked < b->looked ? -1 : 1; /* unknown is the smallest */
	if (a->by != b->by)
		return a->by < b->by ? -1 : 1;
	return newest_first(a->key, b->key);
}

static int
key_cmp(const void *left, const void *right)
{
	const struct want *a = left, *b = right;
	const int order = rp_slice_cmp(a->key, b->key);

	return order != 0 ? order : (int)b->named - (int)a->named;
}

void
wants_order(struct wants *wants)
{
	size_t kept = 0;

	if (wants->n == 0)
		return;
	qsort(wants->list, wants->n, sizeof(*wants->list), key_cmp);
	for (size_t i = 0; i < wants->n; i++)
		if (kept == 0 ||
		    !rp_slice_eq(wants->list[i].key, wants->list[kept - 1].key))
			wants->list[kept++] = wants->list[i];
	wants->n = kept;
	qsort(wants->list, kept, sizeof(*wants->list), want_cmp);
}

/* ---- posts that are held ------------------------------------------------------ */

static enum rp_status
last_look(struct store *store, struct rp_slice key, int64_t *last, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_LOOKS, .key = key };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if (row.look.at > *last)
			*last = row.look.at;
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
last_sighting(struct store *store, int64_t post, int64_t *last, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SIGHTINGS, .id = post };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	int64_t at;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		st = again_last(store, row.sighting.capture, row.sighting.as_of, &at,
		                err);
		if (st == RP_OK && at > *last)
			*last = at;
	}
	return st == RP_END ? RP_OK : st;
}

static bool
was_editable(const struct post *post, int64_t looked, int64_t now)
{
	const int64_t made = post->time.lo;

	return key_platform(post->key) == PLATFORM_X && rp_time_exact(post->time) &&
	       looked != RP_TIME_UNKNOWN && looked < made + EDITABLE_FOR &&
	       now >= made + EDITABLE_FOR;
}

static enum rp_status
add_post(struct store *store, const struct post *post, int64_t now, struct wants *out,
         struct rp_error *err)
{
	struct want want = { .key = post->key,
		             .author = post->author,
		             .url = post->url,
		             .looked = RP_TIME_UNKNOWN };
	enum rp_status st;

	if (post->kind == KIND_GHOST || !can_be_asked(post->key))
		return RP_OK;
	st = last_sighting(store, post->id, &want.looked, err);
	if (st == RP_OK)
		st = last_look(store, post->key, &want.looked, err);
	want.due = was_editable(post, want.looked, now);
	return st == RP_OK ? add(out, &want, err) : st;
}

enum rp_status
wants_posts(struct store *store, const struct filter *filter, int64_t now,
            struct wants *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_POSTS, .filter = filter };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		st = add_post(store, &row.post, now, out, err);
	if (st != RP_END)
		return st;
	wants_order(out);
	return RP_OK;
}

/* ---- what was asked before ---------------------------------------------------- */

static enum rp_status
find_look(struct store *store, struct rp_slice key, struct rp_slice way, struct look *out,
          struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_LOOKS, .key = key };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if (rp_slice_eq(row.look.way, way)) {
			*out = (struct look){ .at = row.look.at,
				              .outcome = row.look.outcome };
			return RP_OK;
		}
	return st == RP_END ? RP_NOT_FOUND : st;
}

enum rp_status
wants_may_ask(struct store *store, struct rp_slice key, struct rp_slice way, int64_t now,
              bool *out, struct rp_error *err)
{
	struct look look;
	enum rp_status st = find_look(store, key, way, &look, err);

	if (st == RP_NOT_FOUND) {
		*out = true;
		return RP_OK;
	}
	if (st != RP_OK)
		return st;
	/* One of the future was noted by a clock that is set right by now. */
	*out = look.outcome != LOOK_FOUND &&
	       (look.at > now ||
	        now - look.at >= (look.outcome == LOOK_GONE ? GONE_FOR : NOTHING_FOR));
	return RP_OK;
}

enum rp_status
wants_looked(struct store *store, struct rp_slice key, struct rp_slice way, int64_t since,
             enum look_outcome *out, struct rp_error *err)
{
	struct look look;
	enum rp_status st = find_look(store, key, way, &look, err);

	if (st == RP_OK && look.at < since)
		return RP_NOT_FOUND;
	if (st == RP_OK)
		*out = look.outcome;
	return st;
}
