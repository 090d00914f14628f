/*
 * note-tweet.js: the whole texts of long posts.
 *
 * Nothing in it says which post a text belongs to.  Both were made in the same moment,
 * and what is left of the post before its "…" begins the text; mentions that X put in
 * front of a reply are in one of the two only.  Where that fits two different texts, none
 * is taken.
 */
#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "core/collect/items.h"
#include "core/collect/x-archive.h"

#include <stdlib.h>

enum {
	BATCH_BYTES = 1 << 20,
	/* Nobody writes so much in ten seconds: in a file where it seems so no text can
	 * be told from another. */
	NEAR_MAX = 64,
	/* X cuts at 280; what is much shorter ends in "…" because its author wrote so. */
	CUT_MIN_LENGTH = 250,
};

#define ELLIPSIS RP_SLICE("\xe2\x80\xa6")

/* Both ids are minted while one request is served. */
#define NEAR_US (INT64_C(1) * RP_SECOND)
#define FAR_US (INT64_C(5) * RP_SECOND)

/* ---- reading the file ----------------------------------------------------------- */

/* Texts as posts have them: & < > escaped.  Whether notes are is not known: one that has
 * an escape in it is taken to be. */
static bool
escaped(struct arena *arena, struct rp_slice text, struct rp_slice *out)
{
	CLEANUP(buf_done) struct rp_buf buf;
	size_t at;

	buf_init(&buf, text.n * 5 + 1);
	if (rp_slice_find(text, RP_SLICE("&amp;")) < text.n ||
	    rp_slice_find(text, RP_SLICE("&lt;")) < text.n ||
	    rp_slice_find(text, RP_SLICE("&gt;")) < text.n)
		return arena_copy(arena, text, out);
	for (at = 0; at < text.n; at++)
		if (text.p[at] == '&')
			buf_add_str(&buf, "&amp;");
		else if (text.p[at] == '<')
			buf_add_str(&buf, "&lt;");
		else if (text.p[at] == '>')
			buf_add_str(&buf, "&gt;");
		else
			buf_add_byte(&buf, text.p[at]);
	return !buf_failed(&buf) && arena_copy(arena, buf_slice(&buf), out);
}

static bool
copy_text(const struct json_doc *doc, uint32_t node, struct arena *arena,
          struct rp_slice *out)
{
	*out = RP_SLICE("");
	if (json_type(doc, node) != JSON_STRING)
		return true;
	return json_text(doc, node, arena, out, NULL) == RP_OK &&
	       arena_copy(arena, *out, out);
}

static bool
read_links(const struct json_doc *doc, uint32_t core, struct arena *arena,
           struct x_note *note)
{
	const uint32_t urls = json_get(doc, core, RP_SLICE("urls"));
	struct json_each each = json_each(doc, urls);
	const size_t most = x_count(doc, urls);

	if (most == 0)
		return true;
	if ((note->links = arena_array(arena, most, sizeof(*note->links))) == NULL)
		return false;
	while (json_next(&each)) {
		struct x_link *link = &note->links[note->n_links];

		*link = (struct x_link){ .start = -1 };
		if (!copy_text(doc, json_get(doc, each.value, RP_SLICE("shortUrl")),
		               arena, &link->url) ||
		    !copy_text(doc, json_get(doc, each.value, RP_SLICE("expandedUrl")),
		               arena, &link->expanded))
			return false;
		note->n_links += link->url.n > 0;
	}
	return true;
}

static bool
add_note(struct x_archive *archive, size_t *room, const struct json_doc *doc,
         uint32_t node)
{
	const uint32_t note = json_get(doc, node, RP_SLICE("noteTweet"));
	const uint32_t core = json_get(doc, note, RP_SLICE("core"));
	struct x_note made = { .created = RP_TIME_UNKNOWN };
	struct rp_time time = RP_TIME_NONE;
	struct rp_slice text;

	if (!copy_text(doc, json_get(doc, note, RP_SLICE("createdAt")), archive->arena,
	               &text))
		return false;
	if (!rp_time_read(text, RP_BASIS_PLATFORM, &time) && !rp_time_read_x(text, &time))
		return true;
	made.created = time.lo;
	if (!copy_text(doc, json_get(doc, core, RP_SLICE("text")), archive->arena,
	               &text) ||
	    !escaped(archive->arena, text, &made.text) ||
	    !read_links(doc, core, archive->arena, &made))
		return false;
	if (made.text.n == 0)
		return true;
	archive->notes = arena_room(archive->arena, archive->notes, archive->n_notes,
	                            room, sizeof(*archive->notes));
	if (archive->notes == NULL)
		return false;
	archive->notes[archive->n_notes++] = made;
	return true;
}

