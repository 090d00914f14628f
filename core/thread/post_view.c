#include "core/thread/link.h"
#include "core/thread/look.h"
#include "core/thread/thread.h"

#include <stdlib.h>

/* ---- wordings
 * -------------------------------------------------------------------------- */

static bool
copy_version(struct arena *arena, const struct version *from, struct version *to)
{
	*to = *from;
	return arena_copy(arena, from->native, &to->native) &&
	       arena_copy(arena, from->text, &to->text) &&
	       arena_copy(arena, from->text_raw, &to->text_raw) &&
	       arena_copy(arena, from->lang, &to->lang) &&
	       arena_copy(arena, from->mentions, &to->mentions) &&
	       arena_copy(arena, from->media, &to->media) &&
	       arena_copy(arena, from->poll, &to->poll);
}

static enum rp_status
read_versions(struct looker *looker, struct view_post *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_VERSIONS, .id = out->post.id };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	CLEANUP(buf_done) struct rp_buf rows;
	union scan_row row;
	enum rp_status st;

	buf_init(&rows, SIZE_MAX);
	st = store_scan(looker->store, &scan, &iter, err);
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		struct version *version = (void *)buf_reserve(&rows, sizeof(*version));

		if (version == NULL ||
		    !copy_version(looker->arena, &row.version, version))
			return rp_fail_memory(err);
		rows.n += sizeof(*version);
	}
	if (st != RP_END)
		return st;
	if (!wordings(looker->arena, (const void *)rows.p,
	              rows.n / sizeof(struct version), out->post.author, &out->versions,
	              &out->n_versions))
		return rp_fail_memory(err);
	if (out->n_versions > 0)
		out->version = out->versions[out->n_versions - 1];
	return RP_OK;
}

static int
cmp_ids(const void *a, const void *b)
{
	const struct rp_slice *x = a, *y = b;

	return key_is_later_id(*x, *y) - key_is_later_id(*y, *x);
}

/* Later ids are how the platform says that a post was edited; two wordings may only come
 * of two sources that read it differently. */
static enum rp_status
read_edits(struct looker *looker, struct view_post *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_ALIASES, .id = out->post.id };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	struct rp_slice *edits = NULL;
	size_t n = 0, room = 0;
	union scan_row row;
	enum rp_status st = store_scan(looker->store, &scan, &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		if (!key_is_later_id(row.key, out->post.key))
			continue;
		if (n == room) {
			room = room ? 2 * room : 8;
			edits = arena_grow(looker->arena, edits, n, room, sizeof(*edits));
		}
		if (edits == NULL || !arena_copy(looker->arena, row.key, &edits[n++]))
			return rp_fail_memory(err);
	}
	if (n > 0)
		qsort(edits, n, sizeof(*edits), cmp_ids);
	out->edits = edits;
	out->n_edits = n;
	return st == RP_END ? RP_OK : st;
}

/* ---- when it was seen
 * ------------------------------------------------------------------ */

struct capture_time {
	int64_t id, at;
};

static enum rp_status
read_captures(struct looker *looker, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = RP_OK;

	if (looker->has_captures)
		return RP_OK;
	st = store_scan(looker->store, &scan, &iter, err);
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		const struct capture_time time = { row.capture.id, row.capture.at };

		buf_add(&looker->captures,
		        rp_slice_from((const char *)&time, sizeof(time)));
	}
	if (st != RP_END)
		return st;
	if (buf_failed(&looker->captures))
		return rp_fail_memory(err);
	looker->has_captures = true;
	return RP_OK;
}

static int
cmp_capture(const void *pa, const void *pb)
{
	const struct capture_time *a = pa, *b = pb;

	return (a->id > b->id) - (a->id < b->id);
}

static int64_t
capture_at(const struct looker *looker, int64_t capture)
{
	const struct capture_time like = { .id = capture };
	const struct capture_time *found = NULL;

	if (looker->captures.n > 0)
		found = bsearch(&like, looker->captures.p,
		                looker->captures.n / sizeof(like), sizeof(like),
		                cmp_capture);
	return found != NULL ? found->at : RP_TIME_UNKNOWN;
}

/* The last moment at which somebody saw its text: what the source says, else we read. */
static enum rp_status
read_seen_until(struct looker *looker, struct view_post *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SIGHTINGS, .id = out->post.id };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = read_captures(looker, err);

	if (st == RP_OK)
		st = store_scan(looker->store, &scan, &iter, err);
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		int64_t at = row.sighting.as_of;

		if (row.sighting.version == 0)
			continue;
		if (at == RP_TIME_UNKNOWN)
			at = capture_at(looker, row.sighting.capture);
		if (at > out->seen_until)
			out->seen_until = at;
	}
	return st == RP_END ? RP_OK : st;
}

/* ---- state
 * ----------------------------------------------------------------------------- */

/* An account's state tells why we lack a post; a post that is held needs a note itself.
 */
