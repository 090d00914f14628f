/*
 * The words of a record: facets say which bytes of the text are links and mentions.
 *
 * What a link shows is mostly its address cut short ("example.org/a/lon..."); that is put
 * back to the whole.  A link that shows other words stays as it is.
 */
#include "core/collect/bsky.h"

#include "core/base/utf8.h"

#include <stdlib.h>

enum { FACETS_MAX = 1000 }; /* in 3000 bytes of text */

struct facet {
	size_t from, to;
	struct rp_slice uri, did;
};

static bool
is_boundary(struct rp_slice text, size_t at)
{
	return at == text.n || ((unsigned char)text.p[at] & 0xc0) != 0x80;
}

static bool
read_facet(struct bsky *bsky, struct rp_slice text, uint32_t node, struct facet *out)
{
	const struct json_doc *doc = bsky->value->doc;
	uint32_t index = json_get(doc, node, RP_SLICE("index"));
	struct json_each each = json_each(doc, json_get(doc, node, RP_SLICE("features")));
	int64_t from = -1, to = -1;

	*out = (struct facet){ .from = 0 };
	if (!json_int64(doc, json_get(doc, index, RP_SLICE("byteStart")), &from) ||
	    !json_int64(doc, json_get(doc, index, RP_SLICE("byteEnd")), &to) ||
	    from < 0 || from >= to || (uint64_t)to > text.n ||
	    !is_boundary(text, (size_t)from) || !is_boundary(text, (size_t)to))
		return false;
	out->from = (size_t)from;
	out->to = (size_t)to;
	while (json_next(&each)) {
		if (out->uri.n == 0)
			out->uri = value_word(bsky->value,
			                      json_get(doc, each.value, RP_SLICE("uri")));
		if (out->did.n == 0)
			out->did = value_word(bsky->value,
			                      json_get(doc, each.value, RP_SLICE("did")));
	}
	return out->uri.n > 0 || at_did_valid(out->did);
}

static int
cmp_facet(const void *a, const void *b)
{
	const struct facet *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

/* In the order of the text; of two that overlap, the first. */
static struct facet *
read_facets(struct bsky *bsky, struct rp_slice text, uint32_t array, size_t *n_out)
{
	struct json_each each = json_each(bsky->value->doc, array);
	struct facet *list = NULL;
	size_t n = 0, room = 0, kept = 0;

	while (json_next(&each) && n < FACETS_MAX) {
		struct facet *longer =
			arena_room(bsky->value->arena, list, n, &room, sizeof(*list));

		if (longer == NULL) {
			bsky->value->full = true;
			break;
		}
		list = longer;
		n += read_facet(bsky, text, each.value, &list[n]);
	}
	if (n > 0)
		qsort(list, n, sizeof(*list), cmp_facet);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || list[i].from >= list[kept - 1].to)
			list[kept++] = list[i];
	*n_out = kept;
	return list;
}

static struct rp_slice
without_scheme(struct rp_slice url)
{
	size_t at = rp_slice_find(url, RP_SLICE("://"));

	return at < url.n ? rp_slice_skip(url, at + 3) : url;
}

/* Does the text show the beginning of this address? */
static bool
shows(struct rp_slice shown, struct rp_slice uri)
{
	shown = without_scheme(shown);
	uri = without_scheme(uri);
	if (rp_slice_ends(shown, RP_SLICE("...")) ||
	    rp_slice_ends(shown, RP_SLICE("\xe2\x80\xa6")))
		shown.n -= 3;
	if (rp_slice_starts(uri, RP_SLICE("www.")) &&
	    !rp_slice_starts(shown, RP_SLICE("www.")))
		uri = rp_slice_skip(uri, 4);
	return shown.n <= uri.n && rp_slice_find_byte(shown, '.') < shown.n &&
	       rp_slice_eq_nocase(shown, rp_slice_from(uri.p, shown.n));
}

static void
add_mention(struct rp_buf *out, struct rp_slice did, struct rp_slice shown)
{
	if (rp_slice_starts(shown, RP_SLICE("@")))
		shown = rp_slice_skip(shown, 1);
	buf_add_str(out, "bsky:@");
	buf_add(out, did);
	buf_add_byte(out, ' ');
	if (at_handle_valid(shown))
		buf_add(out, shown);
	buf_add_byte(out, '\n');
}

void
bsky_words(struct bsky *bsky, struct rp_slice text, uint32_t facets,
           struct bsky_words *out)
{
	CLEANUP(buf_done) struct rp_buf words;
	CLEANUP(buf_done) struct rp_buf mentions;
	size_t n, at = 0;
	struct facet *list = read_facets(bsky, text, facets, &n);

	*out = (struct bsky_words){ .text = text };
	buf_init(&words, 4 * RECORD_MAX_BYTES);
	buf_init(&mentions, RECORD_MAX_BYTES);
	if (n == 0)
		return;
	out->links = arena_array(bsky->value->arena, n, sizeof(*out->links));
	if (out->links == NULL) {
		bsky->value->full = true;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		struct rp_slice shown =
			rp_slice_from(text.p + list[i].from, list[i].to - list[i].from);

		buf_add(&words, rp_slice_from(text.p + at, list[i].from - at));
		buf_add(&words, shows(shown, list[i].uri) ? list[i].uri : shown);
		at = list[i].to;
		if (list[i].uri.n > 0)
			out->links[out->n_links++] = list[i].uri;
		else
			add_mention(&mentions, list[i].did, shown);
	}
	buf_add(&words, rp_slice_skip(text, at));
	out->text = value_copy(bsky->value, &words);
	out->mentions = value_copy(bsky->value, &mentions);
}