static int
by_time(const void *pa, const void *pb)
{
	const struct x_note *a = pa, *b = pb;

	if (a->created != b->created)
		return a->created < b->created ? -1 : 1;
	return rp_slice_cmp(a->text, b->text);
}

/* false: no room for more; what is there is good. */
static bool
read_batch(struct x_archive *archive, struct items *items, struct json_doc *doc,
           size_t *room, enum rp_status *st, struct rp_error *err)
{
	struct item item;

	items_begin(items);
	while ((*st = items_next(items, &item, err)) == RP_OK)
		if (item.kind == ITEM_VALUE &&
		    json_parse(doc, item.value, NULL) == RP_OK &&
		    !add_note(archive, room, doc, JSON_ROOT))
			return false;
	return *st == RP_END && items_bytes(items).n > 0;
}

enum rp_status
x_notes_read(struct x_archive *archive, const struct reader *reader, struct rp_error *err)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct items items;
	size_t room = 0;
	enum rp_status st =
		items_init(&items, reader, BATCH_BYTES, RECORD_MAX_BYTES, err);

	if (st != RP_OK)
		return st;
	while (read_batch(archive, &items, &doc, &room, &st, err))
		continue;
	items_done(&items);
	if (archive->n_notes > 0)
		qsort(archive->notes, archive->n_notes, sizeof(*archive->notes), by_time);
	return st == RP_FAILED ? st : RP_OK;
}

/* ---- finding one ---------------------------------------------------------------- */

static struct rp_slice
without_mentions(struct rp_slice text)
{
	while (rp_slice_starts(text, RP_SLICE("@"))) {
		const size_t blank = rp_slice_find_byte(text, ' ');

		if (blank == text.n)
			break;
		text = rp_slice_skip(text, blank + 1);
	}
	return text;
}

/* What stands before the "…" at the end, behind which there may be one link; empty: it
 * is not cut. */
static struct rp_slice
before_cut(struct rp_slice text)
{
	struct rp_slice rest = rp_slice_trim(text);
	size_t link = rest.n;

	while (link > 0 && rest.p[link - 1] != ' ' && rest.p[link - 1] != '\n')
		link--;
	if (rp_slice_starts(rp_slice_skip(rest, link), RP_SLICE("https://t.co/")))
		rest = rp_slice_trim(rp_slice_from(rest.p, link));
	if (!rp_slice_ends(rest, ELLIPSIS))
		return RP_SLICE("");
	return rp_slice_trim(rp_slice_from(rest.p, rest.n - ELLIPSIS.n));
}

static size_t
first_since(const struct x_archive *archive, int64_t time)
{
	size_t low = 0, high = archive->n_notes;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (archive->notes[middle].created < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The one text of that time that begins so; *several: there are two. */
static const struct x_note *
find_note(const struct x_archive *archive, int64_t time, int64_t within,
          struct rp_slice begins, bool *several)
{
	const struct x_note *found = NULL;
	const size_t first = first_since(archive, time - within);

	for (size_t i = first; i < archive->n_notes; i++) {
		const struct x_note *note = &archive->notes[i];

		if (note->created > time + within)
			break;
		*several = i - first == NEAR_MAX;
		if (*several)
			return NULL;
		if (!rp_slice_starts(note->text, begins) &&
		    !rp_slice_starts(without_mentions(note->text),
		                     without_mentions(begins)))
			continue;
		if (found != NULL && !rp_slice_eq(found->text, note->text)) {
			*several = true;
			return NULL;
		}
		found = note;
	}
	return found;
}

void
x_archive_note(struct x_value *value, struct x_post *post)
{
	const struct x_archive *archive = value->archive;
	struct rp_slice text, begins;
	struct rp_time time;
	bool several = false;

	if (!archive->is_archive || post->kind == KIND_REPOST ||
	    json_type(value->doc, post->text) != JSON_STRING)
		return;
	text = x_text(value, post->text);
	begins = before_cut(text);
	if (begins.n == 0 || utf8_length(text) < CUT_MIN_LENGTH)
		return;
	time = rp_time_known(post->printed)
	               ? post->printed
	               : post_x_time(x_key(value, post->id), post->printed);
	if (archive->n_notes > 0 && rp_time_known(time)) {
		post->note = find_note(archive, time.lo, NEAR_US, begins, &several);
		if (post->note == NULL && !several)
			post->note =
				find_note(archive, time.lo, FAR_US, begins, &several);
	}
	/* There is more of it, and we do not know it. */
	post->cut = post->cut || post->note == NULL;
	if (post->note != NULL)
		post->cut = false;
}
