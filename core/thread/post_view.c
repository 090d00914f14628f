#include "core/thread/again.h"
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

/* ---- state
 * ----------------------------------------------------------------------------- */

/* The last moment at which a source showed its text.  When we read that is none: a file
 * may be years old. */
static enum rp_status
last_shown(struct looker *looker, const struct post *post, int64_t *out,
           struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SIGHTINGS, .id = post->id };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = store_scan(looker->store, &scan, &iter, err);

	*out = RP_TIME_UNKNOWN;
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		int64_t last = RP_TIME_UNKNOWN;

		if (row.sighting.version == 0)
			continue;
		st = again_last(looker->store, row.sighting.capture, row.sighting.as_of,
		                &last, err);
		if (last > *out)
			*out = last; /* unknown is the smallest */
	}
	return st == RP_END ? RP_OK : st;
}

/* From when to when it went: the first note later than any that it was there. */
static enum rp_status
read_window(struct looker *looker, struct view_post *out, struct rp_error *err)
{
	struct state_note *notes = NULL;
	size_t n = 0;
	enum rp_status st =
		state_notes(looker->store, out->post.key, looker->arena, &notes, &n, err);

	/* Notes come by time. */
	for (size_t i = 0; st == RP_OK && i < n; i++) {
		const int64_t at = notes[i].as_of;

		if (at == RP_TIME_UNKNOWN || at < out->seen_until)
			continue;
		if (notes[i].state == STATE_LIVE) {
			out->seen_until = at;
			out->gone_by = RP_TIME_UNKNOWN;
		} else if (out->gone_by == RP_TIME_UNKNOWN) {
			out->gone_by = at;
		}
	}
	return st;
}

/* An account's state tells why we lack a post;
 * a post that is held needs a note itself. */
static enum post_state
ghost_state(const struct state_note *note, const struct view_author *author)
{
	if (note->subject.n > 0 && note->state != STATE_LIVE)
		return note->state;
	return author->state != STATE_LIVE ? author->state : STATE_NEVER_SEEN;
}

static bool
is_there(const struct state_note *note)
{
	return note->subject.n == 0 || note->state == STATE_LIVE;
}

static enum rp_status
read_state(struct looker *looker, struct view_post *out, struct rp_error *err)
{
	struct state_note note = { .as_of = RP_TIME_UNKNOWN };
	enum rp_status st = state_latest(looker->store, out->post.key, &note, err);

	out->seen_until = out->gone_by = RP_TIME_UNKNOWN;
	if (st != RP_OK)
		return st;
	if (out->post.kind == KIND_GHOST) {
		out->state = ghost_state(&note, &out->author);
		return RP_OK;
	}
	out->state = out->n_edits > 0 ? STATE_EDITED : STATE_LIVE;
	if (is_there(&note))
		return RP_OK;
	st = last_shown(looker, &out->post, &out->seen_until, err);
	if (st != RP_OK)
		return st;
	/* Shown again after it was said to be gone;
	 * of an unknown time, nobody can tell. */
	if (note.as_of != RP_TIME_UNKNOWN && out->seen_until > note.as_of) {
		out->seen_until = RP_TIME_UNKNOWN;
		return RP_OK;
	}
	out->state = note.state;
	return read_window(looker, out, err);
}

/* ---- all of it
 * ------------------------------------------------------------------------- */

enum rp_status
look_at(struct looker *looker, const struct post *post, struct view_post *out,
        struct rp_error *err)
{
	enum post_state ignored;
	size_t author;
	enum rp_status st;

	*out = (struct view_post){ .post = *post, .time = post->time };
	if ((st = authors_find(looker->authors, post->author, &author, err)) != RP_OK ||
	    (st = authors_state(looker->authors, post->author, &ignored, err)) != RP_OK)
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
	struct looker looker = { store, &authors, arena };
	struct view_post view;
	struct post copy;
	struct link *links;
	size_t n, primary = 0;
	enum rp_status st = authors_init(&authors, store, people, arena, err);

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