static enum rp_status
ghost_state(struct looker *looker, const struct state_note *note, struct view_post *out,
            struct rp_error *err)
{
	enum rp_status st;

	out->state = STATE_LIVE;
	if (note->subject.n > 0)
		out->state = note->state;
	if (out->state != STATE_LIVE)
		return RP_OK;
	st = authors_state(looker->authors, out->post.author, &out->state, err);
	if (out->state == STATE_LIVE)
		out->state = STATE_NEVER_SEEN;
	return st;
}

static enum rp_status
read_state(struct looker *looker, struct view_post *out, struct rp_error *err)
{
	struct state_note note = { .as_of = RP_TIME_UNKNOWN };
	enum rp_status st = state_latest(looker->store, out->post.key, &note, err);

	out->seen_until = RP_TIME_UNKNOWN;
	if (st != RP_OK)
		return st;
	if (out->post.kind == KIND_GHOST)
		return ghost_state(looker, &note, out, err);
	out->state = note.subject.n > 0 ? note.state : STATE_LIVE;
	if (out->state == STATE_LIVE && out->n_edits > 0)
		out->state = STATE_EDITED;
	if (out->state == STATE_LIVE || out->state == STATE_EDITED)
		return RP_OK;
	return read_seen_until(looker, out, err);
}

/* ---- all of it
 * ------------------------------------------------------------------------- */

void
looker_init(struct looker *looker, struct authors *authors, struct arena *arena)
{
	*looker = (struct looker){ .store = authors->store,
		                   .authors = authors,
		                   .arena = arena };
	buf_init(&looker->captures, SIZE_MAX);
}

void
looker_done(struct looker *looker)
{
	buf_done(&looker->captures);
}

enum rp_status
look_at(struct looker *looker, const struct post *post, struct view_post *out,
        struct rp_error *err)
{
	size_t author;
	enum rp_status st;

	*out = (struct view_post){ .post = *post, .time = post->time };
	st = authors_find(looker->authors, post->author, &author, err);
	if (st != RP_OK)
		return st;
	out->author = looker->authors->list[author].view;
	if (post->kind != KIND_GHOST && (st = read_edits(looker, out, err)) == RP_OK)
		st = read_versions(looker, out, err);
	return st == RP_OK ? read_state(looker, out, err) : st;
}

static bool
copy_post(struct arena *arena, const struct post *from, struct post *to)
{
	*to = *from;
	return arena_copy(arena, from->key, &to->key) &&
	       arena_copy(arena, from->author, &to->author) &&
	       arena_copy(arena, from->conversation, &to->conversation) &&
	       arena_copy(arena, from->url, &to->url) &&
	       arena_copy(arena, from->context, &to->context) &&
	       arena_copy(arena, from->place, &to->place) &&
	       arena_copy(arena, from->zone, &to->zone) &&
	       arena_copy(arena, from->title, &to->title) &&
	       arena_copy(arena, from->not_before, &to->not_before) &&
	       arena_copy(arena, from->not_after, &to->not_after);
}

/* What a repost passes on: by the first such edge, links being sorted. */
static enum rp_status
look_at_original(struct looker *looker, const struct link *links, size_t n,
                 struct view_post *view, struct rp_error *err)
{
	struct view_post *original;
	struct post post;
	enum rp_status st;
	size_t i = 0;

	while (i < n && links[i].edge.type != EDGE_REPOST)
		i++;
	if (view->post.kind != KIND_REPOST || i == n)
		return RP_OK;
	original = arena_alloc(looker->arena, sizeof(*original));
	if (original == NULL)
		return rp_fail_memory(err);
	st = store_post_get(looker->store, links[i].edge.parent_key, looker->arena, &post,
	                    err);
	if (st == RP_OK)
		st = look_at(looker, &post, original, err);
	if (st == RP_OK)
		view->passed_on = original;
	return st == RP_NOT_FOUND ? RP_OK : st;
}

enum rp_status
post_view(struct store *store, const struct post *post, const struct people *people,
          struct arena *arena, struct view_post *out, struct rp_error *err)
{
	CLEANUP(authors_done) struct authors authors;
	CLEANUP(looker_done) struct looker looker;
	struct view_post view;
	struct post copy;
	struct link *links;
	size_t n, primary = 0;
	enum rp_status st = authors_init(&authors, store, people, arena, err);

	looker_init(&looker, &authors, arena);
	if (st != RP_OK)
		return st;
	if (!copy_post(arena, post, &copy))
		return rp_fail_memory(err);
	st = look_at(&looker, &copy, &view, err);
	if (st == RP_OK)
		st = links_read(store, &copy, arena, &links, &n, err);
	if (st != RP_OK)
		return st;
	while (primary < n && !link_holds(&links[primary]))
		primary++;
	if (!links_show(links, n, primary, arena, &view))
		return rp_fail_memory(err);
	if ((st = look_at_original(&looker, links, n, &view, err)) != RP_OK)
		return st;
	*out = view;
	return RP_OK;
}
